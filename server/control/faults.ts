import type { IncomingMessage } from 'node:http';
import type { StateView } from '../state/versioned.ts';
import type { Asked, FaultRow, Fired } from './fault-rules.ts';
import { fireOnConnection, fireOnOperation, fireOnRequest } from './fault-rules.ts';
import type { FaultInput } from './fault-types.ts';

/** The faults that a test wants, in the order of their making. */
export class Faults {
  #rows: readonly FaultRow[] = [];
  #made = 0;
  #generation = 0;
  readonly #firedOn = new WeakMap<IncomingMessage, readonly string[]>();

  /** Whether there are any: a request is held against nothing where there are none. */
  get isOn(): boolean {
    return this.#rows.length > 0;
  }

  get all(): readonly FaultRow[] {
    return this.#rows;
  }

  add(fault: FaultInput): FaultRow {
    this.#made += 1;
    const row: FaultRow = { id: `fault-${this.#made}`, fault, seen: 0, fired: 0 };
    this.#rows = [...this.#rows, row];
    return row;
  }

  /** Answers whether there was one with this id. */
  remove(id: string): boolean {
    const left = this.#rows.filter((row) => row.id !== id);
    const wasThere = left.length < this.#rows.length;
    this.#rows = left;
    return wasThere;
  }

  clear(): void {
    this.#rows = [];
  }

  /** As at the start: what still waits for a rule is not done any more. */
  reset(): void {
    this.#rows = [];
    this.#made = 0;
    this.#generation += 1;
  }

  /** Goes up with every reset and return to an earlier instant. */
  get generation(): number {
    return this.#generation;
  }

  /** The rules, and how often each has fired. */
  view(): StateView {
    const [rows, made] = [this.#rows, this.#made];
    return {
      restore: () => {
        this.#rows = rows;
        this.#made = made;
        this.#generation += 1;
      },
      close: () => undefined,
    };
  }

  /** The rule that fires on a request as a whole. It is counted, so a request is to be asked for once. */
  onRequest(request: IncomingMessage, asked: Asked): FaultRow | undefined {
    return this.#fire(fireOnRequest(this.#rows, asked), request);
  }

  /** The rule that fires on an operation of a request; counted likewise. */
  onOperation(request: IncomingMessage, asked: Asked, operation: string): FaultRow | undefined {
    return this.#fire(fireOnOperation(this.#rows, asked, operation), request);
  }

  /** The rule that fires on a new connection over TLS; counted likewise. */
  onConnection(peer: string): FaultRow | undefined {
    return this.#fire(fireOnConnection(this.#rows, peer), undefined);
  }

  /** The ids of the rules that have fired on a request. */
  firedFor(request: IncomingMessage): readonly string[] {
    return this.#firedOn.get(request) ?? [];
  }

  #fire({ rows, row }: Fired, request: IncomingMessage | undefined): FaultRow | undefined {
    this.#rows = rows;
    if (row !== undefined && request !== undefined)
      this.#firedOn.set(request, [...new Set([...this.firedFor(request), row.id])]);
    return row;
  }
}
