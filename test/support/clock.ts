import type { Clock } from '../../base/clock.ts';

/** 2026-01-01T10:00:00Z, when tests start. */
export const NOW = Date.UTC(2026, 0, 1, 10);

/** A clock that stands still until a test moves it. */
export interface TestClock extends Clock {
  /** Moves it on, by so many seconds. */
  pass(seconds: number): void;
}

/** A clock that shows the instant when tests start. */
export function testClock(): TestClock {
  let now = NOW;
  return {
    now: () => now,
    pass: (seconds) => {
      now += seconds * 1000;
    },
  };
}
