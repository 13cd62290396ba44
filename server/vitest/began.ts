import { ControlError } from '../control/control-error.ts';
import type { EmulatorControl } from '../control/interface.ts';

/** What was there when the test began that an emulator is in. */
interface Before {
  /** The journal's last entry: those after it are the test's. */
  readonly last: number;
  /** What had come that may not have. */
  readonly mistakes: readonly string[];
}

const BEFORE = new WeakMap<EmulatorControl, Before>();
const NOTHING: Before = { last: 0, mistakes: [] };

/** To be called where a test begins on an emulator that was there before. */
export async function begin(plesk: EmulatorControl): Promise<void> {
  BEFORE.set(plesk, { last: await lastEntry(plesk), mistakes: await mistakesIn(plesk) });
}

async function lastEntry(plesk: EmulatorControl): Promise<number> {
  try {
    return (await plesk.journal.counts()).last;
  } catch (error) {
    // The journal is off: there are no entries to tell apart, and who asks for some is told so.
    if (error instanceof ControlError && error.status === 409) return 0;
    throw error;
  }
}

/** The id after which entries belong to the test. */
export const beganAfter = (plesk: EmulatorControl): number => (BEFORE.get(plesk) ?? NOTHING).last;

/** What the emulator does not let pass, of what came in this test. */
export async function mistakesOfTest(plesk: EmulatorControl): Promise<readonly string[]> {
  const { mistakes } = BEFORE.get(plesk) ?? NOTHING;
  return (await mistakesIn(plesk)).filter((one) => !mistakes.includes(one));
}

async function mistakesIn(plesk: EmulatorControl): Promise<readonly string[]> {
  try {
    await plesk.verify();
    return [];
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
    return error.mistakes;
  }
}

/** What a matcher was given, where that is an emulator. */
export function emulatorIn(given: unknown, matcher: string): EmulatorControl {
  if (typeof given === 'object' && given !== null && 'journal' in given && 'rollback' in given)
    return given as EmulatorControl;
  throw new TypeError(`${matcher} is for an emulator: await expect(plesk).${matcher}(...)`);
}
