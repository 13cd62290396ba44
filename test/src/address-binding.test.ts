import { expect, it } from 'vitest';
import { digestOf } from '../../base/secret.ts';
import { browse, seenFrom } from '../support/browse.ts';
import { codeOf, show } from '../support/confirming.ts';
import { startSeen } from '../support/seen-service.ts';
import { API_KEY } from '../support/service.ts';

const VISITOR = '203.0.113.5';
const PROXY = '10.0.0.1';

it.each([
  ['203.0.113.5', VISITOR, '203.0.113.6'],
  ['203.0.113.0/24', '203.0.113.255', '203.0.114.0'],
  ['203.0.113.4/31', VISITOR, '203.0.113.6'],
  ['203.0.113.5', '::ffff:203.0.113.5', '::ffff:203.0.113.6'],
  ['::ffff:203.0.113.5', VISITOR, '203.0.113.6'],
  ['2001:db8::5', '2001:DB8:0::5', '2001:db8::6'],
  ['2001:db8::/32', '2001:db8:ffff::1', '2001:db9::1'],
  ['2001:db8::/32', '2001:db8::1', VISITOR],
  ['203.0.113.5', VISITOR, '2001:db8::5'],
  ['0.0.0.0/0', VISITOR, '2001:db8::5'],
])('opens a link for %s to %s, and to %s not, who spends nothing', async (clientIp, right, wrong) => {
  const { plesk, link, audit, visitFrom } = await startSeen();
  const url = await link({ client_ip: clientIp });

  const refused = await visitFrom(wrong, url);
  expect([refused.status, codeOf(refused)]).toEqual([403, 'ip_mismatch']);
  expect(await plesk.sessions.list()).toEqual([]);
  const opened = await visitFrom(right, url);

  expect(opened.status).toBe(303);
  expect(audit.map(({ event, outcome }) => `${event} ${outcome}`)).toEqual([
    'issued successful',
    'refused ip_mismatch',
    'opened successful',
  ]);
});

it('holds a visitor behind proxies against the address that a link is for', async () => {
  const { link, visitFrom } = await startSeen({ trustedProxies: [PROXY] });
  const url = await link({ client_ip: VISITOR });
  const outcomes: number[] = [];

  for (const [peer, forwarded] of [
    [PROXY, '203.0.113.6'],
    [PROXY, `${VISITOR}, 203.0.113.6`],
    [PROXY, 'unknown'],
    ['198.51.100.1', VISITOR],
    [PROXY, `198.51.100.1, ${VISITOR}`],
  ] as const)
    outcomes.push((await visitFrom(peer, url, { headers: { 'X-Forwarded-For': forwarded } })).status);

  expect(outcomes).toEqual([403, 403, 403, 403, 303]);
});

it('holds the address against a link when its button is pressed, too', async () => {
  const { plesk, link, visitFrom, door } = await startSeen({ mode: 'confirm' });
  const url = await link({ client_ip: VISITOR });
  await visitFrom(VISITOR, '/');
  const { nonce, cookie } = await show(`${door}/sign-in${new URL(url).search}`);
  const post = { form: `nonce=${nonce}`, cookie };

  const refused = await visitFrom('203.0.113.6', url, post);

  expect([refused.status, codeOf(refused)]).toEqual([403, 'ip_mismatch']);
  expect(await plesk.sessions.list()).toEqual([]);
  expect((await visitFrom(VISITOR, url, post)).status).toBe(303);
});

const BOUND_KEY = 'psso_key_of-tests-that-is-bound-to-addresses-of-its-own';

it.each([
  ['203.0.113.5', undefined, 200],
  ['::ffff:203.0.113.5', undefined, 200],
  ['192.0.2.77', undefined, 200],
  ['203.0.113.6', undefined, 403],
  ['2001:db8::5', undefined, 403],
  ['203.0.113.6', VISITOR, 403],
  [PROXY, VISITOR, 200],
  [PROXY, `203.0.113.6, ${VISITOR}`, 200],
  [PROXY, `${VISITOR}, 203.0.113.6`, 403],
  [PROXY, 'unknown', 403],
  [PROXY, undefined, 403],
])(
  'takes a key that is bound to addresses from %s with X-Forwarded-For %s: %i',
  async (peer, forwarded, expected) => {
    const key = {
      id: 'bound',
      name: 'bound',
      sha256: digestOf(BOUND_KEY),
      addresses: [VISITOR, '192.0.2.0/24'],
    };
    const { audit, visitFrom } = await startSeen({ trustedProxies: [PROXY] }, { api_keys: [key] });
    const call = (apiKey: string): ReturnType<typeof browse> =>
      visitFrom(peer, '/api/Clients/CreateClientSsoToken', {
        form: '{"user_id":18}',
        headers: {
          ...{ 'Content-Type': 'application/json', Apikey: apiKey },
          ...(forwarded === undefined ? {} : { 'X-Forwarded-For': forwarded }),
        },
      });

    const page = await call(BOUND_KEY);

    expect(page.status).toBe(expected);
    expect(audit.at(-1)?.outcome).toBe(expected === 200 ? 'successful' : 'ip_not_allowed');
    // A key without addresses works from everywhere.
    expect((await call(API_KEY)).status).toBe(200);
  },
);

it('has the panel let in whom the proxy told of, and nobody else', async () => {
  const { plesk, link, visitFrom } = await startSeen({ trustedProxies: [PROXY] });
  let from = '';
  const panel = await seenFrom(plesk.app, () => from);
  const openFrom = async (address: string): Promise<readonly string[]> => {
    const headers = { 'X-Forwarded-For': `198.51.100.66, ${VISITOR}` };
    const { location = '' } = await visitFrom(PROXY, await link(), { headers });
    from = address;
    return (await browse(location.replace(plesk.url, panel))).cookies.filter((set) =>
      set.startsWith('PLESK'),
    );
  };

  expect(await openFrom(VISITOR)).toHaveLength(1);
  for (const other of [PROXY, '198.51.100.66', '127.0.0.1']) expect(await openFrom(other)).toEqual([]);
});
