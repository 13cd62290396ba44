import { documented } from '../../protocol/source.ts';
import { defineOperation } from '../define.ts';
import { readType } from '../ip/addresses.ts';
import { addedToPool, changePool, notInPool } from './pool.ts';

export const addToPool = defineOperation({
  operator: 'reseller',
  name: 'ippool-add-ip',
  source: documented(
    'docs.plesk.com article 60289 and the schema of 1.6.6.0',
    "addresses of the server; without a type the server's own, assumed",
  ),
  callers: 'administrator',
  run: ({ ip, ...reseller }, call) =>
    changePool(reseller, ip, call, (pool, normal, { 'ip-type': sent }) =>
      addedToPool(pool, normal, sent === undefined ? undefined : readType(sent), call),
    ),
});

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
