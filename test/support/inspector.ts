import type { Page } from 'playwright-core';
import type { Emulator } from '../../server/emulator.ts';
import type { FreshPage } from './chromium.ts';
import { freshPage } from './chromium.ts';

/** The inspector of an emulator in a browser of its own, as soon as it is live. */
export async function openInspector({ url }: Pick<Emulator, 'url'>): Promise<FreshPage> {
  const opened = await freshPage();
  opened.page.setDefaultTimeout(10_000);
  await opened.page.goto(`${url}/_emulator/`);
  await isLive(opened.page);
  return opened;
}

/** Waits until the page hears what comes, and has what came before. */
export async function isLive(page: Page): Promise<void> {
  await page.getByText('live', { exact: true }).waitFor();
  await page.locator('time', { hasText: /^\d{4}/ }).waitFor();
}

/** The parts of the page by their names. */
export const part = (page: Page, name: string): ReturnType<Page['getByRole']> =>
  page.getByRole(name === 'Packets and logins' ? 'main' : 'region', { name });

/** The rows of what came, the latest first. */
export const entriesOf = (page: Page): ReturnType<Page['locator']> =>
  part(page, 'Packets and logins').locator('ol > li:not([hidden])');

/** What a copy button gave. */
export const copied = (page: Page): Promise<string> => page.getByLabel('What was copied').inputValue();
