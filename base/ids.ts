import { hash, randomFillSync } from 'node:crypto';

/** Where chance comes from: everything below the two `main.ts` is given one of these. */
export interface Ids {
  /** 128 bits that nobody can guess, as 32 lower-case hex digits. */
  hex32(): string;
}

/** Filled 8 KiB at a time: one call of the generator costs as much as twenty ids. */
const pool = Buffer.alloc(8192);
let used = pool.length;

/** The operating system's random numbers. */
export const randomIds: Ids = {
  hex32() {
    if (used + 16 > pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    const id = pool.toString('hex', used, used + 16);
    pool.fill(0, used, used + 16);
    used += 16;
    return id;
  },
};

/** The same ids in the same order for the same seed: for tests that compare whole answers, and nothing that is real. */
export class SeededIds implements Ids {
  readonly #seed: string;
  /** How many were made; setting it goes back or on. */
  made = 0;

  constructor(seed: string) {
    this.#seed = seed;
  }

  hex32(): string {
    this.made += 1;
    return hash('sha256', `${this.#seed}/${this.made}`, 'hex').slice(0, 32);
  }
}
