import { expect, test, vi } from 'vitest';
import { checkEmulator } from './check.js';

test('fakes first', async () => {
  vi.useFakeTimers();
  const { startEmulator } = await import('plesk-emulator');
  await checkEmulator(startEmulator);
  expect(vi.isFakeTimers()).toBe(true);
  vi.useRealTimers();
});

test('fakes later', async () => {
  const { startEmulator } = await import('plesk-emulator');
  vi.useFakeTimers();
  await checkEmulator(startEmulator);
  vi.useRealTimers();
});
