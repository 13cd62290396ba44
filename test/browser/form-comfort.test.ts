import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { freshPage, whyNoBrowser } from '../support/chromium.ts';
import { DEMO, start } from '../support/emulator.ts';
import { encoded } from '../support/login-form.ts';
import { fillIn, kindOf } from '../support/login-page.ts';

const missing = whyNoBrowser();
const because = missing === undefined ? '' : ` (skipped: ${missing})`;
const inBrowser = it.skipIf(missing !== undefined);
const TIMEOUT = 60_000;
const { login: LOGIN, password: PASSWORD } = DEMO.carl;

/** By how many pixels the page is wider than its window. */
const overhangOf = (page: Page): Promise<unknown> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

inBrowser(`needs no mouse, from the form to the log-out${because}`, { timeout: TIMEOUT }, async () => {
  const { plesk } = await start();
  const { page, complaints } = await freshPage();
  const { keyboard } = page;
  await page.goto(`${plesk.url}/smb/`);

  await page.locator('[name=login_name]:focus').waitFor();
  await keyboard.type(LOGIN);
  await keyboard.press('Tab');
  await keyboard.type(PASSWORD);
  await keyboard.press('Tab');
  await keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Log in');
  expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
  await keyboard.press('Enter');
  await page.waitForURL(`${plesk.url}/smb/`);

  await keyboard.press('Tab');
  await keyboard.press('Tab');
  await keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Websites');
  await keyboard.press('Enter');
  await page.waitForURL(`${plesk.url}/smb/web/view`);
  expect(await page.locator('[aria-current=page]').innerText()).toBe('Websites');

  await keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Log out');
  await keyboard.press('Enter');
  await page.waitForURL(`${plesk.url}/login_up.php`);
  expect(complaints).toEqual([]);
});

inBrowser.each(['light', 'dark'] as const)(
  `fits into a window of 360 pixels, in %s colours${because}`,
  { timeout: TIMEOUT },
  async (colorScheme) => {
    const login = `${'long'.repeat(50)}@customer.example.com`;
    const { plesk } = await start({
      askForContact: true,
      // A login may have 60 characters; the page has room for more.
      credentialRules: 'any',
      seed: { accounts: [{ login, password: PASSWORD, role: 'customer', locale: 'de-DE' }] },
    });
    const { page, complaints } = await freshPage();
    await page.setViewportSize({ width: 360, height: 640 });
    await page.emulateMedia({ colorScheme });

    await page.goto(`${plesk.url}/login_up.php?${encoded({ locale_id: 'de-DE' })}`);
    expect([await kindOf(page), await overhangOf(page)]).toEqual(['login', 0]);
    await fillIn(page, login, 'x');
    await page.getByRole('alert').waitFor();
    expect([await kindOf(page), await overhangOf(page)]).toEqual(['login', 0]);
    await fillIn(page, login, PASSWORD);
    await page.waitForURL(`${plesk.url}/smb/`);
    expect([await kindOf(page), await overhangOf(page)]).toEqual(['contact', 0]);
    await page.locator('[name=email]').fill('a@example.com');
    await page.locator('[name=phone]').fill('1');
    await page.locator('main button').click();
    await page.waitForSelector('[data-plesk-page=panel]');
    expect([await kindOf(page), await overhangOf(page)]).toEqual(['panel', 0]);
    await page.goto(`${plesk.url}/smb/${'a'.repeat(300)}`);
    expect([await kindOf(page), await overhangOf(page)]).toEqual(['panel', 0]);
    expect(complaints).toEqual([]);
  },
);

inBrowser(
  `asks for the password again after the idle time, and leads back${because}`,
  { timeout: TIMEOUT },
  async () => {
    const { plesk, clock } = await start();
    const { page, complaints } = await freshPage();
    await page.goto(`${plesk.url}/smb/`);
    await fillIn(page, LOGIN, PASSWORD);
    await page.waitForURL(`${plesk.url}/smb/`);

    clock.pass(1799);
    await page.getByRole('link', { name: 'Mail' }).click();
    await page.waitForURL(`${plesk.url}/smb/email-address/list`);
    expect(await kindOf(page)).toBe('panel');
    clock.pass(1800);
    await page.getByRole('link', { name: 'Websites' }).click();
    await page.waitForURL(/login_up\.php/);
    expect(await kindOf(page)).toBe('login');

    await fillIn(page, LOGIN, PASSWORD);
    await page.waitForURL(`${plesk.url}/smb/web/view`);
    expect(await kindOf(page)).toBe('panel');
    expect(complaints).toEqual([]);
  },
);
