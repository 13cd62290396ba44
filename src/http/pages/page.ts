import type { ProblemCode } from '../../problems.ts';
import type { Language } from './accept-language.ts';
import { GROUPS } from './groups.ts';
import type { Layout } from './layout.ts';
import { renderLayout } from './layout.ts';
import type { Markup } from './markup.ts';
import { markup } from './markup.ts';
import type { Texts } from './texts.ts';
import { failureOf, TEXTS } from './texts.ts';

export { languageOf } from './accept-language.ts';
export type { Language } from './accept-language.ts';
export { STYLE_SOURCE } from './layout.ts';

/** The hidden fields of a form, by their names. */
type Fields = Readonly<Record<string, string>>;

/** Asks for the press of a button; it posts these fields to the address of the page. */
interface ConfirmPage {
  readonly kind: 'confirm';
  readonly fields: Fields;
}

/** Says what went wrong, and where to go from there. */
interface FailedPage {
  readonly kind: 'failed';
  readonly code: ProblemCode;
  readonly requestId: string;
  /** `again` where the link still lives: then the page offers its own address once more. */
  readonly mayRetry: 'again' | 'no';
  /** What to post to the page's own address for another try; without it, its address is opened again. */
  readonly retryFields?: Fields | undefined;
  /** The client area, as a checked http or https URL. */
  readonly backUrl: string;
  /** Seconds. */
  readonly retryAfter?: number | undefined;
}

/** For a browser that a Plesk has sent back to this service. */
interface NotAcceptedPage {
  readonly kind: 'not-accepted';
  readonly backUrl: string;
}

/** What this service is, for everyone else who opens its own address. */
interface AboutPage {
  readonly kind: 'about';
  readonly backUrl: string;
}

/** For programs that look at a link without wanting in: it says nothing of the link. */
interface PreviewPage {
  readonly kind: 'preview';
}

/** A page of the service for people. */
export type Page = ConfirmPage | FailedPage | NotAcceptedPage | AboutPage | PreviewPage;

/** The page in HTML. It needs no script and loads nothing; its CSP has to allow STYLE_SOURCE, and forms where it confirms. */
export function renderPage(page: Page, language: Language): string {
  return renderLayout({ language, ...contentOf(page, TEXTS[language]) });
}

type Content = Omit<Layout, 'language'>;

function contentOf(page: Page, texts: Texts): Content {
  switch (page.kind) {
    case 'confirm':
      return confirmContent(page, texts);
    case 'failed':
      return failedContent(page, texts);
    case 'not-accepted':
      return notAcceptedContent(page, texts);
    case 'about':
      return aboutContent(page, texts);
    case 'preview':
      return { icon: 'key', title: texts.preview.title, main: markup`<p>${texts.preview.text}</p>` };
  }
}

/** The form has no action: it goes to the page's own address. A token in that address is not repeated in the page. */
function confirmContent({ fields }: ConfirmPage, { confirm }: Texts): Content {
  return {
    icon: 'key',
    title: confirm.title,
    main: markup`<p>${confirm.text}</p>
${formOf(fields, confirm.button)}`,
  };
}

/** A form of one button, and the links beside it. */
const formOf = (fields: Fields, button: string, ...others: readonly Way[]): Markup =>
  markup`<form method="post" class="ways">
${Object.entries(fields).map(([name, value]) => markup`<input type="hidden" name="${name}" value="${value}" />\n`)}<button type="submit" class="button main">${button}</button>
${linksTo(others)}</form>`;

function failedContent(page: FailedPage, texts: Texts): Content {
  const { title, happened, instead, again } = failureOf(texts, GROUPS[page.code]);
  const back = { to: page.backUrl, text: texts.back };
  const mayRetry = page.mayRetry === 'again' && again !== undefined;
  return {
    icon: 'notice',
    title,
    main: mayRetry
      ? markup`<p>${happened}</p>
<p>${again}${waitOf(page, texts)}</p>
${page.retryFields === undefined ? waysTo({ to: '', text: texts.tryAgain }, back) : formOf(page.retryFields, texts.tryAgain, back)}`
      : markup`<p>${happened}</p>
<p>${instead}</p>
${waysTo(back)}`,
    footer: markup`${texts.reference} <code>${page.requestId}</code>`,
  };
}

function waitOf({ retryAfter = 0 }: FailedPage, { wait }: Texts): string {
  return Number.isFinite(retryAfter) && retryAfter > 0 ? ` ${wait(Math.ceil(retryAfter))}` : '';
}

function notAcceptedContent({ backUrl }: NotAcceptedPage, { notAccepted, back }: Texts): Content {
  const { title, why, advice, otherwise } = notAccepted;
  return {
    icon: 'notice',
    title,
    main: markup`<p>${why}</p>
<ul>
${advice.map((step) => markup`<li>${step}</li>\n`)}</ul>
<p>${otherwise}</p>
${waysTo({ to: backUrl, text: back })}`,
  };
}

function aboutContent({ backUrl }: AboutPage, { about, back }: Texts): Content {
  return {
    icon: 'key',
    title: about.title,
    main: markup`<p>${about.text}</p>
<p>${about.afterLink}</p>
<p>${about.afterLogout}</p>
${waysTo({ to: backUrl, text: back })}`,
  };
}

interface Way {
  /** An address, '' for that of the page. */
  readonly to: string;
  readonly text: string;
}

const waysTo = (first: Way, ...others: readonly Way[]): Markup =>
  markup`<div class="ways">
<a class="button main" href="${first.to}">${first.text}</a>
${linksTo(others)}</div>`;

const linksTo = (ways: readonly Way[]): readonly Markup[] =>
  ways.map(({ to, text }) => markup`<a class="button" href="${to}">${text}</a>\n`);
