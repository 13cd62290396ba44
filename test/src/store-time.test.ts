import { describe, expect, it } from 'vitest';
import { MOST_ATTEMPTS, stateAt, TOMBSTONE_MS } from '../../src/links/link.ts';
import type { LinkStore } from '../../src/links/store.ts';
import { CLOCKED, newLink, TERMS } from '../support/link-stores.ts';

const LEASE = 10_000;
const { id, digest } = newLink(1);
const REPEAT = { key: 'aa', request: 'bb', sealedToken: 'v1.cc' };

async function stateOf(store: LinkStore): Promise<string> {
  const found = await store.findById(id);
  return found === undefined ? 'unknown' : stateAt(found.link, found.now);
}

describe.each(CLOCKED)('$name', ({ open, missing }) => {
  const test = it.skipIf(missing !== undefined);

  test('takes a link for good until 59.999 s, and for expired from 60.000 s', async () => {
    const { store, clock } = await open();
    await store.issue(newLink(1));
    await store.issue(newLink(2));

    clock.pass(59_999);
    const inTime = await store.claim(id, LEASE);
    clock.pass(1);
    const tooLate = await store.claim(newLink(2).id, LEASE);

    expect(inTime).toMatchObject({ isDone: true });
    expect(tooLate).toMatchObject({ isDone: false, link: { state: 'issued', fence: 0 } });
    expect(await store.revoke(newLink(2).id)).toMatchObject({ isDone: false });
  });

  test('makes a claim good that began in time, as long as its lease runs', async () => {
    const { store, clock } = await open();
    await store.issue(newLink(1));
    clock.pass(59_999);
    await store.claim(id, LEASE);

    clock.pass(LEASE - 1);

    expect(await store.commit(id, 1, 'sealed')).toBe(true);
    expect((await store.findById(id))?.link.openedAt).toBe(clock.now());
  });

  test('calls a link expired that is given back too late', async () => {
    const { store, clock } = await open();
    await store.issue(newLink(1));
    clock.pass(59_999);
    await store.claim(id, LEASE);
    clock.pass(1);

    expect(await stateOf(store)).toBe('claimed');
    expect(await store.release(id, 1, 'uncounted')).toMatchObject({
      isDone: true,
      link: { state: 'issued' },
    });
    expect(await stateOf(store)).toBe('expired');
  });

  test('refuses a stalled worker from the end of its lease on, and counts its attempt', async () => {
    const { store, clock } = await open();
    await store.issue(newLink(1));
    await store.claim(id, LEASE);

    clock.pass(LEASE - 1);
    expect(await stateOf(store)).toBe('claimed');
    clock.pass(1);

    expect(await stateOf(store)).toBe('issued');
    expect(await store.commit(id, 1, 'late')).toBe(false);
    expect(await store.release(id, 1, 'uncounted')).toMatchObject({
      isDone: false,
      link: { state: 'issued', attempts: 1, leaseEndsAt: 0 },
    });
    expect(await store.claim(id, LEASE)).toMatchObject({ isDone: true, link: { fence: 2, attempts: 1 } });
    expect(await store.commit(id, 1, 'late')).toBe(false);
    expect(await store.release(id, 1, 'counted')).toMatchObject({ isDone: false, link: { attempts: 1 } });
    expect(await store.commit(id, 2, 'sealed')).toBe(true);
  });

  test('exhausts a link whose workers stall five times', async () => {
    const { store, clock } = await open();
    await store.issue(newLink(1));

    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      expect(await store.claim(id, LEASE)).toMatchObject({ isDone: true });
      clock.pass(LEASE);
    }

    expect(await stateOf(store)).toBe('exhausted');
    expect(await store.claim(id, LEASE)).toMatchObject({
      isDone: false,
      link: { state: 'exhausted', attempts: MOST_ATTEMPTS, fence: MOST_ATTEMPTS },
    });
  });

  test('revokes a link whose worker has stalled', async () => {
    const { store, clock } = await open();
    await store.issue(newLink(1));
    await store.claim(id, LEASE);
    clock.pass(LEASE);

    expect(await store.revoke(id)).toMatchObject({ isDone: true, link: { state: 'revoked', attempts: 1 } });
  });

  test.each<[string, number, (store: LinkStore) => Promise<unknown>]>([
    ['nobody opened', 60_000, () => Promise.resolve()],
    ['was revoked', 60_000, (store) => store.revoke(id)],
    [
      'was opened',
      0,
      async (store) => {
        await store.claim(id, LEASE);
        await store.commit(id, 1, 'sealed');
      },
    ],
  ])('knows a link that %s for 24 hours after its end, and no longer', async (_case, end, step) => {
    const { store, clock } = await open();
    await store.issue(newLink(1));
    await step(store);

    clock.pass(end + TOMBSTONE_MS - 1);
    expect(await store.findById(id)).toBeDefined();
    expect(await store.findByDigest(digest)).toBeDefined();
    expect(await store.claim(id, LEASE)).toMatchObject({ isDone: false });

    clock.pass(1);
    expect(await store.findById(id)).toBeUndefined();
    expect(await store.findByDigest(digest)).toBeUndefined();
    expect(await store.findByUser(TERMS.userId)).toEqual([]);
    expect(await store.claim(id, LEASE)).toBeUndefined();
    expect(await store.commit(id, 1, 'sealed')).toBe(false);
    expect(await store.release(id, 1, 'counted')).toBeUndefined();
    expect(await store.revoke(id)).toBeUndefined();
  });

  test('knows a link that was opened after its time for 24 hours from then', async () => {
    const { store, clock } = await open();
    await store.issue(newLink(1));
    clock.pass(59_999);
    await store.claim(id, LEASE);
    clock.pass(LEASE - 1);
    await store.commit(id, 1, 'sealed');

    clock.pass(TOMBSTONE_MS - 1);

    expect(await store.findByDigest(digest)).toMatchObject({ link: { state: 'opened' } });
    expect(await store.findByUser(TERMS.userId)).toHaveLength(1);
  });

  test('lists of a user what can be revoked: what waits, until its end, and what was opened, while its session is known', async () => {
    const { store, clock } = await open();
    const listed = async (): Promise<readonly unknown[]> =>
      (await store.findByUser(TERMS.userId)).map(({ link }) => Number(link.id));
    for (const name of [1, 2, 3, 4]) await store.issue(newLink(name));
    await store.claim(newLink(2).id, LEASE);
    await store.commit(newLink(2).id, 1, 'sealed');
    await store.revoke(newLink(3).id);
    expect(await listed()).toEqual([4, 1, 2]);

    clock.pass(59_999);
    await store.claim(newLink(4).id, LEASE);
    clock.pass(1);
    expect(await listed()).toEqual([4, 2]);
    clock.pass(LEASE - 1);
    expect(await listed()).toEqual([2]);

    await store.forgetSession(newLink(2).id);
    expect(await listed()).toEqual([]);
  });

  test('revokes all that a user could get in with, the newest first, and leaves the sessions to be ended', async () => {
    const { store, clock } = await open();
    await store.issue(newLink(9, { terms: { ...TERMS, userId: 19 } }));
    for (const name of [1, 2, 3]) {
      await store.issue(newLink(name));
      clock.pass(1);
    }
    await store.claim(newLink(1).id, LEASE);
    await store.commit(newLink(1).id, 1, 'sealed');
    await store.claim(newLink(2).id, LEASE);

    const revoked = await store.revokeByUser(TERMS.userId);

    expect(revoked.map(({ isDone, link }) => [Number(link.id), link.state, isDone])).toEqual([
      [3, 'revoked', true],
      [2, 'revoked', true],
      [1, 'opened', false],
    ]);
    expect(await store.commit(newLink(2).id, 1, 'late')).toBe(false);
    expect(await store.revokeByUser(TERMS.userId)).toMatchObject([
      { isDone: false, link: { state: 'opened' } },
    ]);
    expect(await store.findByUser(19)).toHaveLength(1);
  });

  test('keeps the younger links of a user when the older ones go', async () => {
    const { store, clock } = await open();
    for (const name of [1, 2, 3]) await store.issue(newLink(name));
    clock.pass(30_000 + TOMBSTONE_MS);
    for (const name of [4, 5]) await store.issue(newLink(name));
    clock.pass(30_000);

    await store.issue(newLink(6));
    await store.issue(newLink(7));

    const found = await store.findByUser(TERMS.userId);
    expect(found.map(({ link }) => link.id)).toEqual([7, 6, 5, 4].map((name) => newLink(name).id));
    expect(await store.findById(newLink(4).id)).toBeDefined();
  });

  test('knows a request again for 60 s', async () => {
    const { store, clock } = await open();
    await store.issue(newLink(1), REPEAT);

    clock.pass(59_999);
    expect(await store.issue(newLink(2), REPEAT)).toMatchObject({ kind: 'repeated', link: { id } });
    expect(await store.issue(newLink(2), { ...REPEAT, request: 'dd' })).toEqual({ kind: 'conflict' });
    clock.pass(1);
    expect(await store.issue(newLink(2), { ...REPEAT, request: 'dd' })).toMatchObject({ kind: 'issued' });
    expect(await store.issue(newLink(3), REPEAT)).toEqual({ kind: 'conflict' });
    clock.pass(59_999);
    expect(await store.issue(newLink(3), REPEAT)).toEqual({ kind: 'conflict' });
    clock.pass(1);
    expect(await store.issue(newLink(3), REPEAT)).toMatchObject({ kind: 'issued' });
  });

  test('knows a request again though its key was once that of another, among many that are over', async () => {
    const { store, clock } = await open();
    for (const name of [1, 2, 3, 4]) await store.issue(newLink(name));
    await store.issue(newLink(5), REPEAT);
    clock.pass(60_000);

    await store.issue(newLink(6), REPEAT);
    for (let step = 0; step < 5; step++) await store.ping();

    expect(await store.issue(newLink(7), REPEAT)).toMatchObject({
      kind: 'repeated',
      link: { id: newLink(6).id },
    });
  });

  test('counts in a window that begins with the first', async () => {
    const { store, clock } = await open();

    expect(await store.hit('name', 60_000)).toEqual({ count: 1, resetsIn: 60_000 });
    clock.pass(59_999);
    expect(await store.hit('name', 60_000)).toEqual({ count: 2, resetsIn: 1 });
    expect(await store.hits('name')).toEqual({ count: 2, resetsIn: 1 });
    clock.pass(1);
    expect(await store.hits('name')).toEqual({ count: 0, resetsIn: 0 });
    expect(await store.hit('name', 1000)).toEqual({ count: 1, resetsIn: 1000 });
    clock.pass(400);
    expect(await store.hit('name', 60_000)).toEqual({ count: 2, resetsIn: 600 });
  });
});
