import { expect, it } from 'vitest';
import { RELEASES } from '../../server/protocol/versions/releases.ts';
import { browse, doorUrl, sentBack } from '../support/browse.ts';
import { start, UP_TO_12_5 } from '../support/emulator.ts';
import { newToken } from '../support/wire.ts';

const DOOR = '/enterprise/rsession_init.php';
const OTHER = 'f'.repeat(32);

it.each([
  ['PLESKSESSID', (token: string) => `PLESKSESSID=${token}`],
  ['PHPSESSID', (token: string) => `PHPSESSID=${token}`],
  ['both, being equal', (token: string) => `PHPSESSID=${token}&PLESKSESSID=${token}`],
  ['PLESKSESSID twice, the last being right', (token: string) => `PLESKSESSID=${OTHER}&PLESKSESSID=${token}`],
  ['PHPSESSID twice, the last being right', (token: string) => `PHPSESSID=&PHPSESSID=${token}`],
  [
    'an encoded token',
    (token: string) => `PLESKSESSID=%${token.charCodeAt(0).toString(16)}${token.slice(1)}`,
  ],
])('logs in with %s, by GET and by POST', async (_what, paramsFor) => {
  const { plesk } = await start();
  const got = await browse(`${plesk.url}${DOOR}?${paramsFor(await newToken(plesk))}`);
  const posted = await browse(`${plesk.url}${DOOR}`, { form: paramsFor(await newToken(plesk)) });

  expect([got.location, posted.location]).toEqual([`${plesk.url}/smb/`, `${plesk.url}/smb/`]);
});

it.each([
  ['no token', () => ''],
  ['an empty token', () => 'PLESKSESSID='],
  ['a token of another letter case', (token: string) => `PLESKSESSID=${token.toUpperCase()}`],
  ['a blank behind the token', (token: string) => `PLESKSESSID=${token}+`],
  ['two tokens that differ', (token: string) => `PLESKSESSID=${token}&PHPSESSID=${OTHER}`],
  ['two tokens that differ the other way', (token: string) => `PHPSESSID=${token}&PLESKSESSID=${OTHER}`],
  ['the token twice, the last being wrong', (token: string) => `PLESKSESSID=${token}&PLESKSESSID=${OTHER}`],
  ['a parameter of another name', (token: string) => `plesksessid=${token}`],
  ['an inherited name', (token: string) => `__proto__[PLESKSESSID]=${token}&constructor=1`],
])('turns away who brings %s, and spends no token on it', async (_what, paramsFor) => {
  const { plesk } = await start();
  const token = await newToken(plesk);

  const page = await browse(`${plesk.url}${DOOR}?${paramsFor(token)}`);

  expect(page).toMatchObject({ status: 303, location: `${plesk.url}/login.php`, cookies: [], body: '' });
  const [session] = await plesk.sessions.list();
  expect(session).toMatchObject({ id: token, openedAt: undefined });
});

it('lets the form win over the query', async () => {
  const { plesk } = await start();
  const token = await newToken(plesk);

  const page = await browse(doorUrl(plesk.url, { PLESKSESSID: OTHER, success_redirect_url: '/smb/query' }), {
    form: `PLESKSESSID=${token}&success_redirect_url=%2Fsmb%2Fform`,
  });

  expect(page.location).toBe(`${plesk.url}/smb/form`);
});

it.each([
  ['a charset', 'application/x-www-form-urlencoded; charset=UTF-8'],
  ['capitals', 'Application/X-WWW-Form-URLEncoded'],
])('reads a form whose type has %s', async (_what, type) => {
  const { plesk } = await start();
  const form = `PLESKSESSID=${await newToken(plesk)}`;

  const page = await browse(`${plesk.url}${DOOR}`, { form, headers: { 'Content-Type': type } });

  expect(page.location).toBe(`${plesk.url}/smb/`);
});

it('reads no form from a body of another type', async () => {
  const { plesk } = await start();
  const form = `PLESKSESSID=${await newToken(plesk)}`;

  const page = await browse(`${plesk.url}${DOOR}`, { form, headers: { 'Content-Type': 'text/plain' } });

  expect(page.location).toBe(`${plesk.url}/login.php`);
});

it('refuses a form that is too large', async () => {
  const { plesk } = await start();
  const form = `PLESKSESSID=${await newToken(plesk)}&no_frames=${'1'.repeat(1_000_000)}`;

  const page = await browse(`${plesk.url}${DOOR}`, { form });

  expect(page).toMatchObject({ status: 413, cookies: [] });
});

it.each([
  ['admin', '/admin/'],
  ['rita', '/admin/'],
  ['carl', '/smb/'],
])('leads %s to %s without success_redirect_url, and with an empty one', async (login, home) => {
  const { plesk } = await start();
  const first = await browse(doorUrl(plesk.url, { PLESKSESSID: await newToken(plesk, login) }));
  const second = await browse(
    doorUrl(plesk.url, { PLESKSESSID: await newToken(plesk, login), success_redirect_url: '' }),
  );

  expect([first.location, second.location]).toEqual([`${plesk.url}${home}`, `${plesk.url}${home}`]);
});

it.each([
  ['/admin/customer/list', '/admin/customer/list'],
  ['/smb/account/switch/id/24?hideNotice=1&returnUrl=/smb/web/view/', undefined],
  ['/smb/gr\u00f6\u00dfe', '/smb/gr%C3%B6%C3%9Fe'],
])('leads to the path %s', async (path, sent = path) => {
  const { plesk } = await start();

  const page = await browse(
    doorUrl(plesk.url, { PLESKSESSID: await newToken(plesk), success_redirect_url: path }),
  );

  expect(page).toMatchObject({ status: 303, location: `${plesk.url}${sent}` });
});

it('takes the last of several success_redirect_urls', async () => {
  const { plesk } = await start();
  const url = doorUrl(plesk.url, { PLESKSESSID: await newToken(plesk) });

  const page = await browse(`${url}&success_redirect_url=%2Fsmb%2F1&success_redirect_url=%2Fsmb%2F2`);

  expect(page.location).toBe(`${plesk.url}/smb/2`);
});

it('keeps failure_redirect_url of a login as where a log-out leads', async () => {
  const { plesk } = await start();
  const url = 'https://billing.example/out';

  await browse(doorUrl(plesk.url, { PLESKSESSID: await newToken(plesk), failure_redirect_url: url }));

  expect(await plesk.sessions.list()).toMatchObject([{ logoutUrl: url }]);
});

it.each([
  ['installed', 'de-DE', 'de-DE', true],
  ['not installed', 'xx-XX', 'en-US', false],
  ['the word for the default', 'default', 'en-US', false],
  ['empty', '', 'en-US', false],
  ['no locale', 'de-DE; Path=/x', 'en-US', false],
])('shows the session in the language of a locale_id that is %s', async (_what, asked, shown, isSet) => {
  const { plesk } = await start();

  const page = await browse(doorUrl(plesk.url, { PLESKSESSID: await newToken(plesk), locale_id: asked }));
  const panel = await browse(page.location ?? '', { cookie: sentBack(page) });

  expect(panel.body).toContain(`data-plesk-locale="${shown}"`);
  expect(page.cookies.slice(1)).toEqual(
    isSet
      ? [`locale=${asked}; expires=Fri, 01-Jan-2027 10:00:00 GMT; Max-Age=31536000; path=/; HttpOnly`]
      : [],
  );
});

it.each(RELEASES)(
  'redirects on $plesk with its status, the headers of the panel and no body',
  async ({ plesk: name }) => {
    const { plesk } = await start({ plesk: name });
    const isOld = UP_TO_12_5.includes(name);

    for (const token of [await newToken(plesk), OTHER]) {
      const { status, headers, body } = await browse(doorUrl(plesk.url, { PLESKSESSID: token }));

      expect(status).toBe(isOld ? 302 : 303);
      expect(body).toBe('');
      expect(headers).toMatchObject({
        date: 'Thu, 01 Jan 2026 10:00:00 GMT',
        server: 'sw-cp-server',
        'content-type': 'text/html; charset=UTF-8',
        'content-length': '0',
        expires: 'Fri, 28 May 1999 00:00:00 GMT',
        'last-modified': 'Thu, 01 Jan 2026 10:00:00 GMT',
        'cache-control': 'no-store, no-cache, must-revalidate',
        pragma: 'no-cache',
        p3p: 'CP="NON COR CURa ADMa OUR NOR UNI COM NAV STA"',
        'x-frame-options': 'SAMEORIGIN',
        'x-xss-protection': '1; mode=block',
        'x-content-type-options': 'nosniff',
      });
    }
  },
);
