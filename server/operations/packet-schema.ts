import type { Choice, Inline, Members, Occurring, Sequence, Shape, Times } from '../protocol/shape.ts';
import { anything, choice, inline, open, optional, seq, some } from '../protocol/shape.ts';
import type { Protocol } from '../protocol/versions/protocols.ts';
import { droppedFor, oldOperationsOf, operationsOf, SINGLE_OPERATION } from './catalogue.ts';
import type { Operation } from './define.ts';
import { findOperation } from './registry.ts';

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
  const newest = spoken.at(-1) ?? protocol;
  const versions = spoken.map(({ version }) => version);
  const upTo = versions.slice(0, spoken.indexOf(protocol) + 1);
  const named = protocol.operators.map((name) => ({ name, operations: operationsOf(name, upTo) }));
  const operators = named.map(({ name, operations }): [string, Shape] => {
    if (operations === undefined) return [name, openShape(name, upTo)];
    const later = operationsOf(name, versions)?.filter((operation) => !operations.includes(operation)) ?? [];
    return [name, operatorShape(name, operations, later, upTo)];
  });
  const later = newest.operators.filter((name) => !protocol.operators.includes(name));
  return {
    version: protocol.version,
    dropped: droppedFor(protocol.version, versions),
    shape: seq(
      {
        ...(protocol.requestSettings
          ? { 'request-settings': optional(seq({ setting: some(SETTING) })) }
          : {}),
        operators: inline(
          choice('some', Object.fromEntries(operators), protocol.laterOperators === 'refused' ? [] : later),
        ),
      },
      ['version'],
    ),
    operations: new Map(
      named.map(({ name, operations = oldOperationsOf(name) }) => [
        name,
        operations === undefined ? 'any' : new Set(operations),
      ]),
    ),
  };
}

const SETTING = seq({ name: anything, value: optional(anything) });

function operatorShape(
  operator: string,
  operations: readonly string[],
  later: readonly string[],
  upTo: readonly string[],
): Shape {
  const times: Times = SINGLE_OPERATION.has(operator) ? 'once' : 'some';
  const members = operations.map((name) => [name, requestShape(findOperation(operator, name), upTo)]);
  return choice(times, Object.fromEntries(members) as Members, later);
}

/** An operator without a schema: what is known of it has its shape, all else may hold anything. */
function openShape(operator: string, upTo: readonly string[]): Shape {
  const known = oldOperationsOf(operator);
  if (known === undefined) return anything;
  return open(
    Object.fromEntries(known.map((name) => [name, requestShape(findOperation(operator, name), upTo)])),
  );
}

/** An operation's element in the last of these packet versions; what is not known in full may hold anything. */
const requestShape = (operation: Operation | undefined, upTo: readonly string[]): Shape =>
  operation?.later?.findLast(({ since }) => upTo.includes(since))?.request ?? operation?.request ?? anything;
