import { expect, it } from 'vitest';
import { digestOf } from '../../base/secret.ts';
import { mintToken } from '../../src/links/token.ts';
import type { Page } from '../support/browse.ts';
import { testClock } from '../support/clock.ts';
import { codeOf } from '../support/confirming.ts';
import type { SeenService } from '../support/seen-service.ts';
import { startSeen } from '../support/seen-service.ts';
import { API_KEY, callApi } from '../support/service.ts';

const VISITOR = '203.0.113.5';
const CREATE = 'Clients/CreateClientSsoToken';

/** Looks at something many times, one after the other, and answers each page. */
async function times(count: number, look: (at: number) => Promise<Page>): Promise<readonly Page[]> {
  const pages: Page[] = [];
  for (let at = 0; at < count; at++) pages.push(await look(at));
  return pages;
}

/** Opens a new link of user 18. */
const openNew = async ({ visitFrom, link }: SeenService, peer: string): Promise<Page> =>
  visitFrom(peer, await link());

let minted = 0;

/** A token of the right form that was never issued. */
function unknownToken(): string {
  minted += 1;
  return mintToken({ hex32: () => minted.toString(16).padStart(32, '0') });
}

/** A token that was mistyped. */
const mistyped = (token: string): string => token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));

const limitsOf = ({ headers }: Page): Readonly<Record<string, unknown>> => ({
  policy: headers['ratelimit-policy'],
  limit: headers['ratelimit'],
  after: headers['retry-after'],
});

it('lets a user open 30 links in a minute from an address, says how many are left, and begins anew by the clock', async () => {
  const clock = testClock();
  const world = await startSeen({ clock });
  const policy = '"open";q=30;w=60';

  const [first] = await times(1, () => openNew(world, VISITOR));
  expect(first === undefined ? {} : limitsOf(first)).toEqual({
    ...{ policy, limit: '"open";r=29;t=60', after: undefined },
  });
  clock.pass(20);
  const rest = await times(29, () => openNew(world, VISITOR));
  expect(rest.map(({ status }) => status)).toEqual(rest.map(() => 303));
  expect(rest.map(limitsOf).at(-1)).toEqual({ policy, limit: '"open";r=0;t=40', after: undefined });
  const link = await world.link();

  const tooMany = await world.visitFrom(VISITOR, link);
  expect([tooMany.status, codeOf(tooMany)]).toEqual([429, 'rate_limited']);
  expect(limitsOf(tooMany)).toEqual({ policy, limit: '"open";r=0;t=40', after: '40' });
  expect(await world.plesk.sessions.list()).toHaveLength(30);

  clock.pass(39.999);
  expect(limitsOf(await world.visitFrom(VISITOR, link))).toMatchObject({ after: '1' });
  clock.pass(0.001);
  const later = await world.visitFrom(VISITOR, await world.link());
  expect([later.status, limitsOf(later)]).toEqual([
    303,
    { policy, limit: '"open";r=29;t=60', after: undefined },
  ]);
});

it('counts HEAD, previews and other paths for nothing', async () => {
  const world = await startSeen({ openLimit: 1 });
  const link = await world.link();
  await times(5, () => world.visitFrom(VISITOR, link, { method: 'HEAD' }));
  await times(5, () => world.visitFrom(VISITOR, link, { headers: { 'User-Agent': 'Slackbot 1.0' } }));
  await times(5, () => world.visitFrom(VISITOR, link, { method: 'OPTIONS' }));
  await times(5, () => world.visitFrom(VISITOR, '/healthz'));
  expect((await world.visitFrom(VISITOR, link)).status).toBe(303);
});

it.each([
  ['another address', '203.0.113.6', 303],
  ['the same address, mapped into IPv6', '::ffff:203.0.113.5', 429],
  ['the same address as its proxy says', '10.0.0.1', 429],
])('counts each visitor by the address: %s', async (_what, peer, expected) => {
  const world = await startSeen({ openLimit: 2, trustedProxies: ['10.0.0.1'] });
  await times(2, () => openNew(world, VISITOR));
  const { status } = await world.visitFrom(peer, await world.link(), {
    headers: { 'X-Forwarded-For': `198.51.100.1, ${VISITOR}` },
  });
  expect(status).toBe(expected);
});

it.each([
  ['2001:db8:0:1::1', '2001:db8:0:1:ffff:ffff:ffff:ffff', 429],
  ['2001:db8:0:1::1', '2001:DB8::1:0:0:0:2', 429],
  ['2001:db8::1', '2001:db8:0:0:8000::', 429],
  ['2001:db8:0:1::1', '2001:db8:0:2::1', 303],
  ['2001:db8::1', '2001:db8:1::1', 303],
])('counts whoever has %s with %s: %i', async (first, second, expected) => {
  const world = await startSeen({ openLimit: 2 });
  await times(2, () => openNew(world, first));
  expect((await openNew(world, second)).status).toBe(expected);
});

it.each([
  ['unknown', unknownToken, 404],
  ['mistyped', () => mistyped(unknownToken()), 400],
  ['no token at all', () => 'x', 400],
])('lets an address guess 10 times in a minute by what is %s', async (_what, tokenOf, status) => {
  const clock = testClock();
  const world = await startSeen({ clock });
  const guess = (): Promise<Page> => world.visitFrom(VISITOR, `/sign-in?sso_token=${tokenOf()}`);
  const [first] = await times(1, guess);
  clock.pass(15);
  const rest = await times(9, guess);
  expect([first, ...rest].map((page) => page?.status)).toEqual(Array.from({ length: 10 }, () => status));

  const refused = await guess();
  expect([refused.status, codeOf(refused)]).toEqual([429, 'rate_limited']);
  expect(limitsOf(refused)).toEqual({
    policy: '"failed";q=10;w=60',
    limit: '"failed";r=0;t=45',
    after: '45',
  });
  // Whoever guesses locks nobody out, themselves included.
  expect((await world.visitFrom(VISITOR, await world.link())).status).toBe(303);

  clock.pass(45);
  expect((await guess()).status).toBe(status);
});

const USER_19 = {
  active: true,
  accounts: [{ service_id: 1, server: 'plesk-1', login: 'carl', role: 'customer' }],
};

it('leaves a visitor whom another page, or another user of the same address, wants to lock out', async () => {
  const world = await startSeen({ openLimit: 3, failedLimit: 3 }, { users: { '19': USER_19 } });
  const { visitFrom, link } = world;
  const others = await link({ user_id: 19, mode: 'confirm' });
  const image = { headers: { 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'image' } };

  // <img src="https://sso.example.com/sign-in?n=1"> of any web page, also with a link of its own.
  for (const path of ['/sign-in?n=1', `/sign-in?sso_token=${unknownToken()}`, others])
    expect(new Set((await times(31, () => visitFrom(VISITOR, path, image))).map(codeOf))).toEqual(
      new Set(['prefetch_refused']),
    );
  // Old browsers say nothing of an image; and pages with the button are no openings.
  await times(31, () => visitFrom(VISITOR, '/sign-in?n=1'));
  await times(31, () => visitFrom(VISITOR, '/sign-in?sso_token=x'));
  expect((await times(31, () => visitFrom(VISITOR, others))).at(-1)?.status).toBe(200);
  const opened = await times(4, async () => visitFrom(VISITOR, await link({ user_id: 19 })));
  expect(opened.map(({ status }) => status)).toEqual([303, 303, 303, 429]);
  const used = await link();
  await visitFrom('203.0.113.6', used);
  await times(31, () => visitFrom(VISITOR, used));

  expect((await visitFrom(VISITOR, await link())).status).toBe(303);
});

it('counts no failure as a guess but unknown and malformed tokens', async () => {
  const clock = testClock();
  const world = await startSeen({ clock, failedLimit: 1, openLimit: 1 });
  const { link, visitFrom, call } = world;
  const used = await link();
  await visitFrom('203.0.113.6', used);
  const revoked = await link();
  await call('Clients/RevokeClientSsoToken', { token: new URL(revoked).searchParams.get('sso_token') });
  const elsewhere = await link({ client_ip: '192.0.2.1' });
  const confirmed = await link({ mode: 'confirm' });
  const expired = await link();

  const codes = [
    ...(await times(3, () => visitFrom(VISITOR, used))),
    ...(await times(3, () => visitFrom(VISITOR, revoked))),
    ...(await times(3, () => visitFrom(VISITOR, elsewhere))),
    ...(await times(3, () => visitFrom(VISITOR, confirmed, { form: '' }))),
    ...(await times(3, () => visitFrom(VISITOR, expired, { headers: { Purpose: 'prefetch' } }))),
    ...(await times(3, () => visitFrom(VISITOR, '/sign-in'))),
  ].map(codeOf);
  clock.pass(60);
  const late = (await times(3, () => visitFrom(VISITOR, expired))).map(codeOf);

  expect(new Set([...codes, ...late])).toEqual(
    new Set([
      ...['token_used', 'token_revoked', 'ip_mismatch', 'csrf_failed', 'prefetch_refused'],
      ...['token_missing', 'token_expired'],
    ]),
  );
  expect((await visitFrom(VISITOR, await link())).status).toBe(303);
});

it('makes 60 links a minute for a key, says how many are left, and counts each key by itself', async () => {
  const clock = testClock();
  const otherKey = `${API_KEY}-of-others`;
  const { url, plesk } = await startSeen(
    { clock },
    { api_keys: [{ id: 'other', name: 'other', sha256: digestOf(otherKey) }] },
  );
  const create = (key = API_KEY): ReturnType<typeof callApi> =>
    callApi(url, CREATE, { user_id: 18 }, { Apikey: key });
  const policy = '"issue";q=60;w=60';
  const told = ({ headers }: Awaited<ReturnType<typeof create>>): readonly (string | null)[] =>
    ['ratelimit-policy', 'ratelimit', 'retry-after'].map((name) => headers.get(name));

  const first = await create();
  expect([first.status, ...told(first)]).toEqual([200, policy, '"issue";r=59;t=60', null]);
  clock.pass(10);
  for (let at = 1; at < 59; at++) await create();
  const last = await create();
  expect([last.status, ...told(last)]).toEqual([200, policy, '"issue";r=0;t=50', null]);

  const tooMany = await create();
  expect([tooMany.status, ...told(tooMany)]).toEqual([429, policy, '"issue";r=0;t=50', '50']);
  expect(tooMany.body).toMatchObject({
    status: 'error',
    code: 'rate_limited',
    message: 'Too many requests.',
  });
  expect((await create(otherKey)).status).toBe(200);
  // What makes no link is not held back, and a wrong key counts for nobody.
  expect((await callApi(url, 'Clients/RevokeClientSsoToken', { user_id: 18 })).status).toBe(200);
  expect((await create('wrong')).status).toBe(401);
  clock.pass(50);
  expect(told(await create())).toEqual([policy, '"issue";r=59;t=60', null]);
  expect(await plesk.sessions.list()).toEqual([]);
});
