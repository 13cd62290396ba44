import { Secret } from '../../../base/secret.ts';
import { Fault, FAULTS } from '../../protocol/faults.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed } from '../../protocol/source.ts';
import type { Account } from '../../state/account.ts';
import { guidFrom } from '../../state/account.ts';
import type { AccountChange } from '../../state/accounts.ts';
import {
  CREDENTIAL_RULES,
  CREDENTIAL_SETTING,
  loginMistake,
  passwordMistake,
} from '../../state/credential-rules.ts';
import { isOffered, localeNamed } from '../../state/locales.ts';
import type { Call } from '../define.ts';
import { isStrongEnough, strengthOf } from './password-strength.ts';
import { statusFor } from './status.ts';
import type { GivenTexts } from './texts.ts';
import { MOST, textFault, textsFrom, tooLong } from './texts.ts';

export const VALUE_RULES: readonly Rule[] = [
  {
    id: 'account-value/order',
    source: assumed(
      'nobody has recorded it',
      'login, password, texts and locale are checked in this order, then the status',
    ),
  },
  ...CREDENTIAL_RULES,
  {
    id: 'account-value/case',
    source: assumed('nobody has recorded it', 'logins, guids and external-ids are compared with their case'),
  },
  {
    id: 'account-value/empty',
    source: assumed('the schemas let it pass', '1019 for an empty pname, login or passwd'),
  },
  {
    id: 'account-value/locale',
    source: assumed(
      "'en' is the schemas' default",
      '1019 for a locale that is not there or off; en is en-US',
    ),
  },
];

/** gen_info of a request, whichever operation it came with. */
export interface GivenValues extends GivenTexts {
  readonly login?: string;
  readonly passwd?: string;
  readonly status?: string;
  readonly locale?: string;
  readonly guid?: true;
}

/**
 * What gen_info makes of an account, `before` being what it was, or the fault of the first value that Plesk refuses.
 * `taken` is the fault for a login that somebody else has.
 */
export function readValues(
  given: GivenValues,
  before: Account | undefined,
  taken: (login: string) => Fault,
  call: Call,
): AccountChange | Fault {
  const { login, passwd, guid, locale: named } = given;
  const locale = named === undefined ? undefined : localeNamed(named);
  const fault =
    (login === undefined ? undefined : loginFault(login, passwd, before, taken, call)) ??
    (passwd === undefined ? undefined : passwordFault(passwd, login ?? before?.login ?? '', call)) ??
    textFault(given) ??
    (locale === undefined || isOffered(locale, call.panel)
      ? undefined
      : FAULTS.invalidValue(`The locale '${locale}' is not installed`));
  if (fault !== undefined) return fault;
  const status = statusFor(given.status, before, call);
  if (status instanceof Fault) return status;
  return {
    ...textsFrom(given),
    ...(login === undefined ? {} : { login }),
    ...(passwd === undefined ? {} : { password: new Secret(passwd) }),
    ...(locale === undefined ? {} : { locale }),
    ...(status === undefined ? {} : { status }),
    ...(guid === undefined ? {} : { guid: guidFrom(call.panel.ids.hex32()) }),
  };
}

function loginFault(
  login: string,
  passwd: string | undefined,
  before: Account | undefined,
  taken: (login: string) => Fault,
  { panel }: Call,
): Fault | undefined {
  if (login === before?.login) return undefined;
  if (panel.accounts.byLogin(login) !== undefined) return taken(login);
  if (login === '') return FAULTS.invalidValue('The login is empty');
  if (tooLong(login, MOST)) return FAULTS.invalidValue(`The login is longer than ${MOST} characters`);
  // A password that comes with the login has a fault of its own.
  const password = passwd === undefined ? (before?.password.reveal() ?? '') : '';
  const mistake = loginMistake({ login, password, role: before?.role ?? 'customer' }, panel.settings);
  if (mistake === undefined) return undefined;
  return FAULTS.invalidValue(`The login '${login}' is invalid: ${mistake}`, CREDENTIAL_SETTING);
}

function passwordFault(password: string, login: string, { panel }: Call): Fault | undefined {
  const { settings, release } = panel;
  if (password === '') return FAULTS.invalidValue('The password is empty');
  const mistake = passwordMistake({ login, password }, settings);
  if (mistake !== undefined)
    return FAULTS.invalidValue(`The password is invalid: ${mistake}`, CREDENTIAL_SETTING);
  const wanted =
    settings.passwordStrength === 'release' ? release.passwordStrength : settings.passwordStrength;
  if (isStrongEnough(password, wanted)) return undefined;
  const own = strengthOf(password).replace('-', ' ');
  return FAULTS.weakPassword(
    STRENGTH_NAMES[wanted],
    `the password is ${own}; the setting passwordStrength 'very-weak' takes any`,
  );
}

const STRENGTH_NAMES = {
  'very-weak': 'Very Weak',
  weak: 'Weak',
  medium: 'Medium',
  strong: 'Strong',
  'very-strong': 'Very Strong',
} as const;
