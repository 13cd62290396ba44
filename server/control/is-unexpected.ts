import { Fault } from '../protocol/faults.ts';
import type { Arrival } from './journal.ts';
import { parametersOf } from './parameters.ts';

/** Whether something came that is not emulated, or has fields that are not read. */
export function isUnexpected(arrival: Arrival): boolean {
  if (arrival.kind === 'browser')
    return !arrival.isEmulated || (parametersOf(arrival)?.unread ?? []).length > 0;
  return (arrival.answered?.operations ?? []).some(
    ({ operation, input, results }) =>
      results.some((result) => result instanceof Fault && result.rule.id === NOT_EMULATED) ||
      (operation?.unread?.(input, arrival.release) ?? []).length > 0,
  );
}

/** The rule of the fault that says so. */
export const NOT_EMULATED = 'fault/not-emulated';
