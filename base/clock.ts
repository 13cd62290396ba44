/** Where time comes from: everything below the two `main.ts` is given one of these. */
export interface Clock {
  /** The instant, in milliseconds since 1970-01-01 UTC. */
  now(): number;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() };

/**
 * The time by which something lasts: it starts at the machine's time, and then goes on at its pace whatever the machine's
 * clock is set to.
 */
export function steadyClock(): Clock {
  const offset = systemClock.now() - stopwatch();
  return { now: () => Math.floor(offset + stopwatch()) };
}

/** How long something takes: milliseconds from no instant in particular, whatever a clock is set to. */
export const stopwatch: () => number = performance.now.bind(performance);
