import { describe, expect, it, vi } from 'vitest';
import { browse } from '../support/browse.ts';
import { startHeldRedis } from '../support/held-redis.ts';
import { onRedis, outcomeOf, tally } from '../support/openings.ts';
import type { RedisServer } from '../support/redis.ts';
import { startRedis, whyNoRedis } from '../support/redis.ts';
import type { StartedService } from '../support/service.ts';
import { startBoth } from '../support/service.ts';
import { startSwitchedRedis } from '../support/switched-redis.ts';
import { PERSON } from '../support/trouble.ts';

const PATIENCE = { timeout: 20_000 };
const ROUNDS = 10;

/** A master and its replica, whose way to the master can be held, behind one address. */
async function startPair() {
  const master = await startRedis();
  const wire = await startHeldRedis(master);
  const replica = await startRedis('--replicaof', '127.0.0.1', new URL(wire.url).port);
  await vi.waitFor(async () => {
    expect(await replica.client.info('replication')).toContain('master_link_status:up');
  }, PATIENCE);
  return { master, replica, wire, address: await startSwitchedRedis(master.port) };
}

/** Makes the replica the master, as a fail-over does when the master is gone. */
async function failOver({ master, replica, address }: Awaited<ReturnType<typeof startPair>>): Promise<void> {
  await master.kill();
  await replica.client.replicaof('NO', 'ONE');
  address.leadTo(replica.port);
}

const makeLinks = async ({ link }: StartedService): Promise<readonly string[]> => {
  const links: string[] = [];
  for (let round = 0; round < ROUNDS; round++) links.push(await link());
  return links;
};

const openEach = async (links: readonly string[]): Promise<Awaited<ReturnType<typeof browse>>[]> => {
  const pages = [];
  for (const link of links) pages.push(await browse(link));
  return pages;
};

/** Resolves when the service has its store again. */
const recovery = ({ url }: StartedService): Promise<void> =>
  vi.waitFor(async () => {
    expect((await browse(`${url}/readyz`)).status).toBe(200);
  }, PATIENCE);

/** No link that was spent opens again, that is no alarm, a person is told to ask for a new one, and that one works. */
async function expectSpent(started: StartedService, links: readonly string[], spared: string): Promise<void> {
  await recovery(started);
  const person = await browse(spared, { headers: PERSON });
  expect(tally(await openEach(links))).toEqual({ '404 token_unknown': ROUNDS });
  expect(person.status).toBe(404);
  expect(person.body).toContain('Please request a new one in the client area.');
  expect(started.audit.filter(({ event }) => event === 'opened')).toHaveLength(ROUNDS);
  expect(started.audit.filter(({ event }) => event === 'reused')).toEqual([]);
  const told = started.lines.filter((line) => line.includes('of an earlier run of Redis'));
  expect(told).toHaveLength(ROUNDS + 1);
  expect(await started.service.metrics.text()).toContain(
    `plesk_sso_store_refused_records_total{reason="other_run"} ${ROUNDS + 1}`,
  );
  expect(outcomeOf(await browse(await started.link()))).toBe('303');
}

const LIMITS = { openLimit: 1000, failedLimit: 1000 };

describe.skipIf(whyNoRedis())('a link opens once', { timeout: 90_000 }, () => {
  it('though a replica that was cut off becomes the master', async () => {
    const pair = await startPair();
    const started = await startBoth({}, { ...onRedis(pair.address), ...LIMITS });
    const links = await makeLinks(started);
    const spared = await started.link();
    await pair.master.client.wait(1, 10_000);
    pair.wire.hold('answers');
    expect(tally(await openEach(links))).toEqual({ '303': ROUNDS });

    await failOver(pair);

    await expectSpent(started, links, spared);
  });

  it('though Redis starts again from a snapshot that is older', async () => {
    const redis = await startRedis();
    const started = await startBoth({}, { ...onRedis(redis), ...LIMITS });
    const links = await makeLinks(started);
    const spared = await started.link();
    await redis.client.save();
    expect(tally(await openEach(links))).toEqual({ '303': ROUNDS });

    await redis.kill();
    await redis.start();

    await expectSpent(started, links, spared);
  });

  it('though its Redis is degraded and becomes the master for a second time', async () => {
    const redis = await startRedis();
    const started = await startBoth({}, { ...onRedis(redis), ...LIMITS });
    const links = await makeLinks(started);
    const spared = await started.link();
    await openEach(links);
    // What a replica has that has lost the openings on its way through another master.
    for (const key of await redis.client.keys('*:link:*')) await redis.client.hset(key, 'state', 'issued');
    for (const key of await redis.client.keys('*:link:*')) await redis.client.hdel(key, 'opened');

    await redis.client.replicaof('127.0.0.1', '1');
    await redis.client.replicaof('NO', 'ONE');

    await expectSpent(started, links, spared);
  });

  it('and is known as opened after a fail-over that has not lost that; its session can be ended', async () => {
    const pair = await startPair();
    const started = await startBoth({}, { ...onRedis(pair.address), ...LIMITS });
    const link = await started.link();
    expect(outcomeOf(await browse(link))).toBe('303');
    await pair.master.client.wait(1, 10_000);

    await failOver(pair);
    await recovery(started);

    expect(outcomeOf(await browse(link))).toBe('410 token_used');
    expect((await started.call('Clients/RevokeClientSsoToken', { user_id: 18 })).body.data).toEqual({
      revoked: 1,
      plesk_session: 'ended',
    });
    expect(await started.plesk.sessions.list()).toEqual([]);
  });
});

/** A user of Redis that may do all but INFO. */
const withoutInfo = async (server: RedisServer): Promise<{ readonly url: string }> => {
  await server.client.acl('SETUSER', 'psso', 'on', '>one', '~*', '+@all', '-info');
  return { url: server.url.replace('//', '//psso:one@') };
};

describe.skipIf(whyNoRedis())('a Redis that does not say which run it is', { timeout: 60_000 }, () => {
  it('stops the start, with the permission and the setting that help', async () => {
    const user = await withoutInfo(await startRedis());

    await expect(startBoth({}, onRedis(user))).rejects.toMatchObject({
      name: 'SettingsError',
      message: expect.stringMatching(/store: .*\+info.*--no-store-run-check/) as unknown,
    });
  });

  it('is taken where storeRunCheck is off, with a warning of what is lost', async () => {
    const user = await withoutInfo(await startRedis());
    const started = await startBoth({}, { ...onRedis(user), storeRunCheck: false });
    const link = await started.link();

    expect([outcomeOf(await browse(link)), outcomeOf(await browse(link))]).toEqual(['303', '410 token_used']);
    expect(started.lines.filter((line) => line.includes('storeRunCheck is off'))).toHaveLength(1);
  });

  it('opens no link where it stops saying so while the service runs', async () => {
    const redis = await startRedis();
    await redis.client.acl('SETUSER', 'psso', 'on', '>one', '~*', '+@all');
    const started = await startBoth({}, onRedis({ url: redis.url.replace('//', '//psso:one@') }));
    const link = await started.link();

    await redis.client.acl('SETUSER', 'psso', '-info');

    expect(outcomeOf(await browse(link))).toBe('503 store_unavailable');
    expect((await browse(`${started.url}/readyz`)).status).toBe(503);
    await redis.client.acl('SETUSER', 'psso', '+info');
    await recovery(started);
    expect(outcomeOf(await browse(link))).toBe('303');
  });
});

describe.skipIf(whyNoRedis())('at the start', { timeout: 60_000 }, () => {
  it.each([
    ['nothing of a Redis that keeps nothing', [], []],
    ['snapshots', ['--save', '3600 1'], ['save is \\"3600 1\\"']],
    ['a log that is not always written', ['--appendonly', 'yes'], ['appendfsync is everysec']],
    ['nothing of a log that is always written', ['--appendonly', 'yes', '--appendfsync', 'always'], []],
    ['eviction', ['--maxmemory-policy', 'allkeys-lru'], ['maxmemory-policy is allkeys-lru']],
  ])('the log names %s', async (_what, args, expected) => {
    const redis = await startRedis(...args);
    const started = await startBoth({}, onRedis(redis));
    await vi.waitFor(() => {
      const warnings = started.lines.filter((line) => line.includes('Redis: '));
      expect(warnings).toEqual(expected.map((text) => expect.stringContaining(text) as unknown));
    });
  });

  it('the log names replicas that are not waited for, and a replica in place of the master', async () => {
    const { master, replica } = await startPair();
    const started = await startBoth({}, onRedis(master));
    const other = await startBoth({}, onRedis(replica));

    await vi.waitFor(() => {
      expect(started.lines.join('\n')).toContain('min-replicas-to-write is 0 with 1 replicas');
      expect(other.lines.join('\n')).toContain('role is slave');
    });
  });
});
