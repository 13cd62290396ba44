import type { EmulatorControl } from '../control/interface.ts';

/** The journal's last entry when the test began that an emulator is in: what came before is not the test's. */
const BEGAN = new WeakMap<EmulatorControl, number>();

/** To be called where a test begins on an emulator that was there before. */
export async function begin(plesk: EmulatorControl): Promise<void> {
  const { last } = await plesk.journal.counts();
  BEGAN.set(plesk, last);
}

/** The id after which entries belong to the test. */
export const beganAfter = (plesk: EmulatorControl): number => BEGAN.get(plesk) ?? 0;

/** What a matcher was given, where that is an emulator. */
export function emulatorIn(given: unknown, matcher: string): EmulatorControl {
  if (typeof given === 'object' && given !== null && 'journal' in given && 'rollback' in given)
    return given as EmulatorControl;
  throw new TypeError(`${matcher} is for an emulator: await expect(plesk).${matcher}(...)`);
}
