import { expect, it, onTestFinished } from 'vitest';
import { startEmulator } from '../../server/emulator.ts';
import type { Emulator } from '../../server/emulator.ts';
import type { ReleaseName } from '../../src/plesk/releases.ts';
import type { ServiceOptions } from '../../src/service.ts';
import { browse } from '../support/browse.ts';
import { heldEntry, startHeldPlesk } from '../support/held-plesk.ts';
import { outcomeOf } from '../support/openings.ts';
import { startRedis, whyNoRedis } from '../support/redis.ts';
import type { Entries, StartedService } from '../support/service.ts';
import { directoryOf, entryOf, startService, writeDirectory } from '../support/service.ts';

const CARL = { service_id: 101, server: 'plesk-1', login: 'carl', role: 'customer' };
const user = (more: object = {}): object => ({ active: true, accounts: [CARL], ...more });

interface World extends StartedService {
  readonly plesk: Emulator;
  /** Puts these users into the directory file; whether the service takes it. */
  readonly become: (users: object, servers?: Entries) => Promise<boolean>;
  /** Ids of the sessions that Plesk has. */
  readonly sessions: () => Promise<readonly string[]>;
}

async function startWorld(
  options: Partial<ServiceOptions> = {},
  release: ReleaseName = '18.0',
): Promise<World> {
  const plesk = await startEmulator({ seed: 'demo', https: true, plesk: release });
  onTestFinished(() => plesk.close());
  const servers = { 'plesk-1': entryOf(plesk) };
  const started = await startService(directoryOf(servers), options);
  const become: World['become'] = (users, entries = servers) => {
    writeDirectory({ ...directoryOf(entries), users: users as Entries }, started.directory);
    return started.service.reload();
  };
  const sessions = async (): Promise<readonly string[]> => (await plesk.sessions.list()).map(({ id }) => id);
  return { ...started, plesk, become, sessions };
}

/** Lines of the audit about sessions that were to be ended. */
const endsIn = ({ audit }: StartedService): unknown =>
  audit
    .filter(({ event }) => event === 'session_ended')
    .map(({ outcome, userId, server, serviceId }) => ({ outcome, userId, server, serviceId }));

const ENDED = { outcome: 'successful', userId: 18, server: 'plesk-1', serviceId: 101 };

it.each([
  ['is inactive', { '18': user({ active: false }) }],
  ['is gone', {}],
  ['has opted out', { '18': user({ sso_disabled: true }) }],
  ['has lost the account', { '18': user({ accounts: [] }) }],
  ['has another login', { '18': user({ accounts: [{ ...CARL, login: 'cora' }] }) }],
])('ends the sessions that the links of a user opened, once the user %s', async (_what, users) => {
  const world = await startWorld();
  for (let count = 0; count < 2; count += 1) await browse(await world.link());
  expect(await world.sessions()).toHaveLength(2);

  expect(await world.become(users)).toBe(true);

  await expect.poll(() => endsIn(world)).toEqual([ENDED, ENDED]);
  expect(await world.sessions()).toEqual([]);
});

it('ends them also if the file that suspends the user is refused', async () => {
  const world = await startWorld();
  await browse(await world.link());

  expect(await world.become({ '18': user({ active: false, colour: 1 }) })).toBe(false);

  await expect.poll(() => endsIn(world)).toEqual([ENDED]);
  expect(await world.sessions()).toEqual([]);
});

it('leaves the sessions of others, and those of other accounts of the user', async () => {
  const world = await startWorld();
  const second = { ...CARL, service_id: 102, login: 'cora' };
  const both = { accounts: [{ ...CARL, primary: true }, second] };
  await world.become({ '18': user(both), '19': user() });
  await browse(await world.link());
  await browse(await world.link({ service_id: 102 }));
  await browse(await world.link({ user_id: 19 }));

  await world.become({ '18': user({ accounts: [second] }), '19': user({ accounts: [CARL] }) });

  await expect.poll(() => endsIn(world)).toEqual([ENDED]);
  expect(await world.sessions()).toHaveLength(2);
});

it('leaves them where the setting says so', async () => {
  const world = await startWorld({ endSuspendedSessions: false });
  await browse(await world.link());

  await world.become({});
  await world.service.close();

  expect(await world.sessions()).toHaveLength(1);
});

it('tries four times while Plesk does not answer, and says in the end that it failed', async () => {
  const waits: { readonly ms: number; readonly end: () => void }[] = [];
  const wait = (ms: number): Promise<void> => new Promise((resolve) => waits.push({ ms, end: resolve }));
  const world = await startWorld({ wait });
  await browse(await world.link());
  await world.plesk.close();

  await world.become({});
  for (const [index, ms] of [2000, 8000, 30_000].entries()) {
    await expect.poll(() => waits[index]?.ms).toBe(ms);
    expect(endsIn(world)).toEqual([]);
    waits[index]?.end();
  }

  await expect.poll(() => endsIn(world)).toEqual([{ ...ENDED, outcome: 'failed' }]);
  expect(waits).toHaveLength(3);
});

it('says of a Plesk that cannot end sessions that it is so', async () => {
  const world = await startWorld({}, '11.5');
  await browse(await world.link());

  await world.become({});

  await expect.poll(() => endsIn(world)).toEqual([{ ...ENDED, outcome: 'not_supported' }]);
});

it('lets nobody in who was suspended after the link was claimed', async () => {
  const plesk = await startEmulator({ seed: 'demo' });
  onTestFinished(() => plesk.close());
  const held = await startHeldPlesk(plesk);
  const { directory, link, service } = await startService(directoryOf({ 'plesk-1': heldEntry(held, plesk) }));
  const here = await link();
  held.hold();
  const opening = browse(here);
  await held.waiting(1);

  writeDirectory({ ...directoryOf({ 'plesk-1': heldEntry(held, plesk) }), users: {} }, directory);
  expect(await service.reload()).toBe(true);
  held.letGo();

  expect(outcomeOf(await opening)).toBe('403 user_inactive');
  await expect.poll(() => held.ended).toEqual(held.made);
});

it.skipIf(whyNoRedis() !== undefined)(
  `ends at its start what a user opened who was suspended while no service ran${whyNoRedis() ?? ''}`,
  async () => {
    const redis = await startRedis();
    const shared = { store: redis.url, pepperKeys: ['a pepper of one test, long enough to be one'] };
    const world = await startWorld(shared);
    await browse(await world.link());
    await world.service.close();
    const servers = { 'plesk-1': entryOf(world.plesk) };

    const later = await startService(
      { ...directoryOf(servers), users: { '18': user({ active: false }) } },
      shared,
    );

    await expect.poll(() => endsIn(later)).toEqual([ENDED]);
    expect(await world.sessions()).toEqual([]);
  },
);
