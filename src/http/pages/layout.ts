import { createHash } from 'node:crypto';
import type { Language } from './accept-language.ts';
import { Markup, markup } from './markup.ts';

// A button that was clicked takes no second click: the form would go out again while the browser is on its way to Plesk,
// and find the link spent.
const STYLE = `
:root { color-scheme: light dark; --ground: #eef2f6; --card: #fff; --text: #1b2733; --muted: #52606d; --line: #c9d2dc; --accent: #1d5a8c; --hover: #15466e; --on-accent: #fff; --focus: #b45309; font: 106.25%/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif }
@media (prefers-color-scheme: dark) { :root { --ground: #11161c; --card: #1b232c; --text: #e8edf2; --muted: #a9b4c0; --line: #3a4653; --accent: #8fc3ee; --hover: #b5d8f5; --on-accent: #0d2133; --focus: #f5b942 } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; padding: 1.5rem 1rem; display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 1.25rem; color: var(--text); background: var(--ground); overflow-wrap: break-word }
main { width: 100%; max-width: 36rem; padding: 2.5rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem }
svg { display: block; width: 3rem; height: 3rem; margin: 0 0 1.25rem; color: var(--accent) }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25; text-wrap: balance }
p, ul { margin: 0 0 1rem; text-wrap: pretty }
ul { padding: 0 0 0 1.25rem }
li { margin: 0 0 .5rem }
main > :last-child { margin-bottom: 0 }
form { margin: 0 }
.ways { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.75rem 0 0 }
.button { display: inline-flex; align-items: center; justify-content: center; min-height: 3rem; padding: .625rem 1.25rem; font: inherit; font-weight: 600; text-align: center; text-decoration: none; color: var(--accent); background: none; border: 2px solid var(--accent); border-radius: .5rem; cursor: pointer }
button:focus:not(:focus-visible):not(:active) { pointer-events: none }
.button:hover { color: var(--hover); border-color: var(--hover) }
.main { color: var(--on-accent); background: var(--accent) }
.main:hover { color: var(--on-accent); background: var(--hover) }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 3px }
footer { max-width: 36rem; font-size: .875rem; color: var(--muted); text-align: center }
code { display: inline-block; max-width: 100%; font: inherit; font-family: ui-monospace, Consolas, monospace; overflow-wrap: anywhere }
@media (max-width: 30rem) { :root { font-size: 100% } body { justify-content: flex-start } main { padding: 1.5rem 1.25rem } h1 { font-size: 1.25rem } .button { width: 100%; padding-inline: .75rem } }
`;

/** The source expression that lets the pages' style in, quotes and all, for `style-src` of their CSP. */
export const STYLE_SOURCE = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

/** What is different from page to page. */
export interface Layout {
  readonly language: Language;
  readonly icon: 'key' | 'notice';
  readonly title: string;
  readonly main: Markup;
  /** In small print, below. */
  readonly footer?: Markup | undefined;
}

/** A whole page, which is well-formed XML too. */
export const renderLayout = ({ language, icon, title, main, footer }: Layout): string =>
  markup`<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>${title}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<main>
<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${ICONS[icon]}</svg>
<h1>${title}</h1>
${main}
</main>
${footer === undefined ? undefined : markup`<footer>${footer}</footer>\n`}</body>
</html>
`.source;

const ICONS: Readonly<Record<Layout['icon'], Markup>> = {
  key: markup`<circle cx="8" cy="15.5" r="4.5" /><path d="M11.2 12.3 20 3.5M15.5 8l3 3M18 5.5l2.5 2.5" />`,
  notice: markup`<circle cx="12" cy="12" r="9.5" /><path d="M12 7v6M12 16.75v.01" />`,
};
