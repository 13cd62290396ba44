import { expect, it } from 'vitest';
import type { LinkStore } from '../../src/links/store.ts';
import { newLink, pepperOf, redisStore, STORES, TERMS } from '../support/link-stores.ts';
import { onRedis, outcomeOf, PEPPER } from '../support/openings.ts';
import { browse } from '../support/browse.ts';
import { startRedis, whyNoRedis } from '../support/redis.ts';
import { startBoth } from '../support/service.ts';

const MANY = 60_000;
const AT_ONCE = 2000;

/** Issues links of one user, those of one batch in one go. */
async function issueMany(store: LinkStore, first: number, count: number, ttlMs = 60_000): Promise<void> {
  for (let name = first; name < first + count; name += AT_ONCE)
    await Promise.all(Array.from({ length: AT_ONCE }, (_, at) => store.issue(newLink(name + at, { ttlMs }))));
}

it.each(STORES.filter(({ missing }) => missing === undefined))(
  'revokes 60,000 links of a user in $name, the newest first',
  { timeout: 120_000 },
  async ({ open }) => {
    const [store, other] = await open();
    // They have to be there all at once, however slow the machine is.
    await issueMany(store, 1, MANY, 3_600_000);

    const revoked = await other.revokeByUser(TERMS.userId);

    expect(revoked).toHaveLength(MANY);
    expect(revoked.every(({ isDone }) => isDone)).toBe(true);
    expect(Number(revoked[0]?.link.id)).toBeGreaterThan(MANY - AT_ONCE);
    expect(await store.findByUser(TERMS.userId)).toEqual([]);
    expect(await store.claim(newLink(1).id, 1000)).toMatchObject({
      isDone: false,
      link: { state: 'revoked' },
    });
  },
);

it.skipIf(whyNoRedis())(
  'revokes what a user can still use, over the API, whatever 60,000 links of the day have come to',
  { timeout: 120_000 },
  async () => {
    const redis = await startRedis();
    const { call, link } = await startBoth({}, onRedis(redis));
    const used = await link();
    expect(outcomeOf(await browse(used))).toBe('303');
    const store = await redisStore(redis, { pepper: pepperOf(PEPPER) });
    await issueMany(store, 1, MANY, 1);
    const waiting = [await link(), await link()];

    const { status, body } = await call('Clients/RevokeClientSsoToken', { user_id: 18 });

    expect([status, body.data]).toEqual([200, { revoked: 3, plesk_session: 'ended' }]);
    for (const url of waiting) expect(outcomeOf(await browse(url))).toBe('410 token_revoked');
    expect(await redis.client.keys('*:live:18')).toEqual([]);
  },
);
