/**
 * A map that can be read as it was. A view costs nothing until something changes, and then what changed: however large
 * the map is, going back to a view costs the entries that differ. Values are never changed, only replaced.
 */
export class Versioned<K, V> {
  /** What was deleted and is in a view stays as `undefined`, so that it comes back in its old place. */
  readonly #now: Map<K, V | undefined>;
  /** How many of those there are. */
  #gone = 0;
  readonly #views = new Set<View<K, V>>();
  readonly #watch: Watch<V>;

  /** With these entries, which become this map's own. */
  constructor(entries: Map<K, V>, watch: Watch<V> = {}) {
    this.#now = entries;
    this.#watch = watch;
    if (watch.replaced !== undefined) for (const value of entries.values()) watch.replaced(undefined, value);
  }

  get size(): number {
    return this.#now.size - this.#gone;
  }

  get(key: K): V | undefined {
    return this.#now.get(key);
  }

  /** All values, in the order in which their keys were first set. */
  *values(): IterableIterator<V> {
    for (const value of this.#now.values()) if (value !== undefined) yield value;
  }

  /** All keys with their values, in the same order. */
  *entries(): IterableIterator<[K, V]> {
    for (const [key, value] of this.#now) if (value !== undefined) yield [key, value];
  }

  set(key: K, value: V): void {
    const before = this.#now.get(key);
    if (this.#views.size > 0) this.#remember(key);
    if (this.#gone > 0 && before === undefined && this.#now.has(key)) this.#gone -= 1;
    this.#now.set(key, value);
    this.#tell(before, value);
  }

  delete(key: K): void {
    const before = this.#now.get(key);
    if (before === undefined) return;
    // Without a view nothing has a place that is kept.
    if (this.#views.size === 0) this.#now.delete(key);
    else this.#deleteForViews(key);
    this.#tell(before, undefined);
  }

  #tell(before: V | undefined, after: V | undefined): void {
    this.#watch.replaced?.(before, after);
    this.#watch.changed?.();
  }

  #deleteForViews(key: K): void {
    this.#remember(key);
    const isNew = [...this.#views].every(({ before }) => before.get(key) === undefined);
    if (isNew) {
      this.#now.delete(key);
      for (const { before } of this.#views) before.delete(key);
    } else {
      this.#now.set(key, undefined);
      this.#gone += 1;
    }
  }

  /** Deletes all; costs what there is only where a view is open or somebody watches. */
  clear(): void {
    const isSeen = this.#views.size > 0 || this.#watch.replaced !== undefined;
    if (isSeen) for (const key of [...this.#now.keys()]) this.delete(key);
    else this.#now.clear();
    this.#watch.changed?.();
  }

  /** The map as it is now, whatever becomes of it, until the view is closed. */
  view(): View<K, V> {
    const view = new View<K, V>(this.#now, () => {
      this.#views.delete(view);
      this.#forget(view);
    });
    this.#views.add(view);
    return view;
  }

  /** A view that leads back. */
  mark(): StateView {
    const view = this.view();
    return {
      restore: () => {
        this.restore(view);
      },
      close: view.close,
    };
  }

  /** Back to what a view of this map shows. */
  restore(view: View<K, V>): void {
    for (const [key, value] of view.before) {
      if (value === undefined) this.delete(key);
      else this.set(key, value);
    }
    view.before.clear();
  }

  /** Drops the places that were kept for a view alone. */
  #forget({ before }: View<K, V>): void {
    for (const key of before.keys()) {
      if (this.#now.get(key) !== undefined || !this.#now.has(key)) continue;
      const isKept = [...this.#views].some((other) => other.before.get(key) !== undefined);
      if (isKept) continue;
      this.#now.delete(key);
      this.#gone -= 1;
    }
  }

  #remember(key: K): void {
    for (const { before } of this.#views) if (!before.has(key)) before.set(key, this.#now.get(key));
  }
}

/** Who is told of changes. */
export interface Watch<V> {
  /** Called after every change. */
  readonly changed?: (() => void) | undefined;
  /** Called for each value that comes, goes or is replaced: those of the beginning too, and where a view is gone back to. */
  readonly replaced?: (before: V | undefined, after: V | undefined) => void;
}

/** What something was like at one instant, whatever becomes of it, until it is closed. */
export interface StateView {
  /** Makes it so again, as often as one likes; costs what has changed. */
  readonly restore: () => void;
  readonly close: () => void;
}

/** Several views as one. */
export const viewOfAll = (views: readonly StateView[]): StateView => ({
  restore: () => {
    for (const view of views) view.restore();
  },
  close: () => {
    for (const view of views) view.close();
  },
});

/** A versioned map as it was at one instant. */
export class View<K, V> {
  /** What has changed since, as it was; `undefined` where there was nothing. */
  readonly before = new Map<K, V | undefined>();
  readonly #now: ReadonlyMap<K, V | undefined>;
  /** Ends the view: what changes from now on is not kept for it. */
  readonly close: () => void;

  constructor(now: ReadonlyMap<K, V | undefined>, close: () => void) {
    this.#now = now;
    this.close = close;
  }

  get(key: K): V | undefined {
    return this.before.has(key) ? this.before.get(key) : this.#now.get(key);
  }

  /** All values, in their order; each is looked up when it is asked for, and the map may change between two of them. */
  *values(): IterableIterator<V> {
    for (const key of this.#now.keys()) {
      const value = this.get(key);
      if (value !== undefined) yield value;
    }
  }
}
