import { existsSync, readFileSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { digestOf } from '../../base/secret.ts';
import { keys } from '../../src/commands/keys.ts';
import { isApiKey } from '../../src/directory/api-key.ts';
import { loadDirectory } from '../../src/directory/load.ts';
import { testClock } from '../support/clock.ts';
import { call } from '../support/directory-commands.ts';
import { directoryPath, sourceOf, STORED, storedIn } from '../support/directory-file.ts';

/** Adds a key, and answers it. */
async function added(file: string, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await call(keys, file, ['add', ...args]);
  expect([code, stderr]).toEqual([0, expect.stringContaining('It is shown this once')]);
  return stdout.trim();
}

it('makes a key, prints it once, and keeps its SHA-256 in a file for its owner only', async () => {
  const file = directoryPath();

  const key = await added(file, 'billing');

  expect(key).toMatch(/^psso_key_[\w-]{49}$/);
  expect(isApiKey(key)).toBe(true);
  expect(storedIn(file).api_keys).toEqual([
    { id: expect.stringMatching(/^[\da-f]{8}$/) as string, sha256: digestOf(key), name: 'billing' },
  ]);
  expect(readFileSync(file, 'utf8')).not.toContain(key);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect((await loadDirectory(sourceOf(file))).keyByDigest(digestOf(key))?.name).toBe('billing');
});

it('knows a key that was cut or mistyped for none', async () => {
  const key = await added(directoryPath(), 'billing');
  const other = key.at(20) === 'A' ? 'B' : 'A';

  for (const wrong of [
    key.slice(0, -1),
    `${key}A`,
    key.slice(0, 20) + other + key.slice(21),
    key.toLowerCase(),
    '',
  ])
    expect(isApiKey(wrong)).toBe(false);
});

it('keeps what a key is limited to', async () => {
  const file = directoryPath(STORED);
  const limits = ['--addresses', '192.0.2.0/24,2001:db8::1', '--actions', 'Clients/GetClientSsoToken'];

  await added(
    file,
    'shop',
    ...limits,
    '--scopes=sso:admin,sso:reseller',
    '--mode',
    'confirm',
    '--expires',
    '90d',
  );

  expect(storedIn(file).api_keys[1]).toMatchObject({
    name: 'shop',
    addresses: ['192.0.2.0/24', '2001:db8::1'],
    actions: ['Clients/GetClientSsoToken'],
    scopes: ['sso:admin', 'sso:reseller'],
    mode: 'confirm',
    expires_at: '2026-04-01T10:00:00Z',
  });
});

it.each([
  ['2026-12-31', '2026-12-31T23:59:59Z'],
  ['2026-12-31T18:00:00+01:00', '2026-12-31T17:00:00Z'],
  ['2026-01-01T10:00:01Z', '2026-01-01T10:00:01Z'],
  ['1d', '2026-01-02T10:00:00Z'],
])('takes %s for the end of a key', async (text, instant) => {
  const file = directoryPath(STORED);

  await added(file, 'shop', '--expires', text);

  expect(storedIn(file).api_keys[1]?.expires_at).toBe(instant);
});

it.each<[string, readonly string[], string]>([
  ['an end that is over', ['shop', '--expires', '2025-12-31'], "--expires: '2025-12-31' is over already"],
  [
    'an end at this instant',
    ['shop', '--expires', '2026-01-01T10:00:00Z'],
    "--expires: '2026-01-01T10:00:00Z' is over already",
  ],
  [
    'a day that no calendar has',
    ['shop', '--expires', '2026-02-30'],
    "--expires: '2026-02-30' is no date such as 2026-12-31, instant such as 2026-12-31T18:00:00Z, or time such as 90d",
  ],
  [
    'a time without a zone',
    ['shop', '--expires', '2026-12-31T18:00:00'],
    "--expires: '2026-12-31T18:00:00' is no date such as 2026-12-31, instant such as 2026-12-31T18:00:00Z, or time such as 90d",
  ],
  [
    'bits beyond a prefix',
    ['shop', '--addresses', '192.0.2.7/24'],
    "--addresses.0: '192.0.2.7/24' is no address or CIDR range such as 192.0.2.0/24, whose bits beyond the prefix are 0",
  ],
  ['no address at all', ['shop', '--addresses', ','], 'api_keys.1.addresses: this list is empty'],
  [
    'a misspelt action',
    ['shop', '--actions', 'CreateClientSsoToken'],
    "--actions: 'CreateClientSsoToken' is not known; do you mean Clients/CreateClientSsoToken?",
  ],
  [
    'an unknown scope',
    ['shop', '--scopes', 'root'],
    "--scopes: 'root' is not known; there are sso:admin, sso:reseller",
  ],
  ['another mode', ['shop', '--mode', 'button'], "--mode: 'button' is none of auto, direct, confirm"],
  [
    'a misspelt flag',
    ['shop', '--adresses', '192.0.2.1'],
    '--adresses is not known; do you mean --addresses?',
  ],
  ['no name', [], 'this is written: plesk-sso keys add NAME'],
  ['two names', ['shop', 'billing'], 'this is written: plesk-sso keys add NAME'],
  [
    'a name that is none',
    ['the shop'],
    'api_keys.1.name: this is no name: 1 to 64 letters, digits, dots, hyphens or underscores, a letter or digit first',
  ],
  ['the id of a key for a name', ['k1'], 'api_keys.1.name: this is the id of api_keys.0'],
])('makes no key with %s', async (_case, args, mistake) => {
  const file = directoryPath(STORED);

  expect(await call(keys, file, ['add', ...args])).toEqual({
    code: 2,
    stdout: '',
    stderr: `plesk-sso: ${mistake}\n`,
  });
  expect(storedIn(file)).toEqual(STORED);
});

it('lets two keys of a name live at once for rotation, and no third', async () => {
  const file = directoryPath();
  const first = await added(file, 'billing');
  const { stderr } = await call(keys, file, ['add', 'billing']);
  const [one, other] = storedIn(file).api_keys;
  expect(stderr).toContain(
    `Once it is in use, revoke the one before: plesk-sso keys revoke ${one?.id ?? ''}\n`,
  );

  expect(await call(keys, file, ['add', 'billing'])).toEqual({
    code: 2,
    stdout: '',
    stderr: 'plesk-sso: api_keys.2.name: 2 keys named billing are live already; revoke one of them\n',
  });
  expect(await call(keys, file, ['revoke', one?.id ?? ''])).toMatchObject({
    code: 0,
    stdout: `The key billing (${one?.id ?? ''}) is revoked.\n`,
  });

  const directory = await loadDirectory(sourceOf(file));
  expect(directory.keyByDigest(digestOf(first))).toBeUndefined();
  expect(directory.keyById(other?.id ?? '')).toBeDefined();
  await added(file, 'billing');
});

it('counts a key that has expired for none, and lists it as expired', async () => {
  const file = directoryPath();
  const clock = testClock();
  for (const args of [['--expires', '1d'], []]) await call(keys, file, ['add', 'billing', ...args]);
  clock.pass(86_400);

  expect(await call(keys, file, ['add', 'billing'], { clock })).toMatchObject({ code: 0 });

  const { stdout } = await call(keys, file, ['list', '--json'], { clock });
  expect((JSON.parse(stdout) as { readonly state: string }[]).map(({ state }) => state)).toEqual([
    'expired',
    'live',
    'live',
  ]);
});

it('lists keys for people, without digests', async () => {
  const [key] = STORED.api_keys;
  const limits = {
    addresses: ['192.0.2.1'],
    actions: ['Clients/GetClientSsoToken'],
    scopes: ['sso:admin'],
    mode: 'direct',
  };
  const other = {
    id: 'k2',
    name: 'shop',
    sha256: 'b1'.repeat(32),
    expires_at: '2026-01-01T00:00:00Z',
    ...limits,
  };

  const listed = await call(keys, directoryPath({ ...STORED, api_keys: [key, other] }), ['list']);

  expect(listed).toEqual({
    code: 0,
    stderr: '',
    stdout:
      'ID  NAME     STATE    EXPIRES               ADDRESSES  ACTIONS            SCOPES     MODE\n' +
      'k1  billing  live     -                     all        all                -          -\n' +
      'k2  shop     expired  2026-01-01T00:00:00Z  192.0.2.1  GetClientSsoToken  sso:admin  direct\n',
  });
});

it('prints JSON for programs', async () => {
  const file = directoryPath();

  const made = JSON.parse((await call(keys, file, ['add', 'shop', '--json'])).stdout) as Record<
    string,
    string
  >;
  const listed: unknown = JSON.parse((await call(keys, file, ['list', '--json'])).stdout);
  const revoked: unknown = JSON.parse((await call(keys, file, ['revoke', 'shop', '--json'])).stdout);

  expect(Object.keys(made)).toEqual(['id', 'name', 'key']);
  expect(isApiKey(made['key'] ?? '')).toBe(true);
  expect(listed).toEqual([{ id: made['id'], name: 'shop', state: 'live' }]);
  expect(revoked).toEqual({ revoked: [made['id']] });
  expect(storedIn(file).api_keys).toEqual([]);
});

it('revokes by a name that several keys have only where all are meant', async () => {
  const [key] = STORED.api_keys;
  const other = { ...key, id: 'k2', sha256: 'b1'.repeat(32) };
  const third = { ...key, id: 'k3', name: 'shop', sha256: 'c2'.repeat(32) };
  const file = directoryPath({ ...STORED, api_keys: [key, other, third] });

  expect(await call(keys, file, ['revoke', 'billing'])).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'plesk-sso: several keys are named billing: k1, k2; name one by its id, or revoke them with --all\n',
  });
  expect(storedIn(file).api_keys).toHaveLength(3);

  expect(await call(keys, file, ['revoke', 'billing', '--all'])).toMatchObject({ code: 0 });
  expect(storedIn(file).api_keys).toEqual([third]);
});

it('revokes nothing that is not there', async () => {
  const file = directoryPath(STORED);

  expect(await call(keys, file, ['revoke', 'shop'])).toEqual({
    code: 1,
    stdout: '',
    stderr: 'plesk-sso: there is no key "shop"\n',
  });
  expect(storedIn(file)).toEqual(STORED);
});

it('does not print a key that is given in place of its id', async () => {
  const file = directoryPath();
  const key = await added(file, 'billing');

  expect(await call(keys, file, ['revoke', key])).toEqual({
    code: 1,
    stdout: '',
    stderr: 'plesk-sso: a key is revoked by its id or name, which keys list shows\n',
  });
});

it.each<[readonly string[], string]>([
  [[], 'keys is followed by what to do; there are add, list and revoke'],
  [['--json'], 'keys is followed by what to do; there are add, list and revoke'],
  [['lst'], 'keys lst is not known; do you mean list?'],
  [['constructor'], 'keys constructor is not known; there are add, list and revoke'],
  [['list', 'billing'], 'this is written: plesk-sso keys list'],
])('answers wrong use %j with the right one', async (args, words) => {
  expect(await call(keys, directoryPath(STORED), args)).toEqual({
    code: 2,
    stdout: '',
    stderr: `plesk-sso: ${words}\n`,
  });
});

it('wants to know the directory file, and takes the flag before the variable', async () => {
  const file = directoryPath(STORED);

  expect(await call(keys, '', ['list'])).toEqual({
    code: 2,
    stdout: '',
    stderr: 'plesk-sso: the directory file is not named; --directory FILE or PLESK_SSO_DIRECTORY does\n',
  });
  expect(await call(keys, '/nowhere', ['list', '--directory', file])).toMatchObject({ code: 0 });
});

it('lists nothing of a file that is not there, and makes none', async () => {
  const file = directoryPath();

  expect(await call(keys, file, ['list'])).toEqual({
    code: 1,
    stdout: '',
    stderr: `plesk-sso: The directory ${file} cannot be used:\nplesk-sso:   it is not there; the first plesk-sso servers set makes it\n`,
  });
  expect(existsSync(file)).toBe(false);
});

it('takes nothing else from the environment, where the service has its own settings', async () => {
  const file = directoryPath(STORED);
  const env = {
    PLESK_SSO_DIRECTORY: file,
    PLESK_SSO_MODE: 'confirm',
    PLESK_SSO_EXPIRES: '1d',
    PLESK_SSO_JSON: '1',
  };

  const { code, stdout } = await call(keys, file, ['add', 'shop'], { env });

  expect([code, isApiKey(stdout.trim())]).toEqual([0, true]);
  expect(Object.keys(storedIn(file).api_keys[1] ?? {})).toEqual(['id', 'sha256', 'name']);
});
