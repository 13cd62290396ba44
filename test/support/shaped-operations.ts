import { operationsOf, SINGLE_OPERATION } from '../../server/operations/catalogue.ts';
import type { Operation } from '../../server/operations/define.ts';
import { packetSchema } from '../../server/operations/packet-schema.ts';
import { OPERATIONS } from '../../server/operations/registry.ts';
import type { Members, Shape } from '../../server/protocol/shape.ts';
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

/** What our emulator holds packets of 1.6.6.0 against, operator by operator. */
function operators(): Members {
  const spoken = spokenBy(releaseOf(RELEASE));
  const protocol = resolveVersion(VERSION, spoken);
  if (protocol === undefined) throw new Error(`${RELEASE} speaks ${VERSION}`);
  return packetSchema(protocol, spoken).shape.members.operators.group.members;
}

/** Every operation of 1.6.6.0 whose shape we have, emulated or not. */
export function shapedOperations(): readonly Shaped[] {
  const known = operators();
  return OPERATIONS.flatMap(({ operator, name }) => {
    const found = known[operator];
    const shape = found?.kind === 'choice' ? found.members[name] : undefined;
    if (shape === undefined || shape.kind === 'inline' || shape.kind === 'occurring') return [];
    return [{ operator, name, shape, isAlone: SINGLE_OPERATION.has(operator) }];
  });
}

/** Whether Plesk's schema of 1.6.6.0 knows an operation. */
export const isInSchema = ({ operator, name }: Pick<Operation, 'operator' | 'name'>): boolean =>
  Object.hasOwn(operators(), operator) && operationsOf(operator, [])?.includes(name) === true;

/** A packet of 1.6.6.0 with one operation. */
export const packetWith = (operator: string, ...operations: readonly Node[]): Node =>
  packetOf(node(operator, ...operations));

export const packetOf = (...children: readonly Node[]): Node => ({
  name: 'packet',
  attributes: ` version="${VERSION}"`,
  children: [...children],
});
