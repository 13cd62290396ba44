import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { createMemoryStore } from './memory-store.ts';
import type { LinkStore } from './store.ts';
import { toldStore } from './told-store.ts';

/** The store of the settings: `memory`, or the URL of a Redis. */
export async function openStore(store: string, clock: Clock, log: Log): Promise<LinkStore> {
  if (store === 'memory') return createMemoryStore({ clock });
  const { createRedisStore } = await import('./redis-store.ts');
  const redis = toldStore(await createRedisStore({ url: store }), log);
  // One that is not there yet is waited for; the log says so at once.
  await redis.ping().catch(() => undefined);
  return redis;
}
