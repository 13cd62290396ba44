import { trimEnds } from '../../../base/trim-ends.ts';
import type { Panel } from '../../state/panel.ts';
import type { SecretKey } from '../../state/secret-keys.ts';
import type { Case } from './case.ts';
import { fieldOf, headerOf } from './case.ts';
import { helpForLogin } from './logins.ts';

/** Help for a login or password that was not accepted. */
export function helpForCredentials(one: Case): readonly string[] {
  const { arrival, performed } = one;
  const { panel } = arrival;
  if (performed !== undefined)
    return [
      ...helpForLogin(fieldOf(one, 'login') ?? '', panel),
      "settings.set({ unknownLogin: '1013' }) answers an unknown login by 1013",
    ];
  const login = headerOf(arrival, 'http_auth_login');
  const password = headerOf(arrival, 'http_auth_passwd');
  if (login === undefined || password === undefined) return missingHeaders(one);
  const account = panel.accounts.byLogin(login);
  if (account === undefined) return helpForLogin(login, panel);
  const right = account.password.reveal();
  return [...MISTAKES.flatMap(([says, is]) => (is(password, right, panel) ? [says] : []))];
}

function missingHeaders({ arrival }: Case): readonly string[] {
  const { headers } = arrival;
  if (headers['authorization'] !== undefined)
    return ['Authorization is not read: the XML API takes HTTP_AUTH_LOGIN and HTTP_AUTH_PASSWD, or KEY'];
  if (headers['x-api-key'] !== undefined)
    return ["X-API-Key is for Plesk's REST API: the XML API takes the same key in the header KEY"];
  const missing = ['HTTP_AUTH_LOGIN', 'HTTP_AUTH_PASSWD'].filter(
    (name) => headerOf(arrival, name.toLowerCase()) === undefined,
  );
  return [`not there: ${missing.join(' and ')}; a secret key in the header KEY would do instead`];
}

type Mistake = readonly [says: string, is: (sent: string, right: string, panel: Panel) => boolean];

/** The first words are what is wrong with a password; none shows it. */
const MISTAKES: readonly Mistake[] = [
  [
    'the password is a secret key: send it in the header KEY, without login and password',
    (sent, _right, panel) => panel.secretKeys.byKey(sent) !== undefined,
  ],
  [
    'the password is right but for base64: send it as it is',
    (sent, right) => Buffer.from(sent, 'base64').toString() === right,
  ],
  [
    'the password is right but for its URL-encoding: send it as it is',
    (sent, right) => sent !== right && decoded(sent) === right,
  ],
  [
    'the password is right but for XML entities: a header needs none',
    (sent, right) => sent !== right && unescaped(sent) === right,
  ],
  [
    'the password is right but for quotes or blanks around it',
    (sent, right) => sent !== right && trimEnds(sent, '"\' \t\r\n\f\v\u00a0') === right,
  ],
  [
    'the password is right but for upper and lower case',
    (sent, right) => sent !== right && sent.toLowerCase() === right.toLowerCase(),
  ],
  ['the password is the right one now: it was changed since', (sent, right) => sent === right],
  ['the password is empty', (sent) => sent === ''],
];

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** Help for a secret key that there is not. */
export function helpForUnknownKey({ arrival }: Case): readonly string[] {
  const { panel } = arrival;
  const key = headerOf(arrival, 'key') ?? '';
  const { secretKeys } = panel;
  if (key === '') return ['KEY is empty, and wins over login and password: leave it out, or fill it'];
  if (secretKeys.get(key) !== undefined)
    return [`${key} is the id of a key that is there; its whole text was in the answer to its create alone`];
  const hex = key.replace(/[^\da-f]/gi, '').toLowerCase();
  const whole = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  if (whole !== key && secretKeys.byKey(whole) !== undefined)
    return ['the key is there in another form: lower case, with its hyphens, without anything around it'];
  for (const account of panel.accounts.all())
    if (account.password.reveal() === key)
      return [
        `KEY holds the password of '${account.login}': send it as HTTP_AUTH_LOGIN and HTTP_AUTH_PASSWD`,
      ];
  const known = [...secretKeys.all()].slice(0, 5).map(({ id }: SecretKey) => id);
  return [
    known.length === 0
      ? 'there is no secret key here: secret_key/create makes one, or secretKeys.add() or a seed'
      : `the keys here have the ids ${known.join(', ')}; secretKeys.add({ key: ... }) adds one whose text you know`,
  ];
}

/** Help for a secret key that was used from a foreign address. */
export function helpForForeignKey({ arrival }: Case): readonly string[] {
  const found = arrival.panel.secretKeys.byKey(headerOf(arrival, 'key') ?? '');
  return [
    `make the key for ${arrival.peer} (ip_address of secret_key/create), or send from ${found?.addresses.join(' or ') ?? 'the address that it is for'}`,
    "without ip_address a key is for its maker's address: settings.set({ keyWithoutAddress: 'any' }) makes it one for all",
  ];
}
