import type { Settings } from '../config.ts';
import type { Rule } from '../protocol/source.ts';
import { assumed, documented } from '../protocol/source.ts';
import type { Account, Role } from './account.ts';

const PAGE = 'support.plesk.com 213395409';

export const CREDENTIAL_RULES: readonly Rule[] = [
  {
    id: 'account-value/login',
    source: documented(PAGE, '1 to 60 characters, the first a letter or digit; not root or Administrator'),
  },
  {
    id: 'account-value/login-blanks',
    source: assumed('no page allows them', 'a login has no blanks'),
  },
  {
    id: 'account-value/password',
    source: documented(PAGE, '5 to 255 ASCII characters without blanks, quotation marks and the login'),
  },
  {
    id: 'account-value/password-login',
    source: assumed(
      'the page does not say',
      'compared with case; a new login must not be in the password that stays',
    ),
  },
  {
    id: 'account-value/credential-rules',
    source: assumed(
      'the emulator has one rule',
      'seeds, state files, control API and packets refuse the same, packets by 1019',
    ),
  },
];

/** What of the settings decides which logins and passwords are accepted. */
export type CredentialSettings = Pick<Settings, 'credentialRules'>;

interface Credentials {
  readonly login: string;
  readonly password: string;
  readonly role: Role;
}

/** How a message names the setting that accepts any login and password. */
export const CREDENTIAL_SETTING = "the setting credentialRules 'any' (--credential-rules any) accepts it";

/** What is wrong with a new login, or `undefined`. The password is that of the account. */
export function loginMistake(
  { login, password, role }: Credentials,
  { credentialRules }: CredentialSettings,
): string | undefined {
  if (credentialRules === 'any') return undefined;
  if (lengthOf(login) > 60) return 'it has more than 60 characters';
  if (!/^[\p{L}\d]/u.test(login)) return 'it does not begin with a letter or a digit';
  if (/\s/u.test(login)) return 'it has blanks';
  if (role !== 'admin' && SYSTEM_USER.test(login)) return 'it is the name of a system user';
  return password.includes(login) ? 'the password contains it' : undefined;
}

/** What is wrong with a new password, or `undefined`. It is never part of the message. */
export function passwordMistake(
  { login, password }: Pick<Credentials, 'login' | 'password'>,
  { credentialRules }: CredentialSettings,
): string | undefined {
  if (credentialRules === 'any') return undefined;
  if (password.length < 5) return 'it has fewer than 5 characters';
  if (password.length > 255) return 'it has more than 255 characters';
  if (/\s/u.test(password)) return 'it has blanks';
  if (!/^[!-~]*$/.test(password)) return 'it has characters that are not ASCII';
  if (/["']/.test(password)) return 'it has a quotation mark';
  return login !== '' && password.includes(login) ? 'it contains the login' : undefined;
}

/** What is wrong with a complete account, by field. An empty or overlong value is refused elsewhere. */
export function credentialMistakes(account: Credentials, settings: CredentialSettings): readonly string[] {
  const { login, password } = account;
  const isStorable = login !== '' && login.length <= 255;
  return byField(
    isStorable ? loginMistake({ ...account, password: '' }, settings) : undefined,
    password === '' ? undefined : passwordMistake(account, settings),
  );
}

interface CredentialChange {
  readonly login?: string | undefined;
  readonly password?: string | undefined;
}

/** What is wrong with the new login and password of an account, by field. Values that do not change are not checked. */
export function changedCredentialMistakes(
  account: Pick<Account, 'login' | 'password' | 'role'>,
  { login = account.login, password }: CredentialChange,
  settings: CredentialSettings,
): readonly string[] {
  // A new password is checked against the login below, once.
  const kept = password === undefined ? account.password.reveal() : '';
  return byField(
    login === account.login
      ? undefined
      : loginMistake({ login, password: kept, role: account.role }, settings),
    password === undefined ? undefined : passwordMistake({ login, password }, settings),
  );
}

const byField = (ofLogin: string | undefined, ofPassword: string | undefined): readonly string[] => [
  ...(ofLogin === undefined ? [] : [`login: ${ofLogin}; ${CREDENTIAL_SETTING}`]),
  ...(ofPassword === undefined ? [] : [`password: ${ofPassword}; ${CREDENTIAL_SETTING}`]),
];

const SYSTEM_USER = /^(?:root|administrator)$/i;

const lengthOf = (text: string): number => Array.from(text).length;
