import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Secret } from '../../base/secret.ts';
import { SettingsError } from '../../base/settings-error.ts';
import type { Settings } from '../config.ts';
import type { Metrics } from '../observability/metrics.ts';
import type { Pepper } from '../pepper.ts';
import { createMemoryStore } from './memory-store.ts';
import { NO_RUN_ERROR } from './redis/rules.ts';
import type { ServerFacts } from './redis/server-facts.ts';
import { warningsOf } from './redis/server-facts.ts';
import type { LinkStore } from './store.ts';
import { toldStore } from './told-store.ts';

/** What a store needs of the service. */
export interface StoreSurroundings {
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly pepper: Pepper;
  /** Of Redis, where the URL has none. */
  readonly password?: Secret | undefined;
  /** The only CA that is trusted for `rediss://`, in PEM. */
  readonly ca?: string | undefined;
}

/** The store of the settings: `memory`, or the URL of a Redis. A SettingsError where Redis does not name its run. */
export async function openStore(
  settings: Pick<Settings, 'store' | 'storePrefix' | 'storeRunCheck'>,
  { clock, log, metrics, pepper, password, ca }: StoreSurroundings,
): Promise<LinkStore> {
  if (settings.store === 'memory') return createMemoryStore({ clock });
  const { createRedisStore } = await import('./redis-store.ts');
  const redis = await createRedisStore({
    ...{ url: settings.store, password, ca, pepper },
    ...{ prefix: settings.storePrefix, checksRun: settings.storeRunCheck },
    onRefusal: (reason, id) => {
      metrics.refusedRecord(reason);
      if (reason === 'altered')
        log.warn({ link: id, reason }, `the record of ${id} in Redis was altered: it is unknown`);
      else
        log.info(
          { link: id, reason },
          `link ${id} is of an earlier run of Redis, before a restart or fail-over: it is unknown`,
        );
    },
    onServer: warnInto(log),
  });
  const told = toldStore(redis, log);
  const failure: unknown = await redis.ping().catch((error: unknown) => error);
  if (failure instanceof Error && failure.message.includes(NO_RUN_ERROR)) {
    await redis.close();
    throw new SettingsError([
      'store: Redis does not say which run it is, so a restart or fail-over could let a link open twice; ' +
        'add +info to the ACL of its user, or accept that by storeRunCheck: false (--no-store-run-check)',
    ]);
  }
  // One that is not there yet is waited for; the log says so at once.
  if (failure !== undefined) await told.ping().catch(() => undefined);
  if (!settings.storeRunCheck)
    log.warn({}, 'storeRunCheck is off: a restart or fail-over of Redis may let a link open a second time');
  return told;
}

/** Warns of each wrong setting of Redis once, also of one that a fail-over brings. */
function warnInto(log: Log): (facts: ServerFacts) => void {
  const warned = new Set<string>();
  return (facts) => {
    for (const warning of warningsOf(facts)) {
      if (!warned.has(warning)) log.warn({}, `Redis: ${warning}`);
      warned.add(warning);
    }
  };
}
