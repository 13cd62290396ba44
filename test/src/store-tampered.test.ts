import type { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { randomIds } from '../../base/ids.ts';
import { Secret } from '../../base/secret.ts';
import { Pepper } from '../../src/pepper.ts';
import { browse } from '../support/browse.ts';
import { onRedis, outcomeOf, PEPPER } from '../support/openings.ts';
import { startRedis, whyNoRedis } from '../support/redis.ts';
import type { StartedService } from '../support/service.ts';
import { startBoth } from '../support/service.ts';

/** What somebody does who can write to Redis; they know the records of two links and the token of the first. */
type Tampering = (client: Redis, own: Records, other: Records) => Promise<unknown>;

/** The keys of a link's records. */
interface Records {
  readonly id: string;
  readonly link: string;
  readonly digest: string;
}

/** Has a link made, and finds its records. */
async function issue(
  { call }: StartedService,
  client: Redis,
  userId: number,
): Promise<Records & { readonly url: string }> {
  const { body } = await call('Clients/CreateClientSsoToken', { user_id: userId });
  const { id, url } = body.data ?? {};
  const [link = ''] = await client.keys(`*:link:${String(id)}`);
  const digest = link.replace(/link:.*$/, `digest:${(await client.hget(link, 'digest')) ?? ''}`);
  return { id: String(id), url: String(url), link, digest };
}

const pepper = new Pepper([new Secret(PEPPER)], randomIds);
const TERMS = {
  ...{ userId: 19, serviceId: 102, server: 'plesk-1', keyId: 'billing', destination: '', mode: 'direct' },
};

/** Terms that were sealed by somebody who has the pepper, such as a service of another release. */
const sealed =
  (terms: object): Tampering =>
  async (client, { id, link }) => {
    const digest = (await client.hget(link, 'digest')) ?? '';
    await client.hset(link, 'terms', pepper.seal(JSON.stringify(terms), `terms ${id} ${digest}`));
  };

const setting =
  (...fields: readonly string[]): Tampering =>
  (client, { link }) =>
    client.hset(link, ...fields);

const TAMPERINGS: readonly (readonly [what: string, tamper: Tampering])[] = [
  ['the terms are written in the clear', setting('terms', JSON.stringify(TERMS))],
  [
    'the terms are those of another link',
    async (client, own, other) =>
      client.hset(own.link, 'terms', (await client.hget(other.link, 'terms')) ?? ''),
  ],
  [
    'the whole record is that of another link',
    async (client, own, other) => client.hset(own.link, await client.hgetall(other.link)),
  ],
  ['its digest leads to another link', (client, own, other) => client.set(own.digest, other.id)],
  [
    'its digest leads to another link that was given the digest',
    async (client, own, other) => {
      await client.set(own.digest, other.id);
      await client.hset(other.link, 'digest', (await client.hget(own.link, 'digest')) ?? '');
    },
  ],
  [
    'one character of the terms is another',
    async (client, { link }) => {
      const terms = (await client.hget(link, 'terms')) ?? '';
      await client.hset(link, 'terms', terms.slice(0, -1) + (terms.endsWith('A') ? 'Q' : 'A'));
    },
  ],
  ['the terms are missing', (client, { link }) => client.hdel(link, 'terms')],
  ['the terms have a field that this release does not know', sealed({ ...TERMS, onlyOnTuesdays: true })],
  ['a field of the terms has another type', sealed({ ...TERMS, userId: '19' })],
  ['an instant is no number', setting('expires', 'never')],
  ['an instant is not a finite number', setting('expires', 'inf')],
  ['the fence is negative', setting('fence', '-1')],
  ['the state is unknown', setting('state', 'open')],
  ['it is opened at no instant', setting('state', 'opened')],
  [
    'the record is no hash',
    async (client, { link }) => {
      await client.del(link);
      await client.set(link, 'something');
    },
  ],
  [
    'the digest is no text',
    async (client, { digest }) => {
      await client.del(digest);
      await client.lpush(digest, 'something');
    },
  ],
];

const USERS = {
  '19': {
    active: true,
    accounts: [{ service_id: 102, server: 'plesk-1', login: 'cora', role: 'customer', primary: true }],
  },
};

describe.skipIf(whyNoRedis())('a link in Redis', { timeout: 60_000 }, () => {
  it.each(TAMPERINGS)('is unknown, with a line and a count, where %s', async (_what, tamper) => {
    const redis = await startRedis();
    const started = await startBoth({}, onRedis(redis), {}, { users: USERS });
    const own = await issue(started, redis.client, 18);
    const other = await issue(started, redis.client, 19);

    await tamper(redis.client, own, other);

    expect(outcomeOf(await browse(own.url))).toBe('404 token_unknown');
    expect(await started.plesk.sessions.list()).toEqual([]);
    expect(started.lines.filter((line) => line.includes('altered'))).toHaveLength(1);
    expect(await started.service.metrics.text()).toMatch(
      /^plesk_sso_store_refused_records_total\{reason="altered"\} 1$/m,
    );
    // The service goes on, for this user too.
    expect(outcomeOf(await browse(await started.link()))).toBe('303');
  });

  it('is not revoked with another user into whose set it was written', async () => {
    const redis = await startRedis();
    const started = await startBoth({}, onRedis(redis), {}, { users: USERS });
    const own = await issue(started, redis.client, 18);
    const other = await issue(started, redis.client, 19);
    const [ownSet = '', otherSet = ''] = ['18', '19'].map((user) =>
      own.link.replace(/link:.*/, `live:${user}`),
    );
    await redis.client.rename(otherSet, ownSet);

    const { body } = await started.call('Clients/RevokeClientSsoToken', { user_id: 18 });

    expect(body.data).toEqual({ revoked: 0 });
    expect(outcomeOf(await browse(other.url))).toBe('303');
  });

  it.each(['link', 'digest', 'live', 'open', 'hits', 'repeat', 'clock'])(
    'opens once at most where Redis has dropped the keys of the kind %s',
    async (kind) => {
      const redis = await startRedis();
      const started = await startBoth({}, onRedis(redis));
      const [before, after] = [await started.link(), await started.link()];
      await browse(after);
      const dropped = await redis.client.keys(`{psso}:*:${kind}*`);

      await Promise.all(dropped.map((key) => redis.client.del(key)));

      expect(outcomeOf(await browse(after))).toMatch(/^(?:410 token_used|404 token_unknown)$/);
      await browse(before);
      expect(outcomeOf(await browse(before))).toMatch(/^(?:410 token_used|404 token_unknown)$/);
      expect(outcomeOf(await browse(await started.link()))).toBe('303');
    },
  );
});
