import { expect, it } from 'vitest';
import { browse } from '../support/browse.ts';
import { linkAt } from '../support/openings.ts';
import { requestOf, sendBytes } from '../support/raw.ts';
import { startBoth } from '../support/service.ts';

const CREATE = '/api/Clients/CreateClientSsoToken';
const HOST = 'Host: sso.example.com';
const LONG = 'x'.repeat(20_000);

const get = (target: string, ...headers: readonly string[]): string =>
  requestOf('GET', target, HOST, ...headers);
const post = (target: string, ...headers: readonly string[]): string =>
  requestOf('POST', target, HOST, ...headers);

/** What no client sends that means well, and what it gets. */
const READABLE: readonly (readonly [what: string, bytes: string, status: number])[] = [
  ['a bad escape in an action', post('/api/%zz'), 404],
  ['an escape of no UTF-8 in an action', post('/api/%ff'), 404],
  ['an escaped NUL in an action', post('/api/%00'), 404],
  ['a bad escape in an action that is asked for by GET', get('/api/%zz'), 405],
  ['an action with an escaped slash', post('/api/Clients%2FCreateClientSsoToken'), 404],
  ['an action that climbs', post('/api/../api/Clients/CreateClientSsoToken'), 404],
  ['an inherited name for an action', post('/api/constructor'), 404],
  ['a bad escape in a token', get('/sign-in?sso_token=%zz'), 400],
  ['an escaped NUL in a token', get('/sign-in?sso_token=%00'), 400],
  ['an escape of no UTF-8 in a token', get('/sign-in?sso_token=%ff%fe'), 400],
  ['a bad escape in a path', get('/%zz'), 404],
  ['a bad escape in our own door', get('/continue/%zz'), 404],
  ['a URL of another host', get('http://evil.example/sign-in?sso_token=x'), 400],
  ['a URL that begins with two slashes', get('//evil.example/sign-in?sso_token=x'), 404],
  ['a URL whose host cannot be read', get('http://[/'), 400],
  ['a URL with a bad escape for a host', get('http://%zz/'), 404],
  ['a URL of 15 KB', get(`/sign-in?sso_token=${LONG.slice(0, 15_000)}`), 400],
  ['a star', requestOf('OPTIONS', '*', HOST), 404],
  ['a Host that is none', requestOf('GET', '/healthz', 'Host: [::::\\@evil<script>'), 200],
  ['an empty Host', requestOf('GET', '/healthz', 'Host:'), 200],
  ['two Hosts', requestOf('GET', '/healthz', HOST, 'Host: evil.example'), 200],
  ['a Host of 10 KB', requestOf('GET', '/sign-in', `Host: ${LONG.slice(0, 10_000)}`), 400],
  ['an Accept that is none', get('/nothing', 'Accept: \xff;;q=,,*/*;q=zz'), 404],
  [
    'an Accept-Language that is none',
    get('/sign-in', 'Accept: text/html', 'Accept-Language: \xff;q=\xfe'),
    400,
  ],
  ['a Cookie that is none', get('/sign-in?sso_token=x', 'Cookie: =;;;=%zz; \xff'), 400],
  ['an upgrade', get('/sign-in', 'Upgrade: websocket'), 400],
  ['bytes that are no text for an API key', post(CREATE, 'Apikey: \xff\xfe'), 401],
  ['a length that is too long for the body', post(CREATE, 'Apikey: x', 'Content-Length: 99999'), 401],
];

/** What Node reads no request in: its answers are empty. */
const UNREADABLE: readonly (readonly [what: string, bytes: string, status: number])[] = [
  ['a NUL in a path', get('/\0'), 400],
  ['a NUL in a header', get('/', 'X-Nul: \0'), 400],
  ['a blank in a path', get('/a b'), 400],
  ['no Host', requestOf('GET', '/'), 400],
  ['a header of 20 KB', get('/', `X-Long: ${LONG}`), 431],
  ['a URL of 20 KB', get(`/${LONG}`), 431],
  ['3000 headers', get('/', ...Array.from({ length: 3000 }, (_, at) => `X-${at}: 0123456789`)), 431],
  ['a length that is no number', post(CREATE, 'Content-Length: -1'), 400],
  ['a length and chunks', post(CREATE, 'Content-Length: 3', 'Transfer-Encoding: chunked'), 400],
  ['two lengths', post(CREATE, 'Content-Length: 3', 'Content-Length: 4'), 400],
  ['an encoding that is none', post(CREATE, 'Transfer-Encoding: gzip'), 400],
  ['a header without a name', get('/', ': x'), 400],
  ['a method that is none', requestOf('GETT', '/', HOST), 400],
  ['an expectation that is none', get('/', 'Expect: nonsense'), 417],
  ['what is no HTTP', '\x16\x03\x01\x02\x00\x01\x00\r\n\r\n', 400],
];

it.each(READABLE)('answers %s without a failure of its own', async (_what, bytes, status) => {
  const { service, lines, link } = await startBoth();

  const answer = await sendBytes(service.url, Buffer.from(bytes, 'latin1'));

  expect(answer.status).toBe(status);
  const [head = ''] = answer.text.split('\r\n\r\n', 1);
  expect(head.split('\r\n')).toEqual(expect.arrayContaining([...HEADERS]));
  expect(head).toContain("frame-ancestors 'none'");
  expect(answer.text).not.toMatch(TELLING);
  expect(lines.filter((line) => line.includes('bug'))).toEqual([]);
  expect((await browse(linkAt(service.url, await link()))).status).toBe(303);
});

it.each(UNREADABLE)('answers %s with nothing but a status', async (_what, bytes, status) => {
  const { service, lines, link } = await startBoth();

  const answer = await sendBytes(service.url, Buffer.from(bytes, 'latin1'));

  expect(answer.status).toBe(status);
  const body = answer.text.slice(answer.text.indexOf('\r\n\r\n') + 4);
  expect(['', NO_CHUNKS]).toContain(body);
  expect(answer.text).not.toMatch(TELLING);
  expect(lines).toEqual([]);
  expect((await browse(linkAt(service.url, await link()))).status).toBe(303);
});

/** What stands in all answers of the service. */
const HEADERS: readonly string[] = [
  'Cache-Control: no-store',
  'Referrer-Policy: no-referrer',
  'X-Content-Type-Options: nosniff',
  'X-Robots-Tag: noindex',
];

/** What comes of a stack, of Express's own pages, or of what was sent. */
const TELLING = /node_modules|\n\s+at |Error:|<pre>|Cannot GET|evil|x{50}/i;

/** A body in chunks that has none. */
const NO_CHUNKS = '0\r\n\r\n';

it('closes a connection that is to lead through it', async () => {
  const { service } = await startBoth();
  const answer = await sendBytes(
    service.url,
    requestOf('CONNECT', 'evil.example:443', 'Host: evil.example:443'),
  );
  expect(answer.text).toBe('');
});
