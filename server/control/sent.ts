import { readText } from '../protocol/text-decoding.ts';
import type { XmlElement } from '../protocol/xml.ts';
import { readXml, Unreadable } from '../protocol/xml.ts';
import type { PacketArrival } from './journal.ts';

/** An operation as it was sent, of a packet that was not run: nothing says what it would have given. */
export interface Sent {
  /** As operator/operation. */
  readonly name: string;
  readonly values: unknown;
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
  for (const child of children) values.set(child.name, [...(values.get(child.name) ?? []), valueOf(child)]);
  return Object.fromEntries([...values].map(([name, all]) => [name, all.length === 1 ? all[0] : all]));
}
