import type { Account } from './account.ts';
import type { Refusal, Session, SessionContext } from './session.ts';

/** A session that is to be made; the address in normal form, the instant in milliseconds. */
export interface NewSession extends Pick<Session, 'id' | 'address' | 'createdAt' | 'context' | 'locale'> {
  readonly account: Pick<Account, 'id' | 'login' | 'role'>;
}

/**
 * A session as it is kept, its id being the key: a million of them may live, so what one account, browser or system has
 * in common is there once, instants are small numbers, and what only a login knows is apart.
 */
export interface Kept {
  readonly serial: number;
  readonly account: NewSession['account'];
  readonly address: string;
  /** In milliseconds after the first session of all; small numbers need no memory of their own. */
  readonly made: number;
  readonly context: SessionContext | undefined;
  readonly locale: string;
  readonly used: Used | undefined;
}

type Used = Pick<Session, 'openedAt' | 'activeAt' | 'logoutUrl' | 'refusals'>;

/** Who a session belongs to now: logins and roles change while it lives. */
export type Holder = Pick<Account, 'login' | 'role'>;

/** A session as it is kept, for whoever asks; `epoch` is the instant of the first session of all. */
export function sessionOf(
  id: string,
  { serial, account, address, made, context, locale, used }: Kept,
  { login, role }: Holder,
  epoch: number,
): Session {
  const createdAt = epoch + made;
  return {
    id,
    serial,
    accountId: account.id,
    login,
    role,
    address,
    createdAt,
    openedAt: used?.openedAt,
    activeAt: used?.activeAt ?? createdAt,
    context,
    locale,
    logoutUrl: used?.logoutUrl,
    refusals: used?.refusals ?? NONE,
  };
}

/** The same session in use. Field by field, and not by spreading: what spreading makes takes twice the memory. */
export const withUse = (
  { serial, account, address, made, context }: Kept,
  locale: string,
  used: Used,
): Kept => ({ serial, account, address, made, context, locale, used });

export const NONE: readonly never[] = [];

/** The latest refusals, with one more. */
export const withOne = (refusals: readonly Refusal[], refusal: Refusal): readonly Refusal[] =>
  [...refusals, refusal].slice(-REFUSALS);

const REFUSALS = 8;
