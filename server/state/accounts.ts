import type { Secret } from '../../base/secret.ts';
import type { StateView } from './versioned.ts';
import { Versioned, viewOfAll } from './versioned.ts';

/** Who may log in to the panel. Records are never changed, only replaced. */
export interface Account {
  readonly id: number;
  readonly login: string;
  readonly password: Secret;
  readonly role: Role;
  /** The account that it belongs to; the administrator belongs to nobody. */
  readonly ownerId: number | undefined;
  readonly isSuspended: boolean;
  /** A reseller's permission to use the remote API. */
  readonly mayUseApi: boolean;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly locale: string;
}

export type Role = 'admin' | 'reseller' | 'customer';

/** What may be changed of an account that is there. */
export type AccountChange = Partial<Omit<Account, 'id' | 'role'>>;

/** The accounts of one panel, found by id or by login. A change is whole or does not happen. */
export class Accounts {
  readonly #byId: Versioned<number, Account>;
  readonly #byLogin: Versioned<string, number>;
  #administrators: number;
  #lastId: number;

  /** With these accounts to begin with; `changed` is called on every change. */
  constructor(seeded: readonly Account[], changed?: () => void) {
    this.#byId = new Versioned(new Map(seeded.map((account) => [account.id, account])), changed);
    this.#byLogin = new Versioned(new Map(seeded.map(({ id, login }) => [login, id])));
    this.#administrators = administratorsIn(seeded);
    this.#lastId = lastIdOf(seeded);
  }

  get size(): number {
    return this.#byId.size;
  }

  /** How many customers and resellers there are. Administrators come with a seed or a state file alone. */
  get clients(): number {
    return this.#byId.size - this.#administrators;
  }

  byLogin(login: string): Account | undefined {
    const id = this.#byLogin.get(login);
    return id === undefined ? undefined : this.#byId.get(id);
  }

  byId(id: number): Account | undefined {
    return this.#byId.get(id);
  }

  /** All of them, in the order of their making. */
  all(): IterableIterator<Account> {
    return this.#byId.values();
  }

  /** Adds an account under an id that none had before. Its login is free; whoever adds it has looked. */
  add(account: Omit<Account, 'id'>): Account {
    this.#lastId += 1;
    const added: Account = { ...account, id: this.#lastId };
    this.#byId.set(added.id, added);
    this.#byLogin.set(added.login, added.id);
    if (added.role === 'admin') this.#administrators += 1;
    return added;
  }

  /** Replaces what is known of an account that is there. A new login is free; whoever changes it has looked. */
  update(id: number, change: AccountChange): void {
    const account = this.#byId.get(id);
    if (account === undefined) return;
    const changed = { ...account, ...change };
    this.#byId.set(id, changed);
    if (changed.login === account.login) return;
    this.#byLogin.delete(account.login);
    this.#byLogin.set(changed.login, id);
  }

  /** Removes one account, and none that it owns. */
  remove({ id, login, role }: Account): void {
    this.#byId.delete(id);
    this.#byLogin.delete(login);
    if (role === 'admin') this.#administrators -= 1;
  }

  /** Takes these accounts in place of all that there are. */
  replaceAll(accounts: readonly Account[]): void {
    const kept = new Set(accounts.map(({ id }) => id));
    for (const { id, login } of this.#byId.values()) {
      this.#byLogin.delete(login);
      if (!kept.has(id)) this.#byId.delete(id);
    }
    for (const account of accounts) {
      this.#byId.set(account.id, account);
      this.#byLogin.set(account.login, account.id);
    }
    this.#administrators = administratorsIn(accounts);
    this.#lastId = Math.max(this.#lastId, lastIdOf(accounts));
  }

  view(): StateView {
    const [administrators, lastId] = [this.#administrators, this.#lastId];
    const maps = viewOfAll([this.#byId.mark(), this.#byLogin.mark()]);
    return {
      restore: () => {
        maps.restore();
        this.#administrators = administrators;
        this.#lastId = lastId;
      },
      close: maps.close,
    };
  }
}

const lastIdOf = (accounts: readonly Account[]): number =>
  accounts.reduce((last, { id }) => Math.max(last, id), 0);

const administratorsIn = (accounts: readonly Account[]): number =>
  accounts.filter(({ role }) => role === 'admin').length;
