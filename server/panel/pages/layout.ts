import { createHash } from 'node:crypto';
import type { Texts } from './texts.ts';

const STYLE = `
:root { color-scheme: light dark; --accent: #1d5a8c; --line: color-mix(in srgb, currentColor 25%, transparent); font: 16px/1.5 system-ui, sans-serif }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; overflow-wrap: anywhere }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; padding: .75rem 1.5rem; background: var(--accent); color: #fff }
header strong { margin-right: auto }
header form { margin: 0 }
nav { display: flex; flex-wrap: wrap; gap: 0 1.5rem; padding: 0 1.5rem; border-bottom: 1px solid var(--line) }
nav a { padding: .75rem 0; color: inherit; text-decoration: none; border-bottom: 3px solid transparent }
nav a:hover, nav a:focus-visible { border-color: var(--line) }
nav a[aria-current] { border-color: var(--accent); font-weight: 600 }
main { width: 100%; max-width: 42rem; margin: 2rem auto; padding: 0 1.5rem; flex: 1 }
main.narrow { max-width: 26rem }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0 0 1.5rem }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .5rem 1.5rem; margin: 0 }
dt { opacity: .75 }
dd { margin: 0 }
label { display: block; font-weight: 600 }
label + label { margin-top: 1rem }
input, select { display: block; width: 100%; margin-top: .25rem; padding: .5rem .75rem; font: inherit; font-weight: 400; border: 1px solid #767676; border-radius: .25rem }
button { padding: .5rem 1.25rem; font: inherit; font-weight: 600; color: #fff; background: var(--accent); border: 1px solid #fff; border-radius: .25rem; cursor: pointer }
main button { margin-top: 1.5rem; border-color: var(--accent) }
:focus-visible { outline: 3px solid #f0a020; outline-offset: 2px }
[role=alert] { margin: 0 0 1.5rem; padding: .75rem 1rem; color: #7a1010; background: #fdecec; border-left: 4px solid #b3261e }
footer { padding: 1rem 1.5rem; font-size: .875rem; text-align: center; opacity: .75 }
@media (max-width: 30rem) { dl { grid-template-columns: minmax(0, 1fr); gap: 0 } dd { margin-bottom: .75rem } }
`;

/** Nothing but our own style runs or loads on a page; a form may end on another host, by way of a redirect. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  'form-action http: https:',
  "frame-ancestors 'self'",
  "base-uri 'none'",
].join('; ');

/** What is different from page to page, in HTML. */
export interface Layout {
  /** As the release calls itself. */
  readonly title: string;
  readonly texts: Texts;
  /** The value of the meta element `forgery_protection_token`. */
  readonly forgeryToken: string;
  readonly bodyClass: string;
  /** What stands in the header behind the title, and below it. */
  readonly header: string;
  readonly main: string;
}

/** A whole page. */
export const renderPage = ({ title, texts, forgeryToken, bodyClass, header, main }: Layout): string =>
  `<!DOCTYPE html>
<html lang="${texts.language}">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="forgery_protection_token" id="forgery_protection_token" content="${forgeryToken}">
<style>${STYLE}</style>
</head>
<body class="${bodyClass}">
<header><strong>${escapeHtml(title)}</strong>${header}
${main}
<footer>${escapeHtml(texts.double)}</footer>
</body>
</html>
`;

/** Text as it may stand between tags and in a quoted attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (found) => HTML[found] ?? '');

const HTML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
