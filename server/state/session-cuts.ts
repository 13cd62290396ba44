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

  /** Adds a cut, and forgets old ones whose sessions have expired by themselves, which they do within `longest` ms. */
  add(accountId: number, cut: Cut, longest: number): void {
    let looked = 0;
    for (const [oldest, { at }] of this.#cuts.entries()) {
      looked += 1;
      if (looked > LOOKED || at + longest >= cut.at) break;
      this.#cuts.delete(oldest);
    }
    // At the end, so that the oldest stay in front.
    this.#cuts.delete(accountId);
    this.#cuts.set(accountId, cut);
  }

  /** When a session of an account was cut off, or `undefined`. */
  at(accountId: number, serial: number): number | undefined {
    if (this.#cuts.size === 0) return undefined;
    const cut = this.#cuts.get(accountId);
    return cut !== undefined && serial < cut.before ? cut.at : undefined;
  }

  clear(): void {
    this.#cuts.clear();
  }

  view(): StateView {
    return this.#cuts.mark();
  }
}

/** Two are forgotten for each that comes, so that they do not pile up and no call pays for many. */
const LOOKED = 2;
