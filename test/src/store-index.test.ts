import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TOMBSTONE_MS } from '../../src/links/link.ts';
import type { Issued, LinkStore } from '../../src/links/store.ts';
import { REPEAT_MS } from '../../src/links/store.ts';
import { createMemoryStore } from '../../src/links/memory-store.ts';
import type { Watch } from '../support/link-stores.ts';
import { clockedStore, newLink, TERMS, watch } from '../support/link-stores.ts';
import { startRedis, whyNoRedis } from '../support/redis.ts';

/** What is done with many links of few users over days. */
type Action =
  | { readonly kind: 'issue'; readonly userId: number; readonly key: number; readonly request: number }
  | { readonly kind: 'open'; readonly back: number }
  | { readonly kind: 'pass'; readonly ms: number };

const USERS = 3;
/** The key of those that are not to be known again. */
const NO_KEY = 0;

const STORY: fc.Arbitrary<Action[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('issue' as const),
        userId: fc.nat(USERS - 1),
        key: fc.nat(2),
        request: fc.nat(1),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('open' as const), back: fc.nat(3) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('pass' as const),
        ms: fc.oneof(
          fc.constantFrom(
            1,
            REPEAT_MS - 1,
            REPEAT_MS,
            TOMBSTONE_MS - 1,
            TOMBSTONE_MS,
            TOMBSTONE_MS + REPEAT_MS,
          ),
          fc.nat(TOMBSTONE_MS),
        ),
      }),
    },
  ),
  { maxLength: 60, size: 'max' },
);

/** A link as a list without any index knows it. */
interface Row {
  readonly name: number;
  readonly userId: number;
  readonly issuedAt: number;
  readonly key: number;
  readonly request: number;
  end: number;
  revocableUntil: number;
}

/** Does all, and compares what the store finds with what a list without any index says. */
async function compare(steps: readonly Action[], store: LinkStore, clock: Watch): Promise<void> {
  const rows: Row[] = [];
  for (const step of steps) {
    const now = clock.now();
    if (step.kind === 'pass') clock.pass(step.ms);
    else if (step.kind === 'open') {
      const row = rows.at(-1 - step.back);
      if (row !== undefined && (await opens(store, row))) {
        row.end = now + TOMBSTONE_MS;
        row.revocableUntil = row.end;
      }
    } else {
      const times = { issuedAt: now, end: now + 60_000 + TOMBSTONE_MS, revocableUntil: now + 60_000 };
      const row = { name: rows.length + 1, ...times, ...step };
      const expected = expectedOf(row, rows);
      expect(await issue(store, row)).toEqual(expected);
      if (expected.kind === 'issued') rows.push(row);
      else rows.push({ ...row, key: NO_KEY, end: 0, revocableUntil: 0 });
    }
    await compareAll(store, rows, clock.now());
  }
}

async function compareAll(store: LinkStore, rows: readonly Row[], now: number): Promise<void> {
  const users = Array.from({ length: USERS }, (_, userId) => userId);
  const theirs = users.map((userId) =>
    rows.filter((row) => row.userId === userId && now < row.revocableUntil).map(idOf),
  );
  const newest = rows.slice(-4);

  const found = await Promise.all(users.map((userId) => store.findByUser(userId)));
  const byDigest = await Promise.all(newest.map(({ name }) => store.findByDigest(newLink(name).digest)));
  const byId = await Promise.all(newest.map((row) => store.findById(idOf(row))));

  const ids = found.map((list) => list.map(({ link }) => link.id).sort());
  expect({
    ids,
    byDigest: byDigest.map((one) => one?.link.id),
    byId: byId.map((one) => one?.link.id),
  }).toEqual({
    ids: theirs,
    byDigest: newest.map((row) => (now < row.end ? idOf(row) : undefined)),
    byId: newest.map((row) => (now < row.end ? idOf(row) : undefined)),
  });
}

const idOf = ({ name }: Row): string => newLink(name).id;

async function opens(store: LinkStore, { name }: Row): Promise<boolean> {
  const claimed = await store.claim(newLink(name).id, 10_000);
  return store.commit(newLink(name).id, claimed?.link.fence ?? 0, 'sealed');
}

/** What came of issuing, in short. */
interface Outcome {
  readonly kind: Issued['kind'];
  readonly id?: string;
  readonly token?: string;
}

async function issue(store: LinkStore, { name, userId, key, request }: Row): Promise<Outcome> {
  const repeat = { key: `key ${key}`, request: `request ${request}`, sealedToken: `token of ${name}` };
  const issued = await store.issue(
    newLink(name, { terms: { ...TERMS, userId } }),
    key === NO_KEY ? undefined : repeat,
  );
  if (issued.kind === 'conflict') return issued;
  const { kind, link } = issued;
  return { kind, id: link.id, ...(kind === 'repeated' ? { token: issued.sealedToken } : {}) };
}

function expectedOf({ name, issuedAt, key, request }: Row, rows: readonly Row[]): Outcome {
  const before = rows.findLast(
    (row) => key !== NO_KEY && row.key === key && issuedAt < row.issuedAt + REPEAT_MS,
  );
  if (before === undefined) return { kind: 'issued', id: newLink(name).id };
  if (before.request !== request) return { kind: 'conflict' };
  return { kind: 'repeated', id: newLink(before.name).id, token: `token of ${before.name}` };
}

describe('over days, whatever comes and goes', () => {
  it('the memory store finds what a list without an index finds', async () => {
    await fc.assert(
      fc.asyncProperty(STORY, async (steps) => {
        const clock = watch();
        await compare(steps, createMemoryStore({ clock }), clock);
      }),
      { numRuns: 100 },
    );
  });

  it.skipIf(whyNoRedis() !== undefined)(
    'the scripts of the Redis store find what a list without an index finds',
    { timeout: 60_000 },
    async () => {
      const { client } = await startRedis();
      let run = 0;
      await fc.assert(
        fc.asyncProperty(STORY, async (steps) => {
          const clock = watch();
          run += 1;
          await compare(steps, clockedStore(client, clock, `${run}{psso}`), clock);
        }),
        { numRuns: 30 },
      );
    },
  );
});
