import type { Account, Role } from './account.ts';
import { isLocked, STATUS } from './account.ts';
import { IndexOf } from './index-of.ts';
import type { StateView, View } from './versioned.ts';
import { Versioned } from './versioned.ts';

/** What may be changed of an account that is there. */
export type AccountChange = Partial<Omit<Account, 'id'>>;

/**
 * The accounts of one panel, found by whatever a filter asks for. A change is whole or does not happen. Every look-up
 * costs what it finds, and every change the same however many accounts there are.
 */
export class Accounts {
  readonly #byId: Versioned<number, Account>;
  readonly #byLogin = new IndexOf(({ login }: Account) => login);
  readonly #byGuid = new IndexOf(({ guid }: Account) => guid);
  readonly #byExternalId = new IndexOf(({ role, externalId }: Account) =>
    externalId === '' ? undefined : `${role} ${externalId}`,
  );
  readonly #byRole = new IndexOf(({ role }: Account) => role);
  readonly #byLocale = new IndexOf(({ locale }: Account) => locale);
  readonly #byOwner = new IndexOf(({ role, ownerId }: Account) =>
    role === 'customer' ? ownerId : undefined,
  );
  #lastId: number;

  /** With these accounts to begin with; `changed` is called on every change. */
  constructor(seeded: readonly Account[], changed?: () => void) {
    const indexes = [
      this.#byLogin,
      this.#byGuid,
      this.#byExternalId,
      this.#byRole,
      this.#byLocale,
      this.#byOwner,
    ];
    this.#byId = new Versioned(new Map(seeded.map((account) => [account.id, account])), {
      changed,
      replaced: (before, after) => {
        for (const index of indexes) index.replace(before, after);
      },
    });
    this.#lastId = lastIdOf(seeded);
  }

  get size(): number {
    return this.#byId.size;
  }

  byId(id: number): Account | undefined {
    return this.#byId.get(id);
  }

  byLogin(login: string): Account | undefined {
    const id = this.#byLogin.one(login);
    return id === undefined ? undefined : this.#byId.get(id);
  }

  byGuid(guid: string): readonly Account[] {
    return this.#inOrder(this.#byGuid.of(guid));
  }

  /** Those of a role with an external id, which several may share. */
  byExternalId(role: Role, externalId: string): readonly Account[] {
    return this.#inOrder(this.#byExternalId.of(`${role} ${externalId}`));
  }

  /** One of a role with an external id. */
  oneByExternalId(role: Role, externalId: string): Account | undefined {
    const id = this.#byExternalId.one(`${role} ${externalId}`);
    return id === undefined ? undefined : this.#byId.get(id);
  }

  /** The customers of an account, in the order of their ids. */
  customersOf(ownerId: number): readonly Account[] {
    return this.#inOrder(this.#byOwner.of(ownerId));
  }

  countCustomersOf(ownerId: number): number {
    return this.#byOwner.count(ownerId);
  }

  /** All of a role, in the order of their ids. */
  ofRole(role: Role): readonly Account[] {
    return this.#inOrder(this.#byRole.of(role));
  }

  /** Some of a role, so many at the most. */
  someOfRole(role: Role, most: number): readonly Account[] {
    return this.#inOrder(this.#byRole.some(role, most));
  }

  countOfRole(role: Role): number {
    return this.#byRole.count(role);
  }

  /** How many have this language. */
  countOfLocale(locale: string): number {
    return this.#byLocale.count(locale);
  }

  /** All of them, in the order of their making. */
  all(): IterableIterator<Account> {
    return this.#byId.values();
  }

  /** The status bits of an account, with what it has from its reseller. */
  statusOf({ status, ownerId }: Account): number {
    const owner = ownerId === undefined ? undefined : this.#byId.get(ownerId);
    const isWithOwner = owner?.role === 'reseller' && isLocked(owner.status);
    return isWithOwner ? status | STATUS.withOwner : status;
  }

  /** Whether nobody gets in as an account, for its own status or its reseller's. */
  isSuspended(account: Account): boolean {
    return isLocked(this.statusOf(account));
  }

  /** Adds an account under an id that none had before. Its login is free; whoever adds it has looked. */
  add(account: Omit<Account, 'id'>): Account {
    this.#lastId += 1;
    const added: Account = { ...account, id: this.#lastId };
    this.#byId.set(added.id, added);
    return added;
  }

  /** Replaces what is known of an account that is there. A new login is free; whoever changes it has looked. */
  update(id: number, change: AccountChange): void {
    const account = this.#byId.get(id);
    if (account !== undefined) this.#byId.set(id, { ...account, ...change });
  }

  /** Removes one account, and none that it owns. */
  remove({ id }: Account): void {
    this.#byId.delete(id);
  }

  /** Takes these accounts in place of all that there are. */
  replaceAll(accounts: readonly Account[]): void {
    const kept = new Set(accounts.map(({ id }) => id));
    for (const { id } of [...this.#byId.values()]) if (!kept.has(id)) this.#byId.delete(id);
    for (const account of accounts) this.#byId.set(account.id, account);
    this.#lastId = Math.max(this.#lastId, lastIdOf(accounts));
  }

  /** All accounts as they are now, whatever becomes of them, until it is closed; it costs nothing. */
  instant(): View<number, Account> {
    return this.#byId.view();
  }

  view(): StateView {
    const lastId = this.#lastId;
    const map = this.#byId.mark();
    return {
      restore: () => {
        map.restore();
        this.#lastId = lastId;
      },
      close: map.close,
    };
  }

  #inOrder(ids: readonly number[]): readonly Account[] {
    return [...ids].sort((one, other) => one - other).flatMap((id) => this.#byId.get(id) ?? []);
  }
}

const lastIdOf = (accounts: readonly Account[]): number =>
  accounts.reduce((last, { id }) => Math.max(last, id), 0);
