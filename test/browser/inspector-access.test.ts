import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { browse, doorUrl } from '../support/browse.ts';
import { whyNoBrowser } from '../support/chromium.ts';
import { NOW } from '../support/clock.ts';
import type { Emulator } from '../../server/emulator.ts';
import { start } from '../support/emulator.ts';
import { entriesOf, openInspector, part } from '../support/inspector.ts';
import { newToken, post, sessionPacket } from '../support/wire.ts';

const missing = whyNoBrowser();
const because = missing === undefined ? '' : ` (skipped: ${missing})`;
const inBrowser = it.skipIf(missing !== undefined);
const TIMEOUT = 60_000;

/** An emulator of which the page has something of everything to show. */
async function busy(): Promise<Emulator> {
  const { plesk } = await start();
  const token = await newToken(plesk, 'carl', { user_ip: '10.50.1.71' });
  await newToken(plesk, 'cora', { skin: 'x' });
  await post(plesk, sessionPacket('nobody'));
  await post(plesk, '<packet version="1.6.9.0"><!-- a comment --><sesion/></packet>');
  await browse(doorUrl(plesk.url, { PLESKSESSID: token }));
  await plesk.faults.add({ fault: 'errcode', errcode: 1023, operation: 'server/get' });
  await plesk.snapshot('one');
  return plesk;
}

/** Opens whatever can be opened. */
async function openAll(page: Page): Promise<void> {
  await entriesOf(page).nth(4).waitFor();
  for (const summary of await page.locator('summary').all()) await summary.click();
  await page.getByRole('button', { name: 'Explain session' }).first().click();
  await page.getByRole('button', { name: 'Reset…' }).click();
  await page.getByText('Lost:').waitFor();
  await page.getByRole('button', { name: 'Copy as curl' }).first().click();
  await page.getByLabel('What was copied').waitFor();
}

inBrowser.each([1280, 960, 360, 320])(
  `fits into a window of %i pixels, all of it opened${because}`,
  { timeout: TIMEOUT },
  async (width) => {
    const { page, complaints } = await openInspector(await busy());
    await page.setViewportSize({ width, height: 740 });

    await openAll(page);

    expect(await page.evaluate(OVERHANG)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    expect(await page.evaluate(SMALL)).toEqual([]);
    expect(complaints).toEqual([]);
  },
);

/** What stands out of the window to either side. */
const OVERHANG = `[...document.querySelectorAll('body *:not(.unseen, .skip)')]
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([, { left, right, width }]) => width > 0 && (left < 0 || right > document.documentElement.clientWidth + 0.5))
  .map(([one]) => one.outerHTML.slice(0, 80))`;

/** What is hard to hit: WCAG 2.2 wants 24 pixels. */
const SMALL = `[...document.querySelectorAll('button, summary, select, input:not([type=checkbox])')]
  .filter((one) => one.getBoundingClientRect().height < 24 && one.getClientRects().length > 0)
  .map((one) => one.outerHTML.slice(0, 80))`;

inBrowser.each(['light', 'dark'] as const)(
  `has contrasts that can be read, in %s colours${because}`,
  { timeout: TIMEOUT },
  async (colorScheme) => {
    const { page } = await openInspector(await busy());
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });

    await openAll(page);

    const contrasts = await page.evaluate<readonly (readonly [string, number])[]>(CONTRASTS);
    expect(contrasts.length).toBeGreaterThan(150);
    expect(contrasts.filter(([, contrast]) => contrast < 4.5)).toEqual([]);
    expect(await page.evaluate(IS_DARK)).toBe(colorScheme === 'dark');
    expect(await page.evaluate('document.getAnimations().length')).toBe(0);
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

/** Each text of the page, and each field's edge, with its contrast. */
const CONTRASTS = `(() => {${COLOURS}
  const shown = [...document.querySelectorAll('body *')].filter((one) => one.getClientRects().length > 0);
  const hasText = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');
  return [
    ...shown.filter((one) => hasText(one) || one.matches('input, select, textarea'))
      .map((one) => [one.className + ' ' + one.outerHTML.slice(0, 80), ratio(getComputedStyle(one).color, behind(one))]),
    ...shown.filter((one) => one.matches('input:not([type=checkbox]), select, textarea'))
      .map((one) => ['edge', ratio(getComputedStyle(one).borderTopColor, behind(one)) * 1.5]),
  ];
})()`;

const IS_DARK = `(() => {${COLOURS}
  return luminance(behind(document.body)) < 0.05;
})()`;

inBrowser(
  `names all that can be used, once each, below headings in their order${because}`,
  { timeout: TIMEOUT },
  async () => {
    const { page } = await openInspector(await busy());
    await openAll(page);

    expect(await page.evaluate(NAMELESS)).toEqual([]);
    const buttons = await page.evaluate<readonly string[]>(BUTTONS);
    expect(new Set(buttons).size).toBe(buttons.length);
    expect(await page.evaluate(IDS)).toEqual([]);
    const levels = await page.evaluate<readonly number[]>(LEVELS);
    expect(levels[0]).toBe(1);
    expect(levels.filter((level, at) => level > (levels[at - 1] ?? 0) + 1)).toEqual([]);
    expect(await page.locator('main, header, h1').count()).toBe(3);
    const regions = await page.locator('.side > section').all();
    for (const [at, name] of ['Clock', 'Sessions', 'Faults', 'State'].entries())
      expect(await regions[at]?.ariaSnapshot()).toContain(`region "${name}`);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  },
);

const BUTTONS = `[...document.querySelectorAll('.side button')]
  .map((one) => one.textContent.replace(/\\s+/g, ' ').trim())`;

/** Fields without a label, buttons and links without a text. */
const NAMELESS = `[
  ...[...document.querySelectorAll('input, select, textarea')]
    .filter((one) => one.labels.length === 0 && !one.hasAttribute('aria-label')),
  ...[...document.querySelectorAll('button, a, summary')].filter((one) => one.textContent.trim() === ''),
].map((one) => one.outerHTML)`;

/** Ids that stand more than once, and references to what is not there. */
const IDS = `[
  ...[...document.querySelectorAll('[id]')].map(({ id }) => id).filter((id, at, all) => all.indexOf(id) !== at),
  ...[...document.querySelectorAll('[aria-labelledby]')].map((one) => one.getAttribute('aria-labelledby'))
    .filter((id) => document.getElementById(id) === null),
]`;

const LEVELS = `[...document.querySelectorAll('h1, h2, h3, h4')].filter((one) => one.getClientRects().length > 0)
  .map(({ tagName }) => Number(tagName[1]))`;

inBrowser(`needs no mouse, and shows where the focus is${because}`, { timeout: TIMEOUT }, async () => {
  const plesk = await busy();
  const { page, complaints } = await openInspector(plesk);
  await entriesOf(page).nth(4).waitFor();
  const { keyboard } = page;
  const tabTo = async (text: string): Promise<void> => {
    for (let steps = 0; steps < 60; steps += 1) {
      await keyboard.press('Tab');
      expect(await page.evaluate(FOCUS_CONTRAST), await page.evaluate(FOCUS_HTML)).toBeGreaterThanOrEqual(3);
      if ((await page.evaluate<string>(FOCUSED)).startsWith(text)) return;
    }
    throw new Error(`nothing that says '${text}' gets the focus`);
  };

  await keyboard.press('Tab');
  expect(await page.evaluate(FOCUSED)).toBe('Skip to packets and logins');
  await tabTo('Freeze');
  await keyboard.press('Enter');
  await page.getByText('frozen', { exact: true }).waitFor();
  await tabTo('+ 1 min');
  await keyboard.press('Space');
  await expect.poll(async () => (await plesk.clock.get()).now).toBe(NOW + 60_000);
  await tabTo('Explain');
  await keyboard.press('Enter');
  await part(page, 'Sessions').getByText('Made at').waitFor();
  await tabTo('Reset…');
  await keyboard.press('Enter');
  await expect.poll(() => page.evaluate(FOCUSED)).toBe('Reset now');
  await keyboard.press('Escape');
  expect(await page.evaluate(FOCUSED)).toBe('Reset…');
  await tabTo('10:00:00');
  await keyboard.press('Enter');
  await page.getByRole('button', { name: 'Copy as curl' }).waitFor();
  await tabTo('Copy as curl');
  await keyboard.press('Enter');
  await page.getByLabel('What was copied').waitFor();
  expect((await plesk.sessions.list()).length).toBe(2);
  expect(complaints).toEqual([]);
});

const FOCUSED = `document.activeElement.textContent.replace(/\\s+/g, ' ').trim()`;

const FOCUS_HTML = 'document.activeElement.outerHTML';

/** The contrast of the outline of what has the focus to what it is drawn on. */
const FOCUS_CONTRAST = `(() => {${COLOURS}
  const one = document.activeElement;
  const { outlineStyle, outlineColor } = getComputedStyle(one);
  return outlineStyle === 'none' ? 0 : ratio(outlineColor, behind(one.parentElement));
})()`;

inBrowser(`leads from the skip link to what came${because}`, { timeout: TIMEOUT }, async () => {
  const { page } = await openInspector(await busy());

  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');

  expect(await page.evaluate('document.activeElement.type')).toBe('search');
});

inBrowser(`keeps the focus where it is while things come${because}`, { timeout: TIMEOUT }, async () => {
  const plesk = await busy();
  const { page } = await openInspector(plesk);
  const button = page.getByRole('button', { name: 'Explain session 000002.. of cora' });
  await button.focus();

  await newToken(plesk, 'rita');
  await page.getByRole('button', { name: 'Explain session 000003.. of rita' }).waitFor();
  await plesk.clock.advance('1m');
  await part(page, 'Clock').getByText('10:01:00').waitFor();

  expect(await page.evaluate(FOCUSED)).toBe('Explain session 000002.. of cora');
});
