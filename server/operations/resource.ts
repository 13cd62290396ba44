import type { AnswerElement } from '../protocol/answer-xml.ts';
import { element } from '../protocol/answer-xml.ts';
import { Fault } from '../protocol/faults.ts';
import type { Result } from '../protocol/result.ts';
import { ok } from '../protocol/result.ts';
import type { Source } from '../protocol/source.ts';
import type { Call, Operation } from './define.ts';
import { defineOperation } from './define.ts';
import type { Asked } from './filter.ts';
import type { InputOf, OperationNameOf, OperatorName } from './request-models/index.ts';

/** What a dataset, or a result, tells of a row. */
type Show<Row> = (row: Row, call: Call) => readonly AnswerElement[];

/** The elements that name a row in a result; `id` is absent where there is no row. */
type Identity = (asked: Asked<unknown>, id: string | undefined) => readonly AnswerElement[];

/** Results that repeat what was asked for, in an element of this name in place of `filter-id`. */
export const identityIn =
  (name: string): Identity =>
  ({ filterId: asked = '' }) => [element(name, asked)];

/** Results that do not name their row. */
export const NO_IDENTITY: Identity = () => [];

/** The objects of one operator: how a request finds them, and how results name and show them. */
export interface Resource<O extends OperatorName, Row> {
  readonly operator: O;
  /**
   * What a request asks for, one after another: a row, the fault in its place, or neither. A row is looked up when it is
   * reached, so that one which the result before has removed is gone.
   */
  readonly find: (input: never, call: Call) => Iterable<Asked<Row>>;
  readonly idOf: (row: Row) => string;
  /** How a result names its row, before all else in it; `filter-id` and `id` without it. */
  readonly identity?: Identity;
  /** How a fault in place of a row, or about a value, names it, behind errtext; `filter-id` without it. */
  readonly faultIdentity?: Identity;
  /** The element of a result that its identity and its data are in, where there is one. */
  readonly wrapper?: string;
  /** The element that the datasets of `get` are in, `data` without it; `none` where the result itself has them. */
  readonly container?: 'data' | 'info' | 'none';
  /** Where a request asks for datasets: in `dataset`, or without it in the request itself. */
  readonly askedIn?: 'dataset' | 'request';
  /** What `get` tells, by the element that asks for it; results have them in this order. */
  readonly datasets?: Readonly<Record<string, Show<Row>>>;
  /** What `get` tells of every row, whatever is asked. */
  readonly always?: Show<Row>;
  /** What follows the status where something was added; `id` without it. */
  readonly added?: (row: Row) => readonly AnswerElement[];
}

interface Verb<O extends OperatorName, N extends OperationNameOf<O>> {
  /** As that of the resource, where this operation has its own. */
  readonly identity?: Identity;
  /** The name of the operation where it is not that of the verb. */
  readonly name?: N;
  readonly source: Source;
  readonly callers: Operation['callers'];
  readonly unread?: (input: InputOf<O, N>) => readonly string[];
}

/** What a verb makes of one row: a fault, or the elements that follow its identity. */
type Answer = readonly AnswerElement[] | Fault | undefined;

type ValuesOf<I> = I extends { readonly values: infer Values } ? Values : never;

/** Verbs of a resource, which own what its operations share: a result for each row, its identity and its faults. */
export interface Verbs<O extends OperatorName, Row> {
  /** Tells the datasets that are asked for, of each row. */
  get<const N extends OperationNameOf<O> = OperationNameOf<O> & 'get'>(verb: Verb<O, N>): Operation;
  /** Gives each row the values of the request. */
  set<const N extends OperationNameOf<O> = OperationNameOf<O> & 'set'>(
    verb: Verb<O, N> & {
      readonly change: (row: Row, values: ValuesOf<InputOf<O, N>>, call: Call) => Fault | undefined;
    },
  ): Operation;
  /** Removes each row. */
  del<const N extends OperationNameOf<O> = OperationNameOf<O> & 'del'>(
    verb: Verb<O, N> & { readonly remove: (row: Row, call: Call) => Fault | undefined },
  ): Operation;
  /** Makes one row; the answer says under which id. */
  add<const N extends OperationNameOf<O> = OperationNameOf<O> & 'add'>(
    verb: Verb<O, N> & { readonly make: (input: InputOf<O, N>, call: Call) => Row | Fault },
  ): Operation;
  /** Does anything else with each row. */
  each<const N extends OperationNameOf<O>>(
    name: N,
    verb: Omit<Verb<O, N>, 'name'> & {
      readonly answer: (row: Row, input: InputOf<O, N>, call: Call) => Answer;
    },
  ): Operation;
  /** Does one of several things with each row: the request names it, and so does the element around the results. */
  oneOf<const N extends OperationNameOf<O>>(
    name: N,
    verb: Omit<Verb<O, N>, 'name' | 'identity'> & {
      readonly answers: {
        readonly [K in keyof InputOf<O, N>]-?: (
          row: Row,
          input: Exclude<InputOf<O, N>[K], undefined>,
          call: Call,
        ) => Answer;
      };
    },
  ): Operation;
}

/** The verbs of a resource. */
export function verbsOf<O extends OperatorName, Row>(resource: Resource<O, Row>): Verbs<O, Row> {
  const { operator, idOf, added = (row: Row) => [element('id', idOf(row))] } = resource;
  const each: Verbs<O, Row>['each'] = (name, { answer, identity = resource.identity, ...verb }) => {
    const named = { ...resource, ...(identity === undefined ? {} : { identity }) };
    return defineOperation({
      ...{ operator, name, ...verb },
      run: (input, call) => [
        ...resultsOf(named, resource.find(input as never, call), (row) => answer(row, input, call)),
      ],
    });
  };
  return {
    each,
    oneOf: (name, { answers, ...verb }) =>
      defineOperation({
        ...{ operator, name, ...verb },
        around: chosenIn,
        run(input, call) {
          const chosen = chosenIn(input) as keyof typeof input;
          const inner = input[chosen] as Exclude<(typeof input)[typeof chosen], undefined>;
          const found = resource.find(inner as never, call);
          return [...resultsOf(resource, found, (row) => answers[chosen](row, inner, call))];
        },
      }),
    get: ({ name = 'get' as never, ...verb }) =>
      each(name, { ...verb, answer: (row, input, call) => shown(resource, row, input, call) }),
    set: ({ name = 'set' as never, change, ...verb }) =>
      each(name, {
        ...verb,
        answer: (row, input, call) =>
          change(row, (input as unknown as { readonly values: ValuesOf<typeof input> }).values, call),
      }),
    del: ({ name = 'del' as never, remove, ...verb }) =>
      each(name, { ...verb, answer: (row, _input, call) => remove(row, call) }),
    add: ({ name = 'add' as never, make, ...verb }) =>
      defineOperation({
        ...{ operator, name, ...verb },
        run: (input, call) => {
          const made = make(input, call);
          return made instanceof Fault ? made : ok(added(made));
        },
      }),
  };
}

/** The element of a choice that was sent. */
const chosenIn = (input: unknown): string =>
  Object.entries(input as object).find(([, value]) => value !== undefined)?.[0] ?? '';

function shown<O extends OperatorName, Row>(
  { datasets = {}, always, askedIn = 'dataset', container = 'data' }: Resource<O, Row>,
  row: Row,
  input: unknown,
  call: Call,
): readonly AnswerElement[] {
  const request = input as Readonly<Record<string, unknown>>;
  const asked = askedIn === 'request' ? request : ((request['dataset'] ?? {}) as typeof request);
  const data = Object.entries(datasets)
    .filter(([name]) => asked[name] !== undefined)
    .map(([name, show]) => element(name, show(row, call)));
  return [...(always?.(row, call) ?? []), ...(container === 'none' ? data : [element(container, data)])];
}

function* resultsOf<O extends OperatorName, Row>(
  resource: Resource<O, Row>,
  found: Iterable<Asked<Row>>,
  answer: (row: Row) => Answer,
): Generator<Result> {
  const { idOf, identity = filterIdAndId, faultIdentity = filterId, wrapper } = resource;
  for (const asked of found) {
    const { row } = asked;
    if (row === undefined) yield ok(filterId(asked, undefined));
    else if (row instanceof Fault) yield row.of(...faultIdentity(asked, undefined));
    else {
      const id = idOf(row);
      const given = answer(row);
      if (given instanceof Fault) yield given.of(...faultIdentity(asked, id));
      else {
        const children = [...identity(asked, id), ...(given ?? [])];
        yield ok(wrapper === undefined ? children : [element(wrapper, children)]);
      }
    }
  }
}

const filterId: Identity = ({ filterId: asked }) =>
  asked === undefined ? [] : [element('filter-id', asked)];

/** What most operators answer: what was asked for, and the id of what it found. */
export const filterIdAndId: Identity = (asked, id) => [
  ...filterId(asked, undefined),
  ...(id === undefined ? [] : [element('id', id)]),
];
