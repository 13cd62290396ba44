import type { RequestListener } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { inUrl, reachableHost } from '../base/addresses.ts';
import { randomIds } from '../base/ids.ts';
import { silentLog } from '../base/log.ts';
import { createApps } from './app.ts';
import { checkSettings } from './config.ts';
import type { Settings } from './config.ts';
import type { DroppedConnections } from './http/dropped-connections.ts';
import type { Listening, PortLimits, Tls } from './http/server.ts';
import { listen } from './http/server.ts';
import { readNamed } from './named-files.ts';
import { renewCertificate } from './renew-certificate.ts';
import type { PortName } from './observability/metrics.ts';
import { onceEach } from './secret-file.ts';
import type { Metrics } from './observability/metrics.ts';
import type { Surroundings } from './open-context.ts';
import { openContext } from './open-context.ts';

export { ListenError } from '../base/listen-error.ts';
export { SettingsError } from '../base/settings-error.ts';
export type { Settings } from './config.ts';
export type { Audit, AuditEntry } from './observability/audit.ts';

/** How to start a service: its settings by their names, and its surroundings. */
export interface ServiceOptions extends Partial<Settings>, Surroundings {}

/** A running token service. */
export interface TokenService extends AsyncDisposable {
  /** Where it listens, `http://127.0.0.1:40123`; browsers reach it at `publicUrl`. */
  readonly url: string;
  /** Where `/metrics` is, `http://127.0.0.1:40124`. */
  readonly metricsUrl: string;
  /** Answers requests, with or without the port. */
  readonly app: RequestListener;
  readonly metrics: Metrics;
  /** Reads the directory file, the certificate and its key again; whether the directory could be used. */
  reload(): Promise<boolean>;
  /** Says that it is not ready, waits `drainMs`, closes its ports, and lets go of all that it holds. */
  close(): Promise<void>;
}

/** How long what is under way may take when the ports close: as long as an opening may. All within 10 s. */
const GRACE_MS = 7000;

/**
 * Starts a token service. Wrong settings throw a SettingsError, a wrong directory file a DirectoryError, each naming
 * every mistake; a ListenError says why a port cannot be opened.
 */
export async function startTokenService({
  clock,
  steady,
  wait,
  ids = randomIds,
  log = silentLog,
  audit,
  env,
  ...given
}: ServiceOptions): Promise<TokenService> {
  const settings = checkSettings(given);
  const warn = onceEach((message) => {
    log.warn({}, message);
  });
  const named = await readNamed(settings, { env, ids, warn });
  const {
    context,
    droppedConnections,
    reload,
    close: letGo,
  } = await openContext(settings, named, { clock, steady, wait, ids, log, audit, env, warn });
  let isDraining = false;
  const apps = createApps(context, () => isDraining);
  const ports = await openPorts(settings, { apps, tls: named.tls, droppedConnections }).catch(
    async (error: unknown) => {
      await letGo();
      throw error;
    },
  );
  const certificate = renewCertificate(settings, ports.service, { log, warn });
  const end = async (): Promise<void> => {
    isDraining = true;
    certificate.close();
    if (settings.drainMs > 0) await delay(settings.drainMs);
    await ports.service.close(GRACE_MS);
    await ports.metrics.close(0);
    await letGo();
  };
  let ending: Promise<void> | undefined;
  const close = (): Promise<void> => (ending ??= end());
  const urlOf = (scheme: string, host: string, { port }: Listening): string =>
    `${scheme}://${inUrl(reachableHost(host))}:${port}`;
  return {
    url: urlOf(named.tls === undefined ? 'http' : 'https', settings.host, ports.service),
    metricsUrl: urlOf('http', settings.metricsHost, ports.metrics),
    app: apps.service.answer,
    metrics: context.metrics,
    reload: async () => {
      const [isUsable] = await Promise.all([reload(), certificate.renew()]);
      return isUsable;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** What the ports are opened with. */
interface Opening {
  readonly apps: ReturnType<typeof createApps>;
  readonly tls: Tls | undefined;
  readonly droppedConnections: DroppedConnections;
}

async function openPorts(
  settings: Settings,
  { apps, tls, droppedConnections }: Opening,
): Promise<{ readonly service: Listening; readonly metrics: Listening }> {
  const { host, port, metricsHost, metricsPort } = settings;
  const limitsOf = (name: PortName): PortLimits => ({
    requestMs: settings.requestMs,
    maxConnections: settings.maxConnections,
    onDrop: () => {
      droppedConnections.dropped(name);
    },
  });
  const onPort = { name: 'port', value: port } as const;
  const service = await listen(apps.service, host, onPort, limitsOf('port'), tls);
  const onMetrics = { name: 'metricsPort', value: metricsPort } as const;
  const metrics = await listen(apps.metrics, metricsHost, onMetrics, limitsOf('metricsPort')).catch(
    async (error: unknown) => {
      await service.close(0);
      throw error;
    },
  );
  return { service, metrics };
}
