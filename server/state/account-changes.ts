import type { Account, AccountChange } from './accounts.ts';
import type { Panel } from './panel.ts';

/**
 * Changes an account; a suspended one's sessions end. Walks over all sessions where it suspends, and over nothing
 * otherwise.
 */
export function changeAccount({ id }: Account, change: AccountChange, panel: Panel): Account | undefined {
  panel.accounts.update(id, change);
  if (change.isSuspended === true) endSessionsOf([id], panel);
  return panel.accounts.byId(id);
}

/**
 * Removes an account with all that it owns: a reseller's customers, and everybody's sessions and keys. Answers those
 * who are gone, the account first. Walks over all accounts, keys and sessions.
 */
export function removeAccount(account: Account, panel: Panel): readonly Account[] {
  const { accounts, secretKeys, lockout } = panel;
  const owned =
    account.role === 'reseller' ? [...accounts.all()].filter((one) => one.ownerId === account.id) : [];
  const gone = [account, ...owned];
  const ids = new Set(gone.map(({ id }) => id));
  endSessionsOf(ids, panel);
  for (const key of [...secretKeys.all()]) if (ids.has(key.accountId)) secretKeys.delete(key);
  for (const one of gone) {
    accounts.remove(one);
    lockout.succeed(one.id);
  }
  return gone;
}

function endSessionsOf(accountIds: Iterable<number>, { sessions, clock }: Panel): void {
  const now = clock.now();
  for (const id of sessions.ofAccounts(new Set(accountIds), now))
    sessions.end(id, 'ended by its account', now);
}
