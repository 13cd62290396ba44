import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { makeAuthority } from '../../server/http/tls/certificate.ts';
import { servers } from '../../src/commands/servers.ts';
import type { StoredServer } from '../../src/directory/schema.ts';
import { loadDirectory } from '../../src/directory/load.ts';
import { call } from '../support/directory-commands.ts';
import { directoryPath, PEPPER_KEY, SECRET, sourceOf, STORED, storedIn } from '../support/directory-file.ts';

const { cert: CA } = makeAuthority(Date.now());
const PRINT = 'a0'.repeat(32);
const PLAIN =
  'a credential does not stand here as it is: write env:NAME or file:/run/secrets/NAME, or seal it by plesk-sso servers set ID --seal';

const OLD: StoredServer = {
  url: 'https://plesk.example.com:8443',
  release: '12.5',
  auth: { secretKey: 'env:OLD' },
};
const NEW = ['--url', 'https://plesk.example.com:8443', '--release', '18.0'];

/** The directory with this one server. */
const withServer = (server: object): object => ({ ...STORED, servers: { 'plesk-1': server } });

/** The server after a command that had to succeed. */
async function after(
  before: object,
  args: readonly string[],
  input?: string,
): Promise<StoredServer | undefined> {
  const file = directoryPath(withServer(before));
  const { code, stderr } = await call(
    servers,
    file,
    ['set', 'plesk-1', ...args],
    input === undefined ? {} : { input },
  );
  expect([code, stderr]).toEqual([0, '']);
  return storedIn(file).servers['plesk-1'];
}

it('adds a server with all that may be said of it', async () => {
  const file = directoryPath();
  const pem = join(dirname(file), 'ca.pem');
  writeFileSync(pem, `Our CA\n${CA}`);
  const more = [
    '--trusted-redirect-hosts',
    'billing.example.com,*.example.net',
    '--absolute-redirects=initiating-host',
  ];
  const rest = ['--failure-redirect-url', 'https://billing.example.com/', '--php-session-id', '--ca', pem];

  const { code, stdout } = await call(servers, file, [
    'set',
    'plesk-1',
    ...NEW,
    '--secret-key',
    'env:KEY',
    ...more,
    ...rest,
  ]);

  expect([code, stdout]).toEqual([
    0,
    'ID       URL                             RELEASE  CREDENTIAL   TRUST   TRUSTED REDIRECT HOSTS\n' +
      'plesk-1  https://plesk.example.com:8443  18.0     key env:KEY  own CA  billing.example.com,*.example.net\n',
  ]);
  expect(storedIn(file).servers).toEqual({
    'plesk-1': {
      url: 'https://plesk.example.com:8443',
      release: '18.0',
      auth: { secretKey: 'env:KEY' },
      ca: CA,
      trustedRedirectHosts: ['billing.example.com', '*.example.net'],
      absoluteRedirects: 'initiating-host',
      failureRedirectUrl: 'https://billing.example.com/',
      phpSessionId: true,
    },
  });
});

it.each<[string, object, readonly string[], object]>([
  [
    'changes what is named, and nothing else',
    { ...OLD, phpSessionId: true },
    ['--release', '18.0'],
    { ...OLD, release: '18.0', phpSessionId: true },
  ],
  ['changes nothing where nothing is named', OLD, [], OLD],
  ['asks by another key', OLD, ['--secret-key', 'env:NEW'], { ...OLD, auth: { secretKey: 'env:NEW' } }],
  [
    'asks by a login from now on',
    OLD,
    ['--login', 'admin', '--password', 'env:NEW'],
    { ...OLD, auth: { login: 'admin', password: 'env:NEW' } },
  ],
  [
    'asks by a key from now on',
    { ...OLD, auth: { login: 'admin', password: 'env:OLD' } },
    ['--secret-key', 'env:NEW'],
    { ...OLD, auth: { secretKey: 'env:NEW' } },
  ],
  [
    'changes a password',
    { ...OLD, auth: { login: 'admin', password: 'env:OLD' } },
    ['--password', 'env:NEW'],
    { ...OLD, auth: { login: 'admin', password: 'env:NEW' } },
  ],
  [
    'keeps the password of a login',
    { ...OLD, auth: { login: 'admin', password: 'env:OLD' } },
    ['--login', 'admin'],
    { ...OLD, auth: { login: 'admin', password: 'env:OLD' } },
  ],
  [
    'pins a certificate in place of a CA',
    { ...OLD, ca: CA },
    ['--fingerprint', PRINT],
    { ...OLD, fingerprint: PRINT },
  ],
  [
    'empties the trusted hosts',
    { ...OLD, trustedRedirectHosts: ['a.example'] },
    ['--trusted-redirect-hosts', ''],
    { ...OLD, trustedRedirectHosts: [] },
  ],
  [
    'takes fields out',
    { ...OLD, ca: CA, trustedRedirectHosts: [], phpSessionId: true },
    ['--unset', 'ca,trusted-redirect-hosts,php-session-id'],
    OLD,
  ],
  [
    'switches a switch off',
    { ...OLD, phpSessionId: true },
    ['--no-php-session-id'],
    { ...OLD, phpSessionId: false },
  ],
])('%s', async (_case, before, args, expected) => {
  expect(await after(before, args)).toEqual(expected);
});

it('trusts a CA in place of a pinned certificate', async () => {
  const pem = join(dirname(directoryPath()), 'ca.pem');
  writeFileSync(pem, CA);

  expect(await after({ ...OLD, fingerprint: PRINT }, ['--ca', pem])).toEqual({ ...OLD, ca: CA });
});

it.each<[string, object, readonly string[], string]>([
  ['the secret key of a server that has one', OLD, [], `key ${SECRET} of Plesk`],
  [
    'the password of a server that has a login',
    { ...OLD, auth: { login: 'admin', password: 'env:OLD' } },
    [],
    `admin ${SECRET} of Plesk`,
  ],
  ['the password of a login that is given', OLD, ['--login', 'root'], `root ${SECRET} of Plesk`],
  [
    'a secret key in place of a login',
    { ...OLD, auth: { login: 'admin', password: 'env:OLD' } },
    ['--unset', 'login'],
    `key ${SECRET} of Plesk`,
  ],
])('seals %s from standard input', async (_case, before, args, expected) => {
  const file = directoryPath(withServer(before));

  const ended = await call(servers, file, ['set', 'plesk-1', '--seal', ...args], {
    input: `${SECRET} of Plesk\n`,
  });

  expect([ended.code, ended.stderr]).toEqual([0, '']);
  expect(ended.stdout + readFileSync(file, 'utf8')).not.toContain(SECRET);
  expect(readFileSync(file, 'utf8')).toMatch(/"sealed:v1\.[\da-f]{8}\.[\w-]+"/);
  const credentials = (await loadDirectory(sourceOf(file))).server('plesk-1')?.credentials;
  const opened =
    credentials?.kind === 'password'
      ? `${credentials.login} ${credentials.password.reveal()}`
      : `key ${credentials?.key.reveal() ?? ''}`;
  expect(opened).toBe(expected);
});

it('adds a server whose key it seals', async () => {
  const file = directoryPath();

  expect(await call(servers, file, ['set', 'plesk-1', ...NEW, '--seal'], { input: SECRET })).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('  key sealed  ') as string,
  });
  expect((await loadDirectory(sourceOf(file))).server('plesk-1')).toBeDefined();
});

it('seals with no pepper that is made up', async () => {
  const file = directoryPath(withServer(OLD));
  const env = { PLESK_SSO_DIRECTORY: file };

  expect(await call(servers, file, ['set', 'plesk-1', '--seal'], { env, input: SECRET })).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'plesk-sso: --seal: there is no pepper key to seal with; set PLESK_SSO_PEPPER_KEYS as the service has it\n',
  });
});

it.each<[string, readonly string[], string, string]>([
  ['a plain secret key', ['--secret-key', `${SECRET}-key`], '', `servers.plesk-1.auth.secretKey: ${PLAIN}`],
  [
    'a plain password',
    ['--login', 'admin', '--password', SECRET],
    '',
    `servers.plesk-1.auth.password: ${PLAIN}`,
  ],
  ['a password without a login', ['--password', 'env:NEW'], '', '--password: its --login LOGIN is missing'],
  [
    'a login without a password',
    ['--login', 'admin'],
    '',
    '--login: its --password REF, or --seal, is missing',
  ],
  [
    'a key and a password',
    ['--secret-key', 'env:A', '--password', 'env:B'],
    '',
    '--secret-key and --password: one credential is enough',
  ],
  [
    'a key that is sealed, too',
    ['--secret-key', 'env:A', '--seal'],
    SECRET,
    '--secret-key and --seal: one credential is enough',
  ],
  [
    'a key and a login',
    ['--secret-key', 'env:A', '--login', 'admin'],
    '',
    '--secret-key and --login: a server is asked by one of them',
  ],
  ['nothing to seal', ['--seal'], '\n', '--seal: standard input is empty'],
  [
    'two lines to seal',
    ['--seal'],
    `${SECRET}\n${SECRET}\n`,
    '--seal: standard input has a line break or another control character in it',
  ],
  [
    'an http URL',
    ['--url', `http://${SECRET}.example.com`],
    '',
    'servers.plesk-1.url: this must begin with https://; http is for loopback only',
  ],
  [
    'the version for its release',
    ['--release', '19.0'],
    '',
    "--release: '19.0' is none of 10.4, 11.0, 11.5, 12.0, 12.5, 17.0, 17.5, 17.8, 18.0; do you mean 18.0?",
  ],
  [
    'a SHA-1',
    ['--fingerprint', 'a0'.repeat(20)],
    '',
    'servers.plesk-1.fingerprint: this is no SHA-256 fingerprint: 64 hex digits, with colons or without',
  ],
  ['a CA that is not there', ['--ca', '/nowhere/ca.pem'], '', '--ca: /nowhere/ca.pem is not there'],
  [
    'a field that cannot be taken out',
    ['--unset', 'url'],
    '',
    "--unset.0: 'url' is no field that can be unset: login, ca, fingerprint, trusted-redirect-hosts, absolute-redirects, failure-redirect-url, php-session-id",
  ],
  [
    'its login taken out, and no other',
    ['--unset', 'login'],
    '',
    'an entry needs --url, --release, and --secret-key REF, --login LOGIN --password REF or --seal',
  ],
  ['a misspelt flag', ['--secretkey', SECRET], '', '--secretkey is not known; do you mean --secret-key?'],
])('changes nothing for %s', async (_case, args, input, mistake) => {
  const file = directoryPath(withServer(OLD));

  const ended = await call(servers, file, ['set', 'plesk-1', ...args], { input });

  expect(ended).toEqual({ code: 2, stdout: '', stderr: `plesk-sso: ${mistake}\n` });
  expect(ended.stderr).not.toContain(SECRET);
  expect(storedIn(file)).toEqual(withServer(OLD));
});

it('says what a new server needs', async () => {
  const file = directoryPath();

  expect(await call(servers, file, ['set', 'plesk-1', '--release', '18.0'])).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'plesk-sso: an entry needs --url, --release, and --secret-key REF, --login LOGIN --password REF or --seal\n',
  });
});

it('makes no server of a hidden name', async () => {
  const file = directoryPath(STORED);

  expect(await call(servers, file, ['set', '__proto__', ...NEW, '--secret-key', 'env:KEY'])).toMatchObject({
    code: 2,
    stderr: 'plesk-sso: servers.__proto__: this is no name\n',
  });
  expect(storedIn(file)).toEqual(STORED);
});

it('lists servers for people and for programs, without what is sealed', async () => {
  const entries = {
    'plesk-1': OLD,
    'plesk-2': {
      ...OLD,
      auth: { login: 'admin', password: `sealed:v1.01234567.${'x'.repeat(60)}` },
      fingerprint: PRINT,
      trustedRedirectHosts: [],
    },
  };
  const file = directoryPath({ ...STORED, servers: entries });

  expect(await call(servers, file, ['list'])).toEqual({
    code: 0,
    stderr: '',
    stdout:
      'ID       URL                             RELEASE  CREDENTIAL     TRUST       TRUSTED REDIRECT HOSTS\n' +
      'plesk-1  https://plesk.example.com:8443  12.5     key env:OLD    public CAs  -\n' +
      'plesk-2  https://plesk.example.com:8443  12.5     admin, sealed  pinned      none\n',
  });
  expect(JSON.parse((await call(servers, file, ['list', '--json'])).stdout)).toEqual([
    { id: 'plesk-1', ...OLD },
    { id: 'plesk-2', ...entries['plesk-2'], auth: { login: 'admin', password: 'sealed' } },
  ]);
});

it('removes a server that nobody has an account on', async () => {
  const file = directoryPath({ ...STORED, servers: { ...STORED.servers, 'plesk-2': OLD } });

  expect(await call(servers, file, ['remove', 'plesk-2'])).toEqual({
    code: 0,
    stdout: 'Removed: plesk-2\n',
    stderr: '',
  });
  expect(storedIn(file)).toEqual(STORED);
});

it.each([
  ['plesk-1', 'plesk-1 has accounts of users (1, 2, 3, 4, 5 and 2 more); move or remove them first'],
  ['plesk-2', 'there is no server "plesk-2"'],
])('does not remove %s where %s', async (id, words) => {
  const users = Object.fromEntries([1, 2, 3, 4, 5, 6, 18].map((user) => [user, STORED.users['18']]));
  const file = directoryPath({ ...STORED, users });

  expect(await call(servers, file, ['remove', id])).toEqual({
    code: 1,
    stdout: '',
    stderr: `plesk-sso: ${words}\n`,
  });
  expect(storedIn(file)).toEqual({ ...STORED, users });
});

it('takes the pepper from its flag, too', async () => {
  const file = directoryPath(withServer(OLD));
  const env = { PLESK_SSO_DIRECTORY: file, OTHER: PEPPER_KEY };

  const { code } = await call(servers, file, ['set', 'plesk-1', '--seal', '--pepper-keys', 'env:OTHER'], {
    env,
    input: SECRET,
  });

  expect(code).toBe(0);
  expect((await loadDirectory(sourceOf(file))).server('plesk-1')).toBeDefined();
});
