import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { randomIds } from '../../base/ids.ts';
import { digestOf, Secret } from '../../base/secret.ts';
import { makeAuthority } from '../../server/http/tls/certificate.ts';
import type { Directory, PleskServer } from '../../src/directory/directory.ts';
import { ACTIONS } from '../../src/directory/directory.ts';
import { loadDirectory } from '../../src/directory/load.ts';
import { Pepper } from '../../src/pepper.ts';
import { directoryPath, ENV, PEPPER, SECRET, sourceOf, STORED } from '../support/directory-file.ts';
import { folder } from '../support/tools.ts';

const { cert: CA, key: CA_KEY } = makeAuthority(Date.now());

/** A directory with this one server. */
const withServer = (more: object): object => ({
  ...STORED,
  servers: { 'plesk-1': { ...STORED.servers['plesk-1'], ...more } },
});

/** The server as it is loaded. */
async function serverWith(more: object): Promise<PleskServer | undefined> {
  const directory = await loadDirectory(sourceOf(directoryPath(withServer(more))));
  return directory.server('plesk-1');
}

/** Why servers cannot be used, by their ids. */
const unusableIn = (directory: Directory): unknown => Object.fromEntries(directory.unusable());

/** What a server's credential is. */
function credentialOf(server: PleskServer | undefined): string | undefined {
  if (server === undefined) return undefined;
  const { credentials } = server;
  return credentials.kind === 'key'
    ? `key ${credentials.key.reveal()}`
    : `${credentials.login} ${credentials.password.reveal()}`;
}

it('loads servers, users and keys, each found by what it is looked up by', async () => {
  const directory = await loadDirectory(sourceOf(directoryPath(STORED)));

  expect(directory.servers()).toEqual([directory.server('plesk-1')]);
  expect(directory.server('plesk-1')).toEqual({
    id: 'plesk-1',
    origin: 'https://plesk.example.com:8443',
    release: '18.0',
    credentials: { kind: 'key', key: new Secret(ENV.PLESK_1_KEY) },
    ca: undefined,
    fingerprint: undefined,
    trustedRedirectHosts: undefined,
    absoluteRedirects: 'any',
    failureRedirectUrl: undefined,
    sendsPhpSessionId: false,
  });
  expect(directory.user(18)).toEqual({
    id: 18,
    isActive: true,
    isSsoDisabled: false,
    accounts: [{ serviceId: 101, server: 'plesk-1', login: 'bob', role: 'customer', isPrimary: true }],
  });
  const key = {
    id: 'k1',
    name: 'billing',
    sha256: digestOf('a key'),
    addresses: undefined,
    actions: ACTIONS,
    scopes: [],
    expiresAt: undefined,
    mode: undefined,
  };
  expect(directory.keyById('k1')).toEqual(key);
  expect(directory.keyByDigest(digestOf('a key'))).toEqual(key);
});

it('finds nothing that is not there, whatever it is called', async () => {
  const directory = await loadDirectory(sourceOf(directoryPath(STORED)));

  for (const name of ['constructor', '__proto__', 'toString', '']) {
    expect([directory.server(name), directory.keyById(name), directory.keyByDigest(name)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  }
  expect([directory.user(0), directory.user(19), directory.user(NaN)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

it('loads all that an entry may say, in its normal form', async () => {
  const server = await serverWith({
    url: 'HTTPS://Plesk.Example.COM:443/',
    release: '12.5',
    fingerprint: `SHA256 Fingerprint=${'A0:'.repeat(31)}A0`,
    trustedRedirectHosts: ['Billing.Example.com', '*.example.net'],
    absoluteRedirects: 'initiating-host',
    failureRedirectUrl: 'https://Billing.example.com',
    phpSessionId: true,
  });

  expect(server).toMatchObject({
    origin: 'https://plesk.example.com',
    fingerprint: 'a0'.repeat(32),
    trustedRedirectHosts: ['billing.example.com', '*.example.net'],
    absoluteRedirects: 'initiating-host',
    failureRedirectUrl: 'https://billing.example.com/',
    sendsPhpSessionId: true,
  });
});

it.each([
  ['a0'.repeat(32)],
  ['A0'.repeat(32)],
  [`sha256:${'a0'.repeat(32)}`],
  [`SHA-256: ${'A0:'.repeat(31)}A0`],
  [`${'a0:'.repeat(31)}a0\n`],
])('reads the fingerprint %j', async (fingerprint) => {
  expect((await serverWith({ fingerprint }))?.fingerprint).toBe('a0'.repeat(32));
});

it.each([
  ['http://127.0.0.1:8880', 'http://127.0.0.1:8880'],
  ['http://[::1]:8880/', 'http://[::1]:8880'],
  ['http://localhost', 'http://localhost'],
  ['https://192.0.2.7:8443', 'https://192.0.2.7:8443'],
])('takes %s for a panel', async (url, origin) => {
  expect((await serverWith({ url }))?.origin).toBe(origin);
});

it('keeps an empty list of trusted hosts apart from none', async () => {
  expect((await serverWith({ trustedRedirectHosts: [] }))?.trustedRedirectHosts).toEqual([]);
});

it('reads the instant at which a key ends, and what it is limited to', async () => {
  const [key] = STORED.api_keys;
  const limits = {
    addresses: ['192.0.2.0/24'],
    actions: [ACTIONS[0]],
    scopes: ['sso:admin'],
    mode: 'confirm',
  };
  const path = directoryPath({
    ...STORED,
    api_keys: [{ ...key, ...limits, expires_at: '2026-01-01T00:00:00+01:00' }],
  });

  expect((await loadDirectory(sourceOf(path))).keyById('k1')).toMatchObject({
    ...limits,
    expiresAt: Date.UTC(2025, 11, 31, 23),
  });
});

it('takes credentials from the environment, from files and out of seals', async () => {
  const file = join(folder(), 'key');
  writeFileSync(file, `${SECRET} of a file\n`);
  const sealed = `sealed:${PEPPER.seal(`${SECRET} sealed`, 'directory plesk-1')}`;

  expect(credentialOf(await serverWith({}))).toBe(`key ${SECRET}-key`);
  expect(credentialOf(await serverWith({ auth: { secretKey: `file:${file}` } }))).toBe(
    `key ${SECRET} of a file`,
  );
  expect(credentialOf(await serverWith({ auth: { login: 'admin', password: sealed } }))).toBe(
    `admin ${SECRET} sealed`,
  );
});

it('opens a seal of an older key of the pepper', async () => {
  const sealed = `sealed:${PEPPER.seal(SECRET, 'directory plesk-1')}`;
  const older = new Secret('a pepper for tests, of 32 characters or more');
  const pepper = new Pepper([new Secret('another one, which is the current one now'), older], randomIds);
  const path = directoryPath(withServer({ auth: { secretKey: sealed } }));

  const directory = await loadDirectory(sourceOf(path, { pepper }));

  expect(credentialOf(directory.server('plesk-1'))).toBe(`key ${SECRET}`);
});

it('takes a CA as it stands there, from a path, and from a path beside the directory file', async () => {
  const path = directoryPath();
  const text = `Subject: our own\n${CA}`;
  mkdirSync(join(dirname(path), 'ca'));
  writeFileSync(join(dirname(path), 'ca', 'plesk.pem'), text);
  for (const ca of [text, 'ca/plesk.pem', join(dirname(path), 'ca', 'plesk.pem')]) {
    writeFileSync(path, JSON.stringify(withServer({ ca })), { mode: 0o600 });

    expect((await loadDirectory(sourceOf(path))).server('plesk-1')?.ca).toBe(CA);
  }
});

/** Longer than any credential. */
const LONG = SECRET.repeat(200_000);

it.each<[string, object, Readonly<Record<string, string>>, string | Uint8Array, string]>([
  [
    'a variable that is not set',
    { secretKey: 'env:PLESK_2_KEY' },
    ENV,
    '',
    'secretKey: the environment variable PLESK_2_KEY is not set',
  ],
  [
    'a variable that is empty',
    { secretKey: 'env:EMPTY' },
    { EMPTY: '' },
    '',
    'secretKey: the environment variable EMPTY is empty',
  ],
  [
    'an inherited property',
    { secretKey: 'env:toString' },
    {},
    '',
    'secretKey: the environment variable toString is not set',
  ],
  [
    'a variable of two lines',
    { secretKey: 'env:TWO' },
    { TWO: `${SECRET}\r\nKEY: x` },
    '',
    'secretKey: the environment variable TWO has a line break or another control character in it',
  ],
  ['an empty file', { login: 'admin', password: 'file:FILE' }, {}, '\n', 'password: FILE is empty'],
  [
    'a file of two lines',
    { secretKey: 'file:FILE' },
    {},
    `${SECRET}\n\n`,
    'secretKey: FILE has a line break or another control character in it',
  ],
  [
    'a file that is no text',
    { secretKey: 'file:FILE' },
    {},
    Buffer.from([0xff, 0xfe]),
    'secretKey: FILE is no text in UTF-8',
  ],
  [
    'a file that is too long',
    { secretKey: 'file:FILE' },
    {},
    LONG,
    'secretKey: FILE is larger than 1048576 bytes',
  ],
  [
    'a file that is not there',
    { secretKey: 'file:/nowhere/key' },
    {},
    '',
    'secretKey: /nowhere/key is not there',
  ],
  ['a device', { secretKey: 'file:/dev/null' }, {}, '', 'secretKey: /dev/null is no file'],
  [
    'a seal of another pepper',
    {
      secretKey: `sealed:${new Pepper([new Secret('x'.repeat(40))], randomIds).seal(SECRET, 'directory plesk-1')}`,
    },
    {},
    '',
    'secretKey: it was sealed with a pepper key that is not among these, or for another server; seal it again by plesk-sso servers set ID --seal',
  ],
  [
    'a seal of another server',
    { secretKey: `sealed:${PEPPER.seal(SECRET, 'directory plesk-2')}` },
    {},
    '',
    'secretKey: it was sealed with a pepper key that is not among these, or for another server; seal it again by plesk-sso servers set ID --seal',
  ],
])('refuses a credential in %s', async (_case, auth, env, content, mistake) => {
  const file = join(folder(), 'secret');
  writeFileSync(file, content);
  const stored = JSON.stringify(withServer({ auth })).replaceAll('FILE', file);

  const directory = await loadDirectory(sourceOf(directoryPath(stored), { env }));

  expect(unusableIn(directory)).toEqual({
    'plesk-1': [`servers.plesk-1.auth.${mistake.replaceAll('FILE', file)}`],
  });
  expect(directory.server('plesk-1')).toBeUndefined();
  expect(inspect(unusableIn(directory))).not.toContain(SECRET);
});

it('says that there is nothing to open a seal with', async () => {
  const auth = { secretKey: `sealed:${PEPPER.seal(SECRET, 'directory plesk-1')}` };
  const source = sourceOf(directoryPath(withServer({ auth })), { pepper: undefined });

  expect(unusableIn(await loadDirectory(source))).toEqual({
    'plesk-1': ['servers.plesk-1.auth.secretKey: it is sealed, and there is no pepper key to open it'],
  });
});

it.each([
  ['of a file that is not there', 'none.pem', 'DIR/none.pem is not there'],
  ['that is none', '-----BEGIN CERTIFICATE-----', 'there is no certificate in PEM'],
  ['that cannot be read', CA.replace(/[\w+/=]{20}\n/, '\n'), 'certificate 1 of 1 cannot be read'],
  [
    'whose second one cannot be read',
    CA + CA.replace(/[\w+/=]{20}\n/, '\n'),
    'certificate 2 of 2 cannot be read',
  ],
  ['with its private key', CA + CA_KEY, 'there is a private key beside the certificate'],
])('refuses a CA %s', async (_case, ca, mistake) => {
  const path = directoryPath(withServer({ ca }));

  expect(unusableIn(await loadDirectory(sourceOf(path)))).toEqual({
    'plesk-1': [`servers.plesk-1.ca: ${mistake.replace('DIR', dirname(path))}`],
  });
});

it('takes the rest of a file, two of whose servers cannot be used', async () => {
  const entry = STORED.servers['plesk-1'];
  const servers = {
    'plesk-1': { ...entry, ca: 'x' },
    'plesk-2': { ...entry, auth: { secretKey: 'env:NONE' } },
    'plesk-3': entry,
  };

  const directory = await loadDirectory(sourceOf(directoryPath({ ...STORED, servers })));

  expect(unusableIn(directory)).toEqual({
    'plesk-1': [expect.stringMatching(/^servers\.plesk-1\.ca: .*\/x is not there$/) as string],
    'plesk-2': ['servers.plesk-2.auth.secretKey: the environment variable NONE is not set'],
  });
  expect(directory.servers().map(({ id }) => id)).toEqual(['plesk-3']);
  expect([directory.user(18)?.isActive, directory.keyById('k1')?.name]).toEqual([true, 'billing']);
});

it('prints no credential of what it has loaded', async () => {
  const directory = await loadDirectory(sourceOf(directoryPath(STORED)));
  const server = directory.server('plesk-1');

  expect(inspect(server, { depth: null }) + JSON.stringify(server)).not.toContain(SECRET);
});

it('loads 100,000 users', { timeout: 60_000 }, async () => {
  const [account] = STORED.users['18']?.accounts ?? [];
  const users = Object.fromEntries(
    Array.from({ length: 100_000 }, (_, index) => [
      String(index + 1),
      { active: true, accounts: [{ ...account, login: `user${index + 1}` }] },
    ]),
  );

  const directory = await loadDirectory(sourceOf(directoryPath({ ...STORED, users })));

  expect(directory.user(100_000)?.accounts[0]?.login).toBe('user100000');
});
