import type { Anything, Decoded } from '../protocol/shape.ts';
import type { Result } from '../protocol/result.ts';
import type { Rule, Source } from '../protocol/source.ts';
import type { Release } from '../protocol/versions/release.ts';
import type { Protocol } from '../protocol/versions/protocols.ts';
import type { Account } from '../state/account.ts';
import type { Panel } from '../state/panel.ts';
import type { InputOf, OperationNameOf, OperatorName } from './request-models/index.ts';

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

/** One operation: its names, who may call it and what it does. Its request is in `request-models/`. */
export interface Operation extends Rule {
  readonly operator: OperatorName;
  readonly name: string;
  /** `owners` are those who may have customers: the administrator and resellers. */
  readonly callers: 'anyone' | 'owners' | 'administrator';
  /** The fields of an input, as paths, that were sent and have no effect; without it all have one. */
  readonly unread?: ((input: unknown, release: Release) => readonly string[]) | undefined;
  readonly run: (input: unknown, call: Call) => readonly Result[];
  /** The element that its results are in, where they are not directly in that of the operation. */
  readonly around?: ((input: unknown) => string) | undefined;
}

interface Definition<O extends OperatorName, N extends OperationNameOf<O>> {
  readonly operator: O;
  /** As on the wire. The request of that name in `request-models/` is what `run` gets. */
  readonly name: N;
  readonly source: Source;
  readonly callers: Operation['callers'];
}

/** An operation. `run` gets the request decoded, and gives one or more results; it sends nothing. */
export function defineOperation<O extends OperatorName, const N extends OperationNameOf<O>>(
  definition: Definition<O, N> & {
    readonly unread?: (input: InputOf<O, N>, release: Release) => readonly string[];
    readonly run: (input: InputOf<O, N>, call: Call) => Result | readonly Result[];
    readonly around?: (input: InputOf<O, N>) => string;
  },
): Operation {
  const { operator, name, source, callers, run, unread, around } = definition;
  // The input was decoded by the request of these names, and by nothing else.
  return {
    id: `operation/${operator}/${name}`,
    operator,
    name,
    source,
    callers,
    unread: unread && ((input, release) => unread(input as InputOf<O, N>, release)),
    around: around && ((input) => around(input as InputOf<O, N>)),
    run: (input, call) => {
      const results = run(input as InputOf<O, N>, call);
      return Array.isArray(results) ? (results as readonly Result[]) : [results as Result];
    },
  };
}

/** The `unread` of an operation that reads nothing of what it is sent. */
export const everyChild = ({ children }: Decoded<Anything>): readonly string[] => [
  ...new Set(children.map(({ name }) => name)),
];

/** An operation under the name that other packet versions have for it. A wider input is `unread` where it is wider. */
export const renameOperation = <O extends OperatorName, const N extends OperationNameOf<O>>(
  operation: Operation,
  names: {
    readonly operator: O;
    readonly name: N;
    readonly source: Source;
    readonly unread?: (input: InputOf<O, N>) => readonly string[];
  },
): Operation => ({
  ...operation,
  ...names,
  id: `operation/${names.operator}/${names.name}`,
  // The input was decoded by the request of these names, and by nothing else.
  unread: (names.unread as Operation['unread']) ?? operation.unread,
});
