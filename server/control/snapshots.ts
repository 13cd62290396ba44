import type { StateView } from '../state/versioned.ts';
import { ControlError } from './control-error.ts';

interface Mark {
  readonly view: StateView;
  readonly lastEntry: number;
}

/** Instants that a test goes back to: some with a name, some in a stack. Each costs what has changed since. */
export class Snapshots {
  readonly #view: () => StateView;
  readonly #named = new Map<string, StateView>();
  readonly #marks: Mark[] = [];

  /** `view` takes one of everything that a test can change. */
  constructor(view: () => StateView) {
    this.#view = view;
  }

  get names(): readonly string[] {
    return [...this.#named.keys()];
  }

  /** How many marks are open. */
  get marks(): number {
    return this.#marks.length;
  }

  /** Keeps this instant under a name, in place of an earlier one. */
  take(name: string): void {
    if (!this.#named.has(name)) this.#checkRoom();
    this.#named.get(name)?.close();
    this.#named.set(name, this.#view());
  }

  /** Goes back to a name, which stays. */
  restore(name: string): void {
    this.#find(name).restore();
  }

  remove(name: string): void {
    this.#find(name).close();
    this.#named.delete(name);
  }

  /** Puts this instant on the stack; `lastEntry` is the id of the latest entry of the journal. */
  mark(lastEntry: number): void {
    this.#checkRoom();
    this.#marks.push({ view: this.#view(), lastEntry });
  }

  /** The latest entry of the journal at the latest mark, 0 without a mark. */
  get markedEntry(): number {
    return this.#marks.at(-1)?.lastEntry ?? 0;
  }

  /** Goes back to the latest mark, and takes it from the stack. */
  rollback(): void {
    const mark = this.#marks.pop();
    if (mark === undefined) throw new ControlError(409, ['there is no mark to go back to: call mark first']);
    mark.view.restore();
    mark.view.close();
  }

  #find(name: string): StateView {
    const view = this.#named.get(name);
    if (view !== undefined) return view;
    const there = this.names.length === 0 ? 'there are none' : `there are ${this.names.join(', ')}`;
    throw new ControlError(404, [`there is no snapshot '${name}'; ${there}`]);
  }

  #checkRoom(): void {
    if (this.#named.size + this.#marks.length < MOST) return;
    throw new ControlError(409, [
      `${MOST} snapshots and marks are there already: remove some, or call rollback for each mark`,
    ]);
  }
}

/** Each remembers every change, so each makes changes a little dearer. */
const MOST = 100;
