import type { Request } from 'express';
import type { Context } from '../context.ts';

/**
 * The cookie by which the service knows a browser again, for one link: the link's id and a random nonce. Its name carries
 * the first digits of the id, so that two tabs with two links do not overwrite each other.
 */
interface BrowserCookie {
  readonly linkId: string;
  readonly nonce: string;
}

const NAME = /^(?:__Secure-)?plesk_sso_[\da-f]{8}$/;
const VALUE = /^([\da-f]{32})([\da-f]{32})$/;

/** As long as a link may live, and the time in which it may be opened again. */
const MAX_AGE_S = 90;

/** At most this many links are looked up for one request. */
const MAX_COOKIES = 8;

/** The browser's nonce for a link; `undefined` where it sends none, or two. */
export function nonceFor(request: Request, linkId: string, publicUrl: string): string | undefined {
  const name = nameFor(linkId, publicUrl);
  const values = pairsOf(request).filter(([key]) => key === name);
  const [, value = ''] = values[0] ?? [];
  const cookie = values.length === 1 ? cookieIn(value) : undefined;
  return cookie?.linkId === linkId ? cookie.nonce : undefined;
}

/** The cookies of all links that the browser sends here. */
export const browserCookies = (request: Request): readonly BrowserCookie[] =>
  pairsOf(request)
    .flatMap(([name, value]) => (NAME.test(name) ? (cookieIn(value) ?? []) : []))
    .slice(0, MAX_COOKIES);

/**
 * A Set-Cookie header. A form that another site posts never brings a Lax cookie, so it is SameSite=None, which has to be
 * Secure: browsers take that over http from this machine too, and the settings allow no other http.
 */
export const cookieHeader = (
  { path }: Request,
  { linkId, nonce }: BrowserCookie,
  publicUrl: string,
): string =>
  `${nameFor(linkId, publicUrl)}=${linkId}${nonce}; Path=${path}; HttpOnly; SameSite=None; Secure; Max-Age=${MAX_AGE_S}`;

/**
 * What a link's record keeps of a browser, under each live pepper, the current one first. The nonce itself is in no store.
 */
export const openersOf = ({ linkId, nonce }: BrowserCookie, { pepper }: Context): readonly string[] =>
  pepper.digests(`browser ${linkId} ${nonce}`);

/** With https the name says that no plain http can have set it. */
const nameFor = (linkId: string, publicUrl: string): string =>
  `${publicUrl.startsWith('https:') ? '__Secure-' : ''}plesk_sso_${linkId.slice(0, 8)}`;

function cookieIn(value: string): BrowserCookie | undefined {
  const [, linkId, nonce] = VALUE.exec(value) ?? [];
  return linkId === undefined || nonce === undefined ? undefined : { linkId, nonce };
}

function pairsOf({ headers }: Request): readonly (readonly [name: string, value: string])[] {
  return (headers.cookie ?? '').split(';').flatMap((pair) => {
    const at = pair.indexOf('=');
    return at === -1 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const];
  });
}
