import { expect, it } from 'vitest';
import { digestOf } from '../../base/secret.ts';
import type { Visit } from '../support/browse.ts';
import { browse } from '../support/browse.ts';
import type { Shown } from '../support/confirming.ts';
import { codeOf, show, startConfirm } from '../support/confirming.ts';
import { linkAt } from '../support/openings.ts';
import { API_KEY, callApi, directoryOf, startService } from '../support/service.ts';

it('shows a button without spending anything, and its form leads in once', async () => {
  const { plesk, link, audit } = await startConfirm();
  const url = await link({ destination: '/smb/web/view' });

  for (let looks = 0; looks < 3; looks++) await show(url);
  expect(await plesk.sessions.list()).toEqual([]);
  const { nonce, cookie } = await show(url);
  const posted = await browse(url, { form: `nonce=${nonce}`, cookie });
  const again = await browse(url, { form: `nonce=${nonce}`, cookie });
  const other = await show(url).catch((error: unknown) => (error instanceof Error ? error.message : error));

  expect(posted).toMatchObject({ status: 303, body: '', cookies: [] });
  expect(new URL(posted.location ?? '').origin).toBe(plesk.url);
  expect([again.status, again.location]).toEqual([303, posted.location]);
  expect(other).toContain('no button: 410');
  expect(audit.map(({ event, outcome }) => `${event} ${outcome}`)).toEqual([
    'issued successful',
    'opened successful',
    'repeated successful',
    'reused token_used',
  ]);
});

it.each([
  ['http://127.0.0.1:9080', 'plesk_sso_'],
  ['https://sso.example.com', '__Secure-plesk_sso_'],
])('gives a browser of %s a cookie for each link, and leaves it the one it has', async (publicUrl, name) => {
  const { link, url, audit } = await startConfirm({ service: { publicUrl } });
  const [first, second] = [linkAt(url, await link()), linkAt(url, await link())];

  const shown = await show(first);
  const other = await show(second, shown.cookie);
  const both = `${shown.cookie}; ${other.cookie}`;
  const again = await show(first, both);

  const [{ linkId = '' } = {}] = audit;
  const flags = 'Path=/sign-in; HttpOnly; SameSite=None; Secure; Max-Age=90';
  const form = new RegExp(`^${name}${linkId.slice(0, 8)}=${linkId}[\\da-f]{32}; ${flags}$`);
  expect(shown.page.cookies).toEqual([expect.stringMatching(form)]);
  expect(other.cookie.split('=')[0]).not.toBe(shown.cookie.split('=')[0]);
  expect([again.cookie, again.nonce]).toEqual([shown.cookie, shown.nonce]);
  const opened = await browse(first, { form: `nonce=${shown.nonce}`, cookie: both });
  const openedToo = await browse(second, { form: `nonce=${other.nonce}`, cookie: both });
  expect([opened.status, openedToo.status]).toEqual([303, 303]);
});

it.each<readonly [string, (own: Shown) => Visit]>([
  ['with nothing but its form', ({ nonce, cookie }) => ({ form: `nonce=${nonce}`, cookie })],
  [
    'with Origin null, as browsers send it from a page that gives no Referer',
    ({ nonce, cookie }) => ({ form: `nonce=${nonce}`, cookie, headers: { Origin: 'null' } }),
  ],
  [
    'with all that a browser says',
    ({ nonce, cookie }) => ({
      form: `nonce=${nonce}`,
      cookie,
      headers: {
        Origin: 'null',
        'Sec-Fetch-Site': 'same-origin',
        'Sec-Fetch-Mode': 'navigate',
        'Sec-Fetch-Dest': 'document',
        'Sec-Fetch-User': '?1',
      },
    }),
  ],
  [
    'with the Origin of the public URL',
    ({ nonce, cookie }) => ({
      form: `nonce=${nonce}`,
      cookie,
      headers: { Origin: 'https://sso.example.com' },
    }),
  ],
  [
    'with a charset',
    ({ nonce, cookie }) => ({
      form: `nonce=${nonce}`,
      cookie,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8' },
    }),
  ],
  ['with fields besides', ({ nonce, cookie }) => ({ form: `a=1&nonce=${nonce}&b=%zz`, cookie })],
  ['with cookies besides', ({ nonce, cookie }) => ({ form: `nonce=${nonce}`, cookie: `a=b; ${cookie}; c` })],
])('takes a confirmation %s', async (_how, visitOf) => {
  const { link, url } = await startConfirm({ service: { publicUrl: 'https://sso.example.com' } });
  const local = linkAt(url, await link());

  const posted = await browse(local, visitOf(await show(local)));

  expect(posted).toMatchObject({ status: 303, body: '' });
});

it('reads no more of a form than 4 KiB, and spends nothing', async () => {
  const { link, plesk } = await startConfirm();
  const url = await link();
  const { nonce, cookie } = await show(url);

  const large = await browse(url, { form: `nonce=${nonce}&x=${'x'.repeat(5000)}`, cookie });

  expect([large.status, codeOf(large)]).toEqual([413, 'payload_too_large']);
  expect(await plesk.sessions.list()).toEqual([]);
  expect((await browse(url, { form: `nonce=${nonce}`, cookie })).status).toBe(303);
});

it('shows the button to no address but the one that a link is bound to', async () => {
  const { link } = await startConfirm();
  const page = await browse(await link({ client_ip: '192.0.2.1' }));
  expect([page.status, codeOf(page), page.cookies]).toEqual([403, 'ip_mismatch', []]);
});

const OTHER_KEY = 'psso_key_of-tests-whose-links-have-a-mode-of-their-own';

it.each([
  ['direct', undefined, undefined, 'direct'],
  ['confirm', undefined, undefined, 'confirm'],
  ['direct', 'confirm', undefined, 'confirm'],
  ['confirm', 'direct', undefined, 'direct'],
  ['direct', 'direct', 'confirm', 'confirm'],
  ['confirm', 'confirm', 'direct', 'direct'],
  ['direct', 'confirm', null, 'confirm'],
] as const)(
  'with mode %s as setting, %s of the key and %s of the request, is in mode %s',
  async (...modes) => {
    const [mode, keyMode, requestMode, expected] = modes;
    const { plesk } = await startConfirm();
    const auth = { login: plesk.admin.login, password: 'env:PLESK_PASSWORD' };
    const key = { id: 'other', name: 'other', sha256: digestOf(OTHER_KEY) };
    const { url } = await startService(
      directoryOf(
        { 'plesk-1': { url: plesk.url, release: '18.0', auth } },
        { api_keys: [keyMode === undefined ? key : { ...key, mode: keyMode }] },
      ),
      { mode },
    );
    const request = { user_id: 18, ...(requestMode === undefined ? {} : { mode: requestMode }) };

    const issued = await callApi(url, 'Clients/CreateClientSsoToken', request, { Apikey: OTHER_KEY });
    const { status } = await browse(String(issued.body.data?.['url']));

    expect(status).toBe(expected === 'confirm' ? 200 : 303);
    const ofUsualKey = await callApi(
      url,
      'Clients/CreateClientSsoToken',
      { user_id: 18 },
      { Apikey: API_KEY },
    );
    const usual = await browse(String(ofUsualKey.body.data?.['url']));
    expect(usual.status).toBe(mode === 'confirm' ? 200 : 303);
  },
);

it('opens a link in mode direct by POST as well, with no button pressed', async () => {
  const { link } = await startConfirm({ service: { mode: 'direct' } });
  expect(await browse(await link(), { form: '' })).toMatchObject({ status: 303, body: '' });
});
