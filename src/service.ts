import { readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { inUrl } from '../base/addresses.ts';
import { systemClock } from '../base/clock.ts';
import type { Clock } from '../base/clock.ts';
import { randomIds } from '../base/ids.ts';
import type { Ids } from '../base/ids.ts';
import { silentLog } from '../base/log.ts';
import type { Log } from '../base/log.ts';
import { createApps } from './app.ts';
import { checkSettings } from './config.ts';
import type { Settings } from './config.ts';
import type { Context } from './context.ts';
import { readDestinations } from './destinations/read-file.ts';
import { loadDirectory } from './directory/load.ts';
import { watchDirectory } from './directory/watch.ts';
import type { Listening, Tls } from './http/server.ts';
import { listen } from './http/server.ts';
import { openStore } from './links/open-store.ts';
import type { Audit } from './observability/audit.ts';
import { createMetrics } from './observability/metrics.ts';
import type { Metrics } from './observability/metrics.ts';
import { readPepper } from './pepper-keys.ts';
import { createPlesk } from './plesk/client.ts';
import { measured } from './plesk/measured.ts';

export { SettingsError } from '../base/settings-error.ts';
export type { Settings } from './config.ts';
export type { Audit, AuditEntry } from './observability/audit.ts';

/** How to start a service: its settings by their names, and where time, chance and lines come from and go. */
export interface ServiceOptions extends Partial<Settings> {
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly log?: Log;
  readonly audit?: Audit;
  /** Where the directory's `env:NAME` and those of the pepper are looked up. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A running token service. */
export interface TokenService extends AsyncDisposable {
  /** Where it listens, `http://127.0.0.1:40123`; browsers reach it at `publicUrl`. */
  readonly url: string;
  /** Where `/metrics` is, `http://127.0.0.1:40124`. */
  readonly metricsUrl: string;
  /** Answers requests, with or without the port. */
  readonly app: RequestListener;
  readonly metrics: Metrics;
  /** Reads the directory file again; whether it could be used. */
  reload(): Promise<boolean>;
  /** Says that it is not ready, waits `drainMs`, closes its ports, and lets go of all that it holds. */
  close(): Promise<void>;
}

/** How long what is under way may take when the ports close: as long as an opening may. All within 10 s. */
const GRACE_MS = 7000;

/**
 * Starts a token service. Wrong settings throw a SettingsError, a wrong directory file a DirectoryError, each naming
 * every mistake; an Error says why a port cannot be opened.
 */
export async function startTokenService(options: ServiceOptions): Promise<TokenService> {
  const {
    clock = systemClock,
    ids = randomIds,
    log = silentLog,
    audit = SILENT,
    env = {},
    ...rest
  } = options;
  const settings = checkSettings(rest);
  const metrics = createMetrics();
  const catalogue = await readDestinations(settings.destinations);
  const pepper = await readPepper(settings.pepperKeys, env, ids);
  const tls = await readTls(settings);
  const source = { file: settings.directory, clock, env, pepper };
  const directory = await watchDirectory({
    file: settings.directory,
    load: () => loadDirectory(source),
    log,
    onChange: () => {
      metrics.directory('loaded');
    },
    onRefusal: () => {
      metrics.directory('refused');
    },
  });
  metrics.directory('loaded');
  const store = await openStore(settings.store, clock);
  const plesk = measured(createPlesk(pleskOptions(settings, clock, log)), metrics, clock);
  const context: Context = {
    ...{ settings, clock, ids, log, audit, metrics, store, pepper, directory, catalogue, plesk },
  };
  let isDraining = false;
  const apps = createApps(context, () => isDraining);
  const letGo = async (): Promise<void> => {
    await Promise.all([directory.close(), plesk.close(), store.close()]);
  };
  const ports = await openPorts(settings, apps, tls).catch(async (error: unknown) => {
    await letGo();
    throw error;
  });
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    isDraining = true;
    if (settings.drainMs > 0) await delay(settings.drainMs);
    await ports.service.close(GRACE_MS);
    await ports.metrics.close(0);
    await letGo();
  };
  const urlOf = (scheme: string, { port }: Listening): string =>
    `${scheme}://${inUrl(settings.host)}:${port}`;
  const service: TokenService = {
    url: urlOf(tls === undefined ? 'http' : 'https', ports.service),
    metricsUrl: urlOf('http', ports.metrics),
    app: apps.service,
    metrics,
    reload: () => directory.reload(),
    close: () => (closing ??= close()),
    [Symbol.asyncDispose]: () => service.close(),
  };
  return service;
}

const SILENT: Audit = { record: () => undefined };

async function readTls({ tlsCert, tlsKey }: Settings): Promise<Tls | undefined> {
  if (tlsCert === undefined || tlsKey === undefined) return undefined;
  const [cert, key] = await Promise.all([readFile(tlsCert, 'utf8'), readFile(tlsKey, 'utf8')]);
  return { cert, key };
}

const pleskOptions = (settings: Settings, clock: Clock, log: Log): Parameters<typeof createPlesk>[0] => ({
  clock,
  log,
  connectMs: settings.pleskConnectMs,
  totalMs: settings.pleskTotalMs,
  breaker: { failures: settings.breakerFailures, pauseMs: settings.breakerPauseMs },
  inFlight: settings.pleskInFlight,
});

async function openPorts(
  { host, port, metricsPort }: Settings,
  apps: ReturnType<typeof createApps>,
  tls: Tls | undefined,
): Promise<{ readonly service: Listening; readonly metrics: Listening }> {
  const service = await listen(apps.service, host, port, tls);
  const metrics = await listen(apps.metrics, host, metricsPort).catch(async (error: unknown) => {
    await service.close(0);
    throw error;
  });
  return { service, metrics };
}
