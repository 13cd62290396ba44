import { ControlError } from '../control/control-error.ts';
import type { EmulatorControl } from '../control/interface.ts';

/** What came in this test and the emulator does not let pass: since the mark that an emulator of many tests has. */
export async function mistakesOfTest(plesk: EmulatorControl): Promise<readonly string[]> {
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
