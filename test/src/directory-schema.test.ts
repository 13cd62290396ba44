import { expect, it } from 'vitest';
import { readStored } from '../../src/directory/database.ts';
import { DirectoryError } from '../../src/directory/directory-error.ts';
import { NOW } from '../support/clock.ts';
import { directoryPath, SECRET, STORED } from '../support/directory-file.ts';

const SERVER = {
  url: 'https://plesk.example.com:8443',
  release: '18.0',
  auth: { login: 'admin', password: 'file:/run/secrets/plesk-1' },
  ca: 'plesk-ca.pem',
  trustedRedirectHosts: ['billing.example.com', '*.example.net', '192.0.2.1', '2001:db8::1'],
  absoluteRedirects: 'initiating-host',
  failureRedirectUrl: 'https://billing.example.com/login?from=plesk',
  phpSessionId: true,
};
const ACCOUNT = { service_id: 101, server: 'plesk-1', login: 'bob', role: 'customer' };
const KEY = {
  id: 'k1',
  name: 'billing',
  sha256: 'a0'.repeat(32),
  addresses: ['192.0.2.0/24', '2001:db8::1'],
  actions: ['Clients/CreateClientSsoToken'],
  scopes: ['sso:admin'],
  expires_at: '2026-12-31T23:59:59+01:00',
  mode: 'confirm',
};
const WHOLE = {
  version: 1,
  servers: { 'plesk-1': SERVER },
  users: { '18': { active: true, sso_disabled: false, accounts: [ACCOUNT] } },
  api_keys: [KEY],
};
const PLAIN =
  'a credential does not stand here as it is: write env:NAME or file:/run/secrets/NAME, or seal it by plesk-sso servers set ID --seal';

/** Why a file is refused; nothing that is shown may be a secret. */
async function mistakesOf(content: object | string | Uint8Array): Promise<readonly string[]> {
  const path = directoryPath(content);
  const failure = await readStored(path, NOW).catch((error: unknown) => error);
  if (!(failure instanceof DirectoryError)) throw new Error('the file was read');
  expect(failure.message).toContain(`The directory ${path} cannot be used:\n  ${failure.mistakes[0] ?? ''}`);
  expect(failure.message + failure.mistakes.join()).not.toContain(SECRET);
  return failure.mistakes;
}

it.each([
  ['all that may be said', WHOLE],
  ['no more than has to be said', STORED],
  ['nothing in it yet', { version: 1, servers: {}, users: {}, api_keys: [] }],
])('reads a directory with %s, as it stands there', async (_case, content) => {
  expect(await readStored(directoryPath(content), NOW)).toEqual(content);
});

const server = (more: object): object => ({ ...WHOLE, servers: { 'plesk-1': { ...SERVER, ...more } } });

it.each<[string, object, string]>([
  [
    'http beyond this machine',
    { url: `http://${SECRET}.example.com` },
    'url: this must begin with https://; http is for loopback only',
  ],
  [
    'a user name in its URL',
    { url: `https://admin:${SECRET}@plesk.example.com` },
    'url: a URL has no user name or password here',
  ],
  [
    'a path in its URL',
    { url: `https://plesk.example.com/${SECRET}` },
    'url: this must be the panel alone, such as https://plesk.example.com:8443, without a path',
  ],
  [
    'a query in its URL',
    { url: 'https://plesk.example.com?' },
    'url: this must be the panel alone, such as https://plesk.example.com:8443, without a path',
  ],
  ['no URL', { url: SECRET }, 'url: this is no URL, such as https://plesk.example.com:8443'],
  [
    'a blank before its URL',
    { url: ' https://plesk.example.com' },
    'url: this is no URL, such as https://plesk.example.com:8443',
  ],
  [
    'a backslash in its URL',
    { url: 'https:\\\\plesk.example.com' },
    'url: this is no URL, such as https://plesk.example.com:8443',
  ],
  [
    'another scheme',
    { url: 'ftp://plesk.example.com' },
    'url: this is no URL, such as https://plesk.example.com:8443',
  ],
  [
    'the version for its release',
    { release: '18.0.61' },
    'release: this is no release of Plesk that is known here: 10.4, 11.0, 11.5, 12.0, 12.5, 17.0, 17.5, 17.8, 18.0; do you mean 18.0?',
  ],
  ['a plain secret key', { auth: { secretKey: SECRET } }, `auth.secretKey: ${PLAIN}`],
  ['a plain password', { auth: { login: 'admin', password: SECRET } }, `auth.password: ${PLAIN}`],
  [
    'a variable that is none',
    { auth: { secretKey: `env:${SECRET}-x` } },
    'auth.secretKey: after env: comes the name of a variable: letters, digits and _',
  ],
  [
    'a relative path of a secret',
    { auth: { secretKey: `file:${SECRET}` } },
    'auth.secretKey: after file: comes a path from the root, such as file:/run/secrets/plesk-1',
  ],
  [
    'a cut seal',
    { auth: { secretKey: `sealed:v1.${SECRET}` } },
    'auth.secretKey: what was sealed is not whole; seal it again by plesk-sso servers set ID --seal',
  ],
  [
    'a login without a password',
    { auth: { login: 'admin' } },
    'auth: this must have secretKey, or login and password',
  ],
  [
    'a key and a login',
    { auth: { secretKey: 'env:A', login: 'admin' } },
    'auth: this must have secretKey, or login and password',
  ],
  [
    'a control character in the login',
    { auth: { login: 'ad\nmin', password: 'env:A' } },
    'auth.login: this must be 1 to 255 characters, without blanks at its ends or control characters',
  ],
  ['no credentials', { auth: undefined }, 'auth: this is missing'],
  [
    'a CA and a fingerprint',
    { fingerprint: 'a0'.repeat(32) },
    'ca and fingerprint: a certificate that is pinned needs no CA; leave one of them out',
  ],
  [
    'a CA for http',
    { url: 'http://127.0.0.1:8880' },
    'ca and fingerprint are for https, and the url begins with http://',
  ],
  [
    'a SHA-1',
    { ca: undefined, fingerprint: 'a0'.repeat(20) },
    'fingerprint: this is no SHA-256 fingerprint: 64 hex digits, with colons or without',
  ],
  [
    'a URL for a trusted host',
    { trustedRedirectHosts: ['https://billing.example.com'] },
    'trustedRedirectHosts.0: this is no host name, address, or *. and a host name',
  ],
  [
    'an asterisk within a trusted host',
    { trustedRedirectHosts: ['a.*.example.com'] },
    'trustedRedirectHosts.0: this is no host name, address, or *. and a host name',
  ],
  [
    'a text for the trusted hosts',
    { trustedRedirectHosts: 'example.com' },
    'trustedRedirectHosts: this must be a list, in [ ]',
  ],
  [
    'another way of redirects',
    { absoluteRedirects: 'anny' },
    'absoluteRedirects: this is no way to treat absolute redirects: any, initiating-host; do you mean any?',
  ],
  [
    'a host for a path',
    { failureRedirectUrl: '//evil.example.com' },
    'failureRedirectUrl: this is no path of the panel, such as /login',
  ],
  [
    'a host behind the dots of a path',
    { failureRedirectUrl: '/..//evil.example.com' },
    'failureRedirectUrl: this is no path of the panel, such as /login',
  ],
  ['a word for a switch', { phpSessionId: 'yes' }, 'phpSessionId: this must be true or false'],
  ['a misspelt field', { relase: SECRET }, 'relase is not known; do you mean release?'],
])('refuses a server with %s', async (_case, change, mistake) => {
  const separator = /^(?:ca|relase)\b/.test(mistake) ? ': ' : '.';
  expect(await mistakesOf(server(change))).toEqual([`servers.plesk-1${separator}${mistake}`]);
});

it.each<[string, object, string]>([
  [
    'a user_id with leading zeros',
    { users: { '018': {} } },
    'users.018: this is no user_id: a whole number from 1 on, below 2^53, without leading zeros',
  ],
  [
    'a user_id of 2^53',
    { users: { '9007199254740992': {} } },
    'users.9007199254740992: this is no user_id: a whole number from 1 on, below 2^53, without leading zeros',
  ],
  [
    'a user_id that is hidden',
    { users: JSON.parse('{"__proto__":{}}') as object },
    'users.__proto__: this is no name',
  ],
  ['a list of users', { users: [] }, 'users: this must be an object, in { }'],
  [
    'a server whose id is no name',
    { servers: { 'plesk 1': SERVER, 'plesk-1': SERVER } },
    'servers."plesk 1": this is no name: 1 to 64 letters, digits, dots, hyphens or underscores, a letter or digit first',
  ],
  ['no API keys', { api_keys: undefined }, 'api_keys: this is missing'],
  ['another version', { version: 2 }, 'version: this must be 1'],
  ['a misspelt field', { apikeys: [] }, 'the file: apikeys is not known; do you mean api_keys?'],
])('refuses a directory with %s', async (_case, change, mistake) => {
  expect(await mistakesOf({ ...WHOLE, ...change })).toEqual([mistake]);
});

it.each<[string, object, string]>([
  ['no state', { active: undefined }, '.active: this is missing'],
  ['a misspelt field', { acounts: [] }, ': acounts is not known; do you mean accounts?'],
  [
    'an account on no server',
    { accounts: [{ ...ACCOUNT, server: 'plesk-2' }] },
    '.accounts.0.server: there is no server plesk-2; do you mean plesk-1?',
  ],
  [
    'an account of no role',
    { accounts: [{ ...ACCOUNT, role: 'custmer' }] },
    '.accounts.0.role: this is no role: customer, reseller, admin; do you mean customer?',
  ],
  [
    'a fraction for a service',
    { accounts: [{ ...ACCOUNT, service_id: 1.5 }] },
    '.accounts.0.service_id: this must be a whole number',
  ],
  [
    'the service 0',
    { accounts: [{ ...ACCOUNT, service_id: 0 }] },
    '.accounts.0.service_id: this must be 1 or more',
  ],
  [
    'one service twice',
    { accounts: [ACCOUNT, { ...ACCOUNT, login: 'eve' }] },
    '.accounts.1.service_id: account 0 of this user has the same',
  ],
  [
    'two primary accounts',
    {
      accounts: [
        { ...ACCOUNT, primary: true },
        { ...ACCOUNT, service_id: 102, primary: true },
      ],
    },
    '.accounts.1.primary: account 0 of this user is the primary one',
  ],
])('refuses a user with %s', async (_case, change, mistake) => {
  const users = { '18': { ...WHOLE.users['18'], ...change } };

  expect(await mistakesOf({ ...WHOLE, users })).toEqual([`users.18${mistake}`]);
});

it.each<[string, object, string]>([
  [
    'itself for its digest',
    { sha256: `psso_key_${SECRET}` },
    'sha256: this is no SHA-256: 64 lower-case hex digits',
  ],
  [
    'bits beyond the prefix',
    { addresses: ['192.0.2.7/24'] },
    'addresses.0: this is no IP address or CIDR range such as 192.0.2.0/24, whose bits beyond the prefix are 0',
  ],
  ['nowhere to come from', { addresses: [] }, 'addresses: this list is empty'],
  [
    'a misspelt action',
    { actions: ['Clients/CreateClientSssoToken'] },
    'actions.0: this is no action: Clients/CreateClientSsoToken, Clients/GetClientSsoToken, Clients/RevokeClientSsoToken; do you mean Clients/CreateClientSsoToken?',
  ],
  ['an unknown scope', { scopes: ['sso:root'] }, 'scopes.0: this is no scope: sso:admin, sso:reseller'],
  [
    'an end without a zone',
    { expires_at: '2026-12-31T23:59:59' },
    'expires_at: this is no instant with a zone, such as 2026-12-31T23:59:59Z',
  ],
  [
    'an end that no calendar has',
    { expires_at: '2026-02-30T00:00:00Z' },
    'expires_at: this is no instant with a zone, such as 2026-12-31T23:59:59Z',
  ],
  ['another mode', { mode: 'button' }, 'mode: this is no mode: auto, direct, confirm'],
  [
    'a blank in its name',
    { name: 'the shop' },
    'name: this is no name: 1 to 64 letters, digits, dots, hyphens or underscores, a letter or digit first',
  ],
])('refuses an API key with %s', async (_case, change, mistake) => {
  expect(await mistakesOf({ ...WHOLE, api_keys: [{ ...KEY, ...change }] })).toEqual([
    `api_keys.0.${mistake}`,
  ]);
});

/** A key with another id and digest than the others. */
const key = (number: number, more: object = {}): object => ({
  ...KEY,
  id: `k${number}`,
  sha256: String(number).repeat(64),
  expires_at: undefined,
  ...more,
});

it.each<[string, readonly object[], readonly string[]]>([
  ['two live keys of a name, for rotation', [key(1), key(2)], []],
  ['a third that has expired', [key(1), key(2, { expires_at: '2026-01-01T10:00:00Z' }), key(3)], []],
  [
    'a third that lives',
    [key(1), key(2, { expires_at: '2026-01-01T10:00:01Z' }), key(3)],
    ['api_keys.2.name: 2 keys named billing are live already; revoke one of them'],
  ],
  ['one id twice', [key(1), key(2, { id: 'k1' })], ['api_keys.1.id: api_keys.0 has the same']],
  [
    'one digest twice',
    [key(1), key(2, { sha256: '1'.repeat(64) })],
    ['api_keys.1.sha256: api_keys.0 has the same'],
  ],
  [
    'the id of another for a name',
    [key(1, { name: 'k2' }), key(2)],
    ['api_keys.0.name: this is the id of api_keys.1'],
  ],
])('judges keys between themselves: %s', async (_case, keys, mistakes) => {
  const content = { ...WHOLE, api_keys: keys };

  if (mistakes.length === 0) expect(await readStored(directoryPath(content), NOW)).toBeDefined();
  else expect(await mistakesOf(content)).toEqual(mistakes);
});

it('names every mistake at once, within records and between them', async () => {
  const content = {
    version: 1,
    servers: { 'plesk-1': { ...SERVER, url: 1, auth: { secretKey: SECRET } } },
    users: { '18': { active: 'yes', accounts: [{ ...ACCOUNT, server: 'nowhere' }] } },
    api_keys: [KEY, { ...KEY, mode: 5 }],
  };

  expect(await mistakesOf(content)).toEqual([
    'servers.plesk-1.url: this must be a text',
    `servers.plesk-1.auth.secretKey: ${PLAIN}`,
    'users.18.active: this must be true or false',
    'api_keys.1.mode: this must be auto or direct or confirm',
    'users.18.accounts.0.server: there is no server nowhere',
    'api_keys.1.id: api_keys.0 has the same',
    'api_keys.1.sha256: api_keys.0 has the same',
  ]);
});

const TEXT = JSON.stringify(WHOLE, undefined, 1);

it.each<[string, string | Uint8Array, readonly string[]]>([
  ['nothing in it', ' \n', ['the file is empty']],
  ['no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), ['this is no text in UTF-8']],
  ['no object', '[]', ['the file: this must be an object, in { }']],
  [
    'a comma too many',
    TEXT.replace('"version": 1,', '"version": 1,,'),
    ['line 2, column 15: this is no JSON, a name in double quotes must stand here'],
  ],
  [
    'its end cut off',
    TEXT.slice(0, TEXT.indexOf('"confirm"') + 3).replace('bob', SECRET),
    ['line 53: the file ends in the middle, it was cut off'],
  ],
  [
    'a name twice in an object',
    TEXT.replace(
      '"active": true,',
      `"active": true, "note": {"a": "${SECRET}\\"}", "b": [{}, {"x": 1, "\\u0078": 2}]},`,
    ),
    [
      'users.18.note.b.1.x: this stands twice, again in line 25',
      'users.18: note is not known; there are active, sso_disabled, accounts',
    ],
  ],
  [
    'a server twice',
    TEXT.replace('"servers": {', '"servers": {"plesk-1": {},'),
    ['servers.plesk-1: this stands twice, again in line 4'],
  ],
])('refuses a file with %s', async (_case, content, mistakes) => {
  expect(await mistakesOf(content)).toEqual(mistakes);
});

it('takes a byte order mark, which editors put at the beginning', async () => {
  expect(await readStored(directoryPath(`\ufeff${TEXT}`), NOW)).toEqual(WHOLE);
});

it('shows the first mistakes of a file that has a thousand, and how many more there are', async () => {
  const users = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [String(index + 1), {}]));
  const failure: unknown = await readStored(directoryPath({ ...WHOLE, users }), NOW).catch(
    (error: unknown) => error,
  );

  expect(failure).toMatchObject({ mistakes: expect.objectContaining({ length: 2000 }) as unknown });
  expect(String(failure).split('\n')).toHaveLength(52);
  expect(String(failure)).toMatch(/\n {2}and 1950 more$/);
});
