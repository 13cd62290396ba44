import type { Log } from '../../base/log.ts';
import type { Wait } from '../links/suspended-sessions.ts';
import type { Metrics, PortName } from '../observability/metrics.ts';

const WINDOW_MS = 60_000;

/** Counts connections that are closed because `maxConnections` are open, and logs at most two lines a minute for each port. */
export interface DroppedConnections {
  dropped(port: PortName): void;
}

/** Waits for the end of each minute until the signal. */
export function createDroppedConnections(
  maxConnections: number,
  { log, metrics }: { readonly log: Log; readonly metrics: Pick<Metrics, 'connectionDropped'> },
  wait: Wait,
  signal: AbortSignal,
): DroppedConnections {
  /** The connections of this minute after the first of a port. */
  const further = new Map<PortName, number>();
  const endWindow = (port: PortName): void => {
    const count = further.get(port) ?? 0;
    further.delete(port);
    if (count > 0)
      log.warn(
        { port, connections: count },
        `${count} more connections to ${port} were closed within a minute`,
      );
  };
  return {
    dropped: (port) => {
      metrics.connectionDropped(port);
      const count = further.get(port);
      if (count !== undefined) {
        further.set(port, count + 1);
        return;
      }
      further.set(port, 0);
      log.warn(
        { port, maxConnections },
        `a new connection to ${port} was closed, since ${maxConnections} are open; maxConnections sets how many may be`,
      );
      wait(WINDOW_MS, signal).then(
        () => {
          endWindow(port);
        },
        () => undefined,
      );
    },
  };
}
