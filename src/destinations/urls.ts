import { isLoopback, parseUrl } from '../../base/addresses.ts';
import { Problem } from '../problems.ts';

/** The longest destination, as it comes in and as it goes out. */
const LONGEST = 2048;

/** What parsers read differently, or drop without a word. */
const TRAPS: readonly (readonly [reason: string, isSo: (text: string) => boolean])[] = [
  [`it is longer than ${LONGEST} characters`, (text) => text.length > LONGEST],
  ['it has a control character', (text) => /[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text)],
  ['it has a backslash', (text) => text.includes('\\')],
  ['it begins or ends with a blank', (text) => text !== text.trim()],
];

/** Whether a text is meant as a path or URL, however wrong; what is neither can only be meant as a name. */
export const isPathOrUrl = (text: string): boolean => /^[\s\p{Cc}]*(?:[/\\]|[a-z][a-z\d+.-]*:)/iu.test(text);

/**
 * A page of the panel, `/path?query`, as a browser reads it; throws destination_url_not_allowed. A fragment is refused:
 * none is documented for success_redirect_url, and one that is dropped would lead to a page that nobody asked for.
 */
export function panelPath(text: string): string {
  refuseTraps(text);
  if (text.includes('#')) throw notAllowed('a page of the panel has no fragment');
  if (!/^\/(?!\/)/.test(text)) throw notAllowed(ANOTHER_HOST);
  const { pathname, search } = new URL(text, 'https://panel.invalid');
  // Of `/..//host` a browser makes `//host`.
  if (pathname.startsWith('//')) throw notAllowed(ANOTHER_HOST);
  return shortEnough(pathname + search);
}

const ANOTHER_HOST = 'it begins with //, which names another host';

/** A URL with one of these origins, as a browser reads it; throws destination_url_not_allowed. */
export function allowedUrl(text: string, origins: readonly string[]): string {
  refuseTraps(text);
  const authority = /^https?:\/\/([^/?#]+)/i.exec(text)?.[1];
  if (authority === undefined) throw notAllowed('it is no https URL with a host');
  if (authority.includes('@')) throw notAllowed('it has user-info before its host');
  const url = parseUrl(text);
  if (url === undefined) throw notAllowed('it cannot be read');
  if (url.protocol !== 'https:' && !isLoopback(url)) throw notAllowed('it is no https URL');
  if (!origins.includes(url.origin)) throw notAllowed(`${url.origin} is not on the allow list`);
  return shortEnough(url.href);
}

function refuseTraps(text: string): void {
  const trap = TRAPS.find(([, isSo]) => isSo(text));
  if (trap !== undefined) throw notAllowed(trap[0]);
}

/** Encoding what is no ASCII makes it longer. */
function shortEnough(url: string): string {
  if (url.length > LONGEST) throw notAllowed(`it is longer than ${LONGEST} characters once it is encoded`);
  return url;
}

const notAllowed = (reason: string): Problem =>
  new Problem('destination_url_not_allowed', { extra: { reason }, detail: reason });
