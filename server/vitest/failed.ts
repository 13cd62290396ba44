import { ControlError } from '../control/control-error.ts';
import type { EmulatorControl } from '../control/interface.ts';
import { linesOf } from './lines.ts';

/** What is printed below a test that has failed: what came to its emulator last. */
export async function failedText(
  test: string,
  plesk: EmulatorControl & { readonly url: string },
): Promise<string> {
  const head = `plesk-emulator: '${test}' has failed;`;
  try {
    const entries = await plesk.journal.find();
    if (entries.length === 0) return `${head} nothing came to ${urlOf(plesk)}`;
    const shown = entries.slice(-SHOWN);
    const some =
      shown.length < entries.length ? `the last ${shown.length} of ${entries.length} requests` : 'what came';
    return [`${head} ${some} to ${urlOf(plesk)}:`, ...shown.map(linesOf)].join('\n');
  } catch (error) {
    // Such as a journal that is off: a failure is not hidden by another one.
    if (error instanceof ControlError) return `${head} ${error.message}`;
    throw error;
  }
}

const SHOWN = 20;

function urlOf(plesk: { readonly url: string }): string {
  try {
    return plesk.url;
  } catch {
    // It listens on no port.
    return 'the emulator';
  }
}
