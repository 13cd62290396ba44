import type { Secret } from '../../base/secret.ts';
import { Layered } from './layered.ts';

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

/** The accounts of one panel, found by id or by login. A change is whole or does not happen. */
export class Accounts {
  readonly #byId: Layered<number, Account>;
  readonly #byLogin: Layered<string, number>;

  /** With these accounts to return to. */
  constructor(base: readonly Account[]) {
    this.#byId = new Layered(new Map(base.map((account) => [account.id, account])));
    this.#byLogin = new Layered(new Map(base.map(({ id, login }) => [login, id])));
  }

  byLogin(login: string): Account | undefined {
    const id = this.#byLogin.get(login);
    return id === undefined ? undefined : this.#byId.get(id);
  }

  byId(id: number): Account | undefined {
    return this.#byId.get(id);
  }

  /** Replaces what is known of an account that is there; its login stays. */
  update(id: number, change: Partial<Pick<Account, 'email' | 'phone' | 'locale' | 'isSuspended'>>): void {
    const account = this.#byId.get(id);
    if (account !== undefined) this.#byId.set(id, { ...account, ...change });
  }

  /** Back to the accounts of the start; costs what has changed. */
  reset(): void {
    this.#byId.reset();
    this.#byLogin.reset();
  }
}
