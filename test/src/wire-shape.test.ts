import { expect, it } from 'vitest';
import { browse } from '../support/browse.ts';
import { NOW, testClock } from '../support/clock.ts';
import { countingIds } from '../support/emulator.ts';
import type { StartedService } from '../support/service.ts';
import { API_KEY, CLIENT_AREA, startBoth } from '../support/service.ts';

const CREATE = 'Clients/CreateClientSsoToken';

/** What an answer of the API is, its body as it came. */
interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}

/** Posts a body as it is. */
async function post(
  { url }: Pick<StartedService, 'url'>,
  path: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Apikey: API_KEY, ...headers },
    body,
  });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

interface Created {
  readonly token: string;
  readonly url: string;
  readonly id: string;
}

const createdIn = ({ text }: Answer): Created => (JSON.parse(text) as { readonly data: Created }).data;

const JSON_TYPE = 'application/json; charset=utf-8';

it('answers each action in bytes whose order the documentation gives, its own fields behind', async () => {
  const clock = testClock();
  const started = await startBoth({}, { clock, ids: countingIds() });
  const ok = (data: string): Answer => ({
    status: 200,
    type: JSON_TYPE,
    text: `{"status":"successful","data":{${data}}}`,
  });

  const created = await post(started, `/api/${CREATE}`, '{"user_id": 18, "destination": "news"}');
  const { token, id } = createdIn(created);
  const [issuedAt, expiresAt] = [NOW, NOW + 60_000].map((instant) => new Date(instant).toISOString());
  expect(created).toEqual(
    ok(
      `"token":"${token}","url":"${started.url}/sign-in?sso_token=${token}","id":"${id}",` +
        `"expires_at":"${String(expiresAt)}","expires_in":60`,
    ),
  );
  const looked = await post(started, '/api/Clients/GetClientSsoToken', JSON.stringify({ token }));
  expect(looked).toEqual(
    ok(
      `"id":"${id}","user_id":18,"state":"issued","destination":"news","issued_at":"${String(issuedAt)}",` +
        `"expires_at":"${String(expiresAt)}","opened_at":null,"client_ip":null`,
    ),
  );
  clock.pass(1);
  await browse(createdIn(created).url);
  const opened = await post(started, '/api/Clients/GetClientSsoToken', JSON.stringify({ id }));
  expect(opened.text).toContain(
    `"state":"opened","destination":"news","issued_at":"${String(issuedAt)}","expires_at":"${String(expiresAt)}",` +
      `"opened_at":"${new Date(NOW + 1000).toISOString()}","client_ip":null`,
  );
  const revoked = await post(started, '/api/Clients/RevokeClientSsoToken', JSON.stringify({ id }));
  expect(revoked).toEqual(ok('"revoked":1,"plesk_session":"ended"'));
});

it.each([
  ['', '{"user_id": 18, "destination": "nowhere"}', 422, 'Unknown destination.', 'destination_unknown', ''],
  ['', '[]', 400, 'A JSON object is required.', 'body_required', ''],
  [
    '',
    '{"user_id": 18, "destination": "news", "destination_values": [1]}',
    422,
    'destination_values do not match the destination.',
    'destination_values_invalid',
    ',"details":[{"index":0,"reason":"too many values: 1 instead of 0"}]',
  ],
  ['x', '{"user_id": 18}', 404, 'Unknown API action.', 'action_not_found', ''],
] as const)(
  'fails in bytes whose order the documentation gives: %j of %j is %i',
  async (more, body, status, message, code, rest) => {
    const started = await startBoth();

    for (const prefix of ['/api/', '/index.php/api/']) {
      const answer = await post(started, `${prefix}${CREATE}${more}`, body, { Accept: 'text/html' });

      const requestId = /"request_id":"([^"]*)"/.exec(answer.text)?.[1] ?? '';
      expect(requestId).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
      expect(answer).toEqual({
        status,
        type: JSON_TYPE,
        text: `{"status":"error","message":"${message}","code":"${code}","request_id":"${requestId}"${rest}}`,
      });
    }
  },
);

it.each([
  '/api/Clients/CreateClientSsoToken',
  '/api/Clients/CreateClientSssoToken',
  '/index.php/api/Clients/CreateClientSsoToken',
  '/index.php/api/Clients/CreateClientSssoToken',
  '/api/Clients/CreateClientSsoToken?lang=en',
])('is called at %s', async (path) => {
  const { status } = await post(await startBoth(), path, '{"user_id": 18}');
  expect(status).toBe(200);
});

it.each([
  '/api/clients/createclientssotoken',
  '/API/Clients/CreateClientSsoToken',
  '/api/Clients/CreateClientSsoToken/',
  '/api//Clients/CreateClientSsoToken',
  '/api/Clients/CreateClientSsssoToken',
  '/api/Clients/GetClientSssoToken',
  '/api/CreateClientSsoToken',
  '/api/Clients%2FCreateClientSsoToken',
  '/index.php/Clients/CreateClientSsoToken',
  '/index.html/api/Clients/CreateClientSsoToken',
  '/api/',
  '/api',
])('is not called at %s', async (path) => {
  const { status, text } = await post(await startBoth(), path, '{"user_id": 18}');
  expect([status, JSON.parse(text)]).toMatchObject([404, { status: 'error' }]);
});

it.each([
  ['18', 200],
  ['"18"', 200],
  ['18.0', 200],
  ['1.8e1', 200],
  ['"018"', 422],
  ['"18.0"', 422],
  ['" 18"', 422],
  ['"+18"', 422],
  ['"1e1"', 422],
  ['"18\\u0000"', 422],
  ['"\\uff11\\uff18"', 422],
  ['18.5', 422],
  ['-18', 422],
  ['0', 422],
  ['9007199254740992', 422],
  ['[18]', 422],
  ['{"0": 18}', 422],
  ['true', 422],
] as const)('reads the user_id %s with %i', async (text, status) => {
  const answer = await post(await startBoth(), `/api/${CREATE}`, `{"user_id": ${text}}`);

  expect(answer.status).toBe(status);
  if (status !== 200) expect(JSON.parse(answer.text)).toMatchObject({ code: 'user_id_invalid' });
});

it.each(['', ', "destination_values": []', ', "destination_values": {}', ', "destination_values": null'])(
  'takes%s for no values, as PHP clients send that',
  async (values) => {
    const started = await startBoth();

    const answer = await post(
      started,
      `/api/${CREATE}`,
      `{"user_id": "18", "destination": "ac-ps-products"${values}}`,
    );

    expect(answer.status).toBe(200);
    const { location = '' } = await browse(createdIn(answer).url);
    expect(new URL(location).searchParams.get('success_redirect_url')).toBe(`${CLIENT_AREA}/services`);
  },
);

it.each([
  ['application/json'],
  ['application/json; charset=utf-8'],
  ['application/json;charset=UTF-8'],
  ['APPLICATION/JSON; charset="utf-8"'],
])('reads a request of type %s, whatever the answer is to be', async (type) => {
  const started = await startBoth();

  for (const Accept of ['*/*', 'application/json', 'text/html', 'image/png']) {
    const headers = { 'Content-Type': type, Accept };
    const answer = await post(started, `/api/${CREATE}`, '\n {"user_id" : 18 }\r\n', headers);
    expect([answer.status, answer.type]).toEqual([200, JSON_TYPE]);
  }
});

it.each(['/sign-in', '/en/sign-in', '/de/sign-in', '/pt-br/sign-in', '/pt-BR/sign-in'])(
  'opens a link at %s, whichever language it was made for',
  async (path) => {
    const started = await startBoth({}, { language: 'en' });
    const { url, token } = createdIn(await post(started, `/api/${CREATE}`, '{"user_id": 18}'));
    expect(url).toBe(`${started.url}/en/sign-in?sso_token=${token}`);

    const opened = await browse(`${started.url}${path}?sso_token=${token}`);

    expect(opened).toMatchObject({ status: 303, body: '' });
  },
);

it.each(['/sign-in/', '/SIGN-IN', '/english/sign-in', '/e/sign-in', '//sign-in', '/en/us/sign-in'])(
  'opens no link at %s',
  async (path) => {
    const started = await startBoth();
    const { token } = createdIn(await post(started, `/api/${CREATE}`, '{"user_id": 18}'));

    expect(await browse(`${started.url}${path}?sso_token=${token}`)).toMatchObject({ status: 404 });
    expect(await started.plesk.sessions.list()).toEqual([]);
  },
);
