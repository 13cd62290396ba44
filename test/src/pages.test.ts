import { createHash } from 'node:crypto';
import { SaxesParser } from 'saxes';
import { expect, it } from 'vitest';
import { LANGUAGES } from '../../src/http/pages/accept-language.ts';
import type { Language, Page } from '../../src/http/pages/page.ts';
import { renderPage, STYLE_SOURCE } from '../../src/http/pages/page.ts';
import { TEXTS } from '../../src/http/pages/texts.ts';
import type { ProblemCode } from '../../src/problems.ts';
import { PROBLEMS } from '../../src/problems.ts';

const CODES = Object.keys(PROBLEMS) as readonly ProblemCode[];
const REQUEST = '0b7f6c1de29a4f6f8a53c1f6a1b2c3d4';
const NONCE = '5d41402abc4b2a76b9719d911017c592';
const BACK = 'https://billing.example.com/dashboard?from=panel&lang=de';

const failed = (code: ProblemCode, mayRetry: 'again' | 'no' = 'no', retryAfter?: number): Page => ({
  kind: 'failed',
  code,
  requestId: REQUEST,
  mayRetry,
  backUrl: BACK,
  retryAfter,
});

const CONFIRM: Page = { kind: 'confirm', fields: { nonce: NONCE } };
const NOT_ACCEPTED: Page = { kind: 'not-accepted', backUrl: BACK };
const ABOUT: Page = { kind: 'about', backUrl: BACK };
const PREVIEW: Page = { kind: 'preview' };

const PAGES: readonly Page[] = [
  CONFIRM,
  NOT_ACCEPTED,
  ABOUT,
  PREVIEW,
  ...CODES.flatMap((code) => [failed(code), failed(code, 'again'), failed(code, 'again', 30)]),
];

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** All text within it. */
  readonly text: string;
}

/** The elements of a page in the order of their end tags; fails where the page is not well formed. */
function elementsOf(page: string): readonly Element[] {
  const open: { name: string; attributes: Record<string, string>; text: string }[] = [];
  const elements: Element[] = [];
  const parser = new SaxesParser({ xmlns: false });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => open.push({ name, attributes, text: '' }));
  parser.on('text', (text) => {
    for (const element of open) element.text += text;
  });
  parser.on('closetag', () => elements.push(...open.splice(-1)));
  parser.write(page).close();
  return elements;
}

const named = (elements: readonly Element[], name: string): readonly Element[] =>
  elements.filter((element) => element.name === name);

const onlyOne = (elements: readonly Element[], name: string): Element => {
  const [found, ...others] = named(elements, name);
  if (found === undefined || others.length > 0) throw new Error(`not one ${name}`);
  return found;
};

const linksOf = (page: Page, language: Language = 'en'): readonly (readonly [string, string | undefined])[] =>
  named(elementsOf(renderPage(page, language)), 'a').map(({ text, attributes }) => [
    text,
    attributes['href'],
  ]);

const KNOWN_ELEMENTS =
  'html head meta title style body main svg circle path h1 p ul li form input button div a footer code'.split(
    ' ',
  );
const KNOWN_ATTRIBUTES =
  'lang charset name content method class type value href viewBox fill stroke stroke-width stroke-linecap stroke-linejoin aria-hidden cx cy r d'.split(
    ' ',
  );

it.each(LANGUAGES)('renders every page as one well-formed document in %s', (language) => {
  for (const page of PAGES) {
    const html = renderPage(page, language);
    const elements = elementsOf(html);

    expect(html).toMatch(/^<!DOCTYPE html>\n<html /);
    expect(onlyOne(elements, 'html').attributes).toEqual({ lang: language });
    expect(onlyOne(elements, 'title').text).toBe(onlyOne(elements, 'h1').text);
    expect(onlyOne(elements, 'main').text).not.toBe('');
    expect(named(elements, 'meta').map(({ attributes }) => attributes)).toEqual([
      { charset: 'utf-8' },
      { name: 'viewport', content: 'width=device-width, initial-scale=1' },
    ]);
    for (const { name, attributes, text } of elements) {
      expect(KNOWN_ELEMENTS).toContain(name);
      for (const attribute of Object.keys(attributes)) expect(KNOWN_ATTRIBUTES).toContain(attribute);
      if (['title', 'h1', 'p', 'li', 'a', 'button', 'code'].includes(name)) expect(text).toMatch(/^\S.*\S$/);
    }
  }
});

it.each(LANGUAGES)('names no product in %s', (language) => {
  for (const page of PAGES) expect(renderPage(page, language)).not.toMatch(/plesk|wisecp|emulator/i);
});

it('lets its one style in by the hash of it', () => {
  const style = onlyOne(elementsOf(renderPage(PREVIEW, 'en')), 'style').text;

  expect(STYLE_SOURCE).toBe(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
  expect(style).not.toMatch(/url|@import/i);
  for (const page of PAGES) expect(renderPage(page, 'tr')).toContain(`<style>${style}</style>`);
});

it('says all that it says in every language, nothing twice', () => {
  const said = Object.entries(TEXTS).flatMap(([language, texts]) =>
    leavesOf(texts).map(({ path, text }) => ({ language, path, text })),
  );
  const paths = (wanted: string): readonly string[] =>
    said.filter(({ language }) => language === wanted).map(({ path }) => path);

  expect(paths('de')).toEqual(paths('en'));
  expect(paths('tr')).toEqual(paths('en'));
  expect(paths('en').length).toBeGreaterThan(50);
  for (const path of paths('en')) {
    const words = said.filter((one) => one.path === path).map(({ text }) => text);
    expect(new Set(words).size, path).toBe(LANGUAGES.length);
  }
});

function leavesOf(value: unknown, path = ''): readonly { readonly path: string; readonly text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value === 'function') return [{ path, text: String((value as (n: number) => unknown)(2)) }];
  return Object.entries(value as object).flatMap(([name, inner]) => leavesOf(inner, `${path}.${name}`));
}

it.each(LANGUAGES)('shows one page for all ends of a token in %s', (language) => {
  const codes = ['token_unknown', 'token_expired', 'token_used', 'token_revoked', 'token_exhausted'] as const;
  const pages = codes.flatMap((code) =>
    [failed(code), failed(code, 'again'), failed(code, 'again', 5), failed(code, 'no', 5)].map((page) =>
      renderPage(page, language),
    ),
  );

  expect(new Set(pages).size).toBe(1);
  expect(pages[0]).toContain(TEXTS[language].failed.ended.title);
});

it.each([
  ['token_malformed', 'The address is incomplete'],
  ['token_missing', 'The address is incomplete'],
  ['token_expired', 'This link no longer works'],
  ['token_in_use', 'Your login is already under way'],
  ['csrf_failed', 'Please press the button once more'],
  ['ip_mismatch', 'This link is meant for another network'],
  ['prefetch_refused', 'Please open the link yourself'],
  ['user_inactive', 'Login is not possible for this account'],
  ['sso_disabled_by_user', 'Login is not possible for this account'],
  ['plesk_user_disabled', 'Login is not possible for this account'],
  ['rate_limited', 'Too many attempts'],
  ['plesk_unreachable', 'The control panel is not responding'],
  ['plesk_timeout', 'The control panel is not responding'],
  ['plesk_circuit_open', 'The control panel is not responding'],
  ['plesk_busy', 'The control panel is not responding'],
  ['plesk_bad_response', 'The control panel is not responding'],
  ['plesk_tls_error', 'The login did not work'],
  ['plesk_auth_failed', 'The login did not work'],
  ['plesk_api_forbidden', 'The login did not work'],
  ['plesk_permission_denied', 'The login did not work'],
  ['plesk_user_not_found', 'The login did not work'],
  ['store_unavailable', 'The login is not available right now'],
  ['draining', 'The login is not available right now'],
  ['internal_error', 'The login is not available right now'],
  ['not_found', 'Page not found'],
  ['method_not_allowed', 'That did not work'],
] as const)('calls %s "%s"', (code, title) => {
  expect(onlyOne(elementsOf(renderPage(failed(code), 'en')), 'h1').text).toBe(title);
});

it.each([
  ['en', 'Try again', 'Back to the client area'],
  ['de', 'Erneut versuchen', 'Zurück zum Kundenbereich'],
  ['tr', 'Yeniden dene', 'Müşteri paneline dön'],
] as const)('offers its own address again where the link lives, and always the way back, in %s', (...row) => {
  const [language, again, back] = row;

  expect(linksOf(failed('plesk_timeout', 'again'), language)).toEqual([
    [again, ''],
    [back, BACK],
  ]);
  expect(linksOf(failed('plesk_timeout', 'no'), language)).toEqual([[back, BACK]]);
  for (const page of [NOT_ACCEPTED, ABOUT]) expect(linksOf(page, language)).toEqual([[back, BACK]]);
});

it.each(['token_used', 'token_malformed', 'token_missing', 'not_found'] as const)(
  'never offers another attempt after %s',
  (code) => {
    expect(renderPage(failed(code, 'again', 5), 'en')).toBe(renderPage(failed(code, 'no'), 'en'));
  },
);

it('words what to do by whether another attempt is offered', () => {
  const { again, instead } = TEXTS.de.failed.panelAway;
  const offered = renderPage(failed('plesk_busy', 'again'), 'de');
  const over = renderPage(failed('plesk_busy', 'no'), 'de');

  expect([offered.includes(again), offered.includes(instead)]).toEqual([true, false]);
  expect([over.includes(again), over.includes(instead)]).toEqual([false, true]);
});

it.each([
  ['en', 1, 'Please wait 1\u00a0second before you try again.'],
  ['en', 10, 'Please wait 10\u00a0seconds before you try again.'],
  ['de', 1, 'Bitte warten Sie 1\u00a0Sekunde, bevor Sie es noch einmal versuchen.'],
  ['de', 0.2, 'Bitte warten Sie 1\u00a0Sekunde, bevor Sie es noch einmal versuchen.'],
  ['de', 9.5, 'Bitte warten Sie 10\u00a0Sekunden, bevor Sie es noch einmal versuchen.'],
  ['tr', 60, 'Yeniden denemeden önce lütfen 60\u00a0saniye bekleyin.'],
] as const)('says how long to wait in %s: %d', (language, retryAfter, sentence) => {
  expect(renderPage(failed('rate_limited', 'again', retryAfter), language)).toContain(` ${sentence}</p>`);
});

it.each([0, -5, NaN, Infinity])('says nothing of waiting %d seconds', (retryAfter) => {
  expect(renderPage(failed('rate_limited', 'again', retryAfter), 'en')).toBe(
    renderPage(failed('rate_limited', 'again'), 'en'),
  );
});

it('posts the nonce, and nothing else, to the address of the page', () => {
  const elements = elementsOf(renderPage(CONFIRM, 'en'));

  expect(onlyOne(elements, 'form').attributes).toEqual({ method: 'post', class: 'ways' });
  expect(onlyOne(elements, 'input').attributes).toEqual({ type: 'hidden', name: 'nonce', value: NONCE });
  expect(onlyOne(elements, 'button').attributes['type']).toBe('submit');
  expect(named(elements, 'a')).toEqual([]);
});

it('shows a preview nothing to press or to follow', () => {
  const names = elementsOf(renderPage(PREVIEW, 'en')).map(({ name }) => name);

  expect(names).not.toContain('form');
  expect(names).not.toContain('a');
});

it('gives the id of the request for support', () => {
  const elements = elementsOf(renderPage(failed('plesk_auth_failed'), 'en'));

  expect(onlyOne(elements, 'footer').text).toBe(`Reference number for support: ${REQUEST}`);
});

const HOSTILE = [
  ['markup', '<script>alert(1)</script>'],
  ['the end of an attribute', '" onclick="alert(1)" x="'],
  ['the end of an attribute in single quotes', "' onclick='alert(1)' x='"],
  ['the end of the page', '</code></footer></body></html><h1>'],
  ['the end of the style', '</style><style>body{display:none}</style>'],
  ['a comment', '<!-- -->'],
  ['a CDATA section', '<![CDATA[ ]]>'],
  ['entities', '&lt;b&gt; &amp; &#60;'],
  ['a replacement pattern', "$& $' $` $1"],
  ['characters beyond ASCII', 'ığüş 🔑'],
] as const;

it.each(HOSTILE)('shows %s as the text that it is', (_case, text) => {
  const confirm = elementsOf(renderPage({ kind: 'confirm', fields: { nonce: text } }, 'en'));
  const failure = elementsOf(
    renderPage(
      { kind: 'failed', code: 'plesk_busy', requestId: text, mayRetry: 'again', backUrl: text },
      'en',
    ),
  );
  const names = (elements: readonly Element[]): readonly string[] => elements.map(({ name }) => name);

  expect(onlyOne(confirm, 'input').attributes['value']).toBe(text);
  expect(names(confirm)).toEqual(names(elementsOf(renderPage(CONFIRM, 'en'))));
  expect(onlyOne(failure, 'code').text).toBe(text);
  expect(named(failure, 'a').map(({ attributes }) => attributes['href'])).toEqual(['', text]);
  expect(names(failure)).toEqual(names(elementsOf(renderPage(failed('plesk_busy', 'again'), 'en'))));
});

it.each([
  ['NUL', 'a\u0000b'],
  ['an escape', 'a\u001bb'],
  ['a line feed', 'a\nb'],
  ['a control character of Latin 1', 'a\u0085b'],
  ['half a character', 'a\ud800b'],
])('marks %s, which no page may have', (_case, text) => {
  const elements = elementsOf(renderPage({ kind: 'confirm', fields: { nonce: text } }, 'en'));

  expect(onlyOne(elements, 'input').attributes['value']).toBe('a\ufffdb');
});
