import type { StateView } from './versioned.ts';
import { Versioned } from './versioned.ts';

/** Where the sessions of an account were ended, all at once. */
export interface Cut {
  /** Sessions with a smaller serial number are over. */
  readonly before: number;
  /** The instant, in milliseconds. */
  readonly at: number;
}

/**
 * The ends that accounts have put to all their sessions. What such a session has become is found out when it is looked
 * at, so that a suspension costs the same with one session and with a million, and a session costs nothing for it.
 */
export class SessionCuts {
  readonly #cuts = new Versioned<number, Cut>(new Map());
  /** When they were made, the oldest first, from `#head` on; apart from the map, which is not walked over. */
  #made: { readonly accountId: number; readonly at: number }[] = [];
  #head = 0;

  /** Adds a cut, and forgets old ones whose sessions have expired by themselves, which they do within `longest` ms. */
  add(accountId: number, cut: Cut, longest: number): void {
    for (let left = FORGOTTEN; left > 0; left -= 1) {
      const oldest = this.#made[this.#head];
      if (oldest === undefined || oldest.at + longest >= cut.at) break;
      this.#head += 1;
      // Of an account that was cut again the newer one stays.
      if (this.#cuts.get(oldest.accountId)?.at === oldest.at) this.#cuts.delete(oldest.accountId);
    }
    if (this.#head > COMPACTED && this.#head * 2 > this.#made.length) {
      this.#made = this.#made.slice(this.#head);
      this.#head = 0;
    }
    this.#cuts.set(accountId, cut);
    this.#made.push({ accountId, at: cut.at });
  }

  /** When a session of an account was cut off, or `undefined`. */
  at(accountId: number, serial: number): number | undefined {
    if (this.#cuts.size === 0) return undefined;
    const cut = this.#cuts.get(accountId);
    return cut !== undefined && serial < cut.before ? cut.at : undefined;
  }

  clear(): void {
    this.#cuts.clear();
    this.#made = [];
    this.#head = 0;
  }

  view(): StateView {
    return this.#cuts.mark();
  }
}

/** Two are forgotten for each that comes, so that they do not pile up and no call pays for many. */
const FORGOTTEN = 2;

/** So many that are forgotten keep their places before the list is made anew. */
const COMPACTED = 1000;
