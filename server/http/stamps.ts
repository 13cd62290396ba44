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
  const make = everySecond((now) => ({
    date: new Date(now).toUTCString(),
    locale: {
      secure: localeCookie(release, true, locale, now),
      plain: localeCookie(release, false, locale, now),
    },
  }));
  return () => make(clock.now());
}

/** An instant as a header has it. */
export const httpDate = everySecond((now) => new Date(now).toUTCString());

/** A function of an instant that is worked out once for each second. */
function everySecond<T>(make: (now: number) => T): (now: number) => T {
  let second = Number.NaN;
  let made: T | undefined;
  return (now) => {
    if (made === undefined || Math.floor(now / 1000) !== second) {
      second = Math.floor(now / 1000);
      made = make(now);
    }
    return made;
  };
}
