import { chmodSync, writeFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { digestOf } from '../../base/secret.ts';
import { startEmulator } from '../../server/emulator.ts';
import type { Emulator } from '../../server/emulator.ts';
import { browse } from '../support/browse.ts';
import { outcomeOf } from '../support/openings.ts';
import type { DirectoryFile, StartedService } from '../support/service.ts';
import { API_KEY, directoryOf, entryOf, startService, writeDirectory } from '../support/service.ts';

const BILLING = { id: 'billing', name: 'billing', sha256: digestOf(API_KEY) };
const CARL = { service_id: 101, server: 'plesk-1', login: 'carl', role: 'customer' };
const user = (more: object = {}): object => ({ active: true, accounts: [CARL], ...more });

/** Refused as a whole: plesk-9 has no such field. */
const MISTAKE = {
  url: 'https://plesk.example.com',
  release: '18.0',
  auth: { secretKey: 'env:X' },
  colour: 1,
};

interface World extends StartedService {
  readonly plesk: Emulator;
  /** Replaces the directory file by a refused one, and has the service read it. */
  readonly refuse: (content: object) => Promise<void>;
  /** Milliseconds on the steady clock of the service. */
  time: number;
}

async function startWorld(): Promise<World> {
  const plesk = await startEmulator({ seed: 'demo', https: true });
  onTestFinished(() => plesk.close());
  const world = { time: 0 };
  const started = await startService(
    { ...directoryOf({ 'plesk-1': entryOf(plesk) }), users: { '18': user() } },
    { steady: { now: () => world.time } },
  );
  const refuse = async (content: object): Promise<void> => {
    const file = {
      ...directoryOf({ 'plesk-1': entryOf(plesk), 'plesk-9': MISTAKE }),
      users: { '18': user() },
    };
    writeDirectory({ ...file, ...content }, started.directory);
    expect(await started.service.reload()).toBe(false);
  };
  return Object.assign(world, started, { plesk, refuse });
}

interface Removal {
  readonly what: string;
  readonly content: object;
  /** What asking for a link answers then. */
  readonly issued: string;
  /** What a link made before answers; absent if it still works. */
  readonly opened?: string;
}

const OTHER_KEY = { ...BILLING, sha256: digestOf('another') };
const REMOVALS: readonly Removal[] = [
  { what: 'a user', content: { users: {} }, issued: '404 user_not_found', opened: '403 user_inactive' },
  ...[false, 'no', undefined].map((active) => ({
    what: `a user by "active": ${String(active)}`,
    content: { users: { '18': user({ active }) } },
    issued: '403 user_inactive',
    opened: '403 user_inactive',
  })),
  {
    what: 'SSO of a user',
    content: { users: { '18': user({ sso_disabled: true }) } },
    issued: '403 sso_disabled_by_user',
    opened: '403 sso_disabled_by_user',
  },
  {
    what: 'an account',
    content: { users: { '18': user({ accounts: [] }) } },
    issued: '409 plesk_account_not_mapped',
    opened: '410 token_revoked',
  },
  { what: 'a key', content: { api_keys: [] }, issued: '401 apikey_invalid', opened: '410 token_revoked' },
  {
    what: 'a key whose SHA-256 is another',
    content: { api_keys: [OTHER_KEY] },
    issued: '401 apikey_invalid',
    opened: '410 token_revoked',
  },
  {
    what: 'the time of a key',
    content: { api_keys: [{ ...BILLING, expires_at: '2001-01-01T00:00:00Z' }] },
    issued: '401 apikey_invalid',
  },
  {
    what: 'an action of a key',
    content: { api_keys: [{ ...BILLING, actions: ['Clients/GetClientSsoToken'] }] },
    issued: '403 action_not_permitted',
  },
  {
    what: 'an address of a key',
    content: { api_keys: [{ ...BILLING, addresses: ['192.0.2.0/24'] }] },
    issued: '403 ip_not_allowed',
  },
];

it.each(REMOVALS)('a refused file takes away $what', async ({ content, issued, opened = '303' }) => {
  const { call, link, refuse } = await startWorld();
  const before = await link();

  await refuse(content);

  const { status, body } = await call('Clients/CreateClientSsoToken', { user_id: 18 });
  expect(`${status} ${String(body['code'])}`).toBe(issued);
  expect(outcomeOf(await browse(before))).toBe(opened);
});

it('a refused file takes away a scope of a key', async () => {
  const { call, directory, plesk, refuse, service } = await startWorld();
  const users = { '18': user({ accounts: [{ ...CARL, login: 'admin', role: 'admin' }] }) };
  const scoped = [{ ...BILLING, scopes: ['sso:admin'] }];
  writeDirectory({ ...directoryOf({ 'plesk-1': entryOf(plesk) }), users, api_keys: scoped }, directory);
  expect(await service.reload()).toBe(true);
  expect(await call('Clients/CreateClientSsoToken', { user_id: 18 })).toMatchObject({ status: 200 });

  await refuse({ users });

  expect(await call('Clients/CreateClientSsoToken', { user_id: 18 })).toMatchObject({
    body: { code: 'role_not_permitted' },
  });
});

it('a refused file grants nothing, and gives back nothing that an earlier one took', async () => {
  const { call, refuse, link } = await startWorld();
  await refuse({ users: { '18': user(), '19': user() } });
  await link();
  expect(await call('Clients/CreateClientSsoToken', { user_id: 19 })).toMatchObject({ status: 404 });

  await refuse({ users: {} });
  await refuse({ users: { '18': user() } });

  expect(await call('Clients/CreateClientSsoToken', { user_id: 18 })).toMatchObject({ status: 404 });
});

it.each(['[]', 'null', '{}', '{"users":[],"api_keys":{}}', '{"users":{', ''])(
  'a file that holds no users and no keys, such as %j, takes none away',
  async (text) => {
    const { directory, link, service } = await startWorld();
    writeFileSync(directory, text);

    expect(await service.reload()).toBe(false);

    expect((await browse(await link())).status).toBe(303);
  },
);

it('counts what is taken away by a file that everybody may read, and so is refused', async () => {
  const { call, directory, plesk, service } = await startWorld();
  writeDirectory({ ...directoryOf({ 'plesk-1': entryOf(plesk) }), users: {} }, directory);
  chmodSync(directory, 0o644);

  expect(await service.reload()).toBe(false);

  expect(await call('Clients/CreateClientSsoToken', { user_id: 18 })).toMatchObject({ status: 404 });
});

it('is not ready once the file was refused for more than five minutes, until a good one comes', async () => {
  const world = await startWorld();
  const { directory, plesk, refuse, service, url } = world;
  const states = async (): Promise<unknown> => [
    (await browse(`${url}/readyz`)).status,
    (await browse(`${service.metricsUrl}/readyz`)).status,
    /^plesk_sso_directory_up (\d)$/m.exec((await browse(`${service.metricsUrl}/metrics`)).body)?.[1],
  ];
  await refuse({});
  world.time = 200_000;
  await refuse({});
  world.time = 300_000;
  expect(await states()).toEqual([200, 200, '1']);

  world.time = 300_001;
  expect(await states()).toEqual([503, 503, '0']);

  writeDirectory(directoryOf({ 'plesk-1': entryOf(plesk) }), directory);
  expect(await service.reload()).toBe(true);
  expect(await states()).toEqual([200, 200, '1']);
});

it('takes the rest of a file, one of whose servers has no credential, and spends none of its links', async () => {
  const { call, directory, lines, link, plesk, service } = await startWorld();
  const other = { ...entryOf(plesk), auth: { secretKey: 'env:NOT_SET' } };
  const users = { '18': user(), '19': user({ accounts: [{ ...CARL, server: 'plesk-2' }] }) };
  const both = (second: object): DirectoryFile => ({
    ...directoryOf({ 'plesk-1': entryOf(plesk), 'plesk-2': second }),
    users,
  });
  writeDirectory(both(entryOf(plesk)), directory);
  expect(await service.reload()).toBe(true);
  const here = await link({ user_id: 19 });

  writeDirectory(both(other), directory);
  expect(await service.reload()).toBe(true);

  expect(outcomeOf(await browse(here))).toBe('503 plesk_server_unusable');
  expect(await call('Clients/CreateClientSsoToken', { user_id: 19 })).toMatchObject({
    status: 503,
    body: { code: 'plesk_server_unusable' },
  });
  expect((await browse(await link())).status).toBe(303);
  expect(lines.join()).toContain('plesk-2.auth.secretKey: the environment variable NOT_SET is not set');
  const { body } = await browse(`${service.metricsUrl}/metrics`);
  expect(body).toContain('plesk_sso_plesk_up{server="plesk-2"} 0');
  writeDirectory(both(entryOf(plesk)), directory);
  expect(await service.reload()).toBe(true);
  expect((await browse(here)).status).toBe(303);
});

it('starts with one usable server of two, and not with none', async () => {
  const plesk = await startEmulator({ seed: 'demo', https: true });
  onTestFinished(() => plesk.close());
  const broken = { ...entryOf(plesk), auth: { secretKey: 'env:NOT_SET' } };

  const { link } = await startService(directoryOf({ 'plesk-1': entryOf(plesk), 'plesk-2': broken }));
  expect((await browse(await link())).status).toBe(303);
  await expect(startService(directoryOf({ 'plesk-1': broken }))).rejects.toMatchObject({
    name: 'DirectoryError',
    mistakes: [expect.stringContaining('NOT_SET is not set')],
  });
});
