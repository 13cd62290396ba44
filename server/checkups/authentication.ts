import { Fault, FAULTS } from '../protocol/faults.ts';
import type { Rule } from '../protocol/source.ts';
import { assumed, documented, observed } from '../protocol/source.ts';
import type { Account } from '../state/account.ts';
import { suspension, tryPassword } from '../state/admission.ts';
import type { Panel } from '../state/panel.ts';
import type { Checkup, Inspected } from './checkup.ts';
import { accountOfKey } from './secret-key.ts';

export const AUTHENTICATION_RULES: readonly Rule[] = [
  {
    id: 'authentication/key-wins',
    source: assumed('no client sends both', 'KEY decides where both are sent, even an empty one'),
  },
  {
    id: 'authentication/no-credentials',
    source: observed(
      'plesk/api-examples issue 7, a live answer of packet 1.6.9.1',
      '1029 from 17.8 on where login or password is not sent',
    ),
  },
  {
    id: 'authentication/no-credentials-before-17.8',
    source: assumed('nobody has recorded it', '1001 where login, password or both are not sent'),
  },
  {
    id: 'authentication/hyphens',
    source: assumed(
      'PHP makes one name of both spellings',
      'HTTP-AUTH-LOGIN is HTTP_AUTH_LOGIN, and so with the others; an empty password is a wrong one',
    ),
  },
  {
    id: 'authentication/lockout',
    source: assumed(
      'the code table has 1012; no limit is documented',
      'lockoutAttempts wrong passwords lock a login, the right one too; keys go on working',
    ),
  },
];

/** By the header KEY where it is there, else by HTTP_AUTH_LOGIN and HTTP_AUTH_PASSWD. */
export const authentication: Checkup = {
  id: 'checkup/authentication',
  source: documented(
    'docs.plesk.com articles 28729, 37121 and 50169',
    'a secret key in KEY, or login and password in HTTP_AUTH_LOGIN and HTTP_AUTH_PASSWD',
  ),
  check: ({ header, address }, panel) => {
    const key = header('key');
    const account = key === undefined ? accountOfPair(header, panel) : accountOfKey(key, address, panel);
    if (account instanceof Fault) return account;
    const suspended = suspension(account, panel);
    return suspended === undefined ? { caller: account } : FAULTS.accountDisabled(account.login, suspended);
  },
};

function accountOfPair(header: Inspected['header'], panel: Panel): Account | Fault {
  const { accounts, clock, time, release } = panel;
  const login = header('http_auth_login');
  const password = header('http_auth_passwd');
  if (login === undefined || password === undefined) {
    const why = whatIsMissing(header);
    return release.noCredentials === 'no-authentication'
      ? FAULTS.noAuthentication(release.errtexts.noAuthentication, why)
      : FAULTS.wrongCredentials(why);
  }
  const account = accounts.byLogin(login);
  if (account === undefined) return FAULTS.wrongCredentials(`there is no account with the login '${login}'`);
  const tried = tryPassword(account, password, panel, clock.now());
  if (tried.isRight) return account;
  const until = tried.lockedUntil === undefined ? undefined : time.format(tried.lockedUntil);
  if (!tried.isTried) return FAULTS.lockedLogin(login, until ?? '');
  const locked = until === undefined ? '' : `, which is locked by it until ${until}`;
  return FAULTS.wrongCredentials(`this is not the password of '${login}'${locked}`);
}

function whatIsMissing(header: Inspected['header']): string {
  const missing = CREDENTIALS.filter((name) => header(name.toLowerCase()) === undefined).join(' and ');
  const [, why = 'a proxy may have dropped headers with underscores'] =
    OTHER_HEADERS.find(([name]) => header(name) !== undefined) ?? [];
  return `the header ${missing} is missing; ${why}`;
}

const CREDENTIALS = ['HTTP_AUTH_LOGIN', 'HTTP_AUTH_PASSWD'] as const;

/** Headers that are sent in the place of the right ones. */
const OTHER_HEADERS: readonly (readonly [name: string, why: string])[] = [
  ['authorization', 'Authorization is not read: send HTTP_AUTH_LOGIN and HTTP_AUTH_PASSWD, or KEY'],
  ['x-api-key', 'X-API-Key is for the REST API: send the secret key in KEY'],
  ['http_auth_password', 'HTTP_AUTH_PASSWORD is not read: do you mean HTTP_AUTH_PASSWD?'],
  ['http_auth_pass', 'HTTP_AUTH_PASS is not read: do you mean HTTP_AUTH_PASSWD?'],
  ['http_auth_user', 'HTTP_AUTH_USER is not read: do you mean HTTP_AUTH_LOGIN?'],
  ['auth_login', 'AUTH_LOGIN is not read: do you mean HTTP_AUTH_LOGIN?'],
];
