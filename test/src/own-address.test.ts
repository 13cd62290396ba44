import { expect, it } from 'vitest';
import { ENGLISH } from '../../src/http/pages/texts-en.ts';
import { browse, NAVIGATION } from '../support/browse.ts';
import { newJar } from '../support/jar.ts';
import { startBoth } from '../support/service.ts';

const heading = (body: string): string | undefined => /<h1[^>]*>(.*?)<\/h1>/s.exec(body)?.[1]?.trim();
const { about, notAccepted } = ENGLISH;

/** What browsers before Sec-Fetch-Mode say of a page that they open. */
const OLD_BROWSER = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

it.each([
  ['a program', {}],
  ['a browser', NAVIGATION],
  ['an old browser', OLD_BROWSER],
])('says what the service is, to %s that opens its address', async (_who, headers) => {
  const { url } = await startBoth();

  const root = await browse(`${url}/`, { headers });
  const page = root.location === undefined ? root : await browse(url + root.location, { headers });

  expect([page.status, heading(page.body)]).toEqual([200, about.title]);
  expect(page.body).toContain(about.afterLink);
  expect(page.body).not.toContain(notAccepted.title);
});

it('says that the login was not accepted, to an old browser that Plesk has sent back', async () => {
  const { url, link, plesk } = await startBoth();
  const browser = newJar({ headers: OLD_BROWSER });
  const asked = await browser.ask(await link(), { refusesCookies: true });
  const opened = await browser.ask(new URL(asked.location ?? '', url).href);
  expect(opened.status).toBe(303);
  // What Plesk was asked for is gone: it refuses the login and leads to the host in source_server.
  await plesk.reset();
  const refused = await browse(opened.location ?? '', { ca: plesk.ca ?? '' });
  expect(new URL(refused.location ?? '').hostname).toBe(new URL(url).hostname);

  const root = await browse(`${url}/`, { headers: OLD_BROWSER });
  const page = await browser.ask(url + (root.location ?? ''));

  expect(heading(page.body)).toBe(notAccepted.title);
  expect(heading((await browser.ask(url + (root.location ?? ''))).body)).toBe(notAccepted.title);
});

it('does not take a browser for one that was sent back before it has opened its link', async () => {
  const { url, link } = await startBoth();
  const browser = newJar();
  const button = await browser.ask(await link({ mode: 'confirm' }));
  expect([button.status, browser.cookies.size]).toEqual([200, 1]);

  const page = await browser.ask(`${url}/sign-in/not-accepted`, { headers: NAVIGATION });

  expect(heading(page.body)).toBe(about.title);
});

it('does not take a browser that comes from the panel for one whose login was not accepted', async () => {
  const { url, link, plesk } = await startBoth();
  const browser = newJar();
  const asked = await browser.ask(await link(), { refusesCookies: true });
  expect((await browser.ask(new URL(asked.location ?? '', url).href)).status).toBe(303);

  const page = await browser.ask(`${url}/sign-in/not-accepted`, {
    headers: { ...NAVIGATION, Referer: `${plesk.httpsUrl}/smb/` },
  });

  expect(heading(page.body)).toBe(about.title);
});
