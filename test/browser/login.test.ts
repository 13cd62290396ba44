import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { doorUrl, serve } from '../support/browse.ts';
import { freshPage, whyNoBrowser } from '../support/chromium.ts';
import { start } from '../support/emulator.ts';
import { readSample } from '../support/samples.ts';
import { newToken, post, tokenIn } from '../support/wire.ts';

const missing = whyNoBrowser();
const because = missing === undefined ? '' : ` (skipped: ${missing})`;
const inBrowser = it.skipIf(missing !== undefined);
const TIMEOUT = 60_000;

/** The packet of the documentation, for a browser on this machine. */
const documented = (): string => {
  const packet = readSample('server/create_session/documented').request.toString();
  expect(packet).toContain('<user_ip>MTAuNTAuMS43MQ==</user_ip>');
  return packet.replace('MTAuNTAuMS43MQ==', Buffer.from('127.0.0.1').toString('base64'));
};

/** Who a page says is logged in, as which role, and where. */
const marksOf = async (page: Page): Promise<readonly (string | null)[]> => {
  const main = page.locator('main');
  const names = ['data-plesk-user', 'data-plesk-role', 'data-plesk-path'];
  return Promise.all(names.map((name) => main.getAttribute(name)));
};

inBrowser(
  `logs a browser in by the documented packet and URL, to a path on 18.0${because}`,
  { timeout: TIMEOUT },
  async () => {
    const { plesk } = await start();
    const { page, context, complaints } = await freshPage();
    const token = tokenIn(await post(plesk, documented()));

    const url = doorUrl(plesk.url, { PLESKSESSID: token, success_redirect_url: '/admin/customer/list' });
    const response = await page.goto(url);

    expect(response?.status()).toBe(200);
    expect(page.url()).toBe(`${plesk.url}/admin/customer/list`);
    expect(await page.title()).toBe('Plesk Obsidian 18.0.33');
    expect(await marksOf(page)).toEqual(['admin', 'admin', '/admin/customer/list']);
    expect(await page.locator('h1').innerText()).toBe('Logged in as admin');
    expect(await context.cookies()).toMatchObject([
      { name: 'PLESKSESSID_INSECURE', value: token, path: '/', httpOnly: true, secure: false },
    ]);

    await page.goto(`${plesk.url}/`);
    expect(page.url()).toBe(`${plesk.url}/admin/`);
    expect(await marksOf(page)).toEqual(['admin', 'admin', '/admin/']);
    expect(complaints).toEqual([]);
  },
);

inBrowser(
  `logs a browser in by the documented packet, to an absolute URL of the panel on 12.0${because}`,
  { timeout: TIMEOUT },
  async () => {
    const { plesk } = await start({ plesk: '12.0' });
    const { page, context, complaints } = await freshPage();
    const token = tokenIn(await post(plesk, documented()));
    const target = `${plesk.url}/admin/customer/list`;

    await page.goto(doorUrl(plesk.url, { PHPSESSID: token, success_redirect_url: target }));

    expect(page.url()).toBe(target);
    expect(await page.title()).toBe('Plesk 12.0.18');
    expect(await marksOf(page)).toEqual(['admin', 'admin', '/admin/customer/list']);
    expect(await context.cookies()).toMatchObject([{ name: 'PHPSESSID', value: token, httpOnly: true }]);
    expect(complaints).toEqual([]);
  },
);

inBrowser(
  `leads a browser on 12.0 back to the host that initiated its session, and lets it into the panel from there${because}`,
  { timeout: TIMEOUT },
  async () => {
    const { plesk } = await start({ plesk: '12.0' });
    const { page, complaints } = await freshPage();
    const billing = await serve((_request, response) => {
      const link = `<a href="${plesk.url}/smb/web/view">panel</a>`;
      response.writeHead(200, { 'Content-Type': 'text/html' });
      response.end(`<!DOCTYPE html><title>billing</title><link rel="icon" href="data:,">${link}`);
    });
    const back = billing.replace('127.0.0.1', 'localhost');
    const PLESKSESSID = await newToken(plesk, 'carl', {
      source_server: Buffer.from(`${back}/`).toString('base64'),
    });

    await page.goto(doorUrl(plesk.url, { PLESKSESSID, success_redirect_url: `${back}/done` }));
    expect(page.url()).toBe(`${back}/done`);
    await page.click('a');
    await page.waitForURL(`${plesk.url}/smb/web/view`);

    expect(await marksOf(page)).toEqual(['carl', 'customer', '/smb/web/view']);
    expect(complaints).toEqual([]);
  },
);

inBrowser.each([
  ['18.0', '/login_up.php'],
  ['12.0', '/login_up.php3'],
] as const)(
  `ends on the login page of %s with a link that another browser has used${because}`,
  { timeout: TIMEOUT },
  async (name, login) => {
    const { plesk } = await start({ plesk: name });
    const [first, second] = [await freshPage(), await freshPage()];
    const target = `${plesk.url}/smb/`;
    const PLESKSESSID = await newToken(plesk);
    const url = doorUrl(plesk.url, { PLESKSESSID, success_redirect_url: target });

    await first.page.goto(url);
    await second.page.goto(url);

    const { page, context } = second;
    expect(page.url()).toBe(`${plesk.url}${login}?success_redirect_url=${encodeURIComponent(target)}`);
    expect(await page.locator('main').getAttribute('data-plesk-page')).toBe('login');
    expect(await page.locator('h1').innerText()).toBe('Log in');
    expect((await context.cookies()).map((cookie) => cookie.name)).toEqual(['locale']);
    expect([...first.complaints, ...second.complaints]).toEqual([]);
  },
);

inBrowser(
  `leads a browser that opens its link again into the session that it is in${because}`,
  { timeout: TIMEOUT },
  async () => {
    const { plesk } = await start();
    const { page, complaints } = await freshPage();
    const params = { PLESKSESSID: await newToken(plesk), success_redirect_url: '/smb/web/view' };

    await page.goto(doorUrl(plesk.url, params));
    await page.goto(`${plesk.url}/smb/`);
    await page.goto(doorUrl(plesk.url, params));

    expect(await marksOf(page)).toEqual(['carl', 'customer', '/smb/web/view']);
    expect(complaints).toEqual([]);
  },
);

inBrowser(
  `logs a customer in by a form that another site posts, in the language of locale_id${because}`,
  { timeout: TIMEOUT },
  async () => {
    const { plesk } = await start();
    const { page, complaints } = await freshPage();
    const PLESKSESSID = await newToken(plesk, 'cora');
    const fields = { PLESKSESSID, PHPSESSID: PLESKSESSID, locale_id: 'fr-FR' };
    const shop = await serve((_request, response) => {
      const inputs = Object.entries(fields).map(([name, value]) => `<input name="${name}" value="${value}">`);
      response.writeHead(200, { 'Content-Type': 'text/html' });
      response.end(
        `<!DOCTYPE html><title>shop</title><link rel="icon" href="data:,"><form method="post" action="${plesk.url}/enterprise/rsession_init.php">${inputs.join('')}<button>Log in</button></form>`,
      );
    });

    await page.goto(`${shop.replace('127.0.0.1', 'localhost')}/`);
    await page.click('button');
    await page.waitForURL(`${plesk.url}/smb/`);

    expect(await marksOf(page)).toEqual(['cora', 'customer', '/smb/']);
    expect(await page.locator('main').innerText()).toContain('fr-FR');
    expect(complaints).toEqual([]);
  },
);

inBrowser(`keeps its style and runs no script on any page${because}`, { timeout: TIMEOUT }, async () => {
  const { plesk } = await start();
  const { page, complaints } = await freshPage();
  const path = `/smb/%3Cscript%3Ealert(1)%3C/script%3E?x="><img src=x onerror=alert(1)>`;
  await page.goto(
    doorUrl(plesk.url, { PLESKSESSID: await newToken(plesk, 'carl'), success_redirect_url: path }),
  );

  const background = await page.evaluate(
    'getComputedStyle(document.querySelector("header")).backgroundColor',
  );
  expect(background).toMatch(/^rgb\(/);
  expect(await page.locator('script, img').count()).toBe(0);
  expect(complaints).toEqual([]);
});
