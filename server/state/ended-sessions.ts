import { withOne } from './kept-session.ts';
import type { Found, Refusal } from './session.ts';
import type { StateView } from './versioned.ts';
import { Versioned } from './versioned.ts';

/** A session that is no more. */
export type Ended = Extract<Found, { state: 'ended' }>;

const REMEMBERED = 1000;

/** The last thousand sessions that are no more, for whoever asks what became of one. */
export class EndedSessions {
  readonly #ended = new Versioned<string, Ended>(new Map());

  get(id: string): Ended | undefined {
    return this.#ended.get(id);
  }

  add(ended: Ended): void {
    this.#ended.set(ended.session.id, ended);
    for (const [oldest] of this.#ended.entries()) {
      if (this.#ended.size > REMEMBERED) this.#ended.delete(oldest);
      break;
    }
  }

  /** Keeps with one that a browser was turned away. */
  refuse(id: string, refusal: Refusal): void {
    const ended = this.#ended.get(id);
    if (ended === undefined) return;
    const { session } = ended;
    const refusals = withOne(session.refusals, refusal);
    this.#ended.set(id, { ...ended, session: { ...session, refusals } });
  }

  clear(): void {
    this.#ended.clear();
  }

  view(): StateView {
    return this.#ended.mark();
  }
}
