import { expect as vitestExpect } from 'vitest';
import type { PleskExpect } from './vitest/expect.ts';
import { toHaveLoggedIn } from './vitest/logged-in.ts';
import { pleskTest } from './vitest/plesk-test.ts';
import { toHaveReceived } from './vitest/received.ts';

export type { PleskAssertion, PleskExpect, PleskMatchers } from './vitest/expect.ts';
export type { Visit } from './vitest/logged-in.ts';
export type { OwnEmulator, RunningEmulator } from './vitest/plesk-test.ts';
export type { Often } from './vitest/received.ts';
export { pleskTest };

vitestExpect.extend({ toHaveReceived, toHaveLoggedIn });

/** vitest's `expect`, with matchers for emulators. */
export const expect = vitestExpect as PleskExpect;

/** vitest's `test` with an emulator of its own for each test, `plesk`: the administrator alone, closed at the end. */
export const test: ReturnType<typeof pleskTest> = pleskTest();
