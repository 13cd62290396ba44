import { expect, it } from 'vitest';
import { randomIds } from '../../base/ids.ts';
import { Secret } from '../../base/secret.ts';
import { Pepper } from '../../src/pepper.ts';
import { browse } from '../support/browse.ts';
import { testClock } from '../support/clock.ts';
import { Secrets } from '../support/leaks.ts';
import { onRedis, PEPPER } from '../support/openings.ts';
import type { RedisServer } from '../support/redis.ts';
import { startRedis, whyNoRedis } from '../support/redis.ts';
import { startBoth } from '../support/service.ts';

const missing = whyNoRedis();
const because = missing === undefined ? '' : ` (skipped: ${missing})`;
const inRedis = it.skipIf(missing !== undefined);

const [CREATE, REVOKE] = ['Clients/CreateClientSsoToken', 'Clients/RevokeClientSsoToken'];
const pepper = new Pepper([new Secret(PEPPER)], randomIds);
const other = new Pepper([new Secret(`${PEPPER}, another`)], randomIds);

/** The one key of this pattern. */
async function keyLike({ client }: RedisServer, pattern: string): Promise<string> {
  const keys = await client.keys(pattern);
  expect(keys).toHaveLength(1);
  return keys[0] ?? '';
}

/** Whether a text holds a secret in any form. */
function holds(text: unknown, secret: string): boolean {
  const secrets = new Secrets();
  secrets.add('it', secret);
  return secrets.leaksIn(JSON.stringify(text)).length > 0;
}

inRedis(`keeps an answer that may be repeated sealed, and no longer than 60 s${because}`, async () => {
  const redis = await startRedis();
  const { call } = await startBoth({}, onRedis(redis));
  const headers = { 'Idempotency-Key': 'an order of a customer' };
  const key = headers['Idempotency-Key'].replaceAll(' ', '-');
  const before = await redis.now();

  const { data } = (await call(CREATE, { user_id: 18 }, { 'Idempotency-Key': key })).body;
  const again = (await call(CREATE, { user_id: 18 }, { 'Idempotency-Key': key })).body;

  expect(again.data).toEqual(data);
  const [token, id] = [String(data?.['token']), String(data?.['id'])];
  const name = await keyLike(redis, '*:repeat:*');
  const row = await redis.client.hgetall(name);
  expect(holds([name, row], token) || holds([name, row], key)).toBe(false);
  const owner = `token ${/[^:]*$/.exec(name)?.[0]} ${row['request']} ${id}`;
  expect(pepper.open(row['token'] ?? '', owner)).toBe(token);
  expect(pepper.open(row['token'] ?? '', owner.replace(id, '0'.repeat(32)))).toBeUndefined();
  expect(pepper.open(row['token'] ?? '', id)).toBeUndefined();
  expect(other.open(row['token'] ?? '', owner)).toBeUndefined();
  const ends = await redis.client.pexpiretime(name);
  expect(ends).toBeGreaterThanOrEqual(before + 60_000);
  expect(ends).toBeLessThanOrEqual((await redis.now()) + 60_000);
});

inRedis.each([
  ['the link is revoked', 'revoke', false],
  ['the link is opened again, where that is wanted', 'reuse', true],
] as const)(
  `keeps the session of an opened link sealed, until %s${because}`,
  async (_when, how, endReusedSessions) => {
    const redis = await startRedis();
    const { plesk, call, link, audit } = await startBoth({}, { ...onRedis(redis), endReusedSessions });
    const url = await link();
    const id = audit[0]?.linkId ?? '';
    const name = await keyLike(redis, `*:link:${id}`);
    expect(await redis.client.hget(name, 'session')).toBeNull();

    const { location = '' } = await browse(url);
    const session = new URL(location).searchParams.get('PLESKSESSID') ?? '';
    const sealed = (await redis.client.hget(name, 'session')) ?? '';
    expect(holds(await redis.client.hgetall(name), session)).toBe(false);
    expect(pepper.open(sealed, id)).toBe(session);
    expect(pepper.open(sealed, '0'.repeat(32))).toBeUndefined();
    expect(other.open(sealed, id)).toBeUndefined();
    expect(await redis.client.pexpiretime(name)).toBeLessThanOrEqual((await redis.now()) + 86_400_000);

    if (how === 'revoke')
      expect((await call(REVOKE, { id })).body.data).toMatchObject({ plesk_session: 'ended' });
    else await browse(url);

    expect(await redis.client.hexists(name, 'session')).toBe(0);
    expect(JSON.stringify(await redis.client.hgetall(name))).not.toContain(sealed);
    expect(await plesk.sessions.list()).toEqual([]);
  },
);

inRedis(`keeps the session of an opened link as long as it could not be ended${because}`, async () => {
  const redis = await startRedis();
  const { call, link, audit } = await startBoth({ plesk: '11.5' }, onRedis(redis));
  await browse(await link());
  const id = audit[0]?.linkId ?? '';
  expect((await call(REVOKE, { id })).body.data).toMatchObject({ plesk_session: 'not_supported' });
  expect(await redis.client.hexists(await keyLike(redis, `*:link:${id}`), 'session')).toBe(1);
});

it('repeats no answer of a link in memory after 60 s, and knows no session that was ended', async () => {
  const clock = testClock();
  const { call, link } = await startBoth({ clock }, { clock });
  const create = async (): Promise<unknown> =>
    (await call(CREATE, { user_id: 18 }, { 'Idempotency-Key': 'an-order-of-a-customer' })).body.data?.[
      'token'
    ];
  const first = await create();
  clock.pass(59.999);
  expect(await create()).toBe(first);
  clock.pass(0.001);
  expect(await create()).not.toBe(first);

  const url = await link();
  const token = new URL(url).searchParams.get('sso_token');
  await browse(url);
  expect((await call(REVOKE, { token })).body.data).toEqual({ revoked: 1, plesk_session: 'ended' });
  expect((await call(REVOKE, { token })).body.data).toEqual({ revoked: 0 });
});
