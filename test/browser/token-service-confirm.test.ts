import type { Page as BrowserPage } from 'playwright-core';
import { expect, it } from 'vitest';
import { serve } from '../support/browse.ts';
import { freshPage, whyNoBrowser } from '../support/chromium.ts';
import { startConfirm } from '../support/confirming.ts';
import { startHeldPlesk } from '../support/held-plesk.ts';
import { elsewhere, site } from '../support/sites.ts';

const missing = whyNoBrowser();
const because = missing === undefined ? '' : ` (skipped: ${missing})`;
const inBrowser = it.skipIf(missing !== undefined);
const TIMEOUT = 60_000;
const SHOWN = 'Log in to the control panel';

const headingOf = (page: BrowserPage): Promise<string> => page.locator('h1').innerText();

/** Who a page of the panel says is logged in. */
const userOf = (page: BrowserPage): Promise<string | null> =>
  page.locator('main').getAttribute('data-plesk-user');

const PANEL_PAGE = { destination: '/smb/web/view' };
const AREA_PAGE = { destination: 'ac-ps-products' };
const DOOR: unknown = expect.stringMatching(/^\/continue\/[\da-f]{32}$/);

inBrowser.each([
  ['18.0', "the panel's own page", {}, '/smb/', 'panel', []],
  ['18.0', 'a page of the panel', PANEL_PAGE, '/smb/web/view', 'panel', []],
  ['18.0', 'the client area', AREA_PAGE, '/services', 'area', []],
  ['12.0', "the panel's own page", {}, '/smb/', 'panel', []],
  ['12.0', 'a page of the panel, by our own door', PANEL_PAGE, '/smb/web/view', 'panel', [DOOR]],
  ['12.0', 'the client area, by our own door', AREA_PAGE, '/services', 'area', [DOOR]],
] as const)(
  `leads a browser that presses the button through Plesk %s to %s${because}`,
  { timeout: TIMEOUT },
  async (release, _what, body, path, place, doors) => {
    const area = elsewhere(await site('services'));
    const { plesk, link, audit } = await startConfirm({
      plesk: { plesk: release },
      service: { clientAreaUrl: area },
      panelUrl: ({ url }) => elsewhere(url),
    });
    const { page, complaints } = await freshPage();
    const panel = elsewhere(plesk.url);

    const shown = await page.goto(await link(body));
    expect(shown?.headers()['content-security-policy']).toContain(`form-action 'self' ${panel}`);
    expect(await headingOf(page)).toBe(SHOWN);
    expect(await plesk.sessions.list()).toEqual([]);
    const hops: string[] = [];
    page.on('response', (response) => {
      if (response.headers()['location'] !== undefined) hops.push(new URL(response.url()).pathname);
    });
    await page.click('button');
    await page.waitForURL(`${place === 'panel' ? panel : area}${path}`);

    expect(hops).toEqual(['/sign-in', '/enterprise/rsession_init.php', ...doors]);
    if (place === 'area') await page.goto(`${panel}/`);
    expect(await userOf(page)).toBe('carl');
    expect(await plesk.sessions.list()).toMatchObject([{ login: 'carl', refusals: [] }]);
    expect(audit.map(({ event }) => event)).toEqual(['issued', 'opened']);
    expect(complaints).toEqual([]);
  },
);

inBrowser(
  `leads a browser on where the client area redirects it to another origin that is allowed${because}`,
  { timeout: TIMEOUT },
  async () => {
    const welcome = elsewhere(await site('welcome'));
    const area = elsewhere(
      await serve((_request, response) => void response.writeHead(302, { Location: `${welcome}/in` }).end()),
    );
    const { link } = await startConfirm({ service: { clientAreaUrl: area, allowedOrigins: [welcome] } });
    const { page, complaints } = await freshPage();

    await page.goto(await link(AREA_PAGE));
    await page.click('button');
    await page.waitForURL(`${welcome}/in`);

    expect(await headingOf(page)).toBe('welcome');
    expect(complaints).toEqual([]);
  },
);

inBrowser(
  `keeps the button of one tab good while another link is opened from a mail in the next${because}`,
  { timeout: TIMEOUT },
  async () => {
    const { plesk, link } = await startConfirm();
    const { page, context, complaints } = await freshPage();
    const links = [await link(), await link({ destination: '/smb/web/view' })];
    const mail = await site(
      'mail',
      links.map((one, at) => `<a id="a${at}" href="${one}">${at}</a>`).join(''),
    );
    const other = await context.newPage();

    for (const [at, tab] of [page, other].entries()) {
      await tab.goto(elsewhere(mail));
      await tab.click(`#a${at}`);
      await tab.waitForURL(links[at] ?? '');
    }
    await page.click('button');
    await page.waitForURL(`${plesk.url}/smb/`);
    await other.click('button');
    await other.waitForURL(`${plesk.url}/smb/web/view`);

    expect([await userOf(page), await userOf(other)]).toEqual(['carl', 'carl']);
    expect(complaints).toEqual([]);
  },
);

inBrowser(
  `lets both of two tabs with the same link in, with one session${because}`,
  { timeout: TIMEOUT },
  async () => {
    const { plesk, link, audit } = await startConfirm({ failuresComeBack: true });
    const { page, context } = await freshPage();
    const url = await link();
    const other = await context.newPage();
    await page.goto(url);
    await other.goto(url);

    await page.click('button');
    await page.waitForURL(`${plesk.url}/smb/`);
    await other.click('button');
    await other.waitForURL(`${plesk.url}/smb/`);

    expect(await userOf(other)).toBe('carl');
    await page.reload();
    expect(await userOf(page)).toBe('carl');
    expect(await plesk.sessions.list()).toHaveLength(1);
    expect(audit.map(({ event }) => event)).toEqual(['issued', 'opened', 'repeated', 'replaced']);
  },
);

inBrowser(
  `lets a browser in that presses twice while Plesk is asked${because}`,
  { timeout: TIMEOUT },
  async () => {
    let held: Awaited<ReturnType<typeof startHeldPlesk>> | undefined;
    const { link, audit } = await startConfirm({
      panelUrl: async (plesk) => (held = await startHeldPlesk(plesk)).url,
    });
    const { page } = await freshPage();
    await page.goto(await link());
    held?.hold();

    await page.locator('button').focus();
    await page.keyboard.press('Enter');
    await held?.waiting(1);
    await page.keyboard.press('Enter');
    held?.pass();
    // When the first is gone its claim is given back, and the second takes over.
    await expect
      .poll(
        () => {
          held?.letGo();
          return held?.made.length;
        },
        { timeout: 15_000 },
      )
      .toBe(2);
    await page.waitForURL(`${held?.url ?? ''}/smb/`);

    expect(await userOf(page)).toBe('carl');
    // The first ends its session, of which it is told now, while the second gets in.
    await expect.poll(() => held?.ended, { timeout: 15_000 }).toEqual([held?.made[0]]);
    await expect.poll(() => audit.length, { timeout: 15_000 }).toBe(3);
    expect(audit.map(({ event, outcome }) => `${event} ${outcome}`).sort()).toEqual([
      'issued successful',
      'opened successful',
      'refused token_in_use',
    ]);
  },
);
