import { constants } from 'node:os';
import type { StandardLog } from '../../base/pino-log.ts';
import type { Emulator } from '../emulator.ts';
import { EXIT } from './exit.ts';

/**
 * The signals that ask a program to end and can be caught. Terminals send SIGINT, SIGQUIT and SIGHUP, and SIGBREAK on
 * Windows; supervisors and orchestrators SIGTERM and whatever they are told to; `timeout`, limits of CPU time and a
 * failing power supply SIGALRM, SIGXCPU and SIGPWR. SIGUSR1 is left to Node, which opens its debugger on it.
 */
export const ENDING_SIGNALS = [
  'SIGTERM',
  'SIGINT',
  'SIGHUP',
  'SIGQUIT',
  'SIGBREAK',
  'SIGABRT',
  'SIGALRM',
  'SIGUSR2',
  'SIGXCPU',
  'SIGPWR',
] as const satisfies readonly NodeJS.Signals[];

/**
 * Ends the program in order on the first of these signals: the state is written before. Later ones change nothing, as
 * npm and a terminal may both send the same one. The exit code is that of shells, 128 and the number of the signal, but
 * 0 after SIGTERM: supervisors take any other number for a failure.
 */
export function endOnSignals(emulator: Pick<Emulator, 'close'>, flush: StandardLog['flush']): void {
  let isEnding = false;
  const end = (signal: NodeJS.Signals): void => {
    if (isEnding) return;
    isEnding = true;
    const closed = emulator.close().then(
      () => (signal === 'SIGTERM' ? EXIT.ok : 128 + constants.signals[signal]),
      (error: unknown) => {
        process.stderr.write(`plesk-emulator: ${error instanceof Error ? error.message : String(error)}\n`);
        return EXIT.failed;
      },
    );
    void closed.then(async (code) => {
      await flush();
      process.exit(code);
    });
  };
  // Not every system has each of them.
  for (const signal of ENDING_SIGNALS) if (signal in constants.signals) process.on(signal, end);
  // The terminal or the reader of a pipe may be gone: what is printed is lost, and nothing else.
  for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);
}
