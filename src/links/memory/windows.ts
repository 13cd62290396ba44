import type { Hits } from '../store.ts';

interface Window {
  readonly name: string;
  readonly endsAt: number;
  count: number;
  /** The window that began next. */
  next: Window | undefined;
}

/** So many windows are kept at once; beyond, those that began first are forgotten, so that a flood has its bound. */
const MOST = 100_000;

/** Counts by name, each in a window of its own. What is over leaves a little with each window that begins. */
export class Windows {
  readonly #byName = new Map<string, Window>();
  readonly #most: number;
  #size = 0;
  #oldest: Window | undefined;
  #newest: Window | undefined;

  constructor(most = MOST) {
    this.#most = most;
  }

  hit(name: string, windowMs: number, now: number): Hits {
    const running = this.#running(name, now);
    if (running === undefined) {
      this.#begin({ name, endsAt: now + windowMs, count: 1, next: undefined }, now);
      return { count: 1, resetsIn: windowMs };
    }
    running.count += 1;
    return { count: running.count, resetsIn: running.endsAt - now };
  }

  hits(name: string, now: number): Hits {
    const running = this.#running(name, now);
    return running === undefined
      ? { count: 0, resetsIn: 0 }
      : { count: running.count, resetsIn: running.endsAt - now };
  }

  #running(name: string, now: number): Window | undefined {
    const window = this.#byName.get(name);
    return window !== undefined && now < window.endsAt ? window : undefined;
  }

  #begin(window: Window, now: number): void {
    this.#byName.set(window.name, window);
    if (this.#newest !== undefined) this.#newest.next = window;
    this.#newest = window;
    this.#oldest ??= window;
    this.#size += 1;
    this.#purge(now);
  }

  #purge(now: number): void {
    for (let step = 0; step < 2; step++)
      if (this.#oldest !== undefined && (now >= this.#oldest.endsAt || this.#size > this.#most))
        this.#forget(this.#oldest);
  }

  /** Takes out the oldest. */
  #forget(window: Window): void {
    // Under its name there may be a younger one by now.
    if (this.#byName.get(window.name) === window) this.#byName.delete(window.name);
    this.#oldest = window.next;
    this.#size -= 1;
  }
}
