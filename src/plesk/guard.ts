import type { IBackoff } from 'cockatiel';
import {
  BrokenCircuitError,
  bulkhead,
  BulkheadRejectedError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleAll,
} from 'cockatiel';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { PleskFailure } from './failure.ts';
import type { Circuit } from './plesk.ts';

/** How much one server is asked. */
export interface GuardLimits {
  /** After so many failures in a row it is given a pause, in milliseconds. */
  readonly breaker: { readonly failures: number; readonly pauseMs: number };
  /** So many requests at a time, the rest is refused. */
  readonly inFlight: number;
}

/** Keeps one server in trouble from being asked again and again, and from holding up the service. */
export interface Guard {
  /**
   * Asks, or throws plesk_circuit_open or plesk_busy without asking. Whatever `ask` throws is a failure of the server;
   * an answer of any kind, a refusal too, is none.
   */
  run<T>(ask: () => Promise<T>): Promise<T>;
  circuit(): Circuit;
}

/** A guard for the server of this name. */
export function createGuard(server: string, limits: GuardLimits, clock: Clock, log: Log): Guard {
  const { failures, pauseMs } = limits.breaker;
  const pause = pauseOf(pauseMs, clock);
  const breaker = circuitBreaker(handleAll, {
    breaker: new ConsecutiveBreaker(failures),
    halfOpenAfter: pause,
  });
  const limit = bulkhead(limits.inFlight);
  breaker.onBreak(() => {
    log.warn({ server, pauseMs }, `Plesk server ${server} is given a pause of ${pauseMs} ms`);
  });
  breaker.onReset(() => {
    log.info({ server }, `Plesk server ${server} answers again`);
  });

  const circuit = (): Circuit => {
    if (breaker.state === CircuitState.Closed) return 'closed';
    return breaker.state === CircuitState.Open && pause.duration > 0 ? 'open' : 'half-open';
  };
  const run = async <T>(ask: () => Promise<T>): Promise<T> => {
    // cockatiel would let the others wait for what comes of the one trial.
    if (breaker.state === CircuitState.HalfOpen) throw circuitOpen();
    try {
      return await limit.execute(() => breaker.execute(ask));
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw circuitOpen();
      if (error instanceof BulkheadRejectedError) throw busy(limits.inFlight);
      throw error;
    }
  };
  return { run, circuit };
}

/**
 * cockatiel holds the time since it opened, by Date.now, against `duration` whenever it is asked: for ever or never, as
 * our own clock says. A clock that was set back ends the pause.
 */
function pauseOf(pauseMs: number, clock: Clock): IBackoff<unknown> {
  let beganAt = 0;
  const pause = {
    get duration() {
      const now = clock.now();
      return now >= beganAt && now < beganAt + pauseMs ? Infinity : -Infinity;
    },
    next() {
      beganAt = clock.now();
      return pause;
    },
  };
  return pause;
}

const circuitOpen = (): PleskFailure =>
  new PleskFailure('plesk_circuit_open', 'uncounted', 'the server failed too often and is given a pause');

const busy = (most: number): PleskFailure =>
  new PleskFailure('plesk_busy', 'uncounted', `${most} requests to the server are under way`);
