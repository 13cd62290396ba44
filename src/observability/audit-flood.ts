import type { Log } from '../../base/log.ts';
import { visitorKey } from '../http/limits.ts';
import type { Wait } from '../links/suspended-sessions.ts';
import type { Audit } from './audit.ts';

const WINDOW_MS = 60_000;
/** Callers of whom a first line is written in a minute. */
const MAX_CALLERS = 1000;

/**
 * The same audit, with a number in each line. Of requests that are refused with `rate_limited`, only the first of a caller
 * in a minute is a line; the others are counted, and their number is one line a minute in the log.
 */
export function numberedAudit(audit: Audit, log: Log, wait: Wait, signal: AbortSignal): Audit {
  const callers = new Set<string>();
  let sequence = 0;
  let left = 0;
  const endWindow = (): void => {
    if (left > 0)
      log.warn(
        { requests: left, callers: callers.size },
        `${left} more requests were refused with rate_limited within a minute, and have no line in the audit`,
      );
    left = 0;
    callers.clear();
  };
  return {
    record: (entry) => {
      if (entry.outcome === 'rate_limited') {
        const caller = `${entry.action ?? ''} ${entry.keyId ?? ''} ${visitorKey(entry.address)}`;
        if (callers.has(caller) || callers.size >= MAX_CALLERS) {
          left += 1;
          return;
        }
        if (callers.size === 0) void wait(WINDOW_MS, signal).then(endWindow, () => undefined);
        callers.add(caller);
      }
      sequence += 1;
      audit.record({ ...entry, sequence });
    },
  };
}
