import type { Entry } from './entry.ts';

/** Whether an outcome means that the client got something other than what it asked for. */
export const isFailure = (outcome: Entry['outcome']): boolean => FAILURES.has(outcome);

const FAILURES: ReadonlySet<Entry['outcome']> = new Set([
  'failed',
  'refused',
  'unanswered',
  'login failed',
  'session rejected',
  'not found',
] as const);
