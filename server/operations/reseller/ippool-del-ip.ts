import { seq, some } from '../../protocol/shape.ts';
import { documented } from '../../protocol/source.ts';
import { defineOperation } from '../define.ts';
import { address } from '../ip/addresses.ts';
import { changePool, notInPool, poolOwner } from './pool.ts';

export const removeFromPool = defineOperation({
  operator: 'reseller',
  name: 'ippool-del-ip',
  source: documented(
    'docs.plesk.com article 60289 and the schema of 1.6.6.0',
    'addresses out of the pool; 1018 for one that is not in it, assumed',
  ),
  request: seq({ reseller: poolOwner, 'ip-address': some(address) }),
  callers: 'administrator',
  run: ({ reseller, 'ip-address': addresses }, call) =>
    changePool(
      reseller,
      addresses.map((asked) => ({ 'ip-address': asked })),
      call,
      (pool, normal) => notInPool(pool, normal) ?? pool.filter((one) => one.address !== normal),
    ),
});
