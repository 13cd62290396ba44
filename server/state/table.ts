import { IndexOf } from './index-of.ts';
import type { StateView, View } from './versioned.ts';
import { Versioned } from './versioned.ts';

/** What every table keeps. Rows are never changed, only replaced. */
export interface Row {
  readonly id: number | string;
}

/** How rows are found besides by id; a row whose value is `undefined` is not in that index. */
export type Indexes<R extends Row> = Readonly<Record<string, (row: R) => number | string | undefined>>;

/** Fields of a row to replace. */
export type RowChange<R extends Row> = Partial<Omit<R, 'id'>>;

/**
 * Rows of one kind, found by id or by an index. A look-up costs what it finds and a change costs the same at ten rows
 * and at a hundred thousand; so do snapshots, which cost what changed since.
 */
export class Table<R extends Row, I extends Indexes<R>> {
  readonly #rows: Versioned<R['id'], R>;
  readonly #indexes: ReadonlyMap<keyof I, IndexOf<R, number | string>>;
  /** The highest number that a row has had as its id. */
  #lastId: number;

  /** With these rows to begin with; `changed` is called after every change. */
  constructor(indexes: I, rows: readonly R[] = [], changed?: () => void) {
    this.#indexes = new Map(Object.entries(indexes).map(([name, valueOf]) => [name, new IndexOf(valueOf)]));
    this.#rows = new Versioned(new Map(rows.map((row) => [row.id, row])), {
      changed,
      replaced: (before, after) => {
        for (const index of this.#indexes.values()) index.replace(before, after);
      },
    });
    this.#lastId = lastIdOf(rows);
  }

  get size(): number {
    return this.#rows.size;
  }

  get(id: R['id']): R | undefined {
    return this.#rows.get(id);
  }

  /** All rows, in the order in which they were added. */
  all(): IterableIterator<R> {
    return this.#rows.values();
  }

  /** The rows with a value of an index, by ascending id. */
  by(index: keyof I, value: number | string): readonly R[] {
    const ids = [...this.#index(index).of(value)];
    return ids.sort(ascending).flatMap((id) => this.get(id) ?? []);
  }

  /** At most `max` rows with a value of an index, by ascending id. */
  some(index: keyof I, value: number | string, max: number): readonly R[] {
    const ids = [...this.#index(index).some(value, max)];
    return ids.sort(ascending).flatMap((id) => this.get(id) ?? []);
  }

  /** The row with a value of an index, or any one of them where several have it. */
  one(index: keyof I, value: number | string): R | undefined {
    const id = this.#index(index).one(value);
    return id === undefined ? undefined : this.get(id);
  }

  /** How many rows have a value of an index. */
  count(index: keyof I, value: number | string): number {
    return this.#index(index).count(value);
  }

  /** Adds a row under a number that no row has had yet. */
  add(this: Table<R & { readonly id: number }, I>, row: Omit<R, 'id'>): R {
    const added = { ...row, id: this.#lastId + 1 } as R & { readonly id: number };
    this.put(added);
    return added;
  }

  /** Adds a row under its own id, or takes the place of the row that has it. */
  put(row: R): void {
    this.#rows.set(row.id, row);
    this.#lastId = Math.max(this.#lastId, numberOf(row));
  }

  /** Replaces fields of a row; does nothing where the row is gone. */
  update(id: R['id'], change: RowChange<R>): void {
    const row = this.#rows.get(id);
    if (row !== undefined) this.#rows.set(id, { ...row, ...change });
  }

  remove({ id }: Row): void {
    this.#rows.delete(id);
  }

  /** Replaces all rows; ids that were used stay used. */
  replaceAll(rows: readonly R[]): void {
    const kept = new Set(rows.map(({ id }) => id));
    for (const row of [...this.all()]) if (!kept.has(row.id)) this.remove(row);
    for (const row of rows) this.put(row);
  }

  /** All rows as they are now, whatever changes until it is closed. Opening it copies nothing. */
  instant(): View<R['id'], R> {
    return this.#rows.view();
  }

  /** A snapshot to go back to. */
  view(): StateView {
    const lastId = this.#lastId;
    const rows = this.#rows.mark();
    return {
      restore: () => {
        rows.restore();
        this.#lastId = lastId;
      },
      close: rows.close,
    };
  }

  #index(name: keyof I): IndexOf<R, number | string> {
    const index = this.#indexes.get(name);
    if (index === undefined) throw new Error(`there is no index ${String(name)}`);
    return index;
  }
}

const numberOf = ({ id }: Row): number => (typeof id === 'number' ? id : 0);

const lastIdOf = (rows: readonly Row[]): number =>
  rows.reduce((last, row) => Math.max(last, numberOf(row)), 0);

/** Ids of one table are all numbers, or all texts, which have no order. */
const ascending = (one: Row['id'], other: Row['id']): number =>
  typeof one === 'number' && typeof other === 'number' ? one - other : 0;
