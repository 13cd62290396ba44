import { nearestName } from '../../../base/nearest.ts';
import { strengthOf } from '../../operations/accounts/password-strength.ts';
import type { Case } from './case.ts';
import { textsGiven } from './fields.ts';

/** Help for a password that is not strong enough; says nothing of the password but how strong it is. */
export function helpForPassword(one: Case): readonly string[] {
  const [, level = ''] = /minimal password strength is (\w+(?: \w+)?)\. /.exec(one.fault.errtext) ?? [];
  const wanted = level.toLowerCase();
  const enough = ENOUGH[wanted];
  const [sent] = textsGiven(one, 'passwd');
  const is = sent === undefined ? '' : `the password is ${strengthOf(sent).replace('-', ' ')}; `;
  return [
    ...(enough === undefined ? [] : [`${is}${enough} would be ${wanted}`]),
    "settings.set({ passwordStrength: 'very-weak' }) takes any password",
  ];
}

/** What makes a password so strong. */
const ENOUGH: Readonly<Record<string, string>> = {
  weak: '8 characters with a letter and a digit',
  medium: '8 characters with letters of both cases and a digit',
  strong: '8 characters with letters of both cases, a digit and two of !@#$%^&*?_~',
  'very strong': '16 characters with letters of both cases, three digits and two of !@#$%^&*?_~',
};

/** Help for a value of an account that Plesk refuses, by its errtext. */
export function helpForAccountValue({ fault, arrival }: Case): readonly string[] {
  const { errtext } = fault;
  const [, locale] = /^The locale '(.*)' is not installed$/.exec(errtext) ?? [];
  if (locale !== undefined) return localeHelp(locale, arrival);
  if (errtext.startsWith('The country '))
    return ['country takes a code of ISO 3166, such as DE or US; empty is none'];
  const [, address] = /^The e-mail '.*<(\S+@\S+)>' is invalid$/.exec(errtext) ?? [];
  if (address !== undefined) return [`email takes the address alone: ${address}`];
  const [, login = ''] = /^The login '(.*)' is invalid/.exec(errtext) ?? [];
  const better = login.replace(/^[^\p{L}\d]+/u, '').replace(/\s+/g, '');
  if (/^The (?:login '.*'|password) is invalid: /s.test(errtext))
    return [
      ...(better !== '' && better !== login ? [`'${better}' would do`] : []),
      "settings.set({ credentialRules: 'any' }) takes any login and password",
    ];
  if (errtext === 'The password is empty') return ['leave <passwd> out of set where it is not to change'];
  return [];
}

/** Which languages there are, and which is meant. */
export function localeHelp(locale: string, { panel, release }: Case['arrival']): readonly string[] {
  if (release.locales.includes(locale)) return [`'${locale}' is switched off: locale/enable switches it on`];
  const offered = release.locales.filter((one) => !panel.server.now.disabledLocales.includes(one));
  const near = nearestName(locale, offered);
  return [
    `Plesk ${release.plesk} has ${offered.join(', ')}${near === undefined ? '' : `; do you mean ${near}?`}`,
  ];
}
