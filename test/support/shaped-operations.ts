import { packetSchema } from '../../server/operations/packet-schema.ts';
import { planPacket } from '../../server/operations/packet.ts';
import { findOperation } from '../../server/operations/registry.ts';
import type { Members, Shape } from '../../server/protocol/shape.ts';
import { Violation } from '../../server/protocol/decode.ts';
import { lineOf, readXml, Unreadable } from '../../server/protocol/xml.ts';
import type { Protocol } from '../../server/protocol/versions/protocols.ts';
import { resolveVersion, spokenBy } from '../../server/protocol/versions/protocols.ts';
import { releaseOf } from '../../server/protocol/versions/releases.ts';
import { node } from './xml-tree.ts';
import type { Node } from './xml-tree.ts';

/** The packet version whose schema is at hand. */
const VERSION = '1.6.6.0';
/** A release that speaks it. */
export const RELEASE = '12.0';

/** An operation with the shape that it has in packets of 1.6.6.0. */
export interface Shaped {
  readonly operator: string;
  readonly name: string;
  readonly shape: Shape;
  /** Whether its operator holds one operation and no more. */
  readonly isAlone: boolean;
}

const spoken = spokenBy(releaseOf(RELEASE));
const protocol = protocolOf(VERSION);
const schema = packetSchema(protocol, spoken);

function protocolOf(version: string): Protocol {
  const found = resolveVersion(version, spoken);
  if (found === undefined) throw new Error(`${RELEASE} does not speak ${version}`);
  return found;
}

/** What our emulator holds packets of 1.6.6.0 against, operator by operator. */
const operators = (): Members => schema.shape.members.operators.group.members;

/** What a packet of 1.6.6.0 breaks first, as `checkXsd` says it; `undefined` of a valid one. */
export function violationIn(packet: string): string | undefined {
  const root = readXml(packet);
  if (root instanceof Unreadable) throw new Error(`${packet} cannot be read`);
  const planned = planPacket(root, protocol, spoken);
  return planned instanceof Violation
    ? `line ${lineOf(packet, planned.element.end)}: ${planned.sentence}`
    : undefined;
}

/** Every operation of 1.6.6.0, emulated or not. */
export const schemaOperations = (): readonly Shaped[] =>
  Object.entries(operators()).flatMap(([operator, found]) => {
    if (found.kind !== 'choice') return [];
    return Object.entries(found.members).flatMap(([name, shape]): readonly Shaped[] =>
      shape.kind === 'inline' || shape.kind === 'occurring'
        ? []
        : [{ operator, name, shape, isAlone: found.times === 'once' }],
    );
  });

/** Every operation of 1.6.6.0 that is emulated. */
export const emulatedOperations = (): readonly Shaped[] =>
  schemaOperations().filter(({ operator, name }) => findOperation(operator, name) !== undefined);

/** Whether Plesk's schema of 1.6.6.0 knows an operation. */
export const isInSchema = ({
  operator,
  name,
}: {
  readonly operator: string;
  readonly name: string;
}): boolean => schemaOperations().some((one) => one.operator === operator && one.name === name);

/** A packet of 1.6.6.0 with one operation. */
export const packetWith = (operator: string, ...operations: readonly Node[]): Node =>
  packetOf(node(operator, ...operations));

export const packetOf = (...children: readonly Node[]): Node => ({
  name: 'packet',
  attributes: ` version="${VERSION}"`,
  children: [...children],
});
