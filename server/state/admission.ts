import type { Account } from './account.ts';
import { isLocked } from './account.ts';
import type { Panel } from './panel.ts';

/** Whether a password lets an account in; if not, until when the account is locked, if it is. */
export type PasswordCheck =
  | { readonly isRight: true }
  | { readonly isRight: false; readonly isTried: boolean; readonly lockedUntil: number | undefined };

/**
 * Tries a password. A locked account is not tried at all; a wrong password counts and may lock it, a right one makes
 * the earlier ones forgotten.
 */
export function tryPassword(
  account: Account,
  password: string,
  { lockout }: Panel,
  now: number,
): PasswordCheck {
  const { id } = account;
  const before = lockout.lockedUntil(id, now);
  if (before !== undefined) return { isRight: false, isTried: false, lockedUntil: before };
  if (account.password.matches(password)) {
    lockout.succeed(id);
    return { isRight: true };
  }
  lockout.fail(id, now);
  return { isRight: false, isTried: true, lockedUntil: lockout.lockedUntil(id, now) };
}

/** Why nobody gets in as an account, `suspended` or `suspended with its reseller rita`; `undefined` where somebody does. */
export function suspension(account: Account, { accounts }: Panel): string | undefined {
  if (!accounts.isSuspended(account)) return undefined;
  if (isLocked(account.status)) return 'suspended';
  const owner = account.ownerId === undefined ? undefined : accounts.get(account.ownerId);
  return `suspended with its reseller ${owner?.login ?? ''}`;
}

/**
 * Whether an account has a session already and may have no other: an administrator's, without
 * admin_multiple_sessions. The session of `except` does not count.
 */
export function isTaken(
  { id, role }: Pick<Account, 'id' | 'role'>,
  { server, sessions }: Panel,
  now: number,
  except?: string,
): boolean {
  return role === 'admin' && !server.now.adminMultipleSessions && sessions.isIn(id, now, except);
}
