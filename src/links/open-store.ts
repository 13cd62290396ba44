import type { Clock } from '../../base/clock.ts';
import { createMemoryStore } from './memory-store.ts';
import type { LinkStore } from './store.ts';

/** The store of the settings: `memory`, or the URL of a Redis. */
export async function openStore(store: string, clock: Clock): Promise<LinkStore> {
  if (store === 'memory') return createMemoryStore({ clock });
  const { createRedisStore } = await import('./redis-store.ts');
  return createRedisStore({ url: store });
}
