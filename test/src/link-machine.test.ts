import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Link, LinkState } from '../../src/links/link.ts';
import {
  claim,
  claimReplacement,
  commit,
  mayReopen,
  release,
  revoke,
  stateAt,
} from '../../src/links/link.ts';
import type { Action } from '../support/link-actions.ts';
import { play, pureMachine, STORY } from '../support/link-actions.ts';
import { TERMS, watch } from '../support/link-stores.ts';

const ISSUED_AT = Date.UTC(2100, 0, 1);
const EXPIRES_AT = ISSUED_AT + 60_000;
const LEASE_END = ISSUED_AT + 10_000;

const ISSUED: Link = {
  id: '1'.repeat(32),
  terms: TERMS,
  issuedAt: ISSUED_AT,
  expiresAt: EXPIRES_AT,
  state: 'issued',
  fence: 0,
  leaseEndsAt: 0,
  attempts: 0,
};
const CLAIMED: Link = { ...ISSUED, state: 'claimed', fence: 3, leaseEndsAt: LEASE_END, attempts: 2 };
const LAST_TRY: Link = { ...CLAIMED, attempts: 4 };
const LATE: Link = { ...CLAIMED, leaseEndsAt: EXPIRES_AT + 5000 };
const OPENED: Link = { ...CLAIMED, state: 'opened', leaseEndsAt: 0, openedAt: ISSUED_AT, sealedSession: 's' };
const REVOKED: Link = { ...CLAIMED, state: 'revoked', leaseEndsAt: 0 };
const EXHAUSTED: Link = { ...CLAIMED, state: 'exhausted', leaseEndsAt: 0, attempts: 5 };

/** A link at an instant, its state then, and which steps are made: claim, commit and release with its fence, revoke. */
const TABLE: readonly [string, Link, number, LinkState, string][] = [
  ['issued', ISSUED, ISSUED_AT, 'issued', 'claim revoke'],
  ['issued, in its last millisecond', ISSUED, EXPIRES_AT - 1, 'issued', 'claim revoke'],
  ['issued, at its end', ISSUED, EXPIRES_AT, 'expired', ''],
  ['claimed', CLAIMED, ISSUED_AT, 'claimed', 'commit release revoke'],
  [
    'claimed, in the last millisecond of the lease',
    CLAIMED,
    LEASE_END - 1,
    'claimed',
    'commit release revoke',
  ],
  ['claimed, at the end of the lease', CLAIMED, LEASE_END, 'issued', 'claim revoke'],
  ['claimed, at the end of the lease and for the fifth time', LAST_TRY, LEASE_END, 'exhausted', ''],
  ['claimed, long after', CLAIMED, EXPIRES_AT, 'expired', ''],
  ['claimed beyond its end', LATE, EXPIRES_AT, 'claimed', 'commit release revoke'],
  ['opened', OPENED, ISSUED_AT, 'opened', ''],
  ['opened, long after', OPENED, EXPIRES_AT, 'opened', ''],
  ['revoked', REVOKED, ISSUED_AT, 'revoked', ''],
  ['revoked, long after', REVOKED, EXPIRES_AT, 'revoked', ''],
  ['exhausted', EXHAUSTED, ISSUED_AT, 'exhausted', ''],
  ['exhausted, long after', EXHAUSTED, EXPIRES_AT, 'exhausted', ''],
];

describe('a link', () => {
  it.each(TABLE)('%s', (_case, link, now, state, steps) => {
    const made = {
      claim: claim(link, now, 10_000),
      commit: commit(link, link.fence, 'sealed', now),
      release: release(link, link.fence, 'counted', now),
      revoke: revoke(link, now),
    };

    expect(stateAt(link, now)).toBe(state);
    expect(Object.entries(made).flatMap(([name, { isDone }]) => (isDone ? [name] : []))).toEqual(
      steps.split(' ').filter((step) => step !== ''),
    );
    // A step that is refused changes nothing of what counts.
    for (const { link: after, isDone } of Object.values(made))
      if (!isDone) expect(stateAt(after, now)).toBe(state);
  });

  it.each([2, 4, 0, NaN])('is neither opened nor given back by the fence %d where 3 holds it', (fence) => {
    expect(commit(CLAIMED, fence, 'sealed', ISSUED_AT)).toEqual({ link: CLAIMED, isDone: false });
    expect(release(CLAIMED, fence, 'counted', ISSUED_AT)).toEqual({ link: CLAIMED, isDone: false });
  });

  it('is never changed, only replaced', () => {
    const link = Object.freeze({ ...CLAIMED });

    expect(commit(link, 3, 'sealed', ISSUED_AT).link).toStrictEqual({
      ...CLAIMED,
      state: 'opened',
      leaseEndsAt: 0,
      openedAt: ISSUED_AT,
      sealedSession: 'sealed',
    });
    expect(release(link, 3, 'counted', ISSUED_AT).link).toStrictEqual({
      ...CLAIMED,
      state: 'issued',
      leaseEndsAt: 0,
      attempts: 3,
    });
    expect(revoke(link, ISSUED_AT).link).toStrictEqual({ ...CLAIMED, state: 'revoked', leaseEndsAt: 0 });
    expect(claim(link, LEASE_END, 500).link).toStrictEqual({
      ...CLAIMED,
      fence: 4,
      leaseEndsAt: LEASE_END + 500,
      attempts: 3,
    });
  });
});

const OWN: Link = { ...OPENED, opener: 'own' };
const LEASED: Link = { ...OWN, leaseEndsAt: ISSUED_AT + 10_000, fence: 4 };
const SOON = ISSUED_AT + 14_999;

describe('an opened link, for the browser that opened it', () => {
  it.each<readonly [string, Link, string, number, boolean]>([
    ['at once', OWN, 'own', ISSUED_AT, true],
    ['in the last millisecond', OWN, 'own', SOON, true],
    ['after 15 s', OWN, 'own', ISSUED_AT + 15_000, false],
    ['for another browser', OWN, 'other', ISSUED_AT, false],
    ['where no browser was noted', OPENED, 'own', ISSUED_AT, false],
    ['where its session was ended', withoutSession(OWN), 'own', ISSUED_AT, false],
    ['after it was revoked', revoke(OWN, ISSUED_AT).link, 'own', ISSUED_AT, false],
    ['while it was not opened', { ...CLAIMED, opener: 'own' }, 'own', ISSUED_AT, false],
  ])('may be opened again and replaced: %s', (_when, link, opener, now, isAllowed) => {
    expect(mayReopen(link, opener, now)).toBe(isAllowed);
    expect(claimReplacement(link, opener, now, 10_000).isDone).toBe(isAllowed);
  });

  it('has its session replaced once, by the holder of the newest claim', () => {
    const { link: taken } = claimReplacement(OWN, 'own', ISSUED_AT, 10_000);
    expect(taken).toStrictEqual(LEASED);
    expect(claimReplacement(taken, 'own', ISSUED_AT, 10_000)).toStrictEqual({ link: taken, isDone: false });
    expect(commit(taken, 3, 'late', ISSUED_AT).isDone).toBe(false);

    const { link } = commit(taken, 4, 'second', ISSUED_AT + 1, 'somebody else');

    expect(link).toStrictEqual({ ...OWN, fence: 4, sealedSession: 'second', isReplaced: true });
    expect(claimReplacement(link, 'own', ISSUED_AT + 2, 10_000).isDone).toBe(false);
    expect(mayReopen(link, 'own', ISSUED_AT + 2)).toBe(true);
  });

  it('is free again after an attempt that left no session, and used up after one that may have', () => {
    const free = release(LEASED, 4, 'uncounted', ISSUED_AT).link;
    expect(claimReplacement(free, 'own', ISSUED_AT, 10_000).isDone).toBe(true);
    const counted = release(LEASED, 4, 'counted', ISSUED_AT).link;
    expect(counted).toStrictEqual({ ...LEASED, leaseEndsAt: 0, isReplaced: true });
    expect(claimReplacement(counted, 'own', ISSUED_AT, 10_000).isDone).toBe(false);
    expect(claimReplacement(LEASED, 'own', LEASED.leaseEndsAt, 10_000).isDone).toBe(false);
    expect(commit(LEASED, 4, 'late', LEASED.leaseEndsAt).isDone).toBe(false);
  });

  it('has no replacement made good once it was revoked', () => {
    const { link, isDone } = revoke(LEASED, ISSUED_AT);
    expect(isDone).toBe(false);
    expect(stateAt(link, ISSUED_AT)).toBe('opened');
    expect(commit(link, 4, 'second', ISSUED_AT).isDone).toBe(false);
  });
});

function withoutSession({ sealedSession: _, ...link }: Link): Link {
  return link;
}

describe('whatever workers do, and however late', () => {
  it('a link opens once at most, by the newest claim in its lease, and each step is made where the story allows it', async () => {
    await fc.assert(
      fc.asyncProperty(STORY, async (steps) => {
        const clock = watch();
        await play(steps, pureMachine(clock), clock);
      }),
      { numRuns: 500 },
    );
  });

  it('the stories told are no idle ones', async () => {
    const ends = new Map<string, number>();
    for (const steps of fc.sample<Action[]>(STORY, { numRuns: 300, seed: 1 })) {
      const clock = watch();
      const last = new Map<string, string>();
      for (const [, link] of await play(steps, pureMachine(clock), clock))
        if (link !== undefined)
          last.set(link.id, link.isReplaced === true ? 'replaced' : stateAt(link, clock.now()));
      for (const state of last.values()) ends.set(state, (ends.get(state) ?? 0) + 1);
    }

    expect([...ends.keys()].sort()).toEqual([
      'claimed',
      'exhausted',
      'expired',
      'issued',
      'opened',
      'replaced',
      'revoked',
    ]);
    expect(ends.get('opened')).toBeGreaterThan(30);
    expect(ends.get('exhausted')).toBeGreaterThan(5);
  });
});
