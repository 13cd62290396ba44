import { Fault } from '../protocol/faults.ts';
import type { Call } from './define.ts';

/** What was asked for, and what it found. */
export interface Asked<Row> {
  /** As it was asked for, or the row's own id where all were; absent where there is nothing to name. */
  readonly filterId: string | undefined;
  /** The element of the filter that asked for it, where one did. */
  readonly criterion?: string;
  /** The row, the fault in its place, or `undefined` where nothing was found and that is no fault. */
  readonly row: Row | Fault | undefined;
}

/** The rows with a value of a criterion, or the fault where there are none and that is one. */
export type Criterion<Row> = (value: string, call: Call) => readonly Row[] | Fault;

/** A filter, decoded: the values of each element, or `true` for an empty element such as `all`. */
type Filter = Readonly<Record<string, readonly string[] | true | undefined>>;

/**
 * Finds rows by a filter whose elements are criteria, each with a value: in the order of its values, and all that the
 * caller may see where it has none.
 */
export const findBy =
  <Row>(
    criteria: Readonly<Record<string, Criterion<Row>>>,
    visible: (call: Call) => Iterable<Row>,
    idOf: (row: Row, call: Call) => string,
  ) =>
  ({ filter }: { readonly filter: Filter }, call: Call): Iterable<Asked<Row>> =>
    isEmpty(filter) ? all(visible(call), (row) => idOf(row, call)) : byValues(filter, criteria, call);

const isEmpty = (filter: Filter): boolean =>
  Object.values(filter).every((values) => !Array.isArray(values) || values.length === 0);

function* all<Row>(rows: Iterable<Row>, idOf: (row: Row) => string): Generator<Asked<Row>> {
  let found = false;
  for (const row of rows) {
    found = true;
    yield { filterId: idOf(row), row };
  }
  if (!found) yield { filterId: undefined, row: undefined };
}

function* byValues<Row>(
  filter: Filter,
  criteria: Readonly<Record<string, Criterion<Row>>>,
  call: Call,
): Generator<Asked<Row>> {
  for (const [criterion, find] of Object.entries(criteria)) {
    const values = filter[criterion];
    if (!Array.isArray(values)) continue;
    for (const filterId of values as readonly string[]) {
      const rows = find(filterId, call);
      if (rows instanceof Fault) yield { filterId, criterion, row: rows };
      else if (rows.length === 0) yield { filterId, criterion, row: undefined };
      else for (const row of rows) yield { filterId, criterion, row };
    }
  }
}
