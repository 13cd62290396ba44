import type { ExpectStatic } from 'vitest';
import type { EmulatorControl } from '../control/interface.ts';
import type { Wanted } from '../control/wanted.ts';
import type { Visit } from './logged-in.ts';
import type { Often } from './received.ts';

/** What can be expected of an emulator, since the test began; each is to be awaited. */
export interface PleskMatchers {
  /** That a request came: an operation as `server/create_session`, or conditions as `journal.find` takes them. */
  toHaveReceived(wanted: Wanted, often?: Often): Promise<void>;
  /** That a browser was let in, as this account where one is named. */
  toHaveLoggedIn(login?: string, visit?: Visit): Promise<void>;
}

/** All that vitest has, and these. */
export type PleskAssertion = ReturnType<ExpectStatic> & PleskMatchers & { readonly not: PleskMatchers };

/**
 * vitest's `expect`. Its type is our own, since the parameters of vitest's `Matchers` are not the same from one major
 * release to the next.
 */
export interface PleskExpect extends ExpectStatic {
  (plesk: EmulatorControl, message?: string): PleskAssertion;
}
