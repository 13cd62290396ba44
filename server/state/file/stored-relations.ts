import type { SeededAccount } from '../seed-state.ts';
import { ADMIN } from '../seed-state.ts';
import type { Instant } from './stored.ts';

/** What is wrong between the records of a state, each by its path in the file. */
export function relationMistakes({ server, accounts, secretKeys }: Instant): readonly string[] {
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const hasAdmin = accounts.some(({ login, role }) => login === ADMIN && role === 'admin');
  return [
    ...twins('settings.addresses', 'address', server.addresses, ({ address }) => address),
    ...(hasAdmin ? [] : [`accounts: there is no administrator with the login ${ADMIN}`]),
    ...twins('accounts', 'id', accounts, ({ id }) => id),
    ...twins('accounts', 'login', accounts, ({ login }) => login),
    ...accounts.flatMap((account, index) => {
      const mistake = ownerMistake(account, byId);
      return mistake === undefined ? [] : [`accounts.${index}.ownerId: ${mistake}`];
    }),
    ...accounts.flatMap(({ role, terms }, index) =>
      (role === 'reseller') === (terms !== undefined)
        ? []
        : [`accounts.${index}.terms: a reseller has them, and nobody else`],
    ),
    ...twins('secretKeys', 'id', secretKeys, ({ id }) => id),
    ...twins('secretKeys', 'key', secretKeys, ({ key }) => key.reveal()),
    ...secretKeys.flatMap(({ accountId }, index) =>
      byId.has(accountId) ? [] : [`secretKeys.${index}.accountId: there is no account ${accountId}`],
    ),
  ];
}

/** Each record that shares a value with an earlier one. The value is not shown: it may be a key. */
function twins<T>(
  list: string,
  field: string,
  records: readonly T[],
  valueOf: (record: T) => unknown,
): readonly string[] {
  const first = new Map<unknown, number>();
  return records.flatMap((record, index) => {
    const value = valueOf(record);
    const twin = first.get(value);
    if (twin !== undefined) return [`${list}.${index}.${field}: ${list}.${twin} has the same`];
    first.set(value, index);
    return [];
  });
}

function ownerMistake(
  { role, ownerId }: SeededAccount,
  byId: ReadonlyMap<number, SeededAccount>,
): string | undefined {
  if (role === 'admin') return ownerId === undefined ? undefined : 'an administrator belongs to nobody';
  if (ownerId === undefined) return `a ${role} belongs to somebody, and this one to nobody`;
  const owner = byId.get(ownerId);
  if (owner === undefined) return `there is no account ${ownerId}`;
  if (owner.role === 'customer') return 'a customer owns nobody';
  return role === 'reseller' && owner.role === 'reseller'
    ? 'a reseller belongs to the administrator'
    : undefined;
}
