import type { IncomingMessage } from 'node:http';
import type { StateView } from '../state/versioned.ts';

/** The faults that a test wants, in the order of their making. */
export class Faults {
  readonly #rules: string[] = [];

  /** Whether there are any: a request is held against nothing where there are none. */
  get isOn(): boolean {
    return this.#rules.length > 0;
  }

  clear(): void {
    // There are none.
  }

  view(): StateView {
    return { restore: () => undefined, close: () => undefined };
  }

  /** The ids of the rules that have fired on a request. */
  firedFor(_request: IncomingMessage): readonly string[] {
    return [];
  }
}
