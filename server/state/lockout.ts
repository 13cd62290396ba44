import type { StateView } from './versioned.ts';
import { Versioned } from './versioned.ts';

/** How many wrong passwords lock a login, and for how long. */
export interface LockoutPolicy {
  readonly attempts: number;
  /** In milliseconds. */
  readonly duration: number;
}

/** The wrong passwords that were tried for each account. Without a policy nothing is counted and nobody is locked. */
export class Lockout {
  policy: LockoutPolicy | undefined;
  readonly #failures = new Versioned<number, { readonly count: number; readonly until: number }>(new Map());

  constructor(policy: LockoutPolicy | undefined) {
    this.policy = policy;
  }

  /** The instant until which an account is locked, or `undefined`. */
  lockedUntil(accountId: number, now: number): number | undefined {
    const failed = this.#failures.get(accountId);
    if (failed === undefined || this.policy === undefined) return undefined;
    return failed.count >= this.policy.attempts && now < failed.until ? failed.until : undefined;
  }

  /** Counts a wrong password; failures that lie longer apart than a lock lasts do not add up. */
  fail(accountId: number, now: number): void {
    if (this.policy === undefined) return;
    const failed = this.#failures.get(accountId);
    const count = failed === undefined || now >= failed.until ? 1 : failed.count + 1;
    this.#failures.set(accountId, { count, until: now + this.policy.duration });
  }

  /** Forgets the wrong passwords of an account that got in. */
  succeed(accountId: number): void {
    this.#failures.delete(accountId);
  }

  clear(): void {
    this.#failures.clear();
  }

  view(): StateView {
    return this.#failures.mark();
  }
}
