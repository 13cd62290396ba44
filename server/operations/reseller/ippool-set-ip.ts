import { documented } from '../../protocol/source.ts';
import { defineOperation } from '../define.ts';
import { readType } from '../ip/addresses.ts';
import { changePool, notInPool } from './pool.ts';

export const setInPool = defineOperation({
  operator: 'reseller',
  name: 'ippool-set-ip',
  source: documented(
    'the schema of 1.6.6.0; docs.plesk.com article 60353 wants all for an empty filter',
    'the type of addresses in the pool; an empty filter breaks the schema',
  ),
  callers: 'administrator',
  run: ({ filter, values, ...reseller }, call) =>
    changePool(
      reseller,
      filter['ip-address'].map((asked) => ({ 'ip-address': asked })),
      call,
      (pool, normal) =>
        notInPool(pool, normal) ??
        pool.map((one) => (one.address === normal ? { ...one, type: readType(values['ip-type']) } : one)),
    ),
});
