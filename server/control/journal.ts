import type { AgentAnswer } from '../agent.ts';
import type { Panel } from '../state/panel.ts';
import type { StateView } from '../state/versioned.ts';
import type { Release } from '../protocol/versions/release.ts';

/** What came in, as it is kept: nothing of it is worked out before somebody reads it. */
export type Arrival = PacketArrival | VisitArrival;

interface Common {
  /** The instant by the emulator's clock; how long the answer took by the machine's own. In milliseconds. */
  readonly at: number;
  readonly ms: number;
  readonly peer: string;
  readonly isSecure: boolean;
  readonly method: string;
  /** The path, with its query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The release that was emulated. */
  readonly release: Release;
  /** Whom it was for: for help, which knows the logins and settings that there are. */
  readonly panel: Panel;
  /** The fault rules that fired on it, by their ids. */
  readonly faults: readonly string[];
  /** Where a fault kept the answer from the client, or changed it. */
  readonly received: Received | undefined;
}

/** What the client received in place of Plesk's answer. */
export interface Received {
  /** `undefined` where no response began. */
  readonly status: number | undefined;
  readonly body: Buffer;
  /** `false` where the connection ended before the response did. */
  readonly isComplete: boolean;
}

/** A packet, and its answer, where it was asked for one. */
export interface PacketArrival extends Common {
  readonly kind: 'packet';
  /** Cut where it is too large to be kept. */
  readonly body: Buffer;
  readonly isCut: boolean;
  readonly answered: AgentAnswer | undefined;
}

/** What became of a browser's request. */
export type VisitOutcome =
  | 'logged in'
  | 'login failed'
  | 'form shown'
  | 'logged out'
  | 'page shown'
  | 'redirected'
  | 'sent to the login page'
  | 'session rejected'
  | 'refused'
  | 'not found';

/** A browser's request at a door or for a page. */
export interface VisitArrival extends Common {
  readonly kind: 'browser';
  /** Of a form. */
  readonly body: { readonly body: Buffer; readonly isCut: boolean } | undefined;
  /** The parameters of query and form. */
  readonly params: ReadonlyMap<string, string>;
  /** `undefined` where a fault kept the request from Plesk. */
  readonly outcome: VisitOutcome | undefined;
  readonly status: number | undefined;
  readonly location: string | undefined;
  readonly reason: string | undefined;
  readonly login: string | undefined;
  /** False where Plesk has what was asked for, and the emulator does not. */
  readonly isEmulated: boolean;
}

/** An arrival in its place. */
export interface Kept {
  readonly id: number;
  readonly arrival: Arrival;
}

/** What came in last, in the order in which it was answered. */
export class Journal {
  readonly #ring: (Kept | undefined)[];
  readonly #listeners = new Set<(kept: Kept) => void>();
  #last = 0;

  /** With room for so many; with none it keeps nothing. */
  constructor(room: number) {
    this.#ring = Array.from({ length: room }, () => undefined);
  }

  /** Whether anything is kept: what is not need not be put together. */
  get isOn(): boolean {
    return this.#ring.length > 0;
  }

  get room(): number {
    return this.#ring.length;
  }

  /** The id of the latest, 0 before the first; ids go up by one and none comes twice. */
  get last(): number {
    return this.#last;
  }

  /** Answers the id of the new entry. */
  add(arrival: Arrival): number {
    this.#last += 1;
    this.#put({ id: this.#last, arrival });
    return this.#last;
  }

  /** Corrects an entry, and tells the listeners again; nothing happens where it is no longer there. */
  amend(id: number, received: Received): void {
    const kept = this.#ring[id % this.#ring.length];
    if (kept?.id === id) this.#put({ id, arrival: { ...kept.arrival, received } });
  }

  #put(kept: Kept): void {
    this.#ring[kept.id % this.#ring.length] = kept;
    if (this.#listeners.size > 0) for (const listener of [...this.#listeners]) listener(kept);
  }

  /** All that is still there, oldest first. */
  *all(): IterableIterator<Kept> {
    for (let id = Math.max(1, this.#last - this.#ring.length + 1); id <= this.#last; id += 1) {
      const kept = this.#ring[id % this.#ring.length];
      if (kept?.id === id) yield kept;
    }
  }

  /** Forgets what came after one, or all. */
  forget(after = 0): void {
    for (const { id } of [...this.all()]) if (id > after) this.#ring[id % this.#ring.length] = undefined;
  }

  /** What came in until now; nothing that was forgotten comes back. */
  view(): StateView {
    const last = this.#last;
    return {
      restore: () => {
        this.forget(last);
      },
      close: () => undefined,
    };
  }

  /** Calls the listener with each that comes, until the function that it answers is called. */
  listen(listener: (kept: Kept) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
