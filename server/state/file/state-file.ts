import type { Adapter } from 'lowdb';
import { StateError } from './state-error.ts';
import { stateIn, textOf } from './state-text.ts';
import type { Instant, State } from './stored.ts';
import { WholeFile } from './whole-file.ts';

/** lowdb's adapter for the file that keeps a panel's state. What it throws is a StateError. */
export class StateFile implements Adapter<State> {
  readonly #path: string;
  readonly #file: WholeFile;

  private constructor(path: string, file: WholeFile) {
    this.#path = path;
    this.#file = file;
  }

  /** The file at a path; `tag`, eight hex digits, is no other process's. */
  static async at(path: string, tag: string): Promise<StateFile> {
    return new StateFile(path, await inWords(path, 'read', WholeFile.at(path, tag)));
  }

  /** The state in the file, or `null` where there is no file. */
  async read(): Promise<Instant | null> {
    const bytes = await inWords(this.#path, 'read', this.#file.read());
    if (bytes === undefined) return null;
    const content = stateIn(bytes);
    if ('mistakes' in content) throw new StateError(this.#path, content.mistakes);
    return content.state;
  }

  /** Writes a state, which must not change meanwhile. */
  async write(state: State): Promise<void> {
    await inWords(this.#path, 'written', this.#file.write(textOf(state, SLICE_LENGTH)));
  }

  /** Removes what processes that were killed have left, and fails where the file could not be written. */
  async tidy(): Promise<void> {
    await inWords(this.#path, 'written', this.#file.tidy());
  }
}

/** In characters: a hundred accounts and more, which take less than a millisecond. */
const SLICE_LENGTH = 32_768;

async function inWords<T>(path: string, done: 'read' | 'written', work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StateError(path, [`it cannot be ${done}: ${reason}`]);
  }
}
