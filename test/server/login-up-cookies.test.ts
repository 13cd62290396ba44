import { expect, it } from 'vitest';
import { RELEASE_NAMES } from '../../server/protocol/versions/releases.ts';
import { browse, sentBack } from '../support/browse.ts';
import { DEMO, idOf, start, UP_TO_12_0, UP_TO_12_5 } from '../support/emulator.ts';
import { CARL, formUrl, logInAs, markIn, postForm, WRONG } from '../support/login-form.ts';

const NO_FRAMES = 'no_frames=deleted; expires=Thu, 01-Jan-1970 00:00:01 GMT; path=/';
const CORA = { login_name: 'cora', passwd: DEMO.cora.password } as const;

it.each(RELEASE_NAMES)('sets on %s the cookie of the session first, over HTTP and HTTPS', async (name) => {
  const { plesk } = await start({ plesk: name, https: true });
  const isOld = UP_TO_12_5.includes(name);
  const besides = UP_TO_12_0.includes(name) ? [NO_FRAMES] : [];

  const plain = await postForm(plesk, CARL);
  const secure = await postForm({ url: plesk.httpsUrl }, CARL, { ca: plesk.ca ?? '' });

  expect(plain.cookies).toEqual([
    isOld ? `PHPSESSID=${idOf(1)}; path=/; httponly` : `PLESKSESSID_INSECURE=${idOf(1)}; path=/; HttpOnly`,
    ...besides,
  ]);
  expect(secure.cookies).toEqual([
    isOld
      ? `PHPSESSID=${idOf(2)}; path=/; secure; httponly`
      : `PLESKSESSID=${idOf(2)}; path=/; secure; HttpOnly`,
    ...besides,
  ]);
});

it.each(RELEASE_NAMES)('sets on %s no cookie but locale with the form', async (name) => {
  const { plesk } = await start({ plesk: name, https: true });
  const ca = plesk.ca ?? '';

  for (const [page, guards] of [
    [await browse(formUrl(plesk.url)), '; Max-Age=31536000; path=/; HttpOnly'],
    [await postForm(plesk, WRONG), '; Max-Age=31536000; path=/; HttpOnly'],
    [await browse(formUrl(plesk.httpsUrl), { ca }), '; Max-Age=31536000; path=/; secure; HttpOnly'],
    [await postForm({ url: plesk.httpsUrl }, WRONG, { ca }), '; Max-Age=31536000; path=/; secure; HttpOnly'],
  ] as const) {
    const end = UP_TO_12_5.includes(name) ? '; path=/' : guards;
    expect(page.cookies).toEqual([`locale=en-US; expires=Fri, 01-Jan-2027 10:00:00 GMT${end}`]);
  }
});

it.each(['12.0', '12.5', '18.0'] as const)(
  'leaves on %s the cookie no_frames to a login with no_frames',
  async (name) => {
    const { plesk } = await start({ plesk: name });

    for (const no_frames of ['1', '']) {
      expect((await postForm(plesk, { ...CARL, no_frames })).cookies).toHaveLength(1);
    }
  },
);

it.each([
  ['installed', 'de-DE', 'de-DE'],
  ['not installed', 'xx-XX', 'en-US'],
  ['no locale at all', '"><script>', 'en-US'],
])('shows form and session in a locale_id that is %s', async (_what, locale_id, shown) => {
  const { plesk } = await start();
  const isInstalled = shown === locale_id;
  const language = `<html lang="${shown.slice(0, 2)}">`;

  const form = await browse(formUrl(plesk.url, { locale_id }));
  const failed = await postForm(plesk, { ...WRONG, locale_id });
  const page = await postForm(plesk, { ...CARL, locale_id });
  const home = await browse(page.location ?? '', { cookie: sentBack(page) });

  for (const { body, cookies } of [form, failed]) {
    expect(body).toContain(language);
    expect(body).not.toContain('"><script>');
    expect(cookies).toEqual([expect.stringContaining(`locale=${shown};`)]);
  }
  expect(home.body).toContain(language);
  expect(markIn(home, 'locale')).toBe(shown);
  expect(page.cookies.slice(1)).toEqual(isInstalled ? [expect.stringContaining(`locale=${shown};`)] : []);
  expect(page.reason?.includes(`locale_id '${locale_id}' is not installed`)).toBe(!isInstalled);
});

it.each([
  ['default', 'default'],
  ['empty', ''],
])("shows the session in the user's own language with a locale_id that is %s", async (_what, locale_id) => {
  const { plesk } = await start();

  const page = await postForm(plesk, { ...CORA, locale_id });
  const home = await browse(page.location ?? '', { cookie: sentBack(page) });

  expect(markIn(home, 'locale')).toBe('de-DE');
  expect(page.cookies).toHaveLength(1);
  expect(page.reason).not.toContain('not installed');
});

it('shows the form in the language of the cookie, and of locale_id before it', async () => {
  const { plesk } = await start();
  const cookie = 'x=y; locale=de-DE';

  const kept = await browse(formUrl(plesk.url), { cookie });
  const asked = await browse(formUrl(plesk.url, { locale_id: 'en-US' }), { cookie });

  expect(kept.body).toContain('<h1>Anmelden</h1>');
  expect(asked.body).toContain('<h1>Log in</h1>');
});

it('offers the locales of the release, the one asked for being chosen', async () => {
  const { plesk } = await start({ plesk: '12.0' });

  const { body } = await browse(formUrl(plesk.url, { locale_id: 'de-DE' }));

  const offered = [...body.matchAll(/<option value="([^"]+)"/g)].map(([, code]) => code);
  expect(offered).toEqual(['default', ...plesk.release.locales]);
  expect(body).toContain('<option value="de-DE" lang="de-DE" selected>Deutsch (Deutschland)</option>');
  expect(body.match(/ selected/g)).toHaveLength(1);
});

it.each([
  ['absent', ''],
  ['lax', '; SameSite=Lax'],
  ['strict', '; SameSite=Strict'],
  ['none', '; SameSite=None'],
] as const)(
  'writes SameSite into the cookie of the session alone where sameSite is %s',
  async (sameSite, written) => {
    const { plesk } = await start({ sameSite });

    const page = await postForm(plesk, { ...CARL, locale_id: 'de-DE' });

    expect(page.cookies[0]).toBe(`PLESKSESSID_INSECURE=${idOf(1)}; path=/; HttpOnly${written}`);
    expect(page.cookies[1]).not.toContain('SameSite');
  },
);

it('knows a browser by its cookie alone', async () => {
  const { plesk } = await start();
  const cookie = await logInAs(plesk, DEMO.carl);

  const pages = [
    await browse(`${plesk.url}/smb/web/view`, { cookie }),
    await browse(`${plesk.url}/smb/web/view`, { cookie: `locale=de-DE; ${cookie}; other=1` }),
  ];

  for (const page of pages) expect([page.status, markIn(page, 'user')]).toEqual([200, 'carl']);
});
