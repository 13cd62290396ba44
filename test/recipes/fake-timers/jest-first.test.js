import { expect, jest, test } from '@jest/globals';
import { startEmulator } from 'plesk-emulator';
import { checkEmulator } from './check.js';

test('fakes first, by enableGlobally', async () => {
  let called = 0;
  setTimeout(() => (called += 1), 1);

  await checkEmulator(startEmulator);

  expect(called).toBe(0);
  jest.advanceTimersByTime(1);
  expect(called).toBe(1);
}, 40_000);
