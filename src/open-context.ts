import { setTimeout as delay } from 'node:timers/promises';
import { steadyClock, systemClock } from '../base/clock.ts';
import type { Clock } from '../base/clock.ts';
import { randomIds } from '../base/ids.ts';
import type { Ids } from '../base/ids.ts';
import { silentLog } from '../base/log.ts';
import type { Log } from '../base/log.ts';
import type { Settings } from './config.ts';
import { isPublic } from './config.ts';
import type { Context } from './context.ts';
import { loadDirectory } from './directory/load.ts';
import { createFreshness } from './directory/freshness.ts';
import { openDirectory } from './directory/open.ts';
import type { DroppedConnections } from './http/dropped-connections.ts';
import { createDroppedConnections } from './http/dropped-connections.ts';
import { createProxyWarnings } from './http/proxy-warnings.ts';
import { createWrongKeys } from './http/wrong-keys.ts';
import { openStore } from './links/open-store.ts';
import type { SessionEnder, Wait } from './links/suspended-sessions.ts';
import { createSessionEnder } from './links/suspended-sessions.ts';
import type { Named } from './named-files.ts';
import type { Audit } from './observability/audit.ts';
import { numberedAudit } from './observability/audit-flood.ts';
import { auditInto } from './observability/audit-lines.ts';
import { createMetrics } from './observability/metrics.ts';
import { createPlesk } from './plesk/client.ts';
import { measured } from './plesk/measured.ts';
import type { Warn } from './secret-file.ts';

/** Where time, chance and lines come from and go. */
export interface Surroundings {
  readonly clock?: Clock | undefined;
  /** What lifetimes, limits and pauses go by; `clock` where that is given, else a clock that cannot be set back. */
  readonly steady?: Clock | undefined;
  /** How retries and windows of a minute wait. */
  readonly wait?: Wait | undefined;
  readonly ids?: Ids | undefined;
  readonly log?: Log | undefined;
  readonly audit?: Audit | undefined;
  /** Where the directory's `env:NAME` and those of the pepper are looked up. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

/** A context, and what only its owner does with it. */
export interface OpenContext {
  readonly context: Context;
  readonly droppedConnections: DroppedConnections;
  /** Reads the directory file again; whether it could be used. */
  readonly reload: () => Promise<boolean>;
  /** Lets go of the directory, of Plesk and of the store. */
  readonly close: () => Promise<void>;
}

/** Opens all that the parts of a service share; a wrong directory file throws a DirectoryError. */
export async function openContext(
  settings: Settings,
  { catalogue, pepper, storePassword, storeCa }: Named,
  {
    clock = systemClock,
    steady = clock === systemClock ? steadyClock() : clock,
    wait = waitUnheld,
    ids = randomIds,
    log = silentLog,
    audit = auditInto(log),
    env,
    warn,
  }: Surroundings & { readonly warn: Warn },
): Promise<OpenContext> {
  const closing = new AbortController();
  const metrics = createMetrics();
  let ender: SessionEnder | undefined;
  const freshness = createFreshness(steady);
  const live = await openDirectory(settings.directory, {
    load: () =>
      loadDirectory({
        ...{ file: settings.directory, clock, env, pepper, warn },
        refusesSamples: isPublic(settings),
      }),
    log,
    onLoaded: () => {
      freshness.loaded();
    },
    onRefused: () => {
      freshness.refused();
    },
    onChange: (after, before) => {
      ender?.onChange(after, before);
    },
  });
  const directory = { current: () => live.current(), state: () => freshness.state() };
  const storeAccess = { clock: steady, log, metrics, pepper, password: storePassword, ca: storeCa };
  const store = await openStore(settings, storeAccess).catch(async (error: unknown) => {
    await live.close();
    throw error;
  });
  const plesk = measured(createPlesk(pleskOptions(settings, steady, log)), metrics, steady);
  const { signal } = closing;
  const context = {
    ...{ settings, clock, ids, log, metrics, store, pepper, directory, catalogue, plesk },
    audit: numberedAudit(audit, log, wait, signal),
    wrongKeys: createWrongKeys(settings.wrongKeyLimit, wait, signal),
    proxyWarnings: createProxyWarnings(log, wait, signal),
  };
  if (settings.endSuspendedSessions) ender = createSessionEnder(context, wait);
  ender?.onChange(live.current());
  return {
    context,
    droppedConnections: createDroppedConnections(settings.maxConnections, { log, metrics }, wait, signal),
    reload: () => live.reload(),
    close: async () => {
      closing.abort();
      await Promise.all([live.close(), ender?.close()]);
      await Promise.all([plesk.close(), store.close()]);
    },
  };
}

/** Keeps no process running. */
const waitUnheld: Wait = (ms, signal) => delay(ms, undefined, { signal, ref: false });

const pleskOptions = (settings: Settings, clock: Clock, log: Log): Parameters<typeof createPlesk>[0] => ({
  clock,
  log,
  connectMs: settings.pleskConnectMs,
  totalMs: settings.pleskTotalMs,
  breaker: { failures: settings.breakerFailures, pauseMs: settings.breakerPauseMs },
  inFlight: settings.pleskInFlight,
});
