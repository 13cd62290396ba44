import type { Clock } from '../../base/clock.ts';
import type { PleskServer } from '../directory/directory.ts';
import type { Metrics } from '../observability/metrics.ts';
import { PleskFailure } from './failure.ts';
import type { Plesk } from './plesk.ts';

/** The same Plesk, each of whose requests is counted and timed. */
export function measured(plesk: Plesk, metrics: Metrics, clock: Clock): Plesk {
  const timed = async <T>(server: PleskServer, ask: Promise<T>): Promise<T> => {
    const start = clock.now();
    const done = (outcome: string): void => {
      metrics.plesk(server.id, outcome, (clock.now() - start) / 1000);
    };
    try {
      const answer = await ask;
      done('ok');
      return answer;
    } catch (error) {
      done(error instanceof PleskFailure ? error.code : 'internal_error');
      throw error;
    }
  };
  return {
    createSession: (server, request) => timed(server, plesk.createSession(server, request)),
    terminateSession: (server, session) => timed(server, plesk.terminateSession(server, session)),
    identify: (server) => timed(server, plesk.identify(server)),
    circuit: (id) => plesk.circuit(id),
    close: () => plesk.close(),
  };
}
