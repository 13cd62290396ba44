import { nearestName } from '../../../base/nearest.ts';
import { isLocked } from '../../state/account.ts';
import type { Panel } from '../../state/panel.ts';
import { anyOf } from './words.ts';

/** What is known of a login that is not there. */
export function helpForLogin(login: string, { accounts }: Panel): readonly string[] {
  if (accounts.byLogin(login) !== undefined) return [`there is an account '${login}' now`];
  const trimmed = login.trim();
  if (trimmed !== login && accounts.byLogin(trimmed) !== undefined)
    return [`the login has blanks around it: '${trimmed}' is there`];
  const decoded = Buffer.from(login, 'base64').toString();
  if (accounts.byLogin(decoded) !== undefined) return [`the login is in base64: send '${decoded}' as it is`];
  const logins = [];
  for (const account of accounts.all()) {
    logins.push(account.login);
    if (logins.length === MOST) break;
  }
  const same = logins.find((one) => one.toLowerCase() === login.toLowerCase());
  if (same !== undefined) return [`do you mean '${same}'? Upper and lower case count in logins`];
  const near = nearestName(login, logins);
  if (near !== undefined) return [`do you mean '${near}'?`];
  return [`the accounts here are ${anyOf(logins, 8)}; accounts.add({ login: ... }) adds one`];
}

/** So many are looked at for one that is like it. */
const MOST = 1000;

/** What ends the suspension of an account: its own, or that of its reseller. */
export function activationOf(login: string, { accounts }: Panel): string {
  const account = accounts.byLogin(login);
  const owner = account?.ownerId === undefined ? undefined : accounts.get(account.ownerId);
  const isWithOwner = account !== undefined && !isLocked(account.status) && owner?.role === 'reseller';
  return isWithOwner
    ? `accounts.activate('${owner.login}') ends its suspension, which is that of its reseller`
    : `accounts.activate('${login}') ends its suspension`;
}
