import { normalAddress } from '../../../base/addresses.ts';
import { element } from '../../protocol/answer-xml.ts';
import { Fault, FAULTS } from '../../protocol/faults.ts';
import type { Result } from '../../protocol/result.ts';
import { ok } from '../../protocol/result.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed, documented, observed } from '../../protocol/source.ts';
import type { Account } from '../../state/account.ts';
import type { AddressType, PoolAddress } from '../../state/reseller-terms.ts';
import { NO_TERMS } from '../../state/reseller-terms.ts';
import { accountOf } from '../accounts/select.ts';
import type { Call } from '../define.ts';

export const POOL_RULES: readonly Rule[] = [
  {
    id: 'reseller-pool/results',
    source: documented(
      'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)',
      'ip-address or reseller-id in a result, no filter-id; one for each address is assumed',
    ),
  },
  {
    id: 'reseller-pool/unknown-reseller',
    source: assumed(
      'the schema has no external-id in answers',
      '1013 once, with the reseller-id; of several with an external-id the first',
    ),
  },
  {
    id: 'reseller-pool/there-already',
    source: observed(
      'the Plesk module of Clientexec',
      '1023 for an address that is in the pool already; text assumed',
    ),
  },
];

/** Whose pool is meant. */
interface GivenOwner {
  readonly 'reseller-id'?: string;
  readonly 'external-id'?: string;
}

/** The reseller whose pool is meant, or the fault that answers for all addresses. */
function poolOwnerOf(given: GivenOwner, call: Call): Account | Fault {
  const { 'reseller-id': asked, 'external-id': externalId = '' } = given;
  const { accounts } = call.panel;
  if (asked === undefined)
    return accountOf(accounts.oneByExternalId('reseller', externalId), 'reseller', call);
  const found = accountOf(accounts.get(Number(asked)), 'reseller', call);
  return found instanceof Fault ? found.of(element('reseller-id', asked)) : found;
}

interface Item {
  readonly 'ip-address': string;
}

/** What becomes of a pool by one item; `normal` is its address in the form that pools have. */
type PoolChange<I extends Item> = (
  pool: readonly PoolAddress[],
  normal: string,
  item: I,
) => readonly PoolAddress[] | Fault;

/** Changes the pool of a reseller, item by item: a result for each, with its address as it was sent. */
export function changePool<I extends Item>(
  given: GivenOwner,
  items: readonly I[],
  call: Call,
  change: PoolChange<I>,
): readonly Result[] {
  const reseller = poolOwnerOf(given, call);
  if (reseller instanceof Fault) return [reseller];
  const { terms = NO_TERMS } = reseller;
  let { pool } = terms;
  const results = items.map((item): Result => {
    const about = element('ip-address', item['ip-address']);
    const changed = change(pool, normalAddress(item['ip-address']) ?? item['ip-address'], item);
    if (changed instanceof Fault) return changed.of(about);
    pool = changed;
    return ok([about]);
  });
  if (pool === terms.pool) return results;
  call.panel.accounts.update(reseller.id, { terms: { ...terms, pool } });
  call.remark(
    `the pool of ${reseller.login} has ${pool.map((one) => one.address).join(', ') || 'no address'}`,
  );
  return results;
}

/** The fault of an address that is not in a pool, `undefined` where it is. */
export const notInPool = (pool: readonly PoolAddress[], normal: string): Fault | undefined =>
  pool.some((one) => one.address === normal)
    ? undefined
    : FAULTS.notInPool("Ip address does not exist in client's pool", normal);

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
