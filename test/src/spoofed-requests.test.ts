import type { OutgoingHttpHeaders } from 'node:http';
import { expect, it } from 'vitest';
import { browse } from '../support/browse.ts';
import { show, startConfirm } from '../support/confirming.ts';
import { API_KEY, CLIENT_AREA, startBoth } from '../support/service.ts';

const EVIL = 'https://evil.example/';

/** Names under which services of this kind take a target, or a session. */
const HOSTILE = [
  ...[
    'next',
    'url',
    'destination',
    'success_redirect_url',
    'failure_redirect_url',
    'redirect',
    'redirect_uri',
  ],
  ...[
    'redirect_url',
    'return',
    'returnUrl',
    'return_to',
    'goto',
    'continue',
    'target',
    'dest',
    'to',
    'back_url',
  ],
  ...[
    'starting_url',
    'source_server',
    'RelayState',
    'callback',
    'PLESKSESSID',
    'PHPSESSID',
    'locale_id',
    'mode',
  ],
];
const PARAMETERS = HOSTILE.map((name) => `${name}=${encodeURIComponent(EVIL)}`).join('&');

/** The parameters that a browser is sent to Plesk with. */
const parametersOf = (location: string | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(new URL(location ?? '').searchParams);

const ID: unknown = expect.stringMatching(/^[\da-f]{32}$/);

it.each([
  ['behind the token', (link: string) => `${link}&${PARAMETERS}`],
  ['before the token', (link: string) => link.replace('?', `?${PARAMETERS}&`)],
  ['behind a fragment', (link: string) => `${link}#${PARAMETERS}`],
])('leads where the link says, whatever else its URL asks for %s', async (_where, change) => {
  const { plesk, link } = await startBoth();

  const { status, location } = await browse(change(await link({ destination: '/smb/web/view' })));

  expect(status).toBe(303);
  expect(location?.startsWith(`${plesk.httpsUrl}/enterprise/rsession_init.php?`)).toBe(true);
  expect(parametersOf(location)).toEqual({ PLESKSESSID: ID, success_redirect_url: '/smb/web/view' });
});

it('leads where the link says, whatever the form of the button asks for', async () => {
  const { plesk, link } = await startConfirm();
  const url = await link();
  const { nonce, cookie } = await show(url);

  const { location } = await browse(`${url}&${PARAMETERS}`, { form: `nonce=${nonce}&${PARAMETERS}`, cookie });

  expect(location?.startsWith(`${plesk.url}/enterprise/rsession_init.php?`)).toBe(true);
  expect(parametersOf(location)).toEqual({ PLESKSESSID: ID });
});

it('leads on by its own door only to the target of the link, and not before it was opened', async () => {
  const { url, link, audit } = await startBoth({ plesk: '12.0' });
  const one = await link({ destination: `${CLIENT_AREA}/paid?a=1` });
  const door = `${url}/continue/${audit[0]?.linkId ?? ''}`;

  expect((await browse(`${door}?${PARAMETERS}`)).status).toBe(404);
  await browse(one);
  const led = await browse(`${door}?${PARAMETERS}`);
  const posted = await browse(door, { form: PARAMETERS });

  expect([led.status, led.location, led.body]).toEqual([303, `${CLIENT_AREA}/paid?a=1`, '']);
  expect([posted.status, posted.location]).toEqual([405, undefined]);
  for (const other of [
    `${door}/`,
    `${door}/${EVIL}`,
    `${url}/continue/${EVIL}`,
    `${url}/continue//evil.example`,
  ])
    expect((await browse(other)).status).toBe(404);
});

const SPOOFED: readonly (readonly [string, OutgoingHttpHeaders])[] = [
  ['Host', { Host: 'evil.example' }],
  ['Host with a port', { Host: 'evil.example:443' }],
  ['X-Forwarded-Host', { 'X-Forwarded-Host': 'evil.example' }],
  ['X-Forwarded-Proto and -Port', { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Port': '444' }],
  ['X-Forwarded-Prefix', { 'X-Forwarded-Prefix': '/evil.example' }],
  ['Forwarded', { Forwarded: 'for=192.0.2.1;host=evil.example;proto=https' }],
  ['X-Host', { 'X-Host': 'evil.example' }],
  [
    'X-Original-URL and X-Rewrite-URL',
    { 'X-Original-URL': '/evil.example', 'X-Rewrite-URL': '/evil.example' },
  ],
  ['Referer and Origin', { Referer: EVIL, Origin: 'https://evil.example' }],
];

it.each(SPOOFED)(
  'makes links and leads browsers as it is set up, whatever %s says',
  async (_what, headers) => {
    for (const trustedProxies of [[], ['127.0.0.1']]) {
      const { plesk, url } = await startBoth({ plesk: '12.0' }, { trustedProxies });
      const made = await browse(`${url}/api/Clients/CreateClientSsoToken`, {
        form: JSON.stringify({ user_id: 18, destination: 'ac-ps-products' }),
        headers: { 'Content-Type': 'application/json', Apikey: API_KEY, ...headers },
      });
      const { data } = JSON.parse(made.body) as { readonly data: Readonly<Record<string, string>> };

      expect(data['url']).toBe(`${url}/sign-in?sso_token=${data['token'] ?? ''}`);
      const opened = await browse(data['url'] ?? '', { headers });
      expect(opened.location?.startsWith(`${plesk.httpsUrl}/enterprise/rsession_init.php?`)).toBe(true);
      const door = `${url}/continue/${data['id'] ?? ''}`;
      expect(parametersOf(opened.location)).toEqual({ PLESKSESSID: ID, success_redirect_url: door });
      expect((await browse(door, { headers })).location).toBe(`${CLIENT_AREA}/services`);
      const [session] = await plesk.sessions.list();
      expect(session?.context?.sourceServer).toBe('127.0.0.1');

      for (const path of ['/', '/nothing', '/openapi.json', '/sign-in']) {
        const page = await browse(url + path, { headers: { ...headers, Accept: 'text/html' } });
        expect(JSON.stringify(page.headers) + page.body).not.toContain('evil');
      }
    }
  },
);
