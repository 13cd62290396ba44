import type { Journal, Received } from '../control/journal.ts';
import type { Answer } from './fault-capture.ts';
import { keptBody } from './kept.ts';

/** What becomes of an answer that a fault delays, changes or loses: the journal shows what the client received. */
export class Delivery {
  #received: Received | undefined;
  #amend: ((received: Received) => void) | undefined;

  /** What the client received, or `undefined` as long as that is Plesk's own answer. */
  get received(): Received | undefined {
    return this.#received;
  }

  /** To be called when the exchange is in the journal: what is lost after that is corrected there. */
  recordedAs(id: number, journal: Journal): void {
    this.#amend = (received) => {
      journal.amend(id, received);
    };
  }

  /** The client received no response. */
  lost(): void {
    this.#received = { status: undefined, body: Buffer.alloc(0), isComplete: false };
    this.#amend?.(this.#received);
  }

  /** The client received the beginning of an answer. */
  cut({ status }: Answer, body: Buffer): void {
    this.#received = { status, body: keptBody(body).body, isComplete: false };
    this.#amend?.(this.#received);
  }

  /** The client received another answer. */
  replaced({ status, body }: Answer): void {
    this.#received = { status, body: keptBody(body).body, isComplete: true };
  }
}
