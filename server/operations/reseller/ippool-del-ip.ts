import { documented } from '../../protocol/source.ts';
import { defineOperation } from '../define.ts';
import { changePool, notInPool } from './pool.ts';

export const removeFromPool = defineOperation({
  operator: 'reseller',
  name: 'ippool-del-ip',
  source: documented(
    'docs.plesk.com article 60289 and the schema of 1.6.6.0',
    'addresses out of the pool; 1018 for one that is not in it, assumed',
  ),
  callers: 'administrator',
  run: ({ 'ip-address': addresses, ...reseller }, call) =>
    changePool(
      reseller,
      addresses.map((asked) => ({ 'ip-address': asked })),
      call,
      (pool, normal) => notInPool(pool, normal) ?? pool.filter((one) => one.address !== normal),
    ),
});
