import type { Account } from './account.ts';
import type { AccountChange } from './accounts.ts';
import type { Panel } from './panel.ts';

/** Changes an account; where it is suspended by that, its sessions end, and those of its customers. */
export function changeAccount(account: Account, change: AccountChange, panel: Panel): Account | undefined {
  const { accounts, sessions, clock } = panel;
  const { id } = account;
  const wasSuspended = accounts.isSuspended(account);
  accounts.update(id, change);
  const changed = accounts.get(id);
  if (changed === undefined || wasSuspended || !accounts.isSuspended(changed)) return changed;
  for (const one of [changed, ...ownedBy(changed, panel)]) sessions.endAll(one.id, clock.now());
  return changed;
}

/**
 * Removes an account with all that it owns: a reseller's customers, and everybody's sessions and keys. Answers those
 * who are gone, the account first.
 */
export function removeAccount(account: Account, panel: Panel): readonly Account[] {
  const { accounts, secretKeys, sessions, lockout, clock } = panel;
  const gone = [account, ...ownedBy(account, panel)];
  for (const one of gone) {
    sessions.endAll(one.id, clock.now());
    for (const key of secretKeys.by('account', one.id)) secretKeys.remove(key);
    lockout.succeed(one.id);
    accounts.remove(one);
  }
  return gone;
}

const ownedBy = ({ id, role }: Account, { accounts }: Panel): readonly Account[] =>
  role === 'reseller' ? accounts.by('owner', id) : [];
