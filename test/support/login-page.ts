import type { Page } from 'playwright-core';

/** Types login and password into the login form, and sends it by its button. */
export async function fillIn(page: Page, login: string, password: string): Promise<void> {
  await page.locator('[name=login_name]').fill(login);
  await page.locator('[name=passwd]').fill(password);
  await page.locator('main button').click();
}

/** What a page calls itself: login, panel, contact. */
export const kindOf = (page: Page): Promise<string | null> =>
  page.locator('main').getAttribute('data-plesk-page');
