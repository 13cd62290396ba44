import type { Secret } from '../../base/secret.ts';
import type { View } from './versioned.ts';
import { Versioned } from './versioned.ts';

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

type Changeable = Pick<Account, 'password' | 'name' | 'email' | 'phone' | 'locale' | 'isSuspended'>;

/** The accounts of one panel, found by id or by login. A change is whole or does not happen. */
export class Accounts {
  readonly #byId: Versioned<number, Account>;
  readonly #byLogin: Versioned<string, number>;
  #administrators: number;
  readonly #seeded: {
    readonly byId: View<number, Account>;
    readonly byLogin: View<string, number>;
    readonly administrators: number;
  };

  /** With these accounts to return to; `changed` is called on every change. */
  constructor(seeded: readonly Account[], changed?: () => void) {
    this.#byId = new Versioned(new Map(seeded.map((account) => [account.id, account])), changed);
    this.#byLogin = new Versioned(new Map(seeded.map(({ id, login }) => [login, id])));
    this.#administrators = administratorsIn(seeded);
    this.#seeded = {
      byId: this.#byId.view(),
      byLogin: this.#byLogin.view(),
      administrators: this.#administrators,
    };
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

  /** Replaces what is known of an account that is there; its login stays. */
  update(id: number, change: Partial<Changeable>): void {
    const account = this.#byId.get(id);
    if (account !== undefined) this.#byId.set(id, { ...account, ...change });
  }

  /** Takes these accounts in place of all that there are; the seed stays what it is. */
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
  }

  /** Back to the seed; costs what has changed. */
  reset(): void {
    this.#byId.restore(this.#seeded.byId);
    this.#byLogin.restore(this.#seeded.byLogin);
    this.#administrators = this.#seeded.administrators;
  }
}

const administratorsIn = (accounts: readonly Account[]): number =>
  accounts.filter(({ role }) => role === 'admin').length;
