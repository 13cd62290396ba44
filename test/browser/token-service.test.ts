import type { RequestListener } from 'node:http';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { serve } from '../support/browse.ts';
import { freshPage, whyNoBrowser } from '../support/chromium.ts';
import { seedCall } from '../support/seed-call.ts';
import { API_KEY, startBoth } from '../support/service.ts';
import { testClock } from '../support/clock.ts';
import { run, whyNoTool } from '../support/tools.ts';
import { homeWith } from '../support/trusting-home.ts';

const missing = whyNoBrowser() ?? whyNoTool('certutil') ?? whyNoTool('curl', '--version');
const because = missing === undefined ? '' : ` (skipped: ${missing})`;
const inBrowser = it.skipIf(missing !== undefined);
const TIMEOUT = 90_000;
/** Long after an opening, its browser is one like any other. */
const LATER_S = 15;

type Started = Awaited<ReturnType<typeof startBoth>>;

/** A client area of a few pages, at a host that is not that of the service. */
const openClientArea = (): Promise<string> =>
  serve(({ url = '' }, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' });
    response.end(`<!DOCTYPE html><title>client area</title><link rel="icon" href="data:,"><h1>${url}</h1>`);
  });

interface World {
  readonly started: Started;
  /** Where browsers reach the service, and the client area. */
  readonly url: string;
  readonly area: string;
  /** The home of a user who trusts the panel's CA. */
  readonly home: string;
}

/** A service at http://localhost, a client area and a panel with TLS, both at 127.0.0.1. */
async function openWorld(
  panel: Parameters<typeof startBoth>[0] = {},
  options: Parameters<typeof startBoth>[1] = {},
  entry: (url: string) => Readonly<Record<string, unknown>> = () => ({}),
): Promise<World> {
  const door: { app?: RequestListener } = {};
  const address = await serve((request, response) => door.app?.(request, response));
  const url = address.replace('127.0.0.1', 'localhost');
  const area = await openClientArea();
  const started = await startBoth(panel, { publicUrl: url, clientAreaUrl: area, ...options }, entry(url));
  door.app = started.service.app;
  return { started, url, area, home: await homeWith(started.plesk.ca ?? 'none') };
}

/** What the printed call is answered, sent by curl. */
async function sendSeedCall(url: string): Promise<string> {
  const call = seedCall(`${url}/api/Clients/CreateClientSsoToken`, API_KEY);
  const { stdout } = await run('sh', ['-c', `${call} --silent`]);
  const { status, data } = JSON.parse(stdout) as { status: string; data: { url: string } };
  expect(status).toBe('successful');
  return data.url;
}

/** The addresses that a page is asked for, one after the other, without their queries. */
function stepsOf(page: Page): readonly string[] {
  const steps: string[] = [];
  page.on('request', (request) => {
    if (request.isNavigationRequest()) steps.push(request.url().replace(/\?.*/, ''));
  });
  return steps;
}

const userOf = (page: Page): Promise<string | null> => page.locator('main').getAttribute('data-plesk-user');

inBrowser(
  `brings a browser by the printed call through Plesk to the page of all services, and only one${because}`,
  { timeout: TIMEOUT },
  async () => {
    const clock = testClock();
    const { started, area, home, url } = await openWorld({}, { language: 'en', clock, mode: 'auto' });
    const panel = started.plesk.httpsUrl;
    const { page, context, complaints } = await freshPage({ home });
    const steps = stepsOf(page);
    const link = await sendSeedCall(url);
    expect(link).toMatch(new RegExp(`^${url}/en/sign-in\\?sso_token=psso_[\\w-]{49}$`));

    const response = await page.goto(link);

    const signIn = `${url}/en/sign-in`;
    expect(steps).toEqual([signIn, signIn, `${panel}/enterprise/rsession_init.php`, `${area}/services`]);
    expect(response?.status()).toBe(200);
    expect(page.url()).toBe(`${area}/services`);
    expect(await page.locator('h1').innerText()).toBe('/services');
    const [session] = await started.plesk.sessions.list();
    expect(session).toMatchObject({ login: 'carl', address: '127.0.0.1', refusals: [] });
    expect(session?.openedAt).toBeDefined();
    expect(await context.cookies(panel)).toMatchObject([
      { name: 'PLESKSESSID', value: session?.id, httpOnly: true, secure: true },
    ]);
    await page.goto(`${panel}/smb/web/view`);
    expect([page.url(), await userOf(page)]).toEqual([`${panel}/smb/web/view`, 'carl']);
    expect(complaints).toEqual([]);

    clock.pass(LATER_S);
    const again = await page.goto(link);
    expect(again?.status()).toBe(410);
    expect(await page.locator('h1').innerText()).toBe('This link no longer works');
    await page.getByRole('link', { name: 'Back to the client area' }).click();
    await page.waitForURL(`${area}/`);
    const other = await freshPage({ home });
    expect((await other.page.goto(link))?.status()).toBe(410);
    await other.page.goto(`${panel}/smb/web/view`);
    expect(await userOf(other.page)).toBeNull();
    await page.goto(`${panel}/smb/web/view`);
    expect(await userOf(page)).toBe('carl');
    expect(await started.plesk.sessions.list()).toHaveLength(1);
  },
);

inBrowser.each([
  ['12.0', 'a page of the panel', '/smb/web/view?id=7', undefined, ['continue', 'smb']],
  ['18.0', 'a page of the client area', 'ac-ps-products', ['localhost'], ['continue', 'services']],
  ['18.0', 'the start page of the panel', undefined, [], ['smb']],
] as const)(
  `lets a person press a button, and leads by way of %s to %s as the release lets it${because}`,
  { timeout: TIMEOUT },
  async (release, _what, destination, trustedRedirectHosts, ways) => {
    const rules = { trustedRedirectHosts };
    const { started, area, home } = await openWorld({ plesk: release, ...rules }, {}, () => rules);
    const { page, complaints } = await freshPage({ home });
    const panel = started.plesk.httpsUrl;

    await page.goto(await started.link({ mode: 'confirm', destination }));
    expect(await started.plesk.sessions.list()).toEqual([]);
    const steps = stepsOf(page);
    const end = { '/smb/web/view?id=7': `${panel}/smb/web/view?id=7`, 'ac-ps-products': `${area}/services` };
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.waitForURL(destination === undefined ? `${panel}/smb/` : end[destination]);

    const first = steps.map((step) => new URL(step).pathname.split('/')[1]);
    expect(first).toEqual(['sign-in', 'enterprise', ...ways]);
    await page.goto(`${panel}/smb/`);
    expect(await userOf(page)).toBe('carl');
    expect(complaints).toEqual([]);
  },
);

inBrowser.each([
  ['18.0', (url: string) => `${url}/`],
  ['12.0', (url: string) => `${url}/?by=plesk`],
] as const)(
  `explains a login that %s does not accept, as it sees the browser elsewhere than we do${because}`,
  { timeout: TIMEOUT },
  async (release, pageFor) => {
    const { started, area, home, url } = await openWorld(
      { plesk: release },
      { trustedProxies: ['127.0.0.1'] },
      (ours) => ({ failureRedirectUrl: pageFor(ours) }),
    );
    const { page } = await freshPage({ home });
    await page.setExtraHTTPHeaders({ 'X-Forwarded-For': '192.0.2.7' });
    const steps = stepsOf(page);

    const response = await page.goto(await started.link({ destination: 'ac-ps-products' }));

    // Its one replacement is refused as well.
    const hops = steps.map((step) => new URL(step).pathname.split('/').at(-1));
    const way = ['rsession_init.php', '', 'not-accepted'];
    expect(hops).toEqual(['sign-in', 'sign-in', ...way, ...way]);
    expect(page.url()).toBe(`${url}/sign-in/not-accepted`);
    expect(response?.status()).toBe(200);
    expect(await page.locator('h1').innerText()).toBe('You are not logged in to the control panel');
    expect(started.audit.map(({ event }) => event)).toEqual(['issued', 'opened', 'replaced']);
    expect(await started.plesk.sessions.list()).toMatchObject([
      { address: '192.0.2.7', openedAt: undefined, refusals: [{ from: '127.0.0.1' }] },
    ]);
    await page.getByRole('link', { name: 'Back to the client area' }).click();
    await page.waitForURL(`${area}/`);
  },
);
