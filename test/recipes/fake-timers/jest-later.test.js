import { expect, jest, test } from '@jest/globals';
import { checkEmulator } from './check.js';

test('fakes later', async () => {
  jest.useRealTimers();
  const { startEmulator } = await import('plesk-emulator');
  jest.useFakeTimers();
  let called = 0;
  setTimeout(() => (called += 1), 1);

  await checkEmulator(startEmulator);

  expect(called).toBe(0);
  jest.advanceTimersByTime(1);
  expect(called).toBe(1);
}, 40_000);
