/** Values by their text, each there once however often it is made; the latest thousand or so are known. */
export class Shared<T> {
  readonly #known = new Map<string, T>();

  /** The value of a text, made where it is not known. */
  of(text: string, make: () => T): T {
    let value = this.#known.get(text);
    if (value === undefined) {
      if (this.#known.size >= MOST) this.#known.clear();
      value = make();
      this.#known.set(text, value);
    }
    return value;
  }
}

const MOST = 1000;
