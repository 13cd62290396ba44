import { expect, it } from 'vitest';
import { browse, doorUrl, seenFrom, sentBack } from '../support/browse.ts';
import type { Started } from '../support/emulator.ts';
import { DEMO, idOf, start } from '../support/emulator.ts';
import { newToken, post, sendRaw } from '../support/wire.ts';

/** Logs somebody in, and answers the cookie. */
async function logIn({ plesk }: Pick<Started, 'plesk'>, login = 'carl'): Promise<string> {
  const PLESKSESSID = await newToken(plesk, login);
  return sentBack(await browse(doorUrl(plesk.url, { PLESKSESSID })));
}

it.each([
  ['admin', 'admin', '/admin/'],
  ['admin', 'admin', '/admin'],
  ['admin', 'admin', '/admin/customer/list'],
  ['admin', 'admin', '/admin/home?context=home'],
  ['rita', 'reseller', '/admin/customer/overview/id/3'],
  ['carl', 'customer', '/smb/'],
  ['carl', 'customer', '/smb/web/view/id/1/type/domain'],
  ['carl', 'customer', '/smb/account/switch/id/24?hideNotice=1&returnUrl=/smb/web/view/'],
  ['carl', 'customer', '/admin/customer/list'],
])('shows %s as %s the page %s', async (login, role, path) => {
  const started = await start();
  const cookie = await logIn(started, login);

  const page = await browse(`${started.plesk.url}${path}`, { cookie });

  expect(page.status).toBe(200);
  const marks = `data-plesk-user="${login}" data-plesk-role="${role}" data-plesk-path="${path.replaceAll('&', '&amp;')}" data-plesk-release="18.0" data-plesk-session="000001.." data-plesk-locale="en-US"`;
  expect(page.body).toContain(`<main data-plesk-page="panel" ${marks}>`);
  expect(page.headers).toMatchObject({
    'content-type': 'text/html; charset=UTF-8',
    'content-length': String(Buffer.byteLength(page.body)),
    'cache-control': 'no-store, no-cache, must-revalidate',
    'x-frame-options': 'SAMEORIGIN',
    'x-content-type-options': 'nosniff',
  });
});

it('escapes what a page shows: the login and the path', async () => {
  const login = `<i title="&'x">`;
  const started = await start({
    credentialRules: 'any',
    seed: {
      accounts: [{ ...DEMO.carl, login, role: 'customer' }],
    },
  });
  const cookie = await logIn(started, login);

  // Browsers encode most of these; what comes over the wire need not.
  const body = await sendRaw(
    started.plesk,
    `GET /smb/<script>alert('1')</script>?a="b"&c=<d> HTTP/1.1\r\nHost: panel.example\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`,
  );

  const escaped = '&lt;i title=&quot;&amp;&#39;x&quot;&gt;';
  expect(body).toContain(`data-plesk-user="${escaped}"`);
  expect(body).toContain(`<h1>Logged in as ${escaped}</h1>`);
  const path = '/smb/&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;?a=&quot;b&quot;&amp;c=&lt;d&gt;';
  expect(body).toContain(`data-plesk-path="${path}"`);
  expect(body).toContain(`<dd>${path}</dd>`);
  expect(body).not.toMatch(/<(?:script|i|b|d)[ >]/);
});

it.each(['/smb/', '/login_up.php', '/nowhere'])(
  'lets nothing run or load on %s but its own style',
  async (path) => {
    const started = await start();
    const cookie = await logIn(started);

    const { headers, body } = await browse(`${started.plesk.url}${path}`, { cookie });

    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; form-action http: https:; frame-ancestors 'self'; base-uri 'none'$/,
    );
    expect(body).not.toMatch(
      /<script(?! type="application\/json")|<link|<img|<iframe|javascript:| on\w+=| style=/i,
    );
    expect(body).toContain('a test double, no Plesk product');
  },
);

it.each([
  ['admin', '/admin/'],
  ['rita', '/admin/'],
  ['carl', '/smb/'],
])('leads %s from / to %s', async (login, home) => {
  const started = await start();
  const cookie = await logIn(started, login);

  const page = await browse(`${started.plesk.url}/`, { cookie });

  expect(page).toMatchObject({ status: 303, location: `${started.plesk.url}${home}` });
});

it.each([
  '/nowhere',
  '/administrator',
  '/smbx/',
  '/Admin/',
  '/enterprise/',
  '/enterprise/Rsession_init.php',
  '/enterprise/rsession/?PLESKSESSID=1',
  '/login_up.php4',
])('has nothing at %s, with a session or without', async (path) => {
  const started = await start();
  const cookie = await logIn(started);

  for (const page of [
    await browse(`${started.plesk.url}${path}`),
    await browse(`${started.plesk.url}${path}`, { cookie }),
  ]) {
    expect(page.status).toBe(404);
    expect(page.body).toContain('<main data-plesk-page="not-found">');
  }
});

it('answers HEAD as GET, without the page', async () => {
  const started = await start();
  const cookie = await logIn(started);
  const page = await browse(`${started.plesk.url}/smb/`, { cookie });

  const head = await browse(`${started.plesk.url}/smb/`, { cookie, method: 'HEAD' });

  expect(head).toMatchObject({ status: 200, body: '' });
  expect(head.headers['content-length']).toBe(page.headers['content-length']);
});

it('keeps several sessions of one user apart', async () => {
  const started = await start();
  const [first, second] = [await logIn(started), await logIn(started)];
  const { plesk } = started;
  const statuses = async (): Promise<number[]> =>
    [
      await browse(`${plesk.url}/smb/`, { cookie: first }),
      await browse(`${plesk.url}/smb/`, { cookie: second }),
    ].map(({ status }) => status);

  expect(first).not.toBe(second);
  expect(await statuses()).toEqual([200, 200]);
  await post(
    plesk,
    `<packet><session><terminate><session-id>${idOf(1)}</session-id></terminate></session></packet>`,
  );
  expect(await statuses()).toEqual([303, 200]);
});

it('shows the panel from wherever its host is asked for', async () => {
  const started = await start();
  const panel = await seenFrom(started.plesk.app, () => '::ffff:127.0.0.1');
  const cookie = await logIn(started);

  const page = await browse(`${panel}/`, { cookie, headers: { Host: 'panel.example:8443' } });

  expect(page.location).toBe('http://panel.example:8443/smb/');
});
