import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { AuditEvent } from './audit.ts';
import type { Health } from './health.ts';

/** A port, by its setting. */
export type PortName = 'port' | 'metricsPort';

/** What a service counts. Labels hold names of the configuration and codes, never what a visitor sent. */
export interface Metrics {
  /** All of it, in the text format of Prometheus. */
  text(): Promise<string>;
  /** The media type of that text. */
  readonly contentType: string;
  /** Adds what Node knows of the process: once for each process, since it is about that. */
  addProcess(): void;
  /** Every outcome that stands in the audit. */
  outcome(event: AuditEvent, outcome: string): void;
  /** One request to a Plesk, with how long it took in seconds. */
  plesk(server: string, outcome: string, seconds: number): void;
  /** A record in Redis that is unknown though it is there, by the reason. */
  refusedRecord(reason: string): void;
  /** A line of the audit that could not be written to its file. */
  auditLineLost(): void;
  /** A connection that was closed since too many are open, by the setting of its port. */
  connectionDropped(port: PortName): void;
  /** How the parts of the service are at this moment. */
  health(health: Health): void;
}

/** Metrics of one service, in a registry of their own. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const events = new Counter({
    name: 'plesk_sso_events_total',
    help: 'What happened to links, by event and outcome.',
    labelNames: ['event', 'outcome'],
    registers,
  });
  const requests = new Histogram({
    name: 'plesk_sso_plesk_request_seconds',
    help: 'Requests to the API of each Plesk server, by outcome.',
    labelNames: ['server', 'outcome'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const refused = new Counter({
    name: 'plesk_sso_store_refused_records_total',
    help: 'Records in Redis that were not believed, by reason: altered, or other_run (not opened before a restart or fail-over).',
    labelNames: ['reason'],
    registers,
  });
  const lost = new Counter({
    name: 'plesk_sso_audit_lines_lost_total',
    help: 'Lines of the audit that could not be written to the audit file.',
    registers,
  });
  const dropped = new Counter({
    name: 'plesk_sso_connections_dropped_total',
    help: 'Connections that were closed at once because maxConnections were open, by the setting of the port.',
    labelNames: ['port'],
    registers,
  });
  const gauge = (name: string, help: string): Gauge => new Gauge({ name, help, registers });
  const storeUp = gauge('plesk_sso_store_up', '1 if the store of the links can be reached, else 0.');
  const loaded = gauge(
    'plesk_sso_directory_loaded',
    '1 if the directory file could be used when it was last read, else 0.',
  );
  const directoryUp = gauge(
    'plesk_sso_directory_up',
    '0 if the directory file has been refused for more than five minutes, else 1.',
  );
  const pleskUp = new Gauge({
    name: 'plesk_sso_plesk_up',
    help: '0 for a Plesk server that is given a pause after failures, or whose credential cannot be read, else 1.',
    labelNames: ['server'],
    registers,
  });
  return {
    text: () => registry.metrics(),
    contentType: registry.contentType,
    addProcess: () => {
      collectDefaultMetrics({ register: registry });
    },
    outcome: (event, outcome) => {
      events.inc({ event, outcome });
    },
    plesk: (server, outcome, seconds) => {
      requests.observe({ server, outcome }, seconds);
    },
    refusedRecord: (reason) => {
      refused.inc({ reason });
    },
    auditLineLost: () => {
      lost.inc();
    },
    connectionDropped: (port) => {
      dropped.inc({ port });
    },
    health: ({ store, directory, plesk }) => {
      storeUp.set(store === 'up' ? 1 : 0);
      loaded.set(directory === 'loaded' ? 1 : 0);
      directoryUp.set(directory === 'stale' ? 0 : 1);
      pleskUp.reset();
      for (const [server, state] of Object.entries(plesk)) pleskUp.set({ server }, state === 'up' ? 1 : 0);
    },
  };
}
