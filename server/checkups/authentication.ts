import { Fault, FAULTS } from '../protocol/faults.ts';
import type { Rule } from '../protocol/source.ts';
import { assumed, documented } from '../protocol/source.ts';
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
    source: assumed('1029 would be possible', '1001 where no credentials are sent'),
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
  const { accounts, clock, time } = panel;
  const login = header('http_auth_login');
  const password = header('http_auth_passwd');
  if (login === undefined || password === undefined) return FAULTS.wrongCredentials(absent(header));
  const account = accounts.byLogin(login);
  if (account === undefined) return FAULTS.wrongCredentials(`there is no account with the login '${login}'`);
  const tried = tryPassword(account, password, panel, clock.now());
  if (tried.isRight) return account;
  const until = tried.lockedUntil === undefined ? undefined : time.format(tried.lockedUntil);
  if (!tried.isTried) return FAULTS.lockedLogin(login, until ?? '');
  const locked = until === undefined ? '' : `, which is locked by it until ${until}`;
  return FAULTS.wrongCredentials(`this is not the password of '${login}'${locked}`);
}

function absent(header: Inspected['header']): string {
  const hint =
    header('http-auth-login') === undefined
      ? 'a proxy may have dropped headers with underscores'
      : 'the headers are written with underscores, not hyphens';
  return `HTTP_AUTH_LOGIN or HTTP_AUTH_PASSWD is missing; ${hint}`;
}
