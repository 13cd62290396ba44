import type { IncomingMessage } from 'node:http';
import type { Page as BrowserPage } from 'playwright-core';
import { expect, it } from 'vitest';
import { LANGUAGES } from '../../src/http/pages/accept-language.ts';
import { GROUPS } from '../../src/http/pages/groups.ts';
import type { Language, Page } from '../../src/http/pages/page.ts';
import { languageOf, renderPage, STYLE_SOURCE } from '../../src/http/pages/page.ts';
import type { ProblemCode } from '../../src/problems.ts';
import { serve } from '../support/browse.ts';
import { freshPage, whyNoBrowser } from '../support/chromium.ts';

const missing = whyNoBrowser();
const because = missing === undefined ? '' : ` (skipped: ${missing})`;
const inBrowser = it.skipIf(missing !== undefined);
const TIMEOUT = 60_000;

const REQUEST = '0b7f6c1d-e29a-4f6f-8a53-c1f6a1b2c3d4';
const CONFIRM: Page = { kind: 'confirm', fields: { nonce: '5d41402abc4b2a76b9719d911017c592' } };

const failed = (
  code: ProblemCode,
  mayRetry: 'again' | 'no',
  backUrl = 'https://billing.example.com/',
): Page => ({
  kind: 'failed',
  code,
  requestId: REQUEST,
  mayRetry,
  backUrl,
  retryAfter: 30,
});

/** Each kind of page; of failures one for each group of words, at its longest. */
const SHOWN: readonly Page[] = [
  CONFIRM,
  { kind: 'not-accepted', backUrl: 'https://billing.example.com/' },
  { kind: 'about', backUrl: 'https://billing.example.com/' },
  { kind: 'preview' },
  ...[...new Map(Object.entries(GROUPS).map(([code, group]) => [group, code])).values()].map((code) =>
    failed(code as ProblemCode, 'again'),
  ),
];

/** What a server was asked for. */
interface Asked {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly type: string | undefined;
  readonly body: string;
}

/** Serves pages as the service does; the page is chosen by the request, the language by its Accept-Language. */
async function servePages(
  pageFor: (request: IncomingMessage) => Page,
): Promise<{ readonly url: string; readonly asked: readonly Asked[] }> {
  const asked: Asked[] = [];
  const url = await serve((request, response) => {
    const { method, url: path, headers } = request;
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      asked.push({ method, url: path, type: headers['content-type'], body });
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.setHeader('Content-Security-Policy', `default-src 'none'; style-src ${STYLE_SOURCE}`);
      response.setHeader('Referrer-Policy', 'no-referrer');
      response.end(renderPage(pageFor(request), languageOf(headers['accept-language'])));
    });
  });
  return { url, asked };
}

/** Serves what is shown as `/<number>`. */
const serveShown = (): Promise<{ readonly url: string }> =>
  servePages(({ url = '' }) => SHOWN[Number(url.slice(1))] ?? { kind: 'preview' });

const speak = (page: BrowserPage, language: Language): Promise<void> =>
  page.setExtraHTTPHeaders({ 'Accept-Language': language });

inBrowser.each(LANGUAGES)(
  `fits into wide and narrow windows, in %s${because}`,
  { timeout: TIMEOUT },
  async (language) => {
    const { url } = await serveShown();
    const { page, complaints } = await freshPage();
    await speak(page, language);

    for (const [number, shown] of SHOWN.entries()) {
      await page.goto(`${url}/${number}`);
      expect(await page.evaluate('[document.documentElement.lang, document.compatMode]')).toEqual([
        language,
        'CSS1Compat',
      ]);
      for (const width of [1280, 360, 320]) {
        const where = `${JSON.stringify(shown)} at ${width}`;
        await page.setViewportSize({ width, height: 640 });
        expect(await page.evaluate(OVERHANG), where).toEqual([]);
        const sizes = await page.evaluate<readonly (readonly [number, number])[]>(SIZES);
        expect(Math.min(...sizes.flat()), where).toBeGreaterThanOrEqual(44);
      }
    }
    expect(complaints).toEqual([]);
  },
);

/** What stands out of the window to either side, of its content or of its box. */
const OVERHANG = `[...document.querySelectorAll('html, body, body *')]
  .filter((one) => {
    const { left, right } = one.getBoundingClientRect();
    return left < 0 || right > innerWidth || (one.scrollWidth > one.clientWidth && one.clientWidth > 0);
  })
  .map((one) => one.outerHTML.slice(0, 80))`;

const SIZES = `[...document.querySelectorAll('a, button')]
  .map((one) => one.getBoundingClientRect())
  .map(({ width, height }) => [width, height])`;

inBrowser.each(['light', 'dark'] as const)(
  `has contrasts that can be read, in %s colours${because}`,
  { timeout: TIMEOUT },
  async (colorScheme) => {
    const { url } = await serveShown();
    const { page, complaints } = await freshPage();
    await page.emulateMedia({ colorScheme });

    for (const number of SHOWN.keys()) {
      await page.goto(`${url}/${number}`);
      const contrasts = await page.evaluate<readonly (readonly [string, number])[]>(CONTRASTS);
      expect(contrasts.length).toBeGreaterThan(1);
      for (const [text, contrast] of contrasts) expect(contrast, text).toBeGreaterThanOrEqual(4.5);
      await page.keyboard.press('Tab');
      expect(await page.evaluate(OUTLINE_CONTRAST)).toBeGreaterThanOrEqual(3);
      expect(await page.evaluate(IS_DARK)).toBe(colorScheme === 'dark');
    }
    expect(complaints).toEqual([]);
  },
);

/** The relative luminance of `rgb(...)`, the ratio of two of them, and the colour behind an element, as WCAG has them. */
const COLOURS = `
  const luminance = (colour) => colour.match(/\\d+/g).slice(0, 3).map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const ratio = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const behind = (element) => {
    const { backgroundColor } = getComputedStyle(element);
    return backgroundColor === 'rgba(0, 0, 0, 0)' ? behind(element.parentElement) : backgroundColor;
  };`;

/** Each text of the page with its contrast. */
const CONTRASTS = `(() => {${COLOURS}
  return [...document.querySelectorAll('body *')]
    .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''))
    .map((one) => [one.textContent, ratio(getComputedStyle(one).color, behind(one))]);
})()`;

/** The contrast of the outline of what has the focus to what it is drawn on: 0 without one, 21 where none is needed. */
const OUTLINE_CONTRAST = `(() => {${COLOURS}
  const one = document.activeElement;
  if (document.querySelector('a, button') === null) return 21;
  const { outlineStyle, outlineColor } = getComputedStyle(one);
  return outlineStyle === 'solid' && one !== document.body ? ratio(outlineColor, behind(one.parentElement)) : 0;
})()`;

const IS_DARK = `(() => {${COLOURS}
  return luminance(behind(document.body)) < 0.05;
})()`;

inBrowser(
  `needs no mouse, from the confirmation to the way back${because}`,
  { timeout: TIMEOUT },
  async () => {
    const { url: clientArea } = await servePages(() => ({ kind: 'preview' }));
    const backUrl = `${clientArea}/dashboard?a=1&b=2`;
    const { url, asked } = await servePages(({ method }) =>
      method === 'POST' ? failed('plesk_timeout', 'again', backUrl) : CONFIRM,
    );
    const { page, complaints } = await freshPage();
    const { keyboard } = page;
    const focused = (): Promise<unknown> => page.evaluate('document.activeElement.textContent');
    const shows = (title: string): Promise<void> =>
      page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
    const link = '/en/sign-in?sso_token=psso_0123&x=%26';

    await page.goto(`${url}${link}`);
    await keyboard.press('Tab');
    expect(await focused()).toBe('Log in');
    await keyboard.press('Enter');
    await shows('The control panel is not responding');
    expect(page.url()).toBe(`${url}${link}`);

    await keyboard.press('Tab');
    expect(await focused()).toBe('Try again');
    await keyboard.press('Enter');
    await shows('Log in to the control panel');
    expect(page.url()).toBe(`${url}${link}`);

    await keyboard.press('Tab');
    await keyboard.press('Space');
    await shows('The control panel is not responding');
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    expect(await focused()).toBe('Back to the client area');
    await keyboard.press('Enter');
    await page.waitForURL(backUrl);

    const visit: Asked = { method: 'GET', url: link, type: undefined, body: '' };
    const press: Asked = {
      method: 'POST',
      url: link,
      type: 'application/x-www-form-urlencoded',
      body: 'nonce=5d41402abc4b2a76b9719d911017c592',
    };
    expect(asked.filter((one) => one.url !== '/favicon.ico')).toEqual([visit, press, visit, press]);
    expect(complaints).toEqual([]);
  },
);

inBrowser.each([
  [
    'the confirmation',
    CONFIRM,
    [
      '- main:',
      '  - heading "An der Verwaltungsoberfläche anmelden" [level=1]',
      '  - paragraph: "Nur noch ein Schritt: Klicken Sie auf die Schaltfläche, um sich an Ihrer Verwaltungsoberfläche anzumelden. Der Link funktioniert nur einmal."',
      '  - button "Anmelden"',
    ],
  ],
  [
    'a failure',
    failed('token_in_use', 'again'),
    [
      '- main:',
      '  - heading "Ihre Anmeldung läuft bereits" [level=1]',
      '  - paragraph: Derselbe Link wird gerade in einem anderen Fenster oder Tab geöffnet.',
      '  - paragraph: Falls die Verwaltungsoberfläche dort nicht erscheint, versuchen Sie es bitte noch einmal. Bitte warten Sie 30 Sekunden, bevor Sie es noch einmal versuchen.',
      '  - link "Erneut versuchen":',
      '    - /url: ""',
      '  - link "Zurück zum Kundenbereich":',
      '    - /url: https://billing.example.com/',
      '- contentinfo:',
      '  - text: "Referenznummer für den Support:"',
      `  - code: ${REQUEST}`,
    ],
  ],
  [
    'a link looked at by a program',
    { kind: 'preview' },
    [
      '- main:',
      '  - heading "Anmeldelink" [level=1]',
      '  - paragraph: Dies ist ein persönlicher Anmeldelink. Öffnen Sie ihn in einem Browser, um sich anzumelden.',
    ],
  ],
] as const satisfies readonly (readonly [string, Page, readonly string[]])[])(
  `reads well to whoever cannot see it: %s${because}`,
  { timeout: TIMEOUT },
  async (_case, shown, lines) => {
    const { url } = await servePages(() => shown);
    const { page } = await freshPage();
    await speak(page, 'de');

    await page.goto(url);

    expect((await page.locator('body').ariaSnapshot()).split('\n')).toEqual(lines);
  },
);
