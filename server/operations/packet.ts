import { decode, Violation } from '../protocol/decode.ts';
import type { Fault } from '../protocol/faults.ts';
import { FAULTS } from '../protocol/faults.ts';
import type { Chosen } from '../protocol/shape.ts';
import type { Protocol } from '../protocol/versions/protocols.ts';
import type { XmlElement } from '../protocol/xml.ts';
import { lineOf } from '../protocol/xml.ts';
import type { Operation } from './define.ts';
import type { PacketSchema } from './packet-schema.ts';
import { packetSchema } from './packet-schema.ts';
import { findOperation } from './registry.ts';

/** One operator element of a packet, with its operations in the order of the packet. */
export interface PlannedOperator {
  readonly name: string;
  readonly operations: readonly PlannedOperation[];
}

export interface PlannedOperation {
  readonly name: string;
  /** What to run with which input, or the fault that stands in its place. */
  readonly todo: { readonly operation: Operation; readonly input: unknown } | Fault;
}

/**
 * Reads a whole packet before any of it runs: its operators and operations with their input decoded, or the first
 * violation of the schema of its version. `spoken` are the versions of the server, the newest last.
 */
export function planPacket(
  packet: XmlElement,
  protocol: Protocol,
  spoken: readonly Protocol[],
): readonly PlannedOperator[] | Violation {
  if (packet.name !== 'packet') {
    return new Violation(
      `Element '${packet.name}': No matching global declaration available for the validation root.`,
      'root',
      packet,
    );
  }
  const schema = packetSchema(protocol, spoken);
  const decoded = decode(packet, schema.shape);
  if (decoded instanceof Violation) return decoded;
  return decoded.operators.map(({ name, value }) => ({
    name,
    operations: operationsIn(value).map((operation) => ({
      name: operation.name,
      todo: planOperation(name, operation, schema),
    })),
  }));
}

/** What Plesk answers for a violation in a document. */
export const violationFault = ({ sentence, element }: Violation, source: string): Fault =>
  FAULTS.invalid(sentence, lineOf(source, element.end));

/** The operations of an operator that was read: several of a mix, exactly one, or (not read) whatever is there. */
function operationsIn(operator: unknown): readonly Chosen[] {
  if (Array.isArray(operator)) return operator as readonly Chosen[];
  if (isElement(operator)) return operator.children.map((child) => ({ name: child.name, value: child }));
  return Object.entries(operator as Record<string, unknown>).map(([name, value]) => ({ name, value }));
}

const isElement = (value: unknown): value is XmlElement =>
  typeof value === 'object' && value !== null && 'strayAt' in value;

function planOperation(
  operator: string,
  { name, value }: Chosen,
  { version, operations, dropped }: PacketSchema,
): PlannedOperation['todo'] {
  const known = operations.get(operator);
  if (known === undefined || (known !== 'any' && !known.has(name))) return FAULTS.unsupported(version);
  if (dropped.has(`${operator}/${name}`)) return FAULTS.unsupported(version);
  const operation = findOperation(operator, name);
  if (operation === undefined) return FAULTS.notEmulated(`${operator}/${name}`);
  return { operation, input: value };
}
