import { isLoopback, parseUrl } from '../../base/addresses.ts';

/** A route taken apart: scheme and host, empty where it is a path, and its path without query and fragment. */
interface Parts {
  readonly text: string;
  readonly start: string;
  readonly path: string;
}

/** What may be wrong with a route, and whether it is. */
const MISTAKES: readonly (readonly [why: string, isSo: (parts: Parts) => boolean])[] = [
  ['it is longer than 1024 characters', ({ text }) => text.length > 1024],
  ['it has a control character, a blank or a backslash', ({ text }) => /[\p{Cc}\p{Cs}\s\\]/u.test(text)],
  [
    'it begins neither with one / nor with https://',
    ({ start, path }) => start === '' && !path.startsWith('/'),
  ],
  ['its host cannot be read', ({ start }) => start !== '' && parseUrl(start) === undefined],
  ['it has user-info before its host', ({ start }) => start.includes('@')],
  ['it has a brace in its host', ({ start }) => /[{}]/.test(start)],
  ['it is http, which is for loopback only', ({ start }) => isOpenHttp(start)],
  ['its path has an empty, . or .. segment', ({ path }) => segmentsOf(path).some(isNoSegment)],
  ['it has a % that begins no encoded byte', ({ text }) => /%(?![\da-f]{2})/i.test(text)],
  [
    'it has a brace that belongs to no placeholder such as {0}',
    ({ start, text }) => /[{}]/.test(text.slice(start.length).replace(PLACEHOLDER, '')),
  ],
];

const PLACEHOLDER = /\{(\d)\}/g;

/** Why a text can be no route, in words; nothing where it can. Which placeholders it may have is not looked at. */
export function mistakesInRoute(text: string): readonly string[] {
  const start = /^https?:\/\/[^/?#]*/i.exec(text)?.[0] ?? '';
  const path = text.slice(start.length).split(/[?#]/, 1)[0] ?? '';
  return MISTAKES.filter(([, isSo]) => isSo({ text, start, path })).map(([why]) => why);
}

function isOpenHttp(start: string): boolean {
  const url = parseUrl(start);
  return url?.protocol === 'http:' && !isLoopback(url);
}

/** Those between the slashes; the last may be empty, as in `/news/`. */
function segmentsOf(path: string): readonly string[] {
  const segments = path.split('/').slice(1);
  return segments.at(-1) === '' ? segments.slice(0, -1) : segments;
}

const isNoSegment = (segment: string): boolean => /^(?:\.|%2e){0,2}$/i.test(segment);

/** The numbers of the placeholders in a route. */
export const placeholdersIn = (route: string): ReadonlySet<number> =>
  new Set([...route.matchAll(PLACEHOLDER)].map(([, number]) => Number(number)));

/**
 * The URL of a route below the client area's, each placeholder replaced by its value. What would leave the client area,
 * or the host of a route that names its own, is a bug and throws.
 */
export function fillRoute(route: string, values: readonly string[], clientAreaUrl: string): string {
  const filled = route.replace(PLACEHOLDER, (_, number) => encodeURIComponent(values[Number(number)] ?? ''));
  const isPath = route.startsWith('/');
  const home = isPath ? new URL(clientAreaUrl) : new URL('/', route);
  const folder = home.pathname.replace(/\/?$/, '/');
  const url = new URL(isPath ? `${home.origin}${folder}${filled.slice(1)}` : filled);
  if (url.origin !== home.origin || !url.pathname.startsWith(folder))
    throw new Error(`the route ${route} leaves ${home.origin}${folder}`);
  return url.href;
}
