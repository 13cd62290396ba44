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

/** Refuses what is asked for ahead of time, by a preview, or for anything but a page of its own. */
export function checkNavigation(headers: IncomingHttpHeaders): void {
  const said = (name: string): string => String(headers[name] ?? '').toLowerCase();
  const isAhead = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].some((name) =>
    /prefetch|prerender|preview/.test(said(name)),
  );
  const isPage =
    ['', 'navigate'].includes(said('sec-fetch-mode')) && ['', 'document'].includes(said('sec-fetch-dest'));
  if (isAhead || !isPage || isPreview(headers['user-agent'])) throw new Problem('prefetch_refused');
}
