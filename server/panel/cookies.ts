import type { Rule } from '../protocol/source.ts';
import { assumed, documented, observed } from '../protocol/source.ts';
import type { Release } from '../protocol/versions/release.ts';

export const COOKIE_RULES: readonly Rule[] = [
  {
    id: 'cookie/session',
    source: observed(
      'certd; PleskWebScraper',
      'the session id in PLESKSESSID over TLS, in PLESKSESSID_INSECURE over plain HTTP',
    ),
  },
  {
    id: 'cookie/flags-up-to-12.0',
    source: observed(
      'the log of a public Java client of December 2014',
      'PHPSESSID over TLS has path=/, secure and httponly, no SameSite',
    ),
  },
  {
    id: 'cookie/flags',
    source: assumed(
      "the cookie locale of 17.8 and 12.0's PHPSESSID have them",
      'HttpOnly always, secure over TLS alone, no SameSite; the setting sameSite',
    ),
  },
  {
    id: 'cookie/locale',
    source: observed(
      'AnalogJ/lexicon, recordings of 17.8',
      'agent.php and the login page set locale for a year',
    ),
  },
  {
    id: 'cookie/no-frames',
    source: observed(
      'the log of a public Java client of December 2014, 11.x or 12.x',
      'up to 12.0 a login without no_frames deletes that cookie',
    ),
  },
  {
    id: 'cookie/names',
    source: documented('support.plesk.com 213411289', 'PHPSESSID on Linux from 11.0 to 12.5'),
  },
];

/** The name of the session's cookie. */
export const sessionCookieName = ({ cookies }: Release, isSecure: boolean): string =>
  isSecure ? cookies.secure : cookies.plain;

/** The Set-Cookie of a login; `id` becomes the cookie's value. */
export const sessionCookie = (
  release: Release,
  isSecure: boolean,
  id: string,
  sameSite: keyof typeof SAME_SITE,
): string =>
  `${sessionCookieName(release, isSecure)}=${id}; path=/${flags(release, isSecure)}${SAME_SITE[sameSite]}`;

const SAME_SITE = {
  absent: '',
  lax: '; SameSite=Lax',
  strict: '; SameSite=Strict',
  none: '; SameSite=None',
} as const;

/** The Set-Cookie of a log-out. */
export const endedSessionCookie = (release: Release, isSecure: boolean): string =>
  `${sessionCookieName(release, isSecure)}=deleted; expires=${cookieDate(1000)}; path=/${flags(release, isSecure)}`;

/** The Set-Cookie of a locale, which stays a year. */
export function localeCookie(release: Release, isSecure: boolean, locale: string, now: number): string {
  const { localeIsGuarded } = release.cookies.flags;
  const guards = localeIsGuarded ? `; Max-Age=31536000; path=/${flags(release, isSecure)}` : '; path=/';
  return `locale=${locale}; expires=${cookieDate(now + 31_536_000_000)}${guards}`;
}

/** The Set-Cookie that removes no_frames, or `undefined` where the release does not. */
export const noFramesCookie = ({ cookies }: Release): string | undefined =>
  cookies.flags.clearsNoFrames ? `no_frames=deleted; expires=${cookieDate(1000)}; path=/` : undefined;

/** The value of a cookie in a Cookie header; the first of several. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  const found = header?.split(';').find((pair) => pair.trimStart().startsWith(`${name}=`));
  return found?.trim().slice(name.length + 1);
}

const flags = ({ cookies }: Release, isSecure: boolean): string =>
  `${isSecure ? `; ${cookies.flags.secure}` : ''}; ${cookies.flags.httpOnly}`;

/** PHP's form, with hyphens. */
const cookieDate = (instant: number): string =>
  new Date(instant).toUTCString().replace(/^(\w+, \d+) (\w+) (\d+)/, '$1-$2-$3');
