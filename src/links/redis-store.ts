import { connect } from './redis/connection.ts';
import { scriptedStore } from './redis/scripted-store.ts';
import { parseRedisUrl } from './redis/url.ts';
import type { LinkStore } from './store.ts';

/** Where links live that several processes share. */
export interface RedisStoreOptions {
  /** `redis://` or, for TLS, `rediss://`, with user, password and number of the database as it needs them. */
  readonly url: string;
  /** Stands in front of all keys, for services that share a Redis: letters, digits and `:._-`. */
  readonly prefix?: string;
  /** Milliseconds; 2000 where it is absent. */
  readonly connectTimeoutMs?: number;
  /** Milliseconds that one step may take; 1000 where it is absent. */
  readonly commandTimeoutMs?: number;
}

/**
 * A store of links in Redis 5 or later, one step of it a script on the server's clock. Resolves when a connection was
 * tried: one that fails, or is lost, is tried again by itself, and until then every step throws StoreUnavailable.
 * Rejects where the options are wrong or ioredis is not installed.
 */
export async function createRedisStore({
  url,
  prefix = '',
  connectTimeoutMs = 2000,
  commandTimeoutMs = 1000,
}: RedisStoreOptions): Promise<LinkStore> {
  if (!/^[\w:.-]*$/.test(prefix))
    throw new Error('the prefix of keys has other characters than letters, digits and :._-');
  // The braces keep all keys on one node of a cluster, since a script changes several of them.
  const root = `${prefix}{psso}`;
  const { run, close } = await connect(parseRedisUrl(url), root, { connectTimeoutMs, commandTimeoutMs });
  return scriptedStore(run, close);
}
