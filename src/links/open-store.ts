import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Settings } from '../config.ts';
import type { Metrics } from '../observability/metrics.ts';
import type { Pepper } from '../pepper.ts';
import { createMemoryStore } from './memory-store.ts';
import type { LinkStore } from './store.ts';
import { toldStore } from './told-store.ts';

/** What a store needs of the service. */
export interface StoreSurroundings {
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly pepper: Pepper;
}

/** The store of the settings: `memory`, or the URL of a Redis. */
export async function openStore(
  { store, storePrefix: prefix }: Pick<Settings, 'store' | 'storePrefix'>,
  { clock, log, metrics, pepper }: StoreSurroundings,
): Promise<LinkStore> {
  if (store === 'memory') return createMemoryStore({ clock });
  const { createRedisStore } = await import('./redis-store.ts');
  const onRefusal = (reason: string, name: string): void => {
    metrics.refusedRecord(reason);
    log.warn({ reason, name }, `a record in Redis was altered and is unknown: ${name}`);
  };
  const redis = toldStore(await createRedisStore({ url: store, pepper, prefix, onRefusal }), log);
  // One that is not there yet is waited for; the log says so at once.
  await redis.ping().catch(() => undefined);
  return redis;
}
