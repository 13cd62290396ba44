/** Where time comes from: everything below the two `main.ts` is given one of these. */
export interface Clock {
  /** The instant, in milliseconds since 1970-01-01 UTC. */
  now(): number;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() };

/** How long something takes: milliseconds from no instant in particular, whatever a clock is set to. */
export const stopwatch = (): number => performance.now();
