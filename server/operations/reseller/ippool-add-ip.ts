import type { Fault } from '../../protocol/faults.ts';
import { FAULTS } from '../../protocol/faults.ts';
import { documented } from '../../protocol/source.ts';
import type { AddressType, PoolAddress } from '../../state/reseller-terms.ts';
import type { Call } from '../define.ts';
import { defineOperation } from '../define.ts';
import { readType } from '../ip/addresses.ts';
import { changePool } from './pool.ts';

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

/** A pool with one address of the server more, of a type or of the server's own, or the fault where that cannot be. */
export function addedToPool(
  pool: readonly PoolAddress[],
  normal: string,
  type: AddressType | undefined,
  { panel }: Call,
): readonly PoolAddress[] | Fault {
  const own = panel.server.now.addresses.find((one) => one.address === normal);
  if (own === undefined)
    return FAULTS.notInPool('Ip address does not exist', `the server has no address ${normal}`);
  if (pool.some((one) => one.address === normal))
    return FAULTS.inUse("Ip address is already in client's pool");
  return [...pool, { address: normal, type: type ?? own.type }];
}
