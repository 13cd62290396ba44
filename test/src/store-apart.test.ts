import { describe, expect, it } from 'vitest';
import type { ServiceOptions } from '../../src/service.ts';
import { browse } from '../support/browse.ts';
import { linkAt, onRedis, outcomeOf, PEPPER } from '../support/openings.ts';
import { startRedis, whyNoRedis } from '../support/redis.ts';
import type { StartedService } from '../support/service.ts';
import { startBoth, startService } from '../support/service.ts';

const OTHER_PEPPER = 'another pepper for tests only, long enough';
const [CREATE, GET, REVOKE] = [
  'Clients/CreateClientSsoToken',
  'Clients/GetClientSsoToken',
  'Clients/RevokeClientSsoToken',
];
/** A Plesk that lets only our own host follow a login, so that the client area is reached through `/continue/`. */
const DETOUR = { trustedRedirectHosts: ['127.0.0.1'] };

/** Two services on one Redis that differ in these settings. */
async function startTwo(
  one: Partial<ServiceOptions>,
  other: Partial<ServiceOptions>,
): Promise<readonly [StartedService, StartedService]> {
  const redis = onRedis(await startRedis());
  const first = await startBoth({ plesk: '18.0', ...DETOUR }, { ...redis, ...one }, DETOUR);
  return [first, await startService(first.directory, { ...redis, ...other })];
}

/** Has a link made that leads through `/continue/`. */
async function issue({ call }: StartedService): Promise<{ readonly id: string; readonly url: string }> {
  const { body } = await call(CREATE, { user_id: 18, destination: 'ac-ps-products' });
  return { id: String(body.data?.['id']), url: String(body.data?.['url']) };
}

const KEY = { 'Idempotency-Key': 'one-order-of-one-customer' };

describe.skipIf(whyNoRedis())('two deployments on one Redis', { timeout: 60_000 }, () => {
  it.each<[string, Partial<ServiceOptions>, Partial<ServiceOptions>]>([
    ['different peppers', { pepperKeys: [PEPPER] }, { pepperKeys: [OTHER_PEPPER] }],
    ['one pepper and different prefixes', { storePrefix: 'a:' }, { storePrefix: 'b:' }],
  ])(
    'with %s neither see, end, continue, repeat nor limit what is the other one’s',
    async (_what, ...both) => {
      const limits = { issueLimit: 3, openLimit: 1 };
      const [a, b] = await startTwo({ ...both[0], ...limits }, { ...both[1], ...limits });
      const { id, url } = await issue(a);

      expect((await b.call(GET, { id })).status).toBe(404);
      expect((await b.call(REVOKE, { id })).status).toBe(404);
      expect((await b.call(REVOKE, { user_id: 18 })).body.data).toMatchObject({ revoked: 0 });
      expect(outcomeOf(await browse(linkAt(b.url, url)))).toBe('404 token_unknown');
      expect(outcomeOf(await browse(url))).toBe('303');
      expect((await browse(`${a.url}/continue/${id}`)).status).toBe(303);
      expect((await browse(`${b.url}/continue/${id}`)).status).toBe(404);

      const repeated = await a.call(CREATE, { user_id: 18 }, KEY);
      expect((await b.call(CREATE, { user_id: 18 }, KEY)).body.data).not.toEqual(repeated.body.data);
      // A has opened one link of the user: the next has to wait. B counts for itself.
      expect(outcomeOf(await browse((await issue(a)).url))).toBe('429 rate_limited');
      expect(outcomeOf(await browse((await issue(b)).url))).toBe('303');
      // A has made three links for its key, B two.
      expect((await a.call(CREATE, { user_id: 18 })).status).toBe(429);
      expect((await b.call(CREATE, { user_id: 18 })).status).toBe(200);
      expect(outcomeOf(await browse(linkAt(b.url, url)))).toBe('404 token_unknown');
    },
  );
});

describe.skipIf(whyNoRedis())('a change of the pepper', { timeout: 60_000 }, () => {
  it('keeps the links of before open, known, continued and revocable', async () => {
    const rotated = { pepperKeys: [OTHER_PEPPER, PEPPER] };
    const [before, after] = await startTwo({ pepperKeys: [PEPPER] }, rotated);
    const [opened, ended] = [await issue(before), await issue(before)];

    expect((await after.call(GET, { id: opened.id })).body.data).toMatchObject({ state: 'issued' });
    expect(outcomeOf(await browse(linkAt(after.url, opened.url)))).toBe('303');
    expect((await browse(`${after.url}/continue/${opened.id}`)).status).toBe(303);
    expect(outcomeOf(await browse(opened.url))).toBe('410 token_used');
    expect((await after.call(REVOKE, { user_id: 18 })).body.data).toEqual({
      revoked: 2,
      plesk_session: 'ended',
    });
    expect(outcomeOf(await browse(linkAt(after.url, ended.url)))).toBe('410 token_revoked');
  });

  it('lets a service that has the new one in second place open its links', async () => {
    const [ahead, behind] = await startTwo(
      { pepperKeys: [OTHER_PEPPER, PEPPER] },
      { pepperKeys: [PEPPER, OTHER_PEPPER] },
    );
    const { url } = await issue(ahead);
    expect(outcomeOf(await browse(linkAt(behind.url, url)))).toBe('303');
  });

  it('ends the links of before where the old one is not kept', async () => {
    const [before, after] = await startTwo({ pepperKeys: [PEPPER] }, { pepperKeys: [OTHER_PEPPER] });
    const { url } = await issue(before);
    expect(outcomeOf(await browse(linkAt(after.url, url)))).toBe('404 token_unknown');
    expect(outcomeOf(await browse(url))).toBe('303');
  });
});
