import type { Rule } from '../protocol/source.ts';
import { AUTO_LOGIN, assumed, documented, observed } from '../protocol/source.ts';
import type { Account } from '../state/account.ts';
import { isTaken, suspension, tryPassword } from '../state/admission.ts';
import type { Panel } from '../state/panel.ts';
import type { Session } from '../state/session.ts';
import { failureTarget, successTarget } from './destinations.ts';
import type { BrowserRequest, Outcome } from './door.ts';
import { TAKEN } from './door.ts';
import { enter } from './enter.ts';

export const LOGIN_UP_RULES: readonly Rule[] = [
  {
    id: 'login-up/fields',
    source: documented(
      `${AUTO_LOGIN}; plesk/whmcs-plugin; certd`,
      'login_name or login, passwd, both redirect URLs, no_frames, locale_id; urlencoded or multipart',
    ),
  },
  {
    id: 'login-up/get',
    source: documented(AUTO_LOGIN, 'login and password by GET log in'),
  },
  {
    id: 'login-up/get-today',
    source: assumed(
      'only POST was seen with new releases',
      'by GET on every release; the setting loginByGet',
    ),
  },
  {
    id: 'login-up/wrong-password',
    source: observed(
      'a curl recording of 18.0.78 in a public client',
      '200 and the form again for a wrong password',
    ),
  },
  {
    id: 'login-up/failure',
    source: documented(AUTO_LOGIN, 'failure_redirect_url where the login fails, instead of the form'),
  },
  {
    id: 'login-up/form',
    source: observed(
      'PleskBackupScheduler; site.pro',
      'login_name, passwd, locale_id, a forgery_protection_token nobody asks for; no session cookie',
    ),
  },
  {
    id: 'login-up/refused-success',
    source: assumed('the rule is documented, its form is not', 'up to 12.0 a refused URL shows the form'),
  },
  {
    id: 'login-up/lockout',
    source: assumed(
      'Plesk 6 to 8 had such settings, fail2ban does it today',
      'off; the settings lockoutAttempts and lockoutMinutes',
    ),
  },
  {
    id: 'login-up/account',
    source: assumed('the code table has 1011 for the API', 'a suspended account sees the form and a message'),
  },
  {
    id: 'login-up/multiple-sessions',
    source: assumed(
      'the setting is documented, its effect is not',
      'without admin_multiple_sessions a second administrator sees the form',
    ),
  },
];

/** What the login page says of a login that failed. */
export type LoginMessage = 'wrong' | 'suspended' | 'locked' | 'multiple';

/** The login page, in answer to a login that failed or to none. */
export interface LoginForm {
  /** What was typed as login. */
  readonly login: string;
  readonly message: LoginMessage | undefined;
  /** Why the login failed, in words for a developer; `undefined` where none was tried. */
  readonly reason: string | undefined;
}

/** `/login_up.php`: logs a browser in with login and password, or shows the form. */
export function loginUp(request: BrowserRequest, panel: Panel): Outcome | LoginForm {
  const { params, isPost } = request;
  const login = params.get('login_name') ?? params.get('login') ?? '';
  const isLink = login !== '' && params.has('passwd');
  if (!isPost && !(isLink && panel.settings.loginByGet)) {
    const reason = isLink ? 'login and password by GET are switched off (loginByGet)' : undefined;
    return { login, message: undefined, reason };
  }
  const now = panel.clock.now();
  const found = authenticate(login, request, panel, now);
  if ('why' in found) return failed(login, found, request, panel);
  const target = successTarget({ role: found.role, context: undefined }, request, panel);
  if (!target.isIn) {
    const why = `${target.why}; the form carries it on`;
    return failed(login, { message: undefined, why }, request, panel);
  }
  return enter(newSession(found, request, panel, now), target, request, panel, now);
}

interface Failure {
  readonly message: LoginMessage | undefined;
  readonly why: string;
}

function authenticate(
  login: string,
  { params, unread }: BrowserRequest,
  panel: Panel,
  now: number,
): Account | Failure {
  const { accounts, time } = panel;
  const form = unread === undefined ? '' : `; a form of type ${unread} is not read`;
  if (login === '') return { message: 'wrong', why: `no login_name${form}` };
  const account = accounts.byLogin(login);
  if (account === undefined) return { message: 'wrong', why: 'there is no account with this login' };
  const tried = tryPassword(account, params.get('passwd') ?? '', panel, now);
  if (!tried.isRight) {
    const until = tried.lockedUntil === undefined ? undefined : time.format(tried.lockedUntil);
    if (!tried.isTried)
      return { message: 'locked', why: `locked until ${until ?? ''} after wrong passwords` };
    const locked = until === undefined ? '' : `, which is locked by it until ${until}`;
    return { message: 'wrong', why: `this is not its password${form}${locked}` };
  }
  const suspended = suspension(account, panel);
  if (suspended !== undefined) return { message: 'suspended', why: `the account is ${suspended}` };
  return isTaken(account, panel, now) ? { message: 'multiple', why: TAKEN } : account;
}

/** The words that fail2ban's rules for Plesk look for come first. */
function failed(
  login: string,
  { message, why }: Failure,
  request: BrowserRequest,
  panel: Panel,
): Outcome | LoginForm {
  const { location, note } = failureTarget(undefined, request, panel);
  const head = `Failed login attempt with login '${login}' from IP ${request.address}`;
  const reason = `${head}: ${why}${note}`;
  return location === undefined
    ? { login, message, reason }
    : { isIn: false, location, cookies: [], reason, login };
}

function newSession(account: Account, { address }: BrowserRequest, panel: Panel, now: number): Session {
  const { locale } = account;
  const id = panel.ids.hex32();
  panel.sessions.add({ id, account, address, createdAt: now, context: undefined, locale });
  const found = panel.sessions.find(id, now);
  if (found.state !== 'token') throw new Error('a session that was just made is not there');
  return found.session;
}
