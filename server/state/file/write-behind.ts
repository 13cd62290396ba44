import type { Timer } from '../../../base/timer.ts';
import { startTimer } from '../../../base/timer.ts';

/** Writes a while after a change, once for all that changes in that while, and never twice at a time. */
export class WriteBehind {
  readonly #write: () => Promise<void>;
  readonly #pause: () => number;
  /** Whether something has changed that is not being written. */
  #isBehind = false;
  #timer: Timer | undefined;
  #writing: Promise<void> | undefined;
  #closed: Promise<void> | undefined;

  /** `write` writes all, or fails, says so itself, and is called again; `pause` says after how many milliseconds. */
  constructor(write: () => Promise<void>, pause: () => number) {
    this.#write = write;
    this.#pause = pause;
  }

  /** To be called on every change: it costs next to nothing. */
  changed(): void {
    this.#isBehind = true;
    this.#plan(this.#pause);
  }

  /** Writes what is not written yet, or rejects; later changes are not written. */
  close(): Promise<void> {
    return (this.#closed ??= this.#end());
  }

  async #end(): Promise<void> {
    this.#timer?.stop();
    await this.#writing;
    if (this.#isBehind) await this.#write();
  }

  #plan(pause: () => number): void {
    const isBusy = this.#timer !== undefined || this.#writing !== undefined || this.#closed !== undefined;
    if (!this.#isBehind || isBusy) return;
    this.#timer = startTimer(pause(), () => void this.#catchUp());
  }

  async #catchUp(): Promise<void> {
    this.#timer = undefined;
    this.#isBehind = false;
    let next = this.#pause;
    this.#writing = this.#write().catch(() => {
      this.#isBehind = true;
      next = () => RETRY;
    });
    await this.#writing;
    this.#writing = undefined;
    this.#plan(next);
  }
}

/** In milliseconds: what has just failed will fail for a while. */
const RETRY = 5000;
