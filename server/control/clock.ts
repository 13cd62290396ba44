import type { Clock } from '../../base/clock.ts';
import type { StateView } from '../state/versioned.ts';

/** A clock that a test may stop, set and move; until it does, it shows the time of the one below it. */
export class ControlledClock implements Clock {
  readonly #below: Clock;
  /** What it is ahead of the clock below, in milliseconds. */
  #ahead = 0;
  #frozenAt: number | undefined;

  constructor(below: Clock) {
    this.#below = below;
  }

  now(): number {
    return this.#frozenAt ?? this.#below.now() + this.#ahead;
  }

  get isFrozen(): boolean {
    return this.#frozenAt !== undefined;
  }

  /** Stops it, at an instant or where it stands. */
  freeze(at: number = this.now()): void {
    this.#frozenAt = at;
  }

  /** Sets it to an instant, from where it goes on if it was going. */
  set(at: number): void {
    if (this.isFrozen) this.#frozenAt = at;
    else this.#ahead = at - this.#below.now();
  }

  /** Lets it go on from where it stands. */
  run(): void {
    if (this.#frozenAt === undefined) return;
    this.#ahead = this.#frozenAt - this.#below.now();
    this.#frozenAt = undefined;
  }

  /** The time of the clock below again. */
  reset(): void {
    this.#ahead = 0;
    this.#frozenAt = undefined;
  }

  /** Where it stands, or how far it is ahead. */
  view(): StateView {
    const [ahead, frozenAt] = [this.#ahead, this.#frozenAt];
    return {
      restore: () => {
        this.#ahead = ahead;
        this.#frozenAt = frozenAt;
      },
      close: () => undefined,
    };
  }
}
