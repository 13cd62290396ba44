import type { Account, ApiKey, Directory, Role, Scope, User } from '../directory/directory.ts';
import { Problem } from '../problems.ts';

/** What a key must be allowed for a role; customers need nothing. */
const NEEDED: Readonly<Record<Role, Scope | undefined>> = {
  customer: undefined,
  reseller: 'sso:reseller',
  admin: 'sso:admin',
};

/**
 * The account that a link logs in to: that of `service_id`, else the primary one, else the only one. A Problem where the
 * user has none, or several and none of them is named.
 */
export function chooseAccount({ accounts }: User, serviceId: number | undefined): Account {
  const chosen =
    serviceId === undefined
      ? (accounts.find(({ isPrimary }) => isPrimary) ?? (accounts.length === 1 ? accounts[0] : undefined))
      : accounts.find((account) => account.serviceId === serviceId);
  if (chosen !== undefined) return chosen;
  if (serviceId === undefined && accounts.length > 1) throw new Problem('service_id_required');
  throw new Problem('plesk_account_not_mapped');
}

/** Refuses users that may not log in, as the directory has them at this moment. */
export function checkUser(user: User | undefined): User {
  if (user === undefined) throw new Problem('user_not_found');
  if (!user.isActive) throw new Problem('user_inactive');
  if (user.isSsoDisabled) throw new Problem('sso_disabled_by_user');
  return user;
}

/**
 * Refuses administrators and resellers unless the key says so: a link skips their second factor. The login `admin` is an
 * administrator's on every Plesk, whatever the directory says.
 */
export function checkRole({ login, role }: Account, { scopes }: ApiKey): void {
  const needed = NEEDED[login.toLowerCase() === 'admin' ? 'admin' : role];
  if (needed !== undefined && !scopes.includes(needed)) throw new Problem('role_not_permitted');
}

/** Refuses a server whose credential or CA could not be read. */
export function checkUsable(server: string, directory: Directory): void {
  const mistakes = directory.unusable().get(server);
  if (mistakes !== undefined) throw new Problem('plesk_server_unusable', { detail: mistakes.join('; ') });
}
