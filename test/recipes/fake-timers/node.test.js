import { mock, test } from 'node:test';
import { checkEmulator } from './check.js';

test('fakes first', async () => {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'setImmediate', 'Date'] });
  const { startEmulator } = await import('plesk-emulator');
  await checkEmulator(startEmulator);
  mock.timers.reset();
});

test('fakes later', async () => {
  const { startEmulator } = await import('plesk-emulator');
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'setImmediate', 'Date'] });
  await checkEmulator(startEmulator);
  mock.timers.reset();
});
