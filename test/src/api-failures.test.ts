import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { digestOf } from '../../base/secret.ts';
import { testClock, NOW } from '../support/clock.ts';
import { API_KEY, directoryOf, startService } from '../support/service.ts';
import type { StartedService } from '../support/service.ts';

const CREATE = 'Clients/CreateClientSsoToken';

/** Keys besides that of all tests: what each may not. */
const KEYS = {
  ended: 'psso_key_ended',
  elsewhere: 'psso_key_elsewhere',
  looking: 'psso_key_looking',
};

const user = (accounts: readonly object[], more: object = {}): object => ({
  active: true,
  accounts,
  ...more,
});
const account = (service_id: number, more: object = {}): object => ({
  ...{ service_id, server: 'plesk-1', login: 'carl', role: 'customer' },
  ...more,
});

/** A service whose Plesk is never asked: all of this is refused before. */
function start(options: Parameters<typeof startService>[1] = {}): Promise<StartedService> {
  const server = {
    url: 'https://plesk.invalid:8443',
    release: '18.0',
    auth: { secretKey: 'env:PLESK_PASSWORD' },
  };
  const key = (name: keyof typeof KEYS, more: object): object => ({
    ...{ id: name, name, sha256: digestOf(KEYS[name]) },
    ...more,
  });
  const directory = directoryOf(
    { 'plesk-1': server, 'plesk-2': { ...server, trustedRedirectHosts: [] } },
    {
      users: {
        19: user([account(1)], { active: false }),
        20: user([account(1)], { sso_disabled: true }),
        21: user([]),
        22: user([account(1), account(2)]),
        23: user([account(1, { role: 'reseller', login: 'rita' })]),
        24: user([account(1, { role: 'admin', login: 'admin' })]),
        25: user([account(1, { server: 'plesk-2' })]),
        26: user([account(1, { login: 'Admin' })]),
      },
      api_keys: [
        key('ended', { expires_at: new Date(NOW).toISOString() }),
        key('elsewhere', { addresses: ['192.0.2.0/24', '2001:db8::/32'] }),
        key('looking', { actions: ['Clients/GetClientSsoToken'] }),
      ],
    },
  );
  return startService(directory, { clock: testClock(), ...options });
}

type Failure = readonly [
  code: string,
  status: number,
  request: string | object,
  headers?: Readonly<Record<string, string>>,
];

const FAILURES: readonly Failure[] = [
  ['malformed_json', 400, '{"user_id": 18'],
  ['malformed_json', 400, '{"user_id": 18,}'],
  ['invalid_json', 400, '{"user_id": 18, "user_id": 20}'],
  ['invalid_json', 400, '{"user_id": 18, "user_i\\u0064": 20}'],
  ['invalid_json', 400, '{"user_id": 18, "destination_values": [{ "a": 1, "a": 1 }]}'],
  ['body_required', 400, ''],
  ['body_required', 400, '  \n'],
  ['body_required', 400, '[]'],
  ['body_required', 400, 'null'],
  ['body_required', 400, '"18"'],
  ['apikey_invalid', 401, { user_id: 18 }, { Apikey: 'psso_key_unknown' }],
  ['apikey_invalid', 401, { user_id: 18 }, { Apikey: digestOf(API_KEY) }],
  ['apikey_invalid', 401, { user_id: 18 }, { Apikey: `${API_KEY}x` }],
  ['apikey_invalid', 401, { user_id: 18 }, { Apikey: KEYS.ended }],
  ['apikey_missing', 401, { user_id: 18 }, { Apikey: '' }],
  ['ip_not_allowed', 403, { user_id: 18 }, { Apikey: KEYS.elsewhere }],
  ['ip_not_allowed', 403, { user_id: 18 }, { Apikey: KEYS.elsewhere, 'X-Forwarded-For': '192.0.2.1' }],
  ['action_not_permitted', 403, { user_id: 18 }, { Apikey: KEYS.looking }],
  ['user_inactive', 403, { user_id: 19 }],
  ['sso_disabled_by_user', 403, { user_id: 20 }],
  ['role_not_permitted', 403, { user_id: 23 }],
  ['role_not_permitted', 403, { user_id: 24 }],
  // Its role says customer, and it is the administrator all the same.
  ['role_not_permitted', 403, { user_id: 26 }],
  ['user_not_found', 404, { user_id: 99 }],
  ['user_not_found', 404, { user_id: Number.MAX_SAFE_INTEGER }],
  ['plesk_account_not_mapped', 409, { user_id: 21 }],
  ['plesk_account_not_mapped', 409, { user_id: 18, service_id: 7 }],
  ['service_id_required', 409, { user_id: 22 }],
  ['service_id_required', 409, { user_id: 22, destination: 'ac-ps-product', destination_values: [3] }],
  ['payload_too_large', 413, JSON.stringify({ user_id: 18, destination: 'x'.repeat(16_384) })],
  ['unsupported_media_type', 415, { user_id: 18 }, { 'Content-Type': 'text/plain' }],
  ['unsupported_media_type', 415, { user_id: 18 }, { 'Content-Type': 'application/x-www-form-urlencoded' }],
  ['unsupported_media_type', 415, { user_id: 18 }, { 'Content-Type': 'application/json; charset=utf-16' }],
  ['unsupported_media_type', 415, { user_id: 18 }, { 'Content-Type': 'application/jsonp' }],
  [
    'unsupported_media_type',
    415,
    { user_id: 18 },
    { 'Content-Type': `application/json${' '.repeat(200)};charset=utf-8` },
  ],
  ['unsupported_media_type', 415, { user_id: 18 }, { 'Content-Encoding': 'gzip' }],
  ['user_id_required', 422, {}],
  ['user_id_required', 422, { user_id: null }],
  ...[1.5, 0, -1, 2 ** 53, 'x', '', '018', '+18', ' 18', '18 ', '1e1', '0x12', '18.0', true, [18], {}].map(
    (userId) => ['user_id_invalid', 422, { user_id: userId }] as const,
  ),
  ['destination_invalid', 422, { user_id: 18, destination: 7 }],
  ['destination_unknown', 422, { user_id: 18, destination: 'nowhere' }],
  ['destination_unknown', 422, { user_id: 18, destination: 'constructor' }],
  ['destination_values_invalid', 422, { user_id: 18, destination: 'news', destination_values: ['x'] }],
  ['destination_url_not_allowed', 422, { user_id: 18, destination: 'https://evil.example/' }],
  ['redirect_not_allowed_by_plesk', 422, { user_id: 25, destination: 'news' }],
  ['unknown_field', 422, { user_id: 18, colour: 'red' }],
  ['unknown_field', 422, '{"user_id": 18, "__proto__": {}}'],
  ['service_id_invalid', 422, { user_id: 18, service_id: 0 }],
  ...['once', 'Direct', '', 1].map((mode) => ['mode_invalid', 422, { user_id: 18, mode }] as const),
  ...['de', 'de_DE', 'DE-de', 'de-DE-x', '', 7].map(
    (locale) => ['locale_invalid', 422, { user_id: 18, locale }] as const,
  ),
  ...['', '192.0.2', '010.0.0.1', '192.0.2.1/24', '*', 'localhost', 7].map(
    (client_ip) => ['client_ip_invalid', 422, { user_id: 18, client_ip }] as const,
  ),
  ...['short', 'x'.repeat(192), 'with blank inside'].map(
    (key) => ['idempotency_key_invalid', 422, { user_id: 18 }, { 'Idempotency-Key': key }] as const,
  ),
];

it.each(FAILURES.map(([code, status, request, headers = {}]) => [code, status, request, headers] as const))(
  'answers %s with %i: %j',
  async (code, status, request, headers) => {
    const { call, audit, lines } = await start();

    const answer = await call(CREATE, request, headers);

    expect(answer.body).toMatchObject({ status: 'error', code });
    expect(answer.status).toBe(status);
    expect(answer.body['message']).toMatch(/\.$/);
    expect(answer.body['request_id']).toMatch(
      /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
    );
    expect(answer.headers.get('x-request-id')).toBe(answer.body['request_id']);
    expect(audit).toMatchObject([{ event: 'refused', outcome: code, requestId: answer.body['request_id'] }]);
    expect(lines.join('')).not.toContain('stack');
  },
);

it('names Content-Encoding where a body is compressed', async () => {
  const { call } = await start();

  const { body } = await call(CREATE, { user_id: 18 }, { 'Content-Encoding': 'gzip' });

  expect(body['message']).toContain('Content-Encoding');
});

it.each([
  ['user_inactive', { user_id: 19 }, 19],
  ['user_not_found', { user_id: '99' }, 99],
  ['destination_unknown', { user_id: 18, destination: 'nowhere' }, 18],
  ['unknown_field', { user_id: 18, colour: 'red' }, 18],
  ['user_id_invalid', { user_id: 'x' }, undefined],
] as const)(
  'names in the audit the user of a request that is refused with %s',
  async (code, body, userId) => {
    const { call, audit } = await start();

    await call(CREATE, body);

    expect(audit.map(({ outcome, userId: user }) => [outcome, user])).toEqual([[code, userId]]);
  },
);

it('writes to people who accept a page, and in JSON to an Accept that is longer than any browser sends', async () => {
  const { url } = await start();
  const typeFor = async (accept: string): Promise<string | null> =>
    (await fetch(`${url}/nothing`, { headers: { Accept: accept } })).headers.get('content-type');

  expect(await typeFor('text/html')).toContain('text/html');
  expect(await typeFor(`text/html,${'a/b,'.repeat(300)}`)).toContain('application/json');
});

it('takes a caller that hangs up for what it is, and not for a bug', async () => {
  const { url, audit, lines } = await start();
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(
    `POST /api/${CREATE} HTTP/1.1\r\nHost: x\r\nApikey: ${API_KEY}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
  );
  await once(socket, 'connect');
  await expect.poll(async () => (await fetch(`${url}/healthz`)).status).toBe(200);

  socket.destroy();

  await expect.poll(() => audit.map(({ outcome }) => outcome)).toEqual(['client_gone']);
  expect(lines.join('')).not.toMatch(/bug|stack/);
});

it('wants the header that it names where there is no key', async () => {
  const { url } = await start();

  const answer = await fetch(`${url}/api/${CREATE}`, { method: 'POST' });

  expect(answer.status).toBe(401);
  expect(answer.headers.get('www-authenticate')).toBe('ApiKey');
  expect(await answer.json()).toMatchObject({ code: 'apikey_missing' });
});

it.each([
  'Clients/Nope',
  'clients/createclientssotoken',
  'Clients/CreateClientSsoToken/',
  'constructor',
  '',
  '%00',
])('knows no action %j', async (action) => {
  const { call } = await start();

  expect(await call(action, {})).toMatchObject({ status: 404, body: { code: 'action_not_found' } });
});

it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])(
  'takes POST alone, and no %s',
  async (method) => {
    const { url } = await start();

    const answer = await fetch(`${url}/index.php/api/${CREATE}`, { method });

    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
  },
);

it('names every value that is wrong, and what Plesk would not accept', async () => {
  const { call } = await start();

  const values = await call(CREATE, {
    user_id: 18,
    destination: 'order-steps',
    destination_values: ['sms', '../7', 'x'],
  });
  const redirect = await call(CREATE, { user_id: 25, destination: 'news' });
  const field = await call(CREATE, { user_id: 18, usr: 1, 'destination[]': 2 });

  expect(values.body['details']).toMatchObject([{ index: 0 }, { index: 1 }, { index: 2 }]);
  expect(redirect.body).toMatchObject({ plesk_release: '18.0', trusted_redirect_hosts: [] });
  expect(field.body['fields']).toEqual(['usr', 'destination[]']);
});

it('answers a bug of its own with 500 and nothing else, and logs it with its stack', async () => {
  let isBroken = false;
  const now = (): number => {
    if (isBroken) throw new Error('the clock is broken');
    return NOW;
  };
  const { call, lines, audit } = await start({ clock: { now } });
  isBroken = true;

  // A key that has an end asks the clock.
  const { status, body } = await call(CREATE, { user_id: 18 }, { Apikey: KEYS.ended });

  expect({ status, body }).toMatchObject({
    status: 500,
    body: { status: 'error', message: 'Internal error.', code: 'internal_error' },
  });
  expect(JSON.stringify(body)).not.toContain('clock');
  expect(lines.join('')).toMatch(/the clock is broken.*api-key\.ts/);
  expect(audit).toMatchObject([{ event: 'refused', outcome: 'internal_error' }]);
});
