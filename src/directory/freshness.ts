import type { Clock } from '../../base/clock.ts';

/** Whether the directory file could be used when it was last read, and for how long it could not. */
export type DirectoryState = 'loaded' | 'refused' | 'stale';

/** A service must not go on for longer with a directory that nobody wrote like this. */
const STALE_AFTER_MS = 300_000;

/** Keeps the state of a directory, on a clock that only goes forward. */
export interface Freshness {
  loaded(): void;
  refused(): void;
  state(): DirectoryState;
}

/** The state of a directory that has just been loaded. */
export function createFreshness(clock: Clock): Freshness {
  let refusedAt: number | undefined;
  return {
    loaded: () => {
      refusedAt = undefined;
    },
    refused: () => {
      refusedAt ??= clock.now();
    },
    state: () => {
      if (refusedAt === undefined) return 'loaded';
      return clock.now() - refusedAt > STALE_AFTER_MS ? 'stale' : 'refused';
    },
  };
}
