import type { SettingTable } from '../../base/settings.ts';
import { ListenError } from '../../base/listen-error.ts';
import { silentLog } from '../../base/log.ts';
import type { StandardLog } from '../../base/pino-log.ts';
import { standardLog } from '../../base/pino-log.ts';
import { COLOR, isColored } from '../../base/color.ts';
import { shellOf } from '../../base/shell.ts';
import { banner } from '../banner.ts';
import { readConfig } from '../config.ts';
import { startEmulator } from '../emulator.ts';
import type { Invocation } from './command.ts';
import { ASKING_OPTIONS } from './command.ts';
import { endOnSignals } from './end-on-signals.ts';
import { leaveRunFile, runDirectories } from './run-files.ts';
import { unknownVariables } from './unknown-variables.ts';

/** What only the program has. */
export const START_OPTIONS = {
  log: {
    kind: 'text',
    value: 'pretty|json|off',
    choices: ['pretty', 'json', 'off'],
    says: 'how a line for each packet and login is written',
  },
  runDir: ASKING_OPTIONS.runDir,
  color: COLOR,
} as const satisfies SettingTable;

/** `plesk-emulator start`: runs an emulator until a signal ends it. */
export async function start({ args, env }: Invocation): Promise<void> {
  for (const unknown of unknownVariables(env, START_OPTIONS))
    process.stderr.write(`plesk-emulator: ${unknown}\n`);
  const { settings, read, nameOf } = readConfig(args, env, START_OPTIONS);
  const { log: format = 'pretty', runDir } = read.values;
  const { log, flush } =
    format === 'off'
      ? NO_LOG
      : standardLog(format === 'json' ? format : 'pretty', isColored(read.values['color'], env));
  const { seed, ...rest } = settings;
  const options = { ...rest, ...(seed === undefined ? {} : { seed }), log };
  const emulator = await startEmulator(options).catch((error: unknown) => {
    throw error instanceof ListenError ? error.named(nameOf) : error;
  });
  // Before it says that it is ready: whoever waits for that may end it at once.
  endOnSignals(emulator, flush);
  leaveRunFile(emulator.url, runDirectories(runDir, env));
  // Machines read standard output where the log is JSON.
  (format === 'json' ? process.stderr : process.stdout).write(
    banner(emulator, settings, { asked: read.values['plesk'], shell: shellOf(process.platform, env) }),
  );
}

const NO_LOG: StandardLog = { log: silentLog, flush: () => Promise.resolve() };
