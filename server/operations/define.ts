import type { Anything, Decoded, Shape } from '../protocol/shape.ts';
import type { Result } from '../protocol/result.ts';
import type { Rule, Source } from '../protocol/source.ts';
import type { Release } from '../protocol/versions/release.ts';
import type { Protocol } from '../protocol/versions/protocols.ts';
import type { Account } from '../state/account.ts';
import type { Panel } from '../state/panel.ts';

/** Everything an operation may know. There is no other way to reach time, chance or state. */
export interface Call {
  readonly caller: Account;
  /** The peer that sent the packet, as a normal address. */
  readonly address: string;
  /** The instant of the packet, in milliseconds. */
  readonly now: number;
  readonly protocol: Protocol;
  readonly panel: Panel;
  /** Says something in the log line of this packet that a developer should know and Plesk would not say. */
  readonly remark: (text: string) => void;
}

/** One operation: its names, what it takes, who may call it and what it does. */
export interface Operation extends Rule {
  readonly operator: string;
  readonly name: string;
  readonly request: Shape;
  /** What took the place of `request` in later packet versions, oldest first. */
  readonly later?: readonly Later[];
  /** `owners` are those who may have customers: the administrator and resellers. */
  readonly callers: 'anyone' | 'owners' | 'administrator';
  /** The fields of an input, as paths, that were sent and have no effect; without it all have one. */
  readonly unread?: ((input: unknown, release: Release) => readonly string[]) | undefined;
  /** `undefined` where only the shape is known: such a packet is checked and then answered "not emulated". */
  readonly run: ((input: unknown, call: Call) => readonly Result[]) | undefined;
}

/** A shape and the packet version that it came with. */
interface Later {
  readonly since: string;
  readonly request: Shape;
}

interface Definition<S extends Shape> {
  readonly operator: string;
  readonly name: string;
  readonly source: Source;
  /** The operation's element, in the order of the schema. */
  readonly request: S;
  readonly later?: readonly Later[];
  readonly callers: Operation['callers'];
}

/** An operation. `run` gets the request decoded, and gives one or more results; it sends nothing. */
export function defineOperation<const S extends Shape>(
  definition: Definition<S> & {
    readonly unread?: (input: Decoded<S>, release: Release) => readonly string[];
    readonly run: (input: Decoded<S>, call: Call) => Result | readonly Result[];
  },
): Operation {
  const { run, unread } = definition;
  return {
    ...definition,
    unread: unread && ((input, release) => unread(input as Decoded<S>, release)),
    id: `operation/${definition.operator}/${definition.name}`,
    run: (input, call) => {
      // The input was decoded by `definition.request`, and by nothing else.
      const results = run(input as Decoded<S>, call);
      return Array.isArray(results) ? (results as readonly Result[]) : [results as Result];
    },
  };
}

/** The `unread` of an operation that reads nothing of what it is sent. */
export const everyChild = ({ children }: Decoded<Anything>): readonly string[] => [
  ...new Set(children.map(({ name }) => name)),
];

/** An operation under the name that other packet versions have for it. A wider input is `unread` where it is wider. */
export const renameOperation = <const S extends Shape = Shape>(
  operation: Operation,
  names: Pick<Operation, 'operator' | 'name' | 'source'> & {
    readonly request?: S;
    readonly unread?: (input: Decoded<S>) => readonly string[];
  },
): Operation => ({
  ...operation,
  ...names,
  id: `operation/${names.operator}/${names.name}`,
  // The input was decoded by this request, and by nothing else.
  unread: (names.unread ?? operation.unread) as Operation['unread'],
});

/** An operation whose shape is known and which is not emulated yet. */
export const defineShape = (definition: Definition<Shape>): Operation => ({
  ...definition,
  id: `shape/${definition.operator}/${definition.name}`,
  run: undefined,
});
