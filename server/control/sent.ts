import { readText } from '../protocol/text-decoding.ts';
import type { XmlElement } from '../protocol/xml.ts';
import { readXml, Unreadable } from '../protocol/xml.ts';
import type { Arrival, PacketArrival } from './journal.ts';

/** What was sent, with its secrets: an operation, or the parameters of a browser's request. */
export interface Sent {
  /** As operator/operation; empty for a browser's. */
  readonly name: string;
  readonly values: unknown;
}

/** What was sent, for comparing and never for showing. */
export function sentOf(arrival: Arrival): readonly Sent[] {
  if (arrival.kind === 'browser') return [{ name: '', values: Object.fromEntries(arrival.params) }];
  const performed = arrival.answered?.operations ?? [];
  return performed.length === 0
    ? sentBy(arrival)
    : performed.map(({ name, input }) => ({ name, values: valuesOf(input) }));
}

/** What was decoded, as JSON has it; an element that was not read as its text. */
export const valuesOf = (input: unknown): unknown =>
  input === undefined || input === true ? {} : plain(input);

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if ('strayAt' in value && 'text' in value) return value.text;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}

/** The operations of a packet that none of which was run, as far as they can be read. */
export function sentBy({ body, isCut }: PacketArrival): readonly Sent[] {
  const text = isCut ? undefined : readText(body);
  const packet = typeof text === 'string' ? readXml(text) : undefined;
  if (packet === undefined || packet instanceof Unreadable || packet.name !== 'packet') return [];
  return packet.children.flatMap((operator) =>
    operator.children.map((operation) => ({
      name: `${operator.name}/${operation.name}`,
      values: operation.children.length === 0 ? {} : valueOf(operation),
    })),
  );
}

/** An element's text, or its children as an object, a list where a name comes several times. */
function valueOf({ children, text }: XmlElement): unknown {
  if (children.length === 0) return text;
  const values = new Map<string, unknown[]>();
  for (const child of children) {
    const value = valueOf(child);
    const same = values.get(child.name);
    if (same === undefined) values.set(child.name, [value]);
    else same.push(value);
  }
  return Object.fromEntries([...values].map(([name, all]) => [name, all.length === 1 ? all[0] : all]));
}
