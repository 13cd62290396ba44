import { describe, expect, it } from 'vitest';
import type { LinkTerms } from '../../src/links/link.ts';
import { MOST_ATTEMPTS } from '../../src/links/link.ts';
import type { LinkStore } from '../../src/links/store.ts';
import { StoreUnavailable } from '../../src/links/store.ts';
import { newLink, STEPS, STORES, TERMS } from '../support/link-stores.ts';

const LEASE = 10_000;
const UNKNOWN = 'f'.repeat(32);
const REPEAT = { key: 'aa', request: 'bb', sealedToken: 'v1.cc' };

const linkOf = async (store: LinkStore, name = 1): Promise<unknown> =>
  (await store.findById(newLink(name).id))?.link;

async function opened(store: LinkStore): Promise<void> {
  await store.issue(newLink(1));
  await store.claim(newLink(1).id, LEASE);
  await store.commit(newLink(1).id, 1, 'sealed');
}

describe.each(STORES)('$name', ({ open, missing }) => {
  const test = it.skipIf(missing !== undefined);

  test('keeps a link as it was issued, and finds it by each of its names', async () => {
    const [store] = await open();

    const issued = await store.issue(newLink(1));

    const found = await store.findById(newLink(1).id);
    const link = {
      id: newLink(1).id,
      terms: TERMS,
      issuedAt: found?.link.issuedAt,
      expiresAt: (found?.link.issuedAt ?? NaN) + 60_000,
      state: 'issued',
      fence: 0,
      leaseEndsAt: 0,
      attempts: 0,
    };
    expect(issued).toStrictEqual({ kind: 'issued', link, now: link.issuedAt });
    expect(found).toStrictEqual({ link, now: expect.any(Number) as unknown });
    expect((await store.findByDigest(newLink(1).digest))?.link).toStrictEqual(link);
    expect(await store.findByUser(TERMS.userId)).toMatchObject([{ link }]);
  });

  test.each<[string, LinkTerms]>([
    [
      'everything that terms may have',
      {
        ...TERMS,
        destination: '/smb/web/view?a=1&b="2"',
        success: 'https://billing.example.com/',
        target: 'https://billing.example.com/ü/%00',
        locale: 'de-DE',
        mode: 'confirm',
        clientIp: '2001:db8::/64',
        browserBinding: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg',
      },
    ],
    ['characters of all kinds', { ...TERMS, server: 'é€😀\0\n\\"', destination: '__proto__' }],
    ['the largest user', { ...TERMS, userId: Number.MAX_SAFE_INTEGER }],
  ])('gives back %s', async (_case, terms) => {
    const [store] = await open();

    await store.issue(newLink(1, { terms }));

    expect((await store.findByDigest(newLink(1).digest))?.link.terms).toStrictEqual(terms);
    expect(await store.findByUser(terms.userId)).toHaveLength(1);
  });

  test('knows nothing of what was never issued', async () => {
    const [store] = await open();

    expect(await store.findByDigest(UNKNOWN)).toBeUndefined();
    expect(await store.findById(UNKNOWN)).toBeUndefined();
    expect(await store.findByUser(1)).toEqual([]);
    expect(await store.claim(UNKNOWN, LEASE)).toBeUndefined();
    expect(await store.claimReplacement(UNKNOWN, 'own', LEASE)).toBeUndefined();
    expect(await store.commit(UNKNOWN, 1, 'sealed')).toBe(false);
    expect(await store.release(UNKNOWN, 1, 'counted')).toBeUndefined();
    expect(await store.revoke(UNKNOWN)).toBeUndefined();
    await store.forgetSession(UNKNOWN);
    expect(await store.findById(UNKNOWN)).toBeUndefined();
  });

  test.each([
    ['id', { id: newLink(1).id }],
    ['digest', { digest: newLink(1).digest }],
  ])('refuses a second link of the same %s, and leaves the first as it is', async (_case, same) => {
    const [store] = await open();
    await opened(store);
    const before = await linkOf(store);

    const second = store.issue(newLink(2, same), REPEAT);

    await expect(second).rejects.toThrow('the link is there already');
    expect(await linkOf(store)).toStrictEqual(before);
    expect(await store.findByUser(TERMS.userId)).toHaveLength(1);
    expect(await store.issue(newLink(3), REPEAT)).toMatchObject({ kind: 'issued' });
  });

  test('opens a link by a claim and a commit', async () => {
    const [store, other] = await open();
    await store.issue(newLink(1));

    const claimed = await store.claim(newLink(1).id, LEASE);
    const isCommitted = await other.commit(newLink(1).id, 1, 'v1.sealed');

    expect(claimed).toMatchObject({
      isDone: true,
      link: { state: 'claimed', fence: 1, leaseEndsAt: (claimed?.now ?? NaN) + LEASE, attempts: 0 },
    });
    expect(isCommitted).toBe(true);
    expect(await linkOf(store)).toStrictEqual({
      ...claimed?.link,
      state: 'opened',
      leaseEndsAt: 0,
      openedAt: expect.any(Number) as unknown,
      sealedSession: 'v1.sealed',
    });
  });

  test('changes nothing of a link that was opened', async () => {
    const [store] = await open();
    await opened(store);
    const before = await linkOf(store);

    expect(await store.claim(newLink(1).id, LEASE)).toMatchObject({ isDone: false, link: before });
    expect(await store.commit(newLink(1).id, 1, 'another')).toBe(false);
    expect(await store.release(newLink(1).id, 1, 'counted')).toMatchObject({ isDone: false, link: before });
    expect(await store.revoke(newLink(1).id)).toMatchObject({ isDone: false, link: before });
    expect(await linkOf(store)).toStrictEqual(before);
  });

  test('keeps who opened a link, and lets one of 50 replacements at once through, and no second', async () => {
    const stores = await open();
    const [store, other] = stores;
    const { id } = newLink(1);
    await store.issue(newLink(1));
    await store.claim(id, LEASE);
    await store.commit(id, 1, 'first', 'own');
    expect(await linkOf(store)).toMatchObject({ opener: 'own', sealedSession: 'first' });
    expect(await store.claimReplacement(id, 'other', LEASE)).toMatchObject({ isDone: false });

    const claims = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        (index % 2 === 0 ? store : other).claimReplacement(id, 'own', LEASE),
      ),
    );

    expect(claims.filter((claimed) => claimed?.isDone === true)).toHaveLength(1);
    expect(await other.commit(id, 1, 'late')).toBe(false);
    expect(await other.commit(id, 2, 'second')).toBe(true);
    expect(await linkOf(store)).toMatchObject({ opener: 'own', sealedSession: 'second', isReplaced: true });
    expect(await store.claimReplacement(id, 'own', LEASE)).toMatchObject({ isDone: false });
  });

  test('forgets who opened a link when it is revoked, and refuses a replacement that is under way', async () => {
    const [store, other] = await open();
    const { id } = newLink(1);
    await store.issue(newLink(1));
    await store.claim(id, LEASE);
    await store.commit(id, 1, 'first', 'own');
    await store.claimReplacement(id, 'own', LEASE);

    expect(await other.revoke(id)).toMatchObject({ isDone: false, link: { state: 'opened' } });

    expect(await store.commit(id, 2, 'second')).toBe(false);
    expect(await store.claimReplacement(id, 'own', LEASE)).toMatchObject({ isDone: false });
    expect(await linkOf(store)).not.toHaveProperty('opener');
  });

  test('lets one of 50 claims at once through', async () => {
    const stores = await open();
    await stores[0].issue(newLink(1));

    const claims = await Promise.all(
      Array.from({ length: 50 }, (_, index) => stores[index % 2 === 0 ? 0 : 1].claim(newLink(1).id, LEASE)),
    );

    expect(claims.filter((claimed) => claimed?.isDone === true)).toHaveLength(1);
    expect(claims.every((claimed) => claimed?.link.fence === 1)).toBe(true);
  });

  test('lets one of 50 commits at once through', async () => {
    const stores = await open();
    await stores[0].issue(newLink(1));
    await stores[0].claim(newLink(1).id, LEASE);

    const commits = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        stores[index % 2 === 0 ? 0 : 1].commit(newLink(1).id, 1, `sealed ${index}`),
      ),
    );

    expect(commits.filter((isDone) => isDone)).toHaveLength(1);
    expect(await linkOf(stores[0])).toMatchObject({ sealedSession: `sealed ${commits.indexOf(true)}` });
  });

  test('lets the link be claimed anew once a claim is given back', async () => {
    const [store, other] = await open();
    await store.issue(newLink(1));
    await store.claim(newLink(1).id, LEASE);

    const released = await store.release(newLink(1).id, 1, 'uncounted');
    const claimed = await other.claim(newLink(1).id, LEASE);

    expect(released).toMatchObject({ isDone: true, link: { state: 'issued', leaseEndsAt: 0, attempts: 0 } });
    expect(claimed).toMatchObject({ isDone: true, link: { fence: 2, attempts: 0 } });
  });

  test('refuses whoever held a claim before the one that is held', async () => {
    const [store, other] = await open();
    await store.issue(newLink(1));
    await store.claim(newLink(1).id, LEASE);
    await store.release(newLink(1).id, 1, 'uncounted');
    await other.claim(newLink(1).id, LEASE);

    const isCommitted = await store.commit(newLink(1).id, 1, 'late');
    const released = await store.release(newLink(1).id, 1, 'counted');

    expect(isCommitted).toBe(false);
    expect(released).toMatchObject({ isDone: false, link: { state: 'claimed', fence: 2, attempts: 0 } });
    expect(await other.commit(newLink(1).id, 2, 'sealed')).toBe(true);
  });

  test.each([0, 2, -1, 1.5, NaN, Infinity])('refuses the fence %d, which nobody holds', async (fence) => {
    const [store] = await open();
    await store.issue(newLink(1));
    await store.claim(newLink(1).id, LEASE);

    expect(await store.commit(newLink(1).id, fence, 'sealed')).toBe(false);
    expect(await store.release(newLink(1).id, fence, 'counted')).toMatchObject({ isDone: false });
    expect(await linkOf(store)).toMatchObject({ state: 'claimed', attempts: 0 });
  });

  test('refuses a commit and a release where no claim is held', async () => {
    const [store] = await open();
    await store.issue(newLink(1));
    const before = await linkOf(store);

    expect(await store.commit(newLink(1).id, 0, 'sealed')).toBe(false);
    expect(await store.release(newLink(1).id, 0, 'counted')).toMatchObject({ isDone: false });
    expect(await linkOf(store)).toStrictEqual(before);
  });

  test('exhausts a link with the fifth counted attempt', async () => {
    const [store] = await open();
    await store.issue(newLink(1));

    const states: unknown[] = [];
    for (let fence = 1; fence <= MOST_ATTEMPTS; fence++) {
      await store.claim(newLink(1).id, LEASE);
      const released = await store.release(newLink(1).id, fence, 'counted');
      states.push([released?.isDone, released?.link.state, released?.link.attempts]);
    }

    expect(states).toEqual([
      [true, 'issued', 1],
      [true, 'issued', 2],
      [true, 'issued', 3],
      [true, 'issued', 4],
      [true, 'exhausted', 5],
    ]);
    expect(await store.claim(newLink(1).id, LEASE)).toMatchObject({ isDone: false });
    expect(await store.revoke(newLink(1).id)).toMatchObject({ isDone: false, link: { state: 'exhausted' } });
  });

  test('lets uncounted attempts be made as often as one likes', async () => {
    const [store] = await open();
    await store.issue(newLink(1));

    for (let fence = 1; fence <= 20; fence++) {
      await store.claim(newLink(1).id, LEASE);
      await store.release(newLink(1).id, fence, 'uncounted');
    }

    expect(await store.claim(newLink(1).id, LEASE)).toMatchObject({ isDone: true, link: { fence: 21 } });
  });

  test('revokes a link once', async () => {
    const [store, other] = await open();
    await store.issue(newLink(1));

    const revoked = await store.revoke(newLink(1).id);

    expect(revoked).toMatchObject({ isDone: true, link: { state: 'revoked' } });
    expect(await other.revoke(newLink(1).id)).toMatchObject({ isDone: false, link: { state: 'revoked' } });
    expect(await other.claim(newLink(1).id, LEASE)).toMatchObject({ isDone: false });
  });

  test('revokes a link that is claimed, whose holder then gets nobody in', async () => {
    const [store, other] = await open();
    await store.issue(newLink(1));
    await store.claim(newLink(1).id, LEASE);

    const revoked = await other.revoke(newLink(1).id);

    expect(revoked).toMatchObject({ isDone: true, link: { state: 'revoked', fence: 1, leaseEndsAt: 0 } });
    expect(await store.commit(newLink(1).id, 1, 'sealed')).toBe(false);
    expect(await store.release(newLink(1).id, 1, 'counted')).toMatchObject({ isDone: false });
    expect(await linkOf(store)).toStrictEqual(revoked?.link);
  });

  test('gives the same answer to the same request, and none to another under its key', async () => {
    const [store, other] = await open();
    const { link } = (await store.issue(newLink(1), REPEAT)) as { readonly link: unknown };

    const same = await other.issue(newLink(2), { ...REPEAT, sealedToken: 'v1.another' });
    const different = await other.issue(newLink(3), { ...REPEAT, request: 'dd' });

    expect(same).toStrictEqual({
      kind: 'repeated',
      link,
      now: expect.any(Number) as unknown,
      sealedToken: REPEAT.sealedToken,
    });
    expect(different).toStrictEqual({ kind: 'conflict' });
    expect(await store.findByUser(TERMS.userId)).toHaveLength(1);
    expect(await linkOf(store, 2)).toBeUndefined();
    expect(await linkOf(store, 3)).toBeUndefined();
  });

  test('gives the link as it is by then with a repeated answer', async () => {
    const [store] = await open();
    await store.issue(newLink(1), REPEAT);
    await store.revoke(newLink(1).id);

    expect(await store.issue(newLink(2), REPEAT)).toMatchObject({
      kind: 'repeated',
      link: { id: newLink(1).id, state: 'revoked' },
    });
  });

  test('issues one link for 50 same requests at once', async () => {
    const stores = await open();

    const issued = await Promise.all(
      Array.from({ length: 50 }, (_, index) => stores[index % 2 === 0 ? 0 : 1].issue(newLink(index), REPEAT)),
    );

    expect(issued.filter(({ kind }) => kind === 'issued')).toHaveLength(1);
    expect(issued.filter(({ kind }) => kind === 'repeated')).toHaveLength(49);
    expect(await stores[0].findByUser(TERMS.userId)).toHaveLength(1);
  });

  test("lists a user's links and no other's, newest first", async () => {
    const [store, other] = await open();
    const theirs = { terms: { ...TERMS, userId: 1 } };
    for (const [name, parts] of [
      [1, {}],
      [2, theirs],
      [3, {}],
      [4, {}],
    ] as const)
      await store.issue(newLink(name, parts));

    const found = await other.findByUser(TERMS.userId);

    expect(found.map(({ link }) => link.id)).toEqual([4, 3, 1].map((name) => newLink(name).id));
    expect(await other.findByUser(1)).toHaveLength(1);
  });

  test('forgets the session of an opened link, and nothing else', async () => {
    const [store] = await open();
    await opened(store);
    const { sealedSession, ...rest } = (await linkOf(store)) as { readonly sealedSession: string };

    await store.forgetSession(newLink(1).id);
    await store.forgetSession(newLink(1).id);

    expect(sealedSession).toBe('sealed');
    expect(await linkOf(store)).toStrictEqual(rest);
  });

  test('counts by name', async () => {
    const [store, other] = await open();

    expect(await store.hits('open 192.0.2.1')).toEqual({ count: 0, resetsIn: 0 });
    expect(await store.hit('open 192.0.2.1', 60_000)).toEqual({ count: 1, resetsIn: 60_000 });
    expect(await other.hit('open 192.0.2.1', 60_000)).toMatchObject({ count: 2 });
    expect(await other.hit('open 192.0.2.2', 60_000)).toMatchObject({ count: 1 });
    const { count, resetsIn } = await store.hits('open 192.0.2.1');
    expect(count).toBe(2);
    expect(resetsIn).toBeGreaterThan(0);
    expect(resetsIn).toBeLessThanOrEqual(60_000);
  });

  test('counts each of 50 at once', async () => {
    const stores = await open();

    const hits = await Promise.all(
      Array.from({ length: 50 }, (_, index) => stores[index % 2 === 0 ? 0 : 1].hit('name', 60_000)),
    );

    expect(hits.map(({ count }) => count).sort((one, other) => one - other)).toEqual(
      Array.from({ length: 50 }, (_, index) => index + 1),
    );
  });

  test.each([0, -1, 1.5, NaN, Infinity])('takes no span of %d ms', async (ms) => {
    const [store] = await open();
    await store.issue(newLink(1));

    await expect(store.issue(newLink(2, { ttlMs: ms }))).rejects.toThrow(RangeError);
    await expect(store.claim(newLink(1).id, ms)).rejects.toThrow(RangeError);
    await expect(store.hit('name', ms)).rejects.toThrow(RangeError);
    expect(await linkOf(store, 2)).toBeUndefined();
    expect(await linkOf(store)).toMatchObject({ state: 'issued' });
    expect(await store.hits('name')).toMatchObject({ count: 0 });
  });

  test('can be asked nothing once it is closed', async () => {
    const [store] = await open();

    await store.close();
    await store.close();

    for (const [name, step] of Object.entries(STEPS))
      await expect(step(store), name).rejects.toBeInstanceOf(StoreUnavailable);
  });
});
