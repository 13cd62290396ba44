/** A map of changes over a map that stays: forgetting the changes costs nothing, however large the base is. */
export class Layered<K, V> {
  readonly #base: ReadonlyMap<K, V>;
  #changes = new Map<K, V>();

  constructor(base: ReadonlyMap<K, V>) {
    this.#base = base;
  }

  get(key: K): V | undefined {
    return this.#changes.get(key) ?? this.#base.get(key);
  }

  set(key: K, value: V): void {
    this.#changes.set(key, value);
  }

  reset(): void {
    this.#changes = new Map();
  }
}
