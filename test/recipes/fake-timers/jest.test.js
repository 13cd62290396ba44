/* global test */
import { startEmulator } from 'plesk-emulator';
import { checkEmulator } from './check.js';

// The configuration of each run installs the fakes before this file is loaded.
test('fakes first', async () => {
  await checkEmulator(startEmulator);
});
