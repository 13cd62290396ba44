import type { Response } from 'express';
import type { Language } from './pages/accept-language.ts';
import type { Page } from './pages/page.ts';
import { renderPage, STYLE_SOURCE } from './pages/page.ts';

/** The policy of every answer: nothing is loaded, framed or sent anywhere, and the pages have their one style. */
export const policyFor = (formAction: readonly string[]): string =>
  [
    "default-src 'none'",
    `style-src ${STYLE_SOURCE}`,
    `form-action ${formAction.length === 0 ? "'none'" : formAction.join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');

/** Sends a page with the status that was set; a HEAD gets the same without it. */
export function sendPage(response: Response, language: Language, page: Page): void {
  const html = Buffer.from(renderPage(page, language));
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.setHeader('Content-Language', language);
  response.setHeader('Vary', 'Accept, Accept-Language');
  response.setHeader('Content-Length', html.length);
  response.end(html);
}
