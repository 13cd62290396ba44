import type { Clock } from '../../base/clock.ts';
import { localeCookie } from '../panel/cookies.ts';
import type { Release } from '../protocol/versions/release.ts';

/** What changes in the headers of an answer once a second, and no more often. */
export interface Stamps {
  /** The `Date` of an answer. */
  readonly date: string;
  /** The cookie with the panel's default language, over TLS and over plain HTTP. */
  readonly locale: { readonly secure: string; readonly plain: string };
}

/** Makes the stamps of the instant that a clock shows. */
export function stampsOf(clock: Clock, release: Release, locale: string): () => Stamps {
  let second = Number.NaN;
  let stamps: Stamps | undefined;
  return () => {
    const now = clock.now();
    if (stamps === undefined || Math.floor(now / 1000) !== second) {
      second = Math.floor(now / 1000);
      stamps = {
        date: new Date(now).toUTCString(),
        locale: {
          secure: localeCookie(release, true, locale, now),
          plain: localeCookie(release, false, locale, now),
        },
      };
    }
    return stamps;
  };
}
