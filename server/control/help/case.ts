import type { Performed } from '../../agent.ts';
import type { Fault } from '../../protocol/faults.ts';
import type { PacketArrival } from '../journal.ts';

/** One fault of a packet, and what it was about. */
export interface Case {
  readonly arrival: PacketArrival;
  readonly fault: Fault;
  /** The operation that failed; `undefined` where the whole packet did. */
  readonly performed: Performed | undefined;
}

/** A header of a packet, with underscores or hyphens in its name, its bytes read as UTF-8. */
export function headerOf({ headers }: Pick<PacketArrival, 'headers'>, name: string): string | undefined {
  const value = headers[name] ?? headers[name.replaceAll('_', '-')];
  const text = typeof value === 'string' ? value : value?.[0];
  return text === undefined ? undefined : Buffer.from(text, 'latin1').toString();
}

/** A field that an operation was given. */
export function fieldOf({ performed }: Case, ...path: readonly string[]): string | undefined {
  let value: unknown = performed?.input;
  for (const name of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return typeof value === 'string' ? value : undefined;
}
