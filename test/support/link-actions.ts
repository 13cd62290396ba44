import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { Clock } from '../../base/clock.ts';
import type { Attempt, Link, Step } from '../../src/links/link.ts';
import {
  claim,
  claimReplacement,
  commit,
  MOST_ATTEMPTS,
  release,
  REOPEN_MS,
  revoke,
} from '../../src/links/link.ts';
import type { Claimed, LinkStore } from '../../src/links/store.ts';
import type { Watch } from './link-stores.ts';
import { newLink, TERMS } from './link-stores.ts';

/** What workers do with links; each remembers the fence of its last claim, however old. */
export type Action =
  | { readonly kind: 'claim'; readonly link: number; readonly worker: number; readonly leaseMs: number }
  | {
      readonly kind: 'replace';
      readonly link: number;
      readonly worker: number;
      readonly opener: string;
      readonly leaseMs: number;
    }
  | { readonly kind: 'commit'; readonly link: number; readonly worker: number }
  | { readonly kind: 'release'; readonly link: number; readonly worker: number; readonly attempt: Attempt }
  | { readonly kind: 'revoke'; readonly link: number }
  | { readonly kind: 'pass'; readonly ms: number };

const LINKS = 2;
const WORKERS = 2;

/** What every commit keeps of its browser. */
export const OPENER = 'the browser that opened it';

/** Any interleaving of what two workers do with two links; what ends the story is rare. */
export function actions(leases: readonly number[], spans: fc.Arbitrary<number>): fc.Arbitrary<Action[]> {
  const link = fc.nat(LINKS - 1);
  const worker = fc.nat(WORKERS - 1);
  const action = fc.oneof(
    {
      weight: 20,
      arbitrary: fc.record({
        kind: fc.constant('claim' as const),
        link,
        worker,
        leaseMs: fc.constantFrom(...leases),
      }),
    },
    {
      weight: 10,
      arbitrary: fc.record({
        kind: fc.constant('replace' as const),
        link,
        worker,
        opener: fc.constantFrom(OPENER, OPENER, OPENER, 'another browser'),
        leaseMs: fc.constantFrom(...leases),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('commit' as const), link, worker }) },
    {
      weight: 20,
      arbitrary: fc.record({
        kind: fc.constant('release' as const),
        link,
        worker,
        attempt: fc.constantFrom<Attempt>('counted', 'uncounted'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('revoke' as const), link }) },
    { weight: 15, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: spans }) },
  );
  return fc.array(action, { maxLength: 100, size: 'max' });
}

/** Such stories of up to some minutes, with leases that are soon over, or outlive the link. */
export const STORY = actions(
  [1, 1, 1000, 1000, 10_000, 70_000],
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(1, 999, 1000) },
    { weight: 1, arbitrary: fc.constantFrom(9_999, 10_000, 49_999, 59_999) },
    { weight: 1, arbitrary: fc.nat(20_000) },
  ),
);

/** What of a store the actions need. */
export type Machine = Pick<
  LinkStore,
  'issue' | 'claim' | 'claimReplacement' | 'commit' | 'release' | 'revoke' | 'findById'
>;

/** The pure steps as a store. */
export function pureMachine(clock: Clock): Machine {
  const links = new Map<string, Link>();
  const change = (id: string, step: (link: Link, now: number) => Step): Claimed => {
    const before = links.get(id);
    if (before === undefined) throw new Error('there is no such link');
    const { link, isDone } = step(before, clock.now());
    links.set(id, link);
    return { link, isDone, now: clock.now() };
  };
  return {
    issue: ({ id, terms, ttlMs }) => {
      const issuedAt = clock.now();
      const free = { state: 'issued', fence: 0, leaseEndsAt: 0, attempts: 0 } as const;
      const link: Link = { id, terms, issuedAt, expiresAt: issuedAt + ttlMs, ...free };
      links.set(id, link);
      return Promise.resolve({ kind: 'issued', link, now: issuedAt });
    },
    claim: (id, leaseMs) => Promise.resolve(change(id, (link, now) => claim(link, now, leaseMs))),
    claimReplacement: (id, opener, leaseMs) =>
      Promise.resolve(change(id, (link, now) => claimReplacement(link, opener, now, leaseMs))),
    commit: (id, fence, sealed, opener) =>
      Promise.resolve(change(id, (link, now) => commit(link, fence, sealed, now, opener)).isDone),
    release: (id, fence, attempt) =>
      Promise.resolve(change(id, (link, now) => release(link, fence, attempt, now))),
    revoke: (id) => Promise.resolve(change(id, revoke)),
    findById: (id) => {
      const link = links.get(id);
      return Promise.resolve(link === undefined ? undefined : { link, now: clock.now() });
    },
  };
}

/** A claim that was granted, and what became of it; `undefined` while nothing has. */
interface Grant {
  readonly use: 'open' | 'replace';
  readonly fence: number;
  readonly endsAt: number;
  end?: 'committed' | 'revoked' | Attempt;
}

/** What became of a grant by an instant: one that ran out is a counted attempt. */
const endAt = ({ end, endsAt }: Grant, now: number): Grant['end'] | 'held' =>
  end ?? (now >= endsAt ? 'counted' : 'held');

/** What has happened to one link, and what may happen next: the rules said once more, from the story alone. */
class History {
  readonly #grants: Grant[] = [];
  readonly #expiresAt: number;
  #isRevoked = false;
  #openedAt: number | undefined;

  constructor(expiresAt: number) {
    this.#expiresAt = expiresAt;
  }

  get isOpened(): boolean {
    return this.#openedAt !== undefined;
  }

  /** How many sessions were committed: that of the opening, and that of the replacement. */
  get commits(): number {
    return this.#grants.filter(({ end }) => end === 'committed').length;
  }

  get fences(): readonly number[] {
    return this.#grants.map(({ fence }) => fence);
  }

  attempts(now: number): number {
    return this.#grants.filter((grant) => grant.use === 'open' && endAt(grant, now) === 'counted').length;
  }

  /** Whether a claim is held, and by this fence where one is given. */
  isHeld(now: number, by?: number): boolean {
    const newest = this.#grants.at(-1);
    if (newest === undefined || newest.end !== undefined || now >= newest.endsAt) return false;
    return by === undefined || newest.fence === by;
  }

  mayClaim(now: number): boolean {
    const isOver = this.isOpened || this.#isRevoked || now >= this.#expiresAt;
    return !isOver && !this.isHeld(now) && this.attempts(now) < MOST_ATTEMPTS;
  }

  mayReplace(now: number, opener: string): boolean {
    const isUsedUp = this.#grants.some(
      (grant) => grant.use === 'replace' && ['committed', 'counted'].includes(endAt(grant, now) ?? ''),
    );
    const isSoon = this.#openedAt !== undefined && now < this.#openedAt + REOPEN_MS;
    return isSoon && opener === OPENER && !this.#isRevoked && !isUsedUp && !this.isHeld(now);
  }

  mayRevoke(now: number): boolean {
    return !this.isOpened && (this.isHeld(now) || this.mayClaim(now));
  }

  granted(use: Grant['use'], fence: number, endsAt: number): void {
    this.#grants.push({ use, fence, endsAt });
  }

  ended(end: 'committed' | Attempt, now: number): void {
    const newest = this.#grants.at(-1);
    if (newest !== undefined) newest.end = end;
    if (end === 'committed') this.#openedAt ??= now;
  }

  revoked(now: number): void {
    const newest = this.#grants.at(-1);
    if (newest !== undefined && this.isHeld(now)) newest.end = 'revoked';
    this.#isRevoked = true;
  }
}

/** What a link answered, for comparison with another machine's answers. */
export type Answer = readonly [isDone: boolean, link: Link | undefined];

/** Does all actions, holds each answer against the story so far, and gives them back. */
export async function play(
  steps: readonly Action[],
  machine: Machine,
  clock: Watch,
  ttlMs = 60_000,
): Promise<readonly Answer[]> {
  const links = Array.from({ length: LINKS }, (_, name) => newLink(name, { ttlMs, terms: TERMS }));
  for (const link of links) await machine.issue(link);
  const histories = links.map(() => new History(clock.now() + ttlMs));
  const fences = links.map(() => Array.from({ length: WORKERS }, () => 0));
  const answers: Answer[] = [];
  for (const step of steps) {
    if (step.kind === 'pass') {
      clock.pass(step.ms);
      continue;
    }
    const history = at(histories, step.link);
    const held = at(fences, step.link);
    const { id } = at(links, step.link);
    const before = (await machine.findById(id))?.link;
    const wasOpened = history.isOpened;
    const isDone = await perform(step, machine, id, history, held, clock.now());
    const after = (await machine.findById(id))?.link;
    if (wasOpened) {
      expect(after).toMatchObject({
        state: 'opened',
        openedAt: before?.openedAt,
        attempts: before?.attempts,
      });
      if (!isDone) expect(after?.sealedSession).toBe(before?.sealedSession);
    }
    expect(history.commits).toBeLessThanOrEqual(2);
    expect(after?.attempts).toBe(history.attempts(clock.now()));
    expect(history.fences).toEqual(history.fences.map((_, index) => index + 1));
    answers.push([isDone, after]);
  }
  return answers;
}

/** Does one action, and whether it was done has to be what the story says. */
async function perform(
  step: Exclude<Action, { readonly kind: 'pass' }>,
  machine: Machine,
  id: string,
  history: History,
  held: number[],
  now: number,
): Promise<boolean> {
  if (step.kind === 'claim') {
    const claimed = await machine.claim(id, step.leaseMs);
    expect(claimed?.isDone).toBe(history.mayClaim(now));
    if (claimed?.isDone !== true) return false;
    held[step.worker] = claimed.link.fence;
    history.granted('open', claimed.link.fence, now + step.leaseMs);
    return true;
  }
  if (step.kind === 'replace') {
    const claimed = await machine.claimReplacement(id, step.opener, step.leaseMs);
    expect(claimed?.isDone).toBe(history.mayReplace(now, step.opener));
    if (claimed?.isDone !== true) return false;
    held[step.worker] = claimed.link.fence;
    history.granted('replace', claimed.link.fence, now + step.leaseMs);
    return true;
  }
  if (step.kind === 'revoke') {
    const isDone = (await machine.revoke(id))?.isDone === true;
    expect(isDone).toBe(history.mayRevoke(now));
    // What its browser may have again ends, too.
    if (isDone || history.isOpened) history.revoked(now);
    return isDone;
  }
  const fence = at(held, step.worker);
  const isDone =
    step.kind === 'commit'
      ? await machine.commit(id, fence, `sealed by ${step.worker}`, OPENER)
      : (await machine.release(id, fence, step.attempt))?.isDone === true;
  expect(isDone).toBe(history.isHeld(now, fence));
  if (isDone) history.ended(step.kind === 'commit' ? 'committed' : step.attempt, now);
  return isDone;
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new Error(`there is no ${index}`);
  return found;
}
