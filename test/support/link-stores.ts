import type { Redis } from 'ioredis';
import { onTestFinished } from 'vitest';
import type { Clock } from '../../base/clock.ts';
import { randomIds } from '../../base/ids.ts';
import { Secret } from '../../base/secret.ts';
import type { LinkTerms } from '../../src/links/link.ts';
import { createMemoryStore } from '../../src/links/memory-store.ts';
import type { RedisStoreOptions } from '../../src/links/redis-store.ts';
import { createRedisStore } from '../../src/links/redis-store.ts';
import type { Run } from '../../src/links/redis/scripted-store.ts';
import { scriptedStore } from '../../src/links/redis/scripted-store.ts';
import type { LinkStore, NewLink } from '../../src/links/store.ts';
import { sealTermsWith } from '../../src/links/terms-seal.ts';
import { Pepper } from '../../src/pepper.ts';
import type { RedisServer } from './redis.ts';
import { startRedis, whyNoRedis } from './redis.ts';

export const TERMS: LinkTerms = {
  userId: 18,
  serviceId: 4,
  server: 'plesk-1',
  keyId: 'billing',
  destination: '',
  mode: 'direct',
};

/** A link of which only the given is of interest; `name` makes its id and its digest. */
export const newLink = (name: number, parts: Partial<NewLink> = {}): NewLink => ({
  id: String(name).padStart(32, '0'),
  digest: String(name).padStart(64, 'd'),
  terms: TERMS,
  ttlMs: 60_000,
  ...parts,
});

/** A clock in milliseconds, later than any that a server has, so that no key goes away by itself. */
export interface Watch extends Clock {
  pass(ms: number): void;
}

export function watch(): Watch {
  let now = Date.UTC(2100, 0, 1);
  return {
    now: () => now,
    pass: (ms) => {
      now += ms;
    },
  };
}

/** Lets the unchanged scripts run on a clock of the test: TIME says what comes as the last argument. */
const OWN_TIME = `
local instant = table.remove(ARGV)
local redis = setmetatable({
  call = function(name, ...)
    if name == 'TIME' then return { math.floor(instant / 1000), (instant % 1000) * 1000 + 999 } end
    return redis.call(name, ...)
  end
}, { __index = redis })
`;

/** The scripts of the Redis store on this clock. */
export function clockedStore(client: Redis, clock: Clock, root = '{psso}'): LinkStore {
  const run: Run = ({ text }, at, ...args) => client.eval(OWN_TIME + text, 1, at, ...args, clock.now());
  return scriptedStore({
    run,
    roots: [root],
    seal: sealTermsWith(pepperOf()),
    checksRun: true,
    close: () => Promise.resolve(),
  });
}

/** A pepper of tests: that of these keys, the current one first. */
export const pepperOf = (
  ...[current = 'a pepper for tests of stores, long enough', ...older]: string[]
): Pepper => new Pepper([new Secret(current), ...older.map((key) => new Secret(key))], randomIds);

/** A store in Redis that is closed at the end of the test; patient, since a machine may be busy with other tests. */
export async function redisStore(
  { url }: Pick<RedisServer, 'url'>,
  options: Partial<RedisStoreOptions> = {},
): Promise<LinkStore> {
  const store = await createRedisStore({
    url,
    pepper: pepperOf(),
    commandTimeoutMs: 10_000,
    ...options,
  });
  onTestFinished(() => store.close());
  return store;
}

/** One kind of store, by the way a test gets it. */
interface Kind<T> {
  readonly name: string;
  readonly missing: string | undefined;
  readonly open: () => Promise<T>;
}

/** Two handles on the same links: with Redis, those of two processes. */
export const STORES: readonly Kind<readonly [LinkStore, LinkStore]>[] = [
  { name: 'the memory store', missing: undefined, open: twiceInMemory },
  { name: 'the Redis store', missing: whyNoRedis(), open: twiceInRedis },
];

/** A store whose clock a test moves. */
interface Clocked {
  readonly store: LinkStore;
  readonly clock: Watch;
}

export const CLOCKED: readonly Kind<Clocked>[] = [
  { name: 'the memory store', missing: undefined, open: clockedInMemory },
  { name: 'the scripts of the Redis store', missing: whyNoRedis(), open: clockedInRedis },
];

function twiceInMemory(): Promise<readonly [LinkStore, LinkStore]> {
  const store = createMemoryStore({ clock: watch() });
  return Promise.resolve([store, store]);
}

async function twiceInRedis(): Promise<readonly [LinkStore, LinkStore]> {
  const server = await startRedis();
  return Promise.all([redisStore(server), redisStore(server)]);
}

function clockedInMemory(): Promise<Clocked> {
  const clock = watch();
  return Promise.resolve({ store: createMemoryStore({ clock }), clock });
}

async function clockedInRedis(): Promise<Clocked> {
  const clock = watch();
  return { store: clockedStore((await startRedis()).client, clock), clock };
}

/** Every method of a store once, about the link of the name 1. */
export const STEPS: Readonly<Record<keyof Omit<LinkStore, 'close'>, (store: LinkStore) => Promise<unknown>>> =
  {
    issue: (store) => store.issue(newLink(99)),
    findByDigest: (store) => store.findByDigest(newLink(1).digest),
    findById: (store) => store.findById(newLink(1).id),
    findByUser: (store) => store.findByUser(TERMS.userId),
    revokeByUser: (store) => store.revokeByUser(TERMS.userId),
    claim: (store) => store.claim(newLink(1).id, 1000),
    claimReplacement: (store) => store.claimReplacement(newLink(1).id, 'opener', 1000),
    commit: (store) => store.commit(newLink(1).id, 1, 'sealed'),
    release: (store) => store.release(newLink(1).id, 1, 'counted'),
    revoke: (store) => store.revoke(newLink(1).id),
    forgetSession: (store) => store.forgetSession(newLink(1).id),
    hit: (store) => store.hit('name', 1000),
    hits: (store) => store.hits('name'),
    ping: (store) => store.ping(),
  };
