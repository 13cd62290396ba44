import type { TestAPI } from 'vitest';
import { test } from 'vitest';
import type { ConnectOptions, RemoteEmulator } from '../control/connect.ts';
import { connectEmulator } from '../control/connect.ts';
import type { Emulator } from '../emulator.ts';
import { startEmulator } from '../emulator.ts';
import type { EmulatorOptions } from '../options.ts';
import { endTest } from './end-test.ts';

/** An emulator that tests start: as `startEmulator` takes it, and how long it lives. */
export interface OwnEmulator extends EmulatorOptions {
  /** One for each `test`, as it is without it; or one for the `file`, which each test leaves as it found it. */
  readonly per?: 'test' | 'file' | undefined;
}

/** An emulator that runs already, which each test leaves as it found it. */
export interface RunningEmulator extends ConnectOptions {
  /** Where it is: `http://127.0.0.1:8880`. */
  readonly url: string;
}

/**
 * vitest's `test` with an emulator, `plesk`. A test that fails prints what came to it; one whose emulator has
 * `unexpected: 'fail'` fails where something came that is not emulated, or not read. An emulator of many tests is to be
 * asked for at the top of a file.
 */
export function pleskTest(options: RunningEmulator): TestAPI<{ plesk: RemoteEmulator }>;
export function pleskTest(options?: OwnEmulator): TestAPI<{ plesk: Emulator }>;
export function pleskTest(
  options: OwnEmulator | RunningEmulator = {},
): TestAPI<{ plesk: Emulator }> | TestAPI<{ plesk: RemoteEmulator }> {
  if ('url' in options) {
    const { url, token, ca, ...others } = options;
    if (Object.keys(others).length > 0)
      throw new TypeError(
        `the emulator at ${url} runs already: ${Object.keys(others).join(', ')} cannot be chosen here`,
      );
    return sharedTest(() => connectEmulator(url, { token, ca }));
  }
  const { per = 'test', ...own } = options;
  if (per === 'file') return sharedTest(() => startEmulator(own));
  // Who writes JavaScript has no types that would say so.
  if ((per as string) !== 'test') throw new TypeError(`per is '${per}', but it is 'test' or 'file'`);
  return test.extend<{ plesk: Emulator }>({
    plesk: async ({ task, onTestFinished }, use) => {
      const plesk = await startEmulator(own);
      onTestFinished(() => endTest(plesk, task, () => plesk.close()));
      await use(plesk);
    },
  });
}

/** With an emulator of many tests, one after another. */
function sharedTest<E extends Emulator | RemoteEmulator>(
  open: () => Promise<E>,
): TestAPI<{ plesk: E; pleskOfFile: E }> {
  return test.extend<{ plesk: E; pleskOfFile: E }>({
    pleskOfFile: [
      // vitest reads from the braces what a fixture is made of.
      // eslint-disable-next-line no-empty-pattern
      async ({}, use) => {
        const plesk = await open();
        await use(plesk);
        await plesk.close();
      },
      { scope: 'file' },
    ],
    plesk: async ({ pleskOfFile: plesk, task, onTestFinished }, use) => {
      if (task.concurrent === true)
        throw new Error(
          `'${task.name}' runs beside other tests, but shares its emulator: without test.concurrent, or with per: 'test', it can run`,
        );
      await plesk.mark();
      onTestFinished(() => endTest(plesk, task, () => plesk.rollback()));
      await use(plesk);
    },
  });
}
