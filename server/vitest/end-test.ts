import type { TestContext } from 'vitest';
import { ControlError } from '../control/control-error.ts';
import type { EmulatorControl } from '../control/interface.ts';
import { mistakesOfTest } from './began.ts';
import { failedText } from './failed.ts';

type Test = TestContext['task'];

/** Ends a test on an emulator: says what came where the test has failed, then leaves; rejects where it may not have come. */
export async function endTest(
  plesk: EmulatorControl & { readonly url: string },
  test: Test,
  leave: () => Promise<void>,
): Promise<void> {
  try {
    const mistakes = await mistakesOfTest(plesk);
    if (mistakes.length > 0 || hasFailed(test)) console.error(await failedText(nameOf(test), plesk));
    if (mistakes.length > 0) {
      // Said once: neither the next test nor `close` has anything to say about it.
      await plesk.journal.clear();
      throw new ControlError(409, mistakes);
    }
  } finally {
    await leave();
  }
}

/** Of a test that is to fail nobody asks why it did. */
const hasFailed = ({ result, fails }: Test): boolean => result?.state === 'fail' && fails !== true;

function nameOf({ name, suite }: Test): string {
  const names = [name];
  for (let outer = suite; outer !== undefined; outer = outer.suite) names.unshift(outer.name);
  return names.filter((one) => one !== '').join(' > ');
}
