import { randomFillSync } from 'node:crypto';

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
