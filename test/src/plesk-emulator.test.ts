import { expect, it } from 'vitest';
import { Secret } from '../../base/secret.ts';
import type { PleskServer } from '../../src/directory/directory.ts';
import { RELEASES } from '../../src/plesk/releases.ts';
import type { ReleaseName } from '../../src/plesk/releases.ts';
import type { Emulator, EmulatorOptions, SeedInput } from '../../server/emulator.ts';
import { newKey } from '../support/agent.ts';
import { DEMO, start } from '../support/emulator.ts';
import { startMisbehaving } from '../support/misbehaving.ts';
import { emulatorAt, failureOf, newPlesk, REQUEST, serverAt } from '../support/plesk-client.ts';
import { hasIpv6, nodeKnowsIpv6 } from '../support/tools.ts';

const names = RELEASES.map(({ name }) => name);
const endingNames = RELEASES.filter(({ endsSessions }) => endsSessions).map(({ name }) => name);

const passwordOf = (account: { readonly login: string; readonly password: string }) =>
  ({ kind: 'password', login: account.login, password: new Secret(account.password) }) as const;

const UNKNOWN: EmulatorOptions = { unknownLogin: '1001' };

/** A customer of this login, and the administrator's password. */
const seedWith = (login: string, password: string = DEMO.admin.password): SeedInput => ({
  accounts: [
    { login: 'admin', password, role: 'admin' },
    { login, password: DEMO.carl.password, role: 'customer' },
  ],
});

/** An emulator of a release, and its entry in the directory with the administrator's password. */
async function emulatorOf(
  release: ReleaseName,
  options: EmulatorOptions = {},
): Promise<{ readonly emulator: Emulator; readonly server: PleskServer; readonly lines: readonly string[] }> {
  const { plesk: emulator, lines } = await start({ plesk: release, https: true, ...options });
  return { emulator, server: emulatorAt(emulator, { release }), lines };
}

it.each(names)('makes a session on %s by login and password', async (release) => {
  const { emulator, server } = await emulatorOf(release);

  const id = await newPlesk().createSession(server, { ...REQUEST, locale: 'de-DE' });

  expect(await emulator.sessions.list()).toMatchObject([
    {
      id,
      login: 'carl',
      address: '192.0.2.7',
      locale: 'de-DE',
      openedAt: undefined,
      context: { sourceServer: 'billing.example.com' },
    },
  ]);
});

it.each(endingNames)('makes a session on %s by a secret key', async (release) => {
  const { emulator, server } = await emulatorOf(release);
  const credentials = { kind: 'key', key: new Secret(await newKey(emulator)) } as const;

  const id = await newPlesk().createSession({ ...server, credentials }, REQUEST);

  expect(await emulator.sessions.list()).toMatchObject([{ id, login: 'carl', address: '192.0.2.7' }]);
});

it.each(names)('asks %s in its own packet version', async (release) => {
  const { server, lines } = await emulatorOf(release);

  await newPlesk().createSession(server, REQUEST);

  const packet = RELEASES.find(({ name }) => name === release)?.packet;
  expect(lines.join('\n')).toContain(packet);
});

it.each(endingNames)('ends a session on %s, and finds one ended that is not there', async (release) => {
  const { emulator, server } = await emulatorOf(release);
  const plesk = newPlesk();
  const id = await plesk.createSession(server, REQUEST);

  expect(await plesk.terminateSession(server, id)).toBe('ended');
  expect(await emulator.sessions.list()).toEqual([]);
  expect(await plesk.terminateSession(server, id)).toBe('ended');
});

it.each(names.filter((name) => !endingNames.includes(name)))(
  'does not ask %s to end a session, which it cannot',
  async (release) => {
    const asked = await startMisbehaving();

    const ended = await newPlesk().terminateSession(serverAt(asked, { release }), '0'.repeat(32));

    expect(ended).toBe('not_supported');
    expect(asked.connections).toBe(0);
  },
);

it.each(endingNames)('is not let end a session on %s by a customer', async (release) => {
  const { emulator, server } = await emulatorOf(release);
  const plesk = newPlesk();
  const id = await plesk.createSession(server, REQUEST);

  const ended = await plesk.terminateSession({ ...server, credentials: passwordOf(DEMO.carl) }, id);

  expect(ended).toBe('not_supported');
  expect(await emulator.sessions.list()).toMatchObject([{ id }]);
});

it.each(names)('learns of %s what it is', async (release) => {
  const { emulator, server } = await emulatorOf(release);

  const identity = await newPlesk().identify(server);

  expect(identity.version).toBe(emulator.release.pleskVersion);
  expect(identity.hostName).toMatch(/^[a-z\d.-]+$/);
});

it.each([
  ['an IPv6 address', '2001:db8::7', 'carl'],
  ['a login that XML has to escape', '192.0.2.7', 'a&b<c>]]>"d\''],
  ['a login beyond ASCII', '192.0.2.7', 'jürgen-日本-😀'],
  ['a login with blanks around it', '192.0.2.7', ' carl\t'],
  ['a login with line ends', '192.0.2.7', 'a\r\nb\rc\n'],
])('makes a session for %s', async (_case, userIp, login) => {
  // What Plesk itself would refuse as a login has to arrive unchanged, too.
  const { emulator, server } = await emulatorOf('18.0', { seed: seedWith(login), credentialRules: 'any' });

  await newPlesk().createSession(server, { ...REQUEST, userIp, login });

  expect(await emulator.sessions.list()).toMatchObject([{ address: userIp, login }]);
});

it.skipIf(!hasIpv6() || !nodeKnowsIpv6())('asks a server by its IPv6 address', async () => {
  const { emulator, server } = await emulatorOf('18.0', { host: '::1' });

  const id = await newPlesk().createSession(server, REQUEST);

  expect(server.origin).toContain('[::1]');
  expect(await emulator.sessions.list()).toMatchObject([{ id }]);
});

it.each([
  ['letters beyond ASCII', 'Pässwörd-日本-😀1Q'],
  ['what HTTP gives a meaning', 'a: b, "c"; d=é1Q%0d%0a'],
])('logs in with a password of %s', async (_case, password) => {
  const { emulator, server } = await emulatorOf('18.0', {
    seed: seedWith('carl', password),
    credentialRules: 'any',
  });
  const credentials = passwordOf({ login: 'admin', password });

  const id = await newPlesk().createSession({ ...server, credentials }, REQUEST);

  expect(await emulator.sessions.list()).toMatchObject([{ id }]);
});

it.each([
  ['a wrong password', 'plesk_auth_failed', 1001, { password: 'wrong' }, {}],
  ['a login of its own that is not there', 'plesk_auth_failed', 1001, { login: 'nobody' }, {}],
  ['a login of its own that is suspended', 'plesk_auth_failed', 1011, DEMO.sam, {}],
  ['an API that is closed', 'plesk_api_forbidden', 1006, {}, { api: false }],
  ['an API for other addresses', 'plesk_api_forbidden', 1006, {}, { apiAllowedIps: ['192.0.2.1'] }],
  ['a reseller, of whom carl is no customer', 'plesk_permission_denied', 1006, DEMO.rita, {}],
])('makes no session with %s: %s', async (_case, code, errcode, credentials, options) => {
  const { emulator, server } = await emulatorOf('18.0', options);
  const given = passwordOf({ ...emulator.admin, ...credentials });

  const failure = await failureOf(newPlesk().createSession({ ...server, credentials: given }, REQUEST));

  expect(failure).toMatchObject({ code, errcode, attempt: 'uncounted' });
  expect(await emulator.sessions.list()).toEqual([]);
});

it.each([
  ['who is not there', 'plesk_user_not_found', 1013, 'nobody', {}],
  ['who is not there, by a Plesk that says so another way', 'plesk_user_not_found', 1001, 'nobody', UNKNOWN],
  ['who is suspended', 'plesk_user_disabled', 1011, 'sam', {}],
])('makes no session for a user %s: %s', async (_case, code, errcode, login, options) => {
  const { emulator, server } = await emulatorOf('18.0', options);

  const failure = await failureOf(newPlesk().createSession(server, { ...REQUEST, login }));

  expect(failure).toMatchObject({ code, errcode, attempt: 'uncounted' });
  expect(await emulator.sessions.list()).toEqual([]);
});

it.each(endingNames)('says of %s that it does not know the secret key', async (release) => {
  const { server } = await emulatorOf(release);
  const credentials = { kind: 'key', key: new Secret('00000000-0000-4000-8000-000000000000') } as const;

  const failure = await failureOf(newPlesk().createSession({ ...server, credentials }, REQUEST));

  expect(failure).toMatchObject({ code: 'plesk_auth_failed', errcode: 11_003, attempt: 'uncounted' });
});

it('says that a release newer than the server is not understood', async () => {
  const { server } = await emulatorOf('12.5');

  const failure = await failureOf(newPlesk().createSession({ ...server, release: '18.0' }, REQUEST));

  expect(failure).toMatchObject({ code: 'plesk_bad_response', errcode: 1005, attempt: 'uncounted' });
});
