import { describe, expect, it, vi } from 'vitest';
import { randomIds } from '../../base/ids.ts';
import { Secret } from '../../base/secret.ts';
import { stateAt, TOMBSTONE_MS } from '../../src/links/link.ts';
import type { LinkStore } from '../../src/links/store.ts';
import { REPEAT_MS } from '../../src/links/store.ts';
import { mintToken } from '../../src/links/token.ts';
import { Pepper } from '../../src/pepper.ts';
import { clockedStore, newLink, pepperOf, redisStore, TERMS, watch } from '../support/link-stores.ts';
import type { RedisServer } from '../support/redis.ts';
import { startRedis, whyNoRedis } from '../support/redis.ts';

const { id, digest } = newLink(1);
/** Where the keys of a store of these tests begin. */
const ROOT = `{psso}:1:${pepperOf().ids[0]}`;
const REPEAT = { key: 'aa', request: 'bb', sealedToken: 'v1.cc' };
const FIVE_MINUTES = 300_000;

/** Every key with the milliseconds that it has left; -1 where it has no end. */
async function timesLeft({ client }: RedisServer): Promise<Readonly<Record<string, number>>> {
  const keys = await client.keys('*');
  const left = await Promise.all(keys.map((key) => client.pttl(key)));
  return Object.fromEntries(keys.map((key, index) => [key, left[index] ?? -2]));
}

/** All that stands in a Redis, keys and values, as one text. */
async function dump({ client }: RedisServer): Promise<string> {
  const texts: unknown[] = [];
  for (const key of await client.keys('*')) {
    const type = await client.type(key);
    if (type === 'string') texts.push(key, await client.get(key));
    else if (type === 'zset') texts.push(key, await client.zrange(key, '0', '-1'));
    else if (type === 'hash') texts.push(key, await client.hgetall(key));
    else throw new Error(`${key} is a ${type}`);
  }
  return JSON.stringify(texts);
}

async function openFully(store: LinkStore): Promise<void> {
  await store.issue(newLink(1), REPEAT);
  await store.claim(id, 10_000);
  await store.commit(id, 1, 'sealed');
}

describe.skipIf(whyNoRedis() !== undefined)('the Redis store', () => {
  it("goes by the server's clock, however wrong those of its clients are", async () => {
    const server = await startRedis();
    const [ahead, behind] = [await redisStore(server), await redisStore(server)];
    const now = Date.now();
    vi.useFakeTimers({ toFake: ['Date'], now: now + FIVE_MINUTES });
    const before = await server.now();
    await ahead.issue(newLink(1));
    await ahead.issue(newLink(2, { ttlMs: 20 }));
    const after = await server.now();
    await server.until(after + 20);

    vi.setSystemTime(now - FIVE_MINUTES);
    const good = await behind.claim(id, 10_000);
    const tooLate = await behind.claim(newLink(2).id, 10_000);
    vi.setSystemTime(now + FIVE_MINUTES);
    const isCommitted = await ahead.commit(id, 1, 'sealed');
    vi.useRealTimers();

    expect(good?.isDone).toBe(true);
    expect(good?.link.issuedAt).toBeGreaterThanOrEqual(before);
    expect(good?.link.issuedAt).toBeLessThanOrEqual(after);
    expect(tooLate?.isDone).toBe(false);
    expect(isCommitted).toBe(true);
  });

  it("refuses a stalled worker when its lease has run out by the server's clock", async () => {
    const server = await startRedis();
    const [stalled, other] = [await redisStore(server), await redisStore(server)];
    await other.issue(newLink(1));
    const claimed = await stalled.claim(id, 20);

    await server.until(claimed?.link.leaseEndsAt ?? Infinity);

    expect(await stalled.commit(id, 1, 'late')).toBe(false);
    expect(await other.claim(id, 10_000)).toMatchObject({ isDone: true, link: { fence: 2, attempts: 1 } });
    expect(await stalled.commit(id, 1, 'late')).toBe(false);
    expect(await stalled.release(id, 1, 'counted')).toMatchObject({ isDone: false });
    expect(await other.commit(id, 2, 'sealed')).toBe(true);
  });

  it('lets a link and a count end', async () => {
    const server = await startRedis();
    const store = await redisStore(server);
    await store.issue(newLink(1, { ttlMs: 20 }));
    await store.hit('name', 20);

    await server.until((await server.now()) + 20);

    const found = await store.findById(id);
    expect(found === undefined ? 'unknown' : stateAt(found.link, found.now)).toBe('expired');
    expect(await store.hits('name')).toEqual({ count: 0, resetsIn: 0 });
    expect(await store.hit('name', 60_000)).toEqual({ count: 1, resetsIn: 60_000 });
  });

  it('shares links and counts among all that use one Redis with the same prefix', async () => {
    const server = await startRedis();
    const [one, other, apart] = await Promise.all([
      redisStore(server, { prefix: 'a:' }),
      redisStore(server, { prefix: 'a:' }),
      redisStore(server, { prefix: 'b:' }),
    ]);
    await openFully(one);
    await one.hit('name', 60_000);

    expect(await other.findByDigest(digest)).toMatchObject({ link: { state: 'opened' } });
    expect(await other.issue(newLink(2), REPEAT)).toMatchObject({ kind: 'repeated', link: { id } });
    expect(await other.hit('name', 60_000)).toMatchObject({ count: 2 });
    expect(await apart.findByDigest(digest)).toBeUndefined();
    expect(await apart.findByUser(TERMS.userId)).toEqual([]);
    expect(await apart.issue(newLink(1), REPEAT)).toMatchObject({ kind: 'issued' });
    expect(await apart.hits('name')).toMatchObject({ count: 0 });
  });

  it('gives every key an end: 24 hours after that of the link, the 60 s of a repeated request, the window of a count', async () => {
    const server = await startRedis();
    const store = await redisStore(server);
    await store.issue(newLink(1), REPEAT);
    await store.hit('name', 5000);
    await store.ping();
    const issued = await timesLeft(server);

    await store.claim(id, 10_000);
    await store.commit(id, 1, 'sealed');
    await store.forgetSession(id);
    const opened = await timesLeft(server);

    const within = (least: number, most: number): unknown =>
      expect.toSatisfy((left: number) => left > least && left <= most, `${least} to ${most}`);
    const known = within(TOMBSTONE_MS + 50_000, TOMBSTONE_MS + 60_000);
    expect(issued).toEqual({
      [`${ROOT}:link:${id}`]: known,
      [`${ROOT}:digest:${digest}`]: known,
      [`${ROOT}:live:${TERMS.userId}`]: within(50_000, 60_000),
      [`${ROOT}:repeat:aa`]: within(REPEAT_MS - 10_000, REPEAT_MS),
      [`${ROOT}:hits:name`]: within(0, 5000),
      [`${ROOT}:ping`]: within(0, 60_000),
      [`${ROOT}:clock`]: within(TOMBSTONE_MS - 60_000, TOMBSTONE_MS),
    });
    expect(Object.values(opened)).not.toContain(-1);
    expect(opened[`${ROOT}:link:${id}`]).toSatisfy((left: number) => left <= TOMBSTONE_MS);
  });

  it('keeps what leads to a link as long as the link that was opened after its time', async () => {
    const server = await startRedis();
    const store = await redisStore(server);
    const keys = [`link:${id}`, `digest:${digest}`].map((key) => `${ROOT}:${key}`);
    await store.issue(newLink(1));
    await store.claim(id, 10_000);
    // As if its time had ended meanwhile.
    const expiresAt = (await server.now()) - 1000;
    await server.client.hset(`${ROOT}:link:${id}`, 'expires', expiresAt);
    for (const key of keys) await server.client.pexpireat(key, expiresAt + TOMBSTONE_MS);

    await store.commit(id, 1, 'sealed');

    const { openedAt = NaN } = (await store.findById(id))?.link ?? {};
    keys.push(`${ROOT}:open:${TERMS.userId}`);
    const ends = await Promise.all(keys.map((key) => server.client.pexpiretime(key)));
    expect(ends).toEqual(keys.map(() => openedAt + TOMBSTONE_MS));
  });

  it('drops from the sets of a user what is over, or has gone', async () => {
    const server = await startRedis();
    const store = await redisStore(server);
    const members = async (): Promise<unknown> =>
      (await server.client.zrange(`${ROOT}:live:${TERMS.userId}`, '0', '-1')).map(Number);
    await store.issue(newLink(1, { ttlMs: 10 }));
    for (const name of [2, 3]) await store.issue(newLink(name));
    await server.client.del(`${ROOT}:link:${newLink(2).id}`);
    await server.until((await server.now()) + 10);

    expect((await store.findByUser(TERMS.userId)).map(({ link }) => Number(link.id))).toEqual([3]);
    await store.issue(newLink(4));
    expect(await members()).toEqual([2, 3, 4]);
    expect((await store.revokeByUser(TERMS.userId)).map(({ link }) => Number(link.id))).toEqual([4, 3]);
    expect(await members()).toEqual([]);
  });

  it('knows no link of before its clock was set back, then or when it shows the time of the link again', async () => {
    const clock = watch();
    const store = clockedStore((await startRedis()).client, clock);
    for (const name of [1, 2]) await store.issue(newLink(name));

    clock.pass(-3_600_000);
    await store.ping();
    expect(await store.claim(newLink(1).id, 10_000)).toBeUndefined();
    clock.pass(3_600_000);
    expect(await store.claim(newLink(2).id, 10_000)).toBeUndefined();
    await store.issue(newLink(3));
    clock.pass(-500);
    expect(await store.claim(newLink(3).id, 10_000)).toMatchObject({ isDone: true });
  });

  it('counts again where the clock of Redis was set back', async () => {
    const clock = watch();
    const store = clockedStore((await startRedis()).client, clock);
    await store.hit('name', 60_000);

    clock.pass(-3_600_000);

    expect(await store.hits('name')).toEqual({ count: 0, resetsIn: 0 });
    expect(await store.hit('name', 60_000)).toEqual({ count: 1, resetsIn: 60_000 });
  });

  it('issues anew where a link was lost that a repeated request would lead to', async () => {
    const server = await startRedis();
    const store = await redisStore(server);
    await store.issue(newLink(1), REPEAT);
    await server.client.del(`${ROOT}:link:${id}`);

    expect(await store.issue(newLink(2), REPEAT)).toMatchObject({
      kind: 'issued',
      link: { id: newLink(2).id },
    });
  });

  it('keeps neither tokens nor sessions in the clear', async () => {
    const server = await startRedis();
    const store = await redisStore(server);
    const pepper = new Pepper([new Secret('a pepper of 32 characters or more')], randomIds);
    const token = mintToken(randomIds);
    const session = randomIds.hex32();
    await store.issue(newLink(1, { digest: pepper.digest(token) }), {
      key: pepper.digest('key'),
      request: pepper.digest('request'),
      sealedToken: pepper.seal(token, id),
    });
    await store.claim(id, 10_000);
    await store.commit(id, 1, pepper.seal(session, id));

    const all = await dump(server);

    expect(all).toContain(pepper.digest(token));
    expect(all).not.toContain(token.slice(5));
    expect(all).not.toContain(session);
    await store.forgetSession(id);
    expect((await store.findById(id))?.link).not.toHaveProperty('sealedSession');
  });

  it('works on a node of a cluster, where all keys of a script have to lie together', async () => {
    const server = await startRedis('--cluster-enabled', 'yes');
    await server.client.cluster('ADDSLOTSRANGE', 0, 16_383);
    await vi.waitFor(async () => {
      expect(await server.client.cluster('INFO')).toContain('cluster_state:ok');
    }, 10_000);
    const store = await redisStore(server, { prefix: 'psso.' });

    await openFully(store);

    expect(await store.findByUser(TERMS.userId)).toMatchObject([{ link: { state: 'opened' } }]);
    expect(await store.hit('name', 1000)).toMatchObject({ count: 1 });
    const slots = await Promise.all(
      (await server.client.keys('*')).map((key) => server.client.cluster('KEYSLOT', key)),
    );
    expect(new Set(slots).size).toBe(1);
  });

  it('uses the database of its URL', async () => {
    const server = await startRedis();
    const store = await redisStore({ url: `${server.url}/3` });

    await store.issue(newLink(1));

    expect(await server.client.dbsize()).toBe(0);
    await server.client.select(3);
    expect(await server.client.dbsize()).toBe(4);
  });
});
