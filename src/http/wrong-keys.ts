import type { Wait } from '../links/suspended-sessions.ts';
import { visitorKey } from './limits.ts';

const WINDOW_MS = 60_000;
/** Addresses that are counted at a time; requests from others are refused as if they had reached the limit. */
const MAX_ADDRESSES = 10_000;

/** Counts requests without a valid API key. Each process counts for itself, so that a flood costs the store nothing. */
export interface WrongKeys {
  /** Counts one more from an address (IPv6: a /64); whether the limit is passed. */
  isTooMany(address: string): boolean;
}

/** Lets `limit` such requests of an address through in a minute. */
export function createWrongKeys(limit: number, wait: Wait, signal: AbortSignal): WrongKeys {
  const counts = new Map<string, number>();
  let isRunning = false;
  const startWindow = (): void => {
    if (isRunning) return;
    isRunning = true;
    wait(WINDOW_MS, signal).then(
      () => {
        counts.clear();
        isRunning = false;
      },
      () => undefined,
    );
  };
  return {
    isTooMany: (address) => {
      startWindow();
      const key = visitorKey(address);
      const count = counts.get(key);
      if (count === undefined && counts.size >= MAX_ADDRESSES) return true;
      counts.set(key, (count ?? 0) + 1);
      return (count ?? 0) + 1 > limit;
    },
  };
}
