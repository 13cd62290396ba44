import type { Language } from './accept-language.ts';
import type { FinalGroup, Group, RepeatableGroup } from './groups.ts';
import { GERMAN } from './texts-de.ts';
import { ENGLISH } from './texts-en.ts';
import { TURKISH } from './texts-tr.ts';

/** A failure in plain words. */
interface Failure {
  readonly title: string;
  readonly happened: string;
  /** What to do where this address is good for nothing more. */
  readonly instead: string;
}

/** A failure after which the page may offer another attempt. */
interface RepeatableFailure extends Failure {
  /** What to do where it does. */
  readonly again: string;
}

/** What the pages say in one language, as plain text. */
export interface Texts {
  readonly confirm: { readonly title: string; readonly text: string; readonly button: string };
  readonly failed: Readonly<Record<RepeatableGroup, RepeatableFailure> & Record<FinalGroup, Failure>>;
  readonly notAccepted: {
    readonly title: string;
    readonly why: string;
    readonly advice: readonly [string, string, string];
    /** For who comes here from a session that is over. */
    readonly otherwise: string;
  };
  /** At the service's own address. */
  readonly about: {
    readonly title: string;
    readonly text: string;
    /** After a login that Plesk did not accept, for a browser that keeps no cookies. */
    readonly afterLink: string;
    readonly afterLogout: string;
  };
  readonly preview: { readonly title: string; readonly text: string };
  readonly tryAgain: string;
  readonly back: string;
  /** A whole number of seconds, at least 1. */
  readonly wait: (seconds: number) => string;
  /** Stands before the id of the request. */
  readonly reference: string;
}

/** The words of each language. */
export const TEXTS = { en: ENGLISH, de: GERMAN, tr: TURKISH } as const satisfies Record<Language, Texts>;

/** The words for a failure; `again` is absent where another attempt never helps. */
export const failureOf = (texts: Texts, group: Group): Failure & Partial<RepeatableFailure> =>
  texts.failed[group];
