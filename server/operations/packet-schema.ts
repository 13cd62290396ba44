import type { Choice, Inline, Members, Occurring, Sequence, Shape } from '../protocol/shape.ts';
import { anything, choice, inline, open, optional, seq, some } from '../protocol/shape.ts';
import type { Protocol } from '../protocol/versions/protocols.ts';
import { droppedFor, isIn, operationsIn, requestShape } from './catalogue.ts';
import { OPERATOR_REQUESTS } from './request-models/index.ts';
import type { OperatorRequests } from './request-models/operator.ts';

/** What a packet of one version may hold, on a server that speaks later versions besides. */
export interface PacketSchema {
  readonly version: string;
  readonly shape: PacketShape;
  /** Operations that the schema has and the server no longer does for packets of that version. */
  readonly dropped: ReadonlySet<string>;
  /** By operator, the operations of that version; `any` where the schemas at hand do not name them. */
  readonly operations: ReadonlyMap<string, ReadonlySet<string> | 'any'>;
}

type PacketShape = Sequence<{
  readonly 'request-settings'?: Occurring<Shape, 'optional'>;
  readonly operators: Inline<Choice<Members, 'some'>>;
}>;

/** The schema of a packet version; `spoken` are the versions of the server, the newest last. Made once for each. */
export function packetSchema(protocol: Protocol, spoken: readonly Protocol[]): PacketSchema {
  let schemas = SCHEMAS.get(spoken);
  if (schemas === undefined) SCHEMAS.set(spoken, (schemas = new Map<Protocol, PacketSchema>()));
  let schema = schemas.get(protocol);
  if (schema === undefined) schemas.set(protocol, (schema = makeSchema(protocol, spoken)));
  return schema;
}

const SCHEMAS = new WeakMap<readonly Protocol[], Map<Protocol, PacketSchema>>();

function makeSchema(protocol: Protocol, spoken: readonly Protocol[]): PacketSchema {
  const versions = spoken.map(({ version }) => version);
  const upTo = versions.slice(0, spoken.indexOf(protocol) + 1);
  const operators: readonly OperatorRequests[] = OPERATOR_REQUESTS;
  const known = operators.filter((operator) => isIn(operator, upTo));
  const later = operators.filter((operator) => isIn(operator, versions) && !known.includes(operator));
  const tolerated = protocol.laterOperators === 'refused' ? [] : later.map(({ name }) => name);
  const members: Members = Object.fromEntries(
    known.map((operator) => [operator.name, operatorShape(operator, upTo, versions)]),
  );
  return {
    version: protocol.version,
    dropped: droppedFor(protocol.version, versions),
    shape: seq(
      {
        ...(protocol.requestSettings
          ? { 'request-settings': optional(seq({ setting: some(SETTING) })) }
          : {}),
        operators: inline(choice('some', members, tolerated)),
      },
      ['version'],
    ),
    operations: new Map(
      known.map((operator) => {
        const names = operationsIn(operator, upTo);
        return [operator.name, names.length === 0 ? 'any' : new Set(names)];
      }),
    ),
  };
}

const SETTING = seq({ name: anything, value: optional(anything) });

function operatorShape(
  operator: OperatorRequests,
  upTo: readonly string[],
  spoken: readonly string[],
): Shape {
  const names = operationsIn(operator, upTo);
  const members = Object.fromEntries(names.map((name) => [name, requestShape(operator, name, upTo)]));
  if (operator.open === true) return names.length === 0 ? anything : open(members);
  const later = operationsIn(operator, spoken).filter((name) => !names.includes(name));
  return choice(operator.single === true ? 'once' : 'some', members, later);
}
