import type { Fault } from '../../protocol/faults.ts';
import { FAULTS } from '../../protocol/faults.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed, documented } from '../../protocol/source.ts';
import type { Account } from '../../state/account.ts';
import { isTaken, suspension } from '../../state/admission.ts';
import type { Panel } from '../../state/panel.ts';
import type { Call } from '../define.ts';

export const SESSION_ACCOUNT_RULES: readonly Rule[] = [
  {
    id: 'create-session/callers',
    source: documented(
      'docs.plesk.com article 80002',
      'the administrator for all, a reseller for itself and its customers, a customer for itself',
    ),
  },
  {
    id: 'create-session/callers-before-17.0',
    source: documented(
      'support.plesk.com 213411289',
      'for 11.0 to 12.5 the administrator alone; the limit is assumed',
    ),
  },
  {
    id: 'create-session/unknown-login',
    source: assumed(
      'site.pro reads 1001 as an unknown user; no answer was recorded',
      '1013, or by the setting unknownLogin 1001 as for wrong credentials',
    ),
  },
  {
    id: 'create-session/suspended',
    source: assumed(
      'the code table has 1011',
      '1011, or by the setting suspendedSession a token that logs nobody in',
    ),
  },
  {
    id: 'create-session/locked',
    source: assumed('the code table has 1012', '1012 for an account that wrong passwords have locked'),
  },
  {
    id: 'create-session/multiple-access',
    source: assumed(
      'admin_multiple_sessions of plesk/api-examples 39a2579 beside 1008 of the code table',
      '1008 for an administrator who is in, where multiple sessions are off',
    ),
  },
];

/** The account that a session is asked for, where the caller may ask for it and it may be in now. */
export function accountFor(login: string, call: Call): Account | Fault {
  const account = call.panel.accounts.byLogin(login);
  return account === undefined ? unknownLogin(login, call) : (refusal(account, call) ?? account);
}

const unknownLogin = (login: string, { panel }: Call): Fault =>
  panel.settings.unknownLogin === '1013'
    ? FAULTS.noSuchUser(login)
    : FAULTS.wrongCredentials(`there is no account with the login '${login}' (setting unknownLogin)`);

/** Who may log whom in (docs.plesk.com article 80002; for the older rule the article on auto-login, 213411289). */
function refusal(account: Account, { caller, panel, now }: Call): Fault | undefined {
  if (caller.role !== 'admin') {
    if (panel.release.sessionsFor === 'administrator-only') {
      return FAULTS.permissionDenied(`on Plesk ${panel.release.plesk} only the administrator makes sessions`);
    }
    const isOwn = account.id === caller.id || (caller.role === 'reseller' && account.ownerId === caller.id);
    if (!isOwn) return FAULTS.permissionDenied(`${account.login} is not an account of ${caller.login}`);
  }
  return unfit(account, panel, now);
}

/** Why nobody may be in as an account now. */
function unfit(account: Account, panel: Panel, now: number): Fault | undefined {
  const { settings, lockout, time } = panel;
  const { id, login } = account;
  const suspended = settings.suspendedSession === 'refuse' ? suspension(account, panel) : undefined;
  if (suspended !== undefined) return FAULTS.accountDisabled(login, suspended);
  const lockedUntil = lockout.lockedUntil(id, now);
  if (lockedUntil !== undefined) return FAULTS.lockedLogin(login, time.format(lockedUntil));
  return isTaken(account, panel, now) ? FAULTS.multipleAccess(login) : undefined;
}
