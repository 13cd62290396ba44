import type { Account, Role } from './account.ts';
import { isLocked, STATUS } from './account.ts';
import type { RowChange } from './table.ts';
import { Table } from './table.ts';

/** Fields of an account that a change may replace. */
export type AccountChange = RowChange<Account>;

const INDEXES = {
  login: ({ login }: Account) => login,
  guid: ({ guid }: Account) => guid,
  externalId: ({ role, externalId }: Account) =>
    externalId === '' ? undefined : externalIdKey(role, externalId),
  role: ({ role }: Account) => role,
  locale: ({ locale }: Account) => locale,
  owner: ({ role, ownerId }: Account) => (role === 'customer' ? ownerId : undefined),
};

const externalIdKey = (role: Role, externalId: string): string => `${role} ${externalId}`;

/**
 * The accounts of one panel. Callers of `add` and `update` make sure that a login is free before they use it. Removing
 * an account does not remove what it owns.
 */
export class Accounts extends Table<Account, typeof INDEXES> {
  constructor(rows: readonly Account[], changed?: () => void) {
    super(INDEXES, rows, changed);
  }

  byLogin(login: string): Account | undefined {
    return this.one('login', login);
  }

  /** Those of a role with an external id, which several may share. */
  byExternalId(role: Role, externalId: string): readonly Account[] {
    return this.by('externalId', externalIdKey(role, externalId));
  }

  /** One of those of a role with an external id. */
  oneByExternalId(role: Role, externalId: string): Account | undefined {
    return this.one('externalId', externalIdKey(role, externalId));
  }

  /** The status bits of an account, with what it has from its reseller. */
  statusOf({ status, ownerId }: Account): number {
    const owner = ownerId === undefined ? undefined : this.get(ownerId);
    const isWithOwner = owner?.role === 'reseller' && isLocked(owner.status);
    return isWithOwner ? status | STATUS.withOwner : status;
  }

  /** Whether login is denied to an account, because of its own status or its reseller's. */
  isSuspended(account: Account): boolean {
    return isLocked(this.statusOf(account));
  }
}
