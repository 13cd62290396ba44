import type { Page as BrowserPage } from 'playwright-core';
import { expect, it } from 'vitest';
import { browse, serve } from '../support/browse.ts';
import { freshPage, whyNoBrowser } from '../support/chromium.ts';
import { show, startConfirm } from '../support/confirming.ts';
import { elsewhere, press, site } from '../support/sites.ts';

const missing = whyNoBrowser();
const because = missing === undefined ? '' : ` (skipped: ${missing})`;
const inBrowser = it.skipIf(missing !== undefined);
const TIMEOUT = 60_000;
const SHOWN = 'Log in to the control panel';

const headingOf = (page: BrowserPage): Promise<string> => page.locator('h1').innerText();
const userOf = (page: BrowserPage): Promise<string | null> =>
  page.locator('main').getAttribute('data-plesk-user');

/** A form with one button that posts this to a link. */
const formTo = (link: string, nonce: string | undefined): string =>
  `<form method="post" action="${link}">${
    nonce === undefined ? '' : `<input name="nonce" value="${nonce}">`
  }<button>Win</button></form>`;

const asIs = (url: string): string => url;

inBrowser.each([
  ['another site', 'no nonce', elsewhere],
  ['another site', 'the nonce of its own visit', elsewhere],
  ['another port of this host', 'no nonce', asIs],
  ['another port of this host', 'the nonce of its own visit', asIs],
] as const)(
  `spends nothing for a form of %s with %s, and the browser can still confirm${because}`,
  { timeout: TIMEOUT },
  async (_who, which, hostOf) => {
    const { plesk, link, audit } = await startConfirm();
    const { page, context } = await freshPage();
    const url = await link();
    const { nonce } = await show(url);
    const trap = hostOf(await site('trap', formTo(url, which === 'no nonce' ? undefined : nonce)));
    // The browser has a cookie of its own already.
    await page.goto(await link());
    const cookies = await context.cookies();

    await page.goto(trap);
    const response = await press(page);

    expect(await plesk.sessions.list()).toEqual([]);
    if (which === 'no nonce') {
      expect(response.status()).toBe(200);
    } else {
      expect(response.status()).toBe(403);
      expect(audit.at(-1)).toMatchObject({ outcome: 'csrf_failed', linkId: audit[0]?.linkId });
      expect(await context.cookies()).toEqual(cookies);
      // What is left of the forged login is our own page, which leads to the button.
      await page.click('a.main');
    }
    expect(await headingOf(page)).toBe(SHOWN);
    await page.click('button');
    await page.waitForURL(`${plesk.url}/smb/`);
    expect(await userOf(page)).toBe('carl');
  },
);

inBrowser(
  `shows no button in a frame of another site, and takes none from there${because}`,
  { timeout: TIMEOUT },
  async () => {
    const { plesk, link, audit } = await startConfirm();
    const { page } = await freshPage();
    const url = await link();
    const frame = elsewhere(await site('frame', `<iframe src="${url}"></iframe>`));

    await page.goto(frame);
    await expect.poll(() => audit.length).toBe(2);

    expect(audit.at(-1)).toMatchObject({ event: 'refused', outcome: 'prefetch_refused' });
    const texts = await Promise.all(
      page.frames().map((one) => one.evaluate<string>('document.body.innerText')),
    );
    expect(texts.join()).not.toContain(SHOWN);
    expect(await plesk.sessions.list()).toEqual([]);
    expect((await browse(url)).status).toBe(200);
  },
);

inBrowser(
  `offers to try again where Plesk is away, and the same link leads in once it is back${because}`,
  { timeout: TIMEOUT },
  async () => {
    let isAway = true;
    const { link, audit } = await startConfirm({
      panelUrl: ({ app }) =>
        serve((request, response) => {
          if (isAway) request.socket.destroy();
          else app(request, response);
        }),
    });
    const { page } = await freshPage();
    const url = await link();
    await page.goto(url);

    const failed = await press(page);
    expect(failed.status()).toBeGreaterThanOrEqual(500);
    expect(await headingOf(page)).not.toBe(SHOWN);
    isAway = false;
    const again = await press(page, 'a[href=""]');
    expect([again.status(), again.request().method(), page.url()]).toEqual([200, 'GET', url]);
    expect(await headingOf(page)).toBe(SHOWN);
    await page.click('button');
    await page.waitForURL(/\/smb\/$/);

    expect(await userOf(page)).toBe('carl');
    expect(audit.map(({ event }) => event)).toEqual(['issued', 'refused', 'opened']);
  },
);

inBrowser(
  `takes two clicks on the button for one, though the second comes while the browser is led on${because}`,
  { timeout: TIMEOUT },
  async () => {
    let letGo: (() => void) | undefined;
    const area = elsewhere(
      await serve((_request, response) => {
        letGo = () => {
          response.writeHead(200, { 'Content-Type': 'text/html' });
          response.end('<!DOCTYPE html><title>area</title><link rel="icon" href="data:,"><h1>area</h1>');
        };
      }),
    );
    const { link, audit } = await startConfirm({ service: { clientAreaUrl: area } });
    const { page, complaints } = await freshPage();
    await page.goto(await link({ destination: 'ac-ps-products' }));
    const { x = 0, y = 0, width = 0, height = 0 } = (await page.locator('button').boundingBox()) ?? {};
    const clickOnce = (): Promise<void> => page.mouse.click(x + width / 2, y + height / 2);

    await clickOnce();
    await expect.poll(() => letGo, { timeout: 15_000 }).toBeDefined();
    await clickOnce();
    letGo?.();
    await page.waitForURL(`${area}/services`, { timeout: 10_000 });

    expect(audit.map(({ event }) => event)).toEqual(['issued', 'opened']);
    expect(complaints).toEqual([]);
  },
);
