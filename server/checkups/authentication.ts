import { FAULTS } from '../protocol/faults.ts';
import type { Rule } from '../protocol/source.ts';
import { assumed, documented } from '../protocol/source.ts';
import type { Checkup } from './checkup.ts';

export const AUTHENTICATION_RULES: readonly Rule[] = [
  {
    id: 'authentication/key-wins',
    source: assumed('no client sends both', 'KEY decides where both are sent, even an empty one'),
  },
  {
    id: 'authentication/no-credentials',
    source: assumed('1029 would be possible', '1001 where no credentials are sent'),
  },
];

/** By the header KEY where it is there, else by HTTP_AUTH_LOGIN and HTTP_AUTH_PASSWD. */
export const authentication: Checkup = {
  id: 'checkup/authentication',
  source: documented(
    'docs.plesk.com articles 28729, 37121 and 50169',
    'a secret key in KEY, or login and password in HTTP_AUTH_LOGIN and HTTP_AUTH_PASSWD',
  ),
  check: ({ header }, { accounts, release }) => {
    if (header('key') !== undefined) {
      return FAULTS.unknownKey(
        release.unknownKeyText,
        'secret keys are not emulated yet; use HTTP_AUTH_LOGIN',
      );
    }
    const login = header('http_auth_login');
    const password = header('http_auth_passwd');
    if (login === undefined || password === undefined) return FAULTS.wrongCredentials(absent(header));
    const account = accounts.byLogin(login);
    if (account === undefined)
      return FAULTS.wrongCredentials(`there is no account with the login '${login}'`);
    if (!account.password.matches(password))
      return FAULTS.wrongCredentials(`this is not the password of '${login}'`);
    return account.isSuspended ? FAULTS.accountDisabled(login) : { caller: account };
  },
};

function absent(header: (name: string) => string | undefined): string {
  const hint =
    header('http-auth-login') === undefined
      ? 'a proxy may have dropped headers with underscores'
      : 'the headers are written with underscores, not hyphens';
  return `HTTP_AUTH_LOGIN or HTTP_AUTH_PASSWD is missing; ${hint}`;
}
