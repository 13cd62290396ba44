import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { expect, it } from 'vitest';
import type { Emulator, EmulatorOptions } from '../../server/emulator.ts';
import { makeAuthority } from '../../server/http/tls/certificate.ts';
import { lookupAll } from '../../src/commands/lookup.ts';
import { servers } from '../../src/commands/servers.ts';
import type { Plesk } from '../../src/plesk/plesk.ts';
import { RELEASE_NAMES } from '../../src/plesk/releases.ts';
import { serve } from '../support/browse.ts';
import type { CommandEnd } from '../support/directory-commands.ts';
import { call } from '../support/directory-commands.ts';
import { directoryPath, PEPPER_KEY, SECRET, STORED } from '../support/directory-file.ts';
import { start } from '../support/emulator.ts';
import { folder } from '../support/tools.ts';

const { cert: OTHER_CA } = makeAuthority(Date.now());
const ADMIN_PASSWORD = 'changeme1Q**';
const KEY = '5a7b3c1d-0000-4000-8000-0123456789ab';
const ENV = { PASSWORD: ADMIN_PASSWORD, KEY, WRONG: `${SECRET}-5a7b3c1d`, PEPPER: PEPPER_KEY };

/** The entry of an emulator, asked by the administrator's password. */
const entryOf = ({ httpsUrl, ca, release }: Emulator, more: object = {}): object => ({
  url: httpsUrl,
  release: release.plesk,
  auth: { login: 'admin', password: 'env:PASSWORD' },
  ca,
  ...more,
});

/** Starts an emulator with HTTPS, whose administrator has a secret key. */
async function startPlesk(options: EmulatorOptions = {}): Promise<Emulator> {
  const { plesk } = await start({
    https: true,
    seed: {
      secretKeys: [{ key: KEY }],
      accounts: [{ login: 'carl', password: 'customer1Q**', role: 'customer' }],
    },
    ...options,
  });
  return plesk;
}

/** What `servers check` says of these servers; never a credential. */
async function check(
  entries: object,
  args: readonly string[] = [],
  more: Parameters<typeof call>[3] = {},
): Promise<CommandEnd> {
  const file = directoryPath({ ...STORED, servers: entries, users: {} });
  const env = { ...ENV, PLESK_SSO_DIRECTORY: file, PLESK_SSO_PEPPER_KEYS: 'env:PEPPER' };
  const ended = await call(servers, file, ['check', ...args], { env, ...more });
  for (const secret of Object.values(ENV)) expect(ended.stdout + ended.stderr).not.toContain(secret);
  return ended;
}

/** The finding that decides, of one server. */
async function findingOf(entry: object, more?: Parameters<typeof call>[3]): Promise<object | undefined> {
  const { code, stdout } = await check({ 'plesk-1': entry }, ['--json'], more);
  const [checked] = JSON.parse(stdout) as { readonly findings: readonly { readonly level: string }[] }[];
  const [first] = checked?.findings ?? [];
  expect(code).toBe(first?.level === 'error' ? 1 : 0);
  return first;
}

it.each(['10.4', '12.5', '17.8', '18.0'] as const)(
  'finds nothing wrong with the entry of a Plesk %s',
  async (release) => {
    const plesk = await startPlesk({ plesk: release });

    expect(await findingOf(entryOf(plesk))).toEqual({
      level: 'ok',
      code: 'answers',
      text: expect.stringMatching(
        new RegExp(`^\\S+ answers as Plesk ${release}(?:\\.\\d+)+, as its entry says$`),
      ) as string,
    });
  },
);

it('says for people what it has found, and what it cannot see', async () => {
  const plesk = await startPlesk();
  const entry = entryOf(plesk, {
    auth: { secretKey: 'env:KEY' },
    trustedRedirectHosts: ['billing.example.com'],
  });

  const { code, stdout, stderr } = await check({ 'plesk-1': entry });

  expect([code, stderr]).toEqual([0, '']);
  expect(stdout.split('\n')).toEqual([
    `plesk-1  ${plesk.httpsUrl}`,
    expect.stringMatching(/^ {2}ok {7}\S+ answers as Plesk 18\.0\.\d+, as its entry says$/),
    '  note     trustedRedirectHosts cannot be read through the API: its entry says billing.example.com; compare it with [security] of its panel.ini',
    '  note     address families are not compared; --public-url URL names where browsers reach the service',
    '',
  ]);
});

const pairs = RELEASE_NAMES.flatMap((actual) =>
  (['10.4', '12.0', '18.0'] as const)
    .filter((said) => said !== actual)
    .map((said) => [actual, said] as const),
);

it.each(pairs)('knows a Plesk %s whose entry says %s, and says what to write', async (actual, said) => {
  const plesk = await startPlesk({ plesk: actual });

  expect(await findingOf(entryOf(plesk, { release: said }))).toEqual({
    level: 'error',
    code: 'release_differs',
    text: expect.stringMatching(
      new RegExp(
        `^it is Plesk ${actual}\\.\\S+, and its entry says ${said}; run: plesk-sso servers set plesk-1 --release ${actual}$`,
      ),
    ) as string,
  });
});

/** The SHA-256 of the certificate that a server shows. */
async function fingerprintOf({ httpsUrl }: Emulator): Promise<string> {
  const { hostname: host, port } = new URL(httpsUrl);
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port: Number(port), rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().fingerprint256);
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

it('trusts a pinned certificate', async () => {
  const plesk = await startPlesk();

  expect(
    await findingOf(entryOf(plesk, { ca: undefined, fingerprint: await fingerprintOf(plesk) })),
  ).toMatchObject({
    level: 'ok',
  });
});

it.each<[string, EmulatorOptions, object, string, RegExp]>([
  [
    'a wrong secret key',
    {},
    { auth: { secretKey: 'env:WRONG' } },
    'plesk_auth_failed',
    /^Plesk refuses the secret key of the entry; make one for the address of this machine .*servers set plesk-1 --secret-key REF \(errcode 11003 /,
  ],
  [
    'a wrong password',
    {},
    { auth: { login: 'admin', password: 'env:WRONG' } },
    'plesk_auth_failed',
    /^Plesk refuses the login admin or its password; .*servers set plesk-1 --login LOGIN --password REF \(errcode 1001 /,
  ],
  [
    'another CA',
    {},
    { ca: OTHER_CA },
    'plesk_tls_error',
    /^the certificate cannot be trusted: the CA of the entry does not vouch for this name and time\..* --ca FILE or --fingerprint SHA256.*openssl s_client -connect 127\.0\.0\.1:\d+ /,
  ],
  [
    'no CA',
    {},
    { ca: undefined },
    'plesk_tls_error',
    /^the certificate cannot be trusted: no public CA vouches for this name and time\./,
  ],
  [
    'another fingerprint',
    {},
    { ca: undefined, fingerprint: 'a0'.repeat(32) },
    'plesk_tls_error',
    /^the certificate is not the one that is pinned; .* --fingerprint SHA256\. .*its SHA-256 is (?:[\dA-F]{2}:){31}[\dA-F]{2}\)$/,
  ],
  [
    'an API that is switched off',
    { api: false },
    {},
    'plesk_api_forbidden',
    /^Plesk forbids its API to this machine; in panel\.ini, \[api\] enabled /,
  ],
])('says what to do about %s', async (_case, options, more, code, text) => {
  const plesk = await startPlesk(options);

  expect(await findingOf(entryOf(plesk, more))).toEqual({
    level: 'error',
    code,
    text: expect.stringMatching(text) as string,
  });
});

it('says that nobody is there', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  await new Promise((resolve) => taken.close(resolve));

  expect(
    await findingOf({
      ...STORED.servers['plesk-1'],
      auth: { secretKey: 'env:KEY' },
      url: `https://127.0.0.1:${port}`,
    }),
  ).toEqual({
    level: 'error',
    code: 'plesk_unreachable',
    text: `nobody can be reached at https://127.0.0.1:${port}; is the name right, does Plesk run, and does its firewall let this machine to the port? (connect ECONNREFUSED 127.0.0.1:${port})`,
  });
});

it('says that somebody else answers', async () => {
  const url = await serve((_request, response) => response.end('<html>Hello</html>'));

  expect(
    await findingOf({ ...STORED.servers['plesk-1'], auth: { secretKey: 'env:KEY' }, url }),
  ).toMatchObject({
    level: 'error',
    code: 'plesk_bad_response',
    text: expect.stringContaining(
      `what answers at ${url} does not answer as Plesk's API does; is this the panel's own port, 8443?`,
    ) as string,
  });
});

/** A Plesk that says this of its version. */
const saying = (version: string): Plesk => ({
  createSession: () => Promise.reject(new Error('nobody asks for one')),
  terminateSession: () => Promise.reject(new Error('nobody asks for it')),
  identify: () => Promise.resolve({ version, hostName: 'plesk.example.com' }),
  circuit: () => 'closed',
  close: () => Promise.resolve(),
});

it.each([
  ['18.0.61', [['ok', 'answers']], 0],
  ['18.0', [['ok', 'answers']], 0],
  [
    '18.1.2',
    [
      ['ok', 'answers'],
      ['warning', 'release_newer'],
    ],
    0,
  ],
  [
    '19.0.0',
    [
      ['ok', 'answers'],
      ['warning', 'release_newer'],
    ],
    0,
  ],
  ['17.9.1', [['error', 'release_differs']], 1],
  ['10.3.1', [['error', 'release_unknown']], 1],
  ['9.5.4', [['error', 'release_unknown']], 1],
])('judges the version %s by the release 18.0', async (version, expected, code) => {
  const entry = { ...STORED.servers['plesk-1'], auth: { secretKey: 'env:KEY' } };

  const ended = await check({ 'plesk-1': entry }, ['--json'], { openPlesk: () => saying(version) });

  const [checked] = JSON.parse(ended.stdout) as { readonly findings: readonly Record<string, string>[] }[];
  const found = checked?.findings
    .map(({ level, code: what }) => [level, what])
    .filter(([level]) => level !== 'note');
  expect([found, ended.code]).toEqual([expected, code]);
});

it('says what the trusted hosts of an entry mean, for the releases that have them', async () => {
  const noteFor = async (more: object): Promise<string | undefined> => {
    const entry = { ...STORED.servers['plesk-1'], auth: { secretKey: 'env:KEY' }, ...more };
    const { stdout } = await check({ 'plesk-1': entry }, [], { openPlesk: () => saying('18.0.1') });
    return /trustedRedirectHosts .*: (.*); compare/.exec(stdout)?.[1];
  };

  expect(await noteFor({})).toBe('its entry has none, which is right where panel.ini has no such line');
  expect(await noteFor({ trustedRedirectHosts: [] })).toBe('its entry says that the line is there and empty');
  expect(await noteFor({ release: '12.5' })).toBeUndefined();
});

const BOTH = ['192.0.2.1', '2001:db8::1'];
const V4 = ['192.0.2.1', '192.0.2.2'];
const V6 = ['2001:db8::1'];

it.each<[string, readonly string[], readonly string[], RegExp]>([
  [
    'agree',
    BOTH,
    BOTH,
    /^ {2}ok {7}sso\.example\.com and plesk\.example\.com are both reached by IPv4 and IPv6$/m,
  ],
  ['agree', V4, V4, /^ {2}ok {7}sso\.example\.com and plesk\.example\.com are both reached by IPv4$/m],
  [
    'differ',
    BOTH,
    V4,
    /^ {2}warning {2}browsers reach sso\.example\.com by IPv4 and IPv6, and plesk\.example\.com by IPv4: .*A, AAAA/m,
  ],
  [
    'differ',
    V4,
    BOTH,
    /^ {2}warning {2}browsers reach sso\.example\.com by IPv4, and plesk\.example\.com by IPv4 and IPv6: /m,
  ],
  [
    'differ',
    V6,
    V4,
    /^ {2}warning {2}browsers reach sso\.example\.com by IPv6, and plesk\.example\.com by IPv4: /m,
  ],
  ['are not known', [], V4, /^ {2}warning {2}sso\.example\.com has no address that can be found from here/m],
  [
    'are not known',
    V4,
    [],
    /^ {2}warning {2}plesk\.example\.com has no address that can be found from here/m,
  ],
])('says that address families %s: %j here and %j there', async (_case, ours, theirs, line) => {
  const entry = { ...STORED.servers['plesk-1'], auth: { secretKey: 'env:KEY' } };
  const addresses = new Map([
    ['sso.example.com', ours],
    ['plesk.example.com', theirs],
  ]);

  const { code, stdout } = await check({ 'plesk-1': entry }, ['--public-url', 'https://sso.example.com'], {
    openPlesk: () => saying('18.0.61'),
    lookup: (host) => {
      const found = addresses.get(host) ?? [];
      return found.length === 0 ? Promise.reject(new Error('ENOTFOUND')) : Promise.resolve(found);
    },
  });

  expect(stdout).toMatch(line);
  expect(code).toBe(0);
});

it('warns of a pepper that all may read', async () => {
  const pepper = join(folder(), 'pepper');
  writeFileSync(pepper, PEPPER_KEY);
  chmodSync(pepper, 0o644);
  const plesk = await startPlesk();

  const { stderr } = await check({ 'plesk-1': entryOf(plesk) }, ['--pepper-keys', `file:${pepper}`]);

  expect(stderr).toContain(`plesk-sso: ${pepper} holds a secret`);
});

it('advises to name the service as the failure URL, and warns of a credential that all may read', async () => {
  const key = join(folder(), 'key');
  writeFileSync(key, KEY);
  chmodSync(key, 0o644);
  const plesk = await startPlesk();
  const entry = entryOf(plesk, {
    auth: { secretKey: `file:${key}` },
    failureRedirectUrl: 'https://billing.example.com/',
  });

  const { code, stdout } = await check({ 'plesk-1': entry }, ['--public-url', 'https://127.0.0.1:9443']);

  expect(stdout).toMatch(/^ {2}note {5}.*--failure-redirect-url https:\/\/127\.0\.0\.1:9443\//m);
  expect(stdout).toMatch(new RegExp(`^ {2}warning {2}${key} holds a secret.*mode 644`, 'm'));
  expect(code).toBe(0);
});

it('knows the families of addresses without looking them up, and takes the public URL from its variable', async () => {
  const plesk = await startPlesk();
  const file = directoryPath({ ...STORED, servers: { 'plesk-1': entryOf(plesk) }, users: {} });
  const env = { ...ENV, PLESK_SSO_DIRECTORY: file, PLESK_SSO_PUBLIC_URL: 'https://[2001:db8::1]' };

  const { stdout } = await call(servers, file, ['check'], { env });

  expect(stdout).toContain('  warning  browsers reach 2001:db8::1 by IPv6, and 127.0.0.1 by IPv4: ');
});

it('checks all servers, whatever is wrong with one of them', async () => {
  const plesk = await startPlesk();
  const entries = {
    'plesk-1': entryOf(plesk, { auth: { login: 'admin', password: 'env:NONE' } }),
    'plesk-2': entryOf(plesk),
  };

  const { code, stdout } = await check(entries);

  expect(code).toBe(1);
  expect(stdout).toContain(
    `plesk-1  ${plesk.httpsUrl}\n  error    servers.plesk-1.auth.password: the environment variable NONE is not set\n`,
  );
  expect(stdout).toMatch(/plesk-2 {2}\S+\n {2}ok /);
  expect(await check(entries, ['plesk-2'])).toMatchObject({ code: 0 });
});

it('asks with a credential that was sealed', async () => {
  const plesk = await startPlesk();
  const file = directoryPath({ ...STORED, servers: { 'plesk-1': entryOf(plesk) }, users: {} });
  await call(servers, file, ['set', 'plesk-1', '--seal'], { input: `${ADMIN_PASSWORD}\n` });

  const { code, stdout } = await call(servers, file, ['check']);

  expect([code, stdout]).toEqual([0, expect.stringContaining('  ok  ')]);
});

it.each<[readonly string[], object, number, string]>([
  [['plesk-2'], STORED.servers, 1, 'there is no server "plesk-2"; do you mean plesk-1?'],
  [['constructor'], STORED.servers, 1, 'there is no server "constructor"'],
  [[], {}, 1, 'the directory has no servers'],
  [['--publicurl', 'https://a'], STORED.servers, 2, '--publicurl is not known; do you mean --public-url?'],
])('refuses %j', async (args, entries, code, words) => {
  expect(await check(entries, args)).toEqual({ code, stdout: '', stderr: `plesk-sso: ${words}\n` });
});

it('refuses a public URL that browsers could not use', async () => {
  expect(await check(STORED.servers, ['--public-url', 'http://sso.example.com'])).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining("--public-url: 'http://sso.example.com' is no https URL") as string,
  });
});

it('finds the addresses of a host as this machine does', async () => {
  const found = await lookupAll('localhost');

  expect(found.length).toBeGreaterThan(0);
  expect(found.filter((address) => !['127.0.0.1', '::1'].includes(address))).toEqual([]);
});
