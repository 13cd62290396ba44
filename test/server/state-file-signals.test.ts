import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { expect, it } from 'vitest';
import { connectEmulator } from '../../server/emulator.ts';
import { ENDING_SIGNALS } from '../../server/commands/end-on-signals.ts';
import { startProgram } from '../support/program.ts';
import { statePath } from '../support/state-file.ts';

const onThisSystem = ENDING_SIGNALS.filter((signal) => signal in constants.signals);

/** An emulator with a state file, and a customer that is not in the file yet. */
async function changedProgram(...args: readonly string[]) {
  const path = statePath();
  const program = startProgram(['--http-port', '0', '--no-https', '--state', path, ...args]);
  const [, url = ''] = /^Ready (\S+)$/m.exec(await program.printed(/^Ready \S+$/m)) ?? [];
  const plesk = await connectEmulator(url);
  await plesk.accounts.add({ login: 'tina', password: 'customer1Q**', role: 'customer' });
  return { path, program };
}

it.each(onThisSystem)('writes the last changes before it ends on %s', async (signal) => {
  const { path, program } = await changedProgram();

  program.kill(signal);

  const code = signal === 'SIGTERM' ? 0 : 128 + constants.signals[signal];
  expect(await program.ended).toMatchObject({ code, signal: null, stderr: '' });
  expect(readFileSync(path, 'utf8')).toContain('"tina"');
});

it('writes them once, whatever signals follow the first', async () => {
  const { path, program } = await changedProgram();

  for (const signal of ['SIGHUP', 'SIGTERM', 'SIGHUP', 'SIGINT'] as const) program.kill(signal);

  const { code, signal } = await program.ended;
  expect(signal).toBeNull();
  expect([0, 129, 130]).toContain(code);
  expect(readFileSync(path, 'utf8')).toContain('"tina"');
});

it.each(['pretty', 'json'])('writes them when nobody reads its output any more (log %s)', async (log) => {
  const { path, program } = await changedProgram('--log', log);
  program.stopReading();

  program.kill('SIGHUP');

  expect(await program.ended).toMatchObject({ code: 129, signal: null });
  expect(readFileSync(path, 'utf8')).toContain('"tina"');
});
