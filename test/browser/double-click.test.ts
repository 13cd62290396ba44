import { createHash, randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import type { Emulator } from '../../server/emulator.ts';
import { startEmulator } from '../../server/emulator.ts';
import { serve } from '../support/browse.ts';
import { freshPage, whyNoBrowser } from '../support/chromium.ts';
import { startDelayingProxy } from '../support/delaying-proxy.ts';
import type { StartedService } from '../support/service.ts';
import { directoryOf, startService } from '../support/service.ts';
import { elsewhere } from '../support/sites.ts';

const missing = whyNoBrowser();
const because = missing === undefined ? '' : ` (skipped: ${missing})`;
const inBrowser = it.skipIf(missing !== undefined);

/** Milliseconds between the two clicks. */
const GAPS = [0, 100, 150, 250, 400, 500];

/** How a link is opened: by a link of the client area, by the button of `confirm`, by a form of the client area. */
const WAYS = ['auto', 'direct', 'confirm', 'post'] as const;
type Way = (typeof WAYS)[number];

/**
 * Milliseconds: of create_session, of rsession_init.php, and of each direction of the network; and whether Plesk has taken
 * the session's id before the delay of rsession_init.php, so that it refuses a second request.
 */
type Delays = readonly [
  createSession: number,
  rsessionInit: number,
  network: number,
  taken: 'taken after' | 'taken before',
];

/** The usual run has each delay once, and every second gap for each way; DOUBLE_CLICK=full plays all 60 with all gaps. */
const isFull = process.env['DOUBLE_CLICK'] === 'full';
const COVERING: readonly Delays[] = [
  [0, 0, 0, 'taken after'],
  [0, 1500, 20, 'taken before'],
  [1500, 0, 100, 'taken after'],
  [300, 300, 60, 'taken before'],
];
const DELAYS = [0, 300, 1500];
const FULL = DELAYS.flatMap((create) =>
  DELAYS.flatMap((init) =>
    [0, 20, 60, 100].flatMap((network): readonly Delays[] => [
      [create, init, network, 'taken after'],
      ...(init === 0 ? [] : ([[create, init, network, 'taken before']] as const)),
    ]),
  ),
);
const WORLDS = isFull ? FULL : COVERING;

const AT_ONCE = 6;

inBrowser.each(WORLDS)(
  `lets in a browser that clicks twice, with one session: create_session %i ms, rsession_init %i ms, network %i ms, %s${because}`,
  { timeout: 180_000 },
  async (...delays) => {
    const world = await openWorld(delays);
    const browser = (await freshPage()).context.browser();
    if (browser === null) throw new Error('there is no browser');
    const rounds = WAYS.flatMap((way, at) =>
      GAPS.filter((_, index) => isFull || index % 2 === at % 2).map((gap) => ({ way, gap })),
    );
    const ends: string[] = [];

    const waiting = [...rounds];
    const play = async (): Promise<void> => {
      for (let round = waiting.shift(); round !== undefined; round = waiting.shift())
        ends.push(`${round.way} ${round.gap}: ${await playRound(round.way, round.gap, world, browser)}`);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, play));

    expect(ends.sort()).toEqual(rounds.map(({ way, gap }) => `${way} ${gap}: carl`).sort());
    // A session that a click left behind is ended when Plesk has answered.
    const count = async (): Promise<number> => (await world.plesk.sessions.list()).length;
    await expect.poll(count, { timeout: 10_000 }).toBe(rounds.length);
    const { audit } = world;
    expect(audit.filter(({ event }) => event === 'reused')).toEqual([]);
    report(
      delays,
      audit.map(({ event }) => event),
    );
  },
);

/** With DOUBLE_CLICK=full the figures are printed. */
function report(delays: Delays, events: readonly string[]): void {
  if (!isFull) return;
  const of = (event: string): number => events.filter((one) => one === event).length;
  console.log(
    `${delays.join('/')}: ${of('opened')} opened, ${of('repeated')} repeated, ${of('replaced')} replaced`,
  );
}

interface World extends StartedService {
  readonly plesk: Emulator;
  readonly panel: string;
  /** A page of the client area with this content. */
  readonly show: (html: string) => string;
}

/** A service at 127.0.0.1 and its Plesk at localhost, both behind a slow network, and a client area. */
async function openWorld([createSession, rsessionInit, network, taken]: Delays): Promise<World> {
  const plesk = await startEmulator({ seed: 'demo' });
  onTestFinished(() => plesk.close());
  const [front, panelFront] = [await startDelayingProxy(network), await startDelayingProxy(network)];
  panelFront.leadTo(plesk.url);
  const panel = elsewhere(panelFront.url);
  const auth = { login: plesk.admin.login, password: 'env:PLESK_PASSWORD' };
  const entry = { url: panel, release: '18.0', auth, failureRedirectUrl: `${front.url}/` };
  const many = { openLimit: 1000, issueLimit: 1000, pleskInFlight: 100 };
  const started = await startService(directoryOf({ 'plesk-1': entry }), { publicUrl: front.url, ...many });
  front.leadTo(started.service.url);
  if (createSession > 0)
    await plesk.faults.add({ fault: 'delay', operation: 'server/create_session', ms: createSession });
  if (rsessionInit > 0)
    await plesk.faults.add({
      ...{ fault: 'delay', path: '/enterprise/rsession_init.php', ms: rsessionInit },
      afterChange: taken === 'taken before',
    });
  const pages = new Map<string, string>();
  const area = elsewhere(
    await serve(({ url = '' }, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' });
      response.end(
        `<!DOCTYPE html><title>area</title><link rel="icon" href="data:,">${pages.get(url) ?? ''}`,
      );
    }),
  );
  const show = (html: string): string => {
    const path = `/${randomUUID()}`;
    pages.set(path, html);
    return area + path;
  };
  return { ...started, plesk, panel, show };
}

/** Clicks twice in a browser without any cookie, and answers who is logged in, or where that ended. */
async function playRound(way: Way, gap: number, world: World, browser: Browser): Promise<string> {
  const context = await browser.newContext();
  const page = await context.newPage();
  try {
    await page.goto(await pageFor(way, world));
    // By the page's own script: a click of Playwright waits for the navigation, and hides what the second one does.
    await page.evaluate(clickTwice(gap));
    // Not waitForURL, which fails when the second click aborts the navigation of the first.
    await expect.poll(() => page.url(), { timeout: 30_000 }).toBe(`${world.panel}/smb/`);
    return (await page.locator('main').getAttribute('data-plesk-user')) ?? 'not logged in';
  } catch {
    return `${page.url()} ${await headingOf(page)}`;
  } finally {
    await context.close();
  }
}

/** A script that does so, not at once, so that the evaluation ends before the page goes away. */
const clickTwice = (gap: number): string => `(() => {
  const click = () => document.querySelector('a, button').click();
  setTimeout(() => { click(); setTimeout(click, ${gap}); }, 10);
})()`;

const headingOf = (page: Page): Promise<string> =>
  page
    .locator('h1')
    .innerText({ timeout: 1000 })
    .catch(() => 'no heading');

/** The page on which a customer clicks: of the client area, or our own with the button. */
async function pageFor(way: Way, { link, show }: World): Promise<string> {
  if (way === 'confirm') return link({ mode: 'confirm' });
  if (way !== 'post') return show(`<a href="${await link({ mode: way })}">panel</a>`);
  const nonce = randomUUID();
  const binding = createHash('sha256').update(nonce).digest('base64url');
  const { origin, pathname, searchParams } = new URL(await link({ mode: 'auto', browser_binding: binding }));
  const field = (name: string, value: string): string =>
    `<input type="hidden" name="${name}" value="${value}">`;
  const fields = field('sso_token', searchParams.get('sso_token') ?? '') + field('browser_nonce', nonce);
  return show(`<form method="post" action="${origin}${pathname}">${fields}<button>panel</button></form>`);
}
