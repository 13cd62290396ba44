import { expect, it } from 'vitest';
import { doorUrl } from '../support/browse.ts';
import { freshPage, whyNoBrowser } from '../support/chromium.ts';
import { DEMO, start } from '../support/emulator.ts';
import { formUrl } from '../support/login-form.ts';
import { fillIn, kindOf } from '../support/login-page.ts';
import { newToken } from '../support/wire.ts';

const missing = whyNoBrowser();
const because = missing === undefined ? '' : ` (skipped: ${missing})`;
const inBrowser = it.skipIf(missing !== undefined);
const TIMEOUT = 60_000;
const { login: LOGIN, password: PASSWORD } = DEMO.carl;

inBrowser.each(['12.0', '12.5', '18.0'] as const)(
  `logs a browser in by the form of %s and leads it back to the page that it wanted${because}`,
  { timeout: TIMEOUT },
  async (name) => {
    const { plesk } = await start({ plesk: name });
    const { page, context, complaints } = await freshPage();
    const wanted = `${plesk.url}/smb/web/view?id=1&x=%22`;

    await page.goto(wanted);
    expect(new URL(page.url()).pathname).toBe(plesk.release.login.form);
    expect(await page.title()).toBe(plesk.release.title);
    expect((await context.cookies()).map((cookie) => cookie.name)).toEqual(['locale']);
    await fillIn(page, LOGIN, PASSWORD);
    await page.waitForURL(wanted);

    expect(await page.locator('h1').innerText()).toBe('Logged in as carl');
    expect(await page.locator('main').getAttribute('data-plesk-path')).toBe('/smb/web/view?id=1&x=%22');
    expect(complaints).toEqual([]);
  },
);

inBrowser(`says that a password is wrong, and keeps the name${because}`, { timeout: TIMEOUT }, async () => {
  const { plesk } = await start();
  const { page, complaints } = await freshPage();
  const login = `o'ha"ra <b>`;
  await page.goto(`${plesk.url}/smb/`);

  await fillIn(page, login, 'wrong-pass-word');

  const alert = page.getByRole('alert');
  expect(await alert.innerText()).toBe('You have entered incorrect username or password.');
  expect(await page.locator('[name=login_name]').inputValue()).toBe(login);
  expect(await page.locator('[name=passwd]').inputValue()).toBe('');
  expect(await page.evaluate('document.activeElement.name')).toBe('passwd');

  await fillIn(page, LOGIN, PASSWORD);
  await page.waitForURL(`${plesk.url}/smb/`);
  expect(await kindOf(page)).toBe('panel');
  expect(complaints).toEqual([]);
});

inBrowser(`shows the panel in the language that was chosen${because}`, { timeout: TIMEOUT }, async () => {
  const { plesk } = await start();
  const { page, complaints } = await freshPage();
  await page.goto(`${plesk.url}/`);

  await page.getByLabel('Interface language').selectOption('de-DE');
  await fillIn(page, LOGIN, 'wrong-pass-word');
  expect(await page.getByRole('alert').innerText()).toBe('Benutzername oder Passwort ist falsch.');
  expect(await page.locator('[name=locale_id]').inputValue()).toBe('de-DE');
  await fillIn(page, LOGIN, PASSWORD);
  await page.waitForURL(`${plesk.url}/smb/`);

  expect(await page.locator('html').getAttribute('lang')).toBe('de');
  expect(await page.locator('h1').innerText()).toBe('Angemeldet als carl');
  expect(await page.locator('nav').innerText()).toContain('E-Mail');
  await page.getByRole('button', { name: 'Abmelden' }).click();
  await page.waitForURL(`${plesk.url}/login_up.php`);
  // The browser keeps the language.
  expect(await page.locator('h1').innerText()).toBe('Anmelden');
  expect(complaints).toEqual([]);
});

inBrowser.each([
  ['the form', (panel: string, out: string) => formUrl(panel, { failure_redirect_url: out })],
  [
    'a token',
    async (panel: string, out: string, token: () => Promise<string>) =>
      doorUrl(panel, { PLESKSESSID: await token(), failure_redirect_url: out }),
  ],
])(
  `leads by its log-out button to another origin who came by %s${because}`,
  { timeout: TIMEOUT },
  async (_what, urlOf) => {
    const { plesk } = await start();
    const { plesk: other } = await start({ plesk: '12.5' });
    const { page, context, complaints } = await freshPage();
    const out = `${other.url.replace('127.0.0.1', 'localhost')}/login_up.php?login_name=bye`;

    await page.goto(await urlOf(plesk.url, out, () => newToken(plesk)));
    if ((await kindOf(page)) === 'login') await fillIn(page, LOGIN, PASSWORD);
    await page.waitForURL(`${plesk.url}/smb/`);
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.waitForURL(out);

    expect(await page.title()).toBe('Plesk 12.5.30');
    expect(await plesk.sessions.list()).toEqual([]);
    expect((await context.cookies(plesk.url)).map((cookie) => cookie.name)).not.toContain(
      'PLESKSESSID_INSECURE',
    );
    await page.goto(`${plesk.url}/smb/`);
    expect(await kindOf(page)).toBe('login');
    expect(complaints).toEqual([]);
  },
);

inBrowser(
  `leads a wrong password to failure_redirect_url on another origin${because}`,
  { timeout: TIMEOUT },
  async () => {
    const { plesk } = await start();
    const { plesk: other } = await start();
    const { page, complaints } = await freshPage();
    const out = `${other.url.replace('127.0.0.1', 'localhost')}/login_up.php`;
    await page.goto(formUrl(plesk.url, { failure_redirect_url: out }));

    await fillIn(page, LOGIN, 'wrong-pass-word');
    await page.waitForURL(out);

    expect(await kindOf(page)).toBe('login');
    expect(complaints).toEqual([]);
  },
);
