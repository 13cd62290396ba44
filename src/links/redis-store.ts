import type { Secret } from '../../base/secret.ts';
import type { Pepper } from '../pepper.ts';
import { connect } from './redis/connection.ts';
import type { ScriptedStoreOptions } from './redis/scripted-store.ts';
import { scriptedStore } from './redis/scripted-store.ts';
import type { ServerFacts } from './redis/server-facts.ts';
import { readServerFacts } from './redis/server-facts.ts';
import { isKeyPrefix, parseRedisUrl } from './redis/url.ts';
import type { LinkStore } from './store.ts';
import { sealTermsWith } from './terms-seal.ts';

/**
 * The layout of the records below a root. A release that cannot work with the records of the one before counts it up:
 * then both ignore each other's records, and a link that the other one issued is unknown.
 */
const LAYOUT = 1;

/** Where links live that several processes share. */
export interface RedisStoreOptions extends Pick<ScriptedStoreOptions, 'onRefusal'> {
  /** `redis://` or, for TLS, `rediss://`, with user, password and number of the database as it needs them. */
  readonly url: string;
  /** Where the URL has none. */
  readonly password?: Secret | undefined;
  /** The only CA that is trusted for `rediss://`, in PEM; without it the public ones are. */
  readonly ca?: string | undefined;
  /** Names the root of all keys, and seals what is in them: services with different peppers share nothing. */
  readonly pepper: Pepper;
  /** In front of all keys: letters, digits and `:._-`. */
  readonly prefix?: string | undefined;
  /** Whether a link of another run of Redis is unknown, for which INFO must be allowed; yes where it is absent. */
  readonly checksRun?: boolean | undefined;
  /** Told what Redis says of itself whenever a connection was made. */
  readonly onServer?: ((facts: ServerFacts) => void) | undefined;
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
  password,
  ca,
  pepper,
  prefix = '',
  checksRun = true,
  onRefusal,
  onServer,
  connectTimeoutMs = 2000,
  commandTimeoutMs = 1000,
}: RedisStoreOptions): Promise<LinkStore> {
  if (!isKeyPrefix(prefix))
    throw new Error('the prefix of keys has other characters than letters, digits and :._-');
  const { run, close } = await connect(parseRedisUrl(url, password), {
    ...{ ca, connectTimeoutMs, commandTimeoutMs, mayAskInfo: checksRun },
    onReady: (ask) => {
      if (onServer !== undefined) void readServerFacts(ask).then(onServer);
    },
  });
  // The braces keep all keys on one node of a cluster, since a script changes several of them.
  const rootOf = (pepperId: string): string => `${prefix}{psso}:${LAYOUT}:${pepperId}`;
  const [current, ...older] = pepper.ids;
  return scriptedStore({
    run,
    roots: [rootOf(current), ...older.map(rootOf)],
    seal: sealTermsWith(pepper),
    checksRun,
    onRefusal,
    close,
  });
}
