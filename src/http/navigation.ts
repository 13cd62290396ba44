import type { IncomingHttpHeaders } from 'node:http';
import { Problem } from '../problems.ts';

/** Programs that fetch a link to show or index what is behind it, by words that no browser has. */
const PREVIEW = new RegExp(
  [
    // What most of them say of themselves: a kind, or a page about them, as in `(+https://example.com/bot)`.
    'bot(?![a-z])|preview|crawler|spider|slurp|unfurl|snippet|validator|\\+(?:https?|mailto):',
    'externalhit|facebookcatalog|meta-external|slack-imgproxy|embedly|iframely|vkshare|outbrain|flipboardproxy',
    'mastodon/|googleimageproxy|google favicon|mediapartners|feedfetcher|lighthouse|kakaotalk-scrap|line-poker',
    // Google's libraries for programs are none.
    '\\bgoogle-(?!(?:api|http)-)[a-z]',
    // Office looks at a link before it hands it to the browser.
    '\\bms-?office|microsoft office',
    // With a browser's name before them these are windows of the apps, with a person in front.
    '^(?:whatsapp|viber|tumblr|pinterest)\\b',
  ].join('|'),
  'i',
);

/** Where phones say their model, which may be any word, `CUBOT` for example. */
const DEVICE = /\((?:Linux|Mobile);[^)]*\)/g;

/** No browser says more of itself. */
const LONGEST = 1000;

/** Whether a program asks that shows previews of links. curl is none, nor is a client that says nothing of itself. */
export const isPreview = (userAgent = ''): boolean =>
  PREVIEW.test(userAgent.slice(0, LONGEST).replace(DEVICE, ''));

/** Headers by which a browser says that it fetches ahead of time. */
const AHEAD = ['Sec-Purpose', 'Purpose', 'X-Purpose', 'X-Moz'];

const said = (headers: IncomingHttpHeaders, name: string): string =>
  String(headers[name.toLowerCase()] ?? '').toLowerCase();

/** Whether this is certainly a browser that opens a page of its own; old browsers and most programs do not say so. */
export const isPageNavigation = (headers: IncomingHttpHeaders): boolean =>
  said(headers, 'Sec-Fetch-Mode') === 'navigate' && said(headers, 'Sec-Fetch-Dest') === 'document';

/**
 * Refuses what is asked for ahead of time, by a preview, or for anything but a page of its own; the message names the
 * header.
 */
export function checkNavigation(headers: IncomingHttpHeaders): void {
  const isOff = (name: string, page: string): boolean => !['', page].includes(said(headers, name));
  const header =
    AHEAD.find((name) => /prefetch|prerender|preview/.test(said(headers, name))) ??
    (isOff('Sec-Fetch-Mode', 'navigate') ? 'Sec-Fetch-Mode' : undefined) ??
    (isOff('Sec-Fetch-Dest', 'document') ? 'Sec-Fetch-Dest' : undefined) ??
    (isPreview(headers['user-agent']) ? 'User-Agent' : undefined);
  if (header !== undefined) throw refusal(header, said(headers, header));
}

function refusal(header: string, value: string): Problem {
  // A value that no browser sends is not repeated.
  const shown = header !== 'User-Agent' && /^[a-z;=-]{1,40}$/.test(value) ? `${header}: ${value}` : header;
  const hint = shown === 'Sec-Fetch-Mode: cors' ? ' fetch() sends it always; use another HTTP client.' : '';
  const message = `Only a navigation of a browser opens a link; this request was refused for its header ${shown}.${hint}`;
  return new Problem('prefetch_refused', { message, detail: shown });
}
