type Id = number | string;

/**
 * Which records have a value: a look-up costs what it finds, a change nothing more the more records there are. A lone
 * id stands for itself; only where several records share a value there is a set.
 */
export class IndexOf<R extends { readonly id: Id }, V> {
  readonly #ids = new Map<V, R['id'] | Set<R['id']>>();
  readonly #valueOf: (record: R) => V | undefined;

  /** A record for which `valueOf` gives `undefined` is not found by any value. */
  constructor(valueOf: (record: R) => V | undefined) {
    this.#valueOf = valueOf;
  }

  /** Takes note of a record that came (`before` is `undefined`), went, or took the place of another with its id. */
  replace(before: R | undefined, after: R | undefined): void {
    const [from, to] = [before && this.#valueOf(before), after && this.#valueOf(after)];
    if (from === to && before !== undefined && after !== undefined) return;
    if (before !== undefined && from !== undefined) this.#remove(from, before.id);
    if (after !== undefined && to !== undefined) this.#add(to, after.id);
  }

  /** The ids of the records with a value, in no order. */
  of(value: V): readonly R['id'][] {
    const found = this.#ids.get(value);
    if (found === undefined) return [];
    return found instanceof Set ? [...found] : [found];
  }

  /** The id of the one record with a value, where no two may have it; else of one of them. */
  one(value: V): R['id'] | undefined {
    const found = this.#ids.get(value);
    return found instanceof Set ? found.values().next().value : found;
  }

  /** The ids of some of the records with a value, so many at the most. */
  some(value: V, most: number): readonly R['id'][] {
    const found = this.#ids.get(value);
    if (!(found instanceof Set)) return this.of(value).slice(0, most);
    const some: R['id'][] = [];
    for (const id of found) {
      if (some.length === most) break;
      some.push(id);
    }
    return some;
  }

  count(value: V): number {
    const found = this.#ids.get(value);
    if (found === undefined) return 0;
    return found instanceof Set ? found.size : 1;
  }

  #add(value: V, id: R['id']): void {
    const found = this.#ids.get(value);
    if (found === undefined) this.#ids.set(value, id);
    else if (found instanceof Set) found.add(id);
    else if (found !== id) this.#ids.set(value, new Set([found, id]));
  }

  #remove(value: V, id: R['id']): void {
    const found = this.#ids.get(value);
    if (found === id) this.#ids.delete(value);
    else if (found instanceof Set) {
      found.delete(id);
      if (found.size === 0) this.#ids.delete(value);
    }
  }
}
