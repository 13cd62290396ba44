#!/usr/bin/env node
import { createRequire } from 'node:module';
import type { SettingTable } from '../base/settings.ts';
import { flagOf, variableOf } from '../base/settings.ts';
import { standardLog } from '../base/pino-log.ts';
import { silentLog } from '../base/log.ts';
import { PREFIX, readConfig, Settings, SETTINGS, SettingsError } from './config.ts';
import type { Emulator } from './emulator.ts';
import { startEmulator } from './emulator.ts';
import { SeedError } from './state/seed.ts';
import { banner } from './banner.ts';

/** What only the program has. */
const PROGRAM = {
  log: {
    kind: 'text',
    value: 'pretty|json|off',
    choices: ['pretty', 'json', 'off'],
    says: 'how a line for each packet and login is written',
  },
  help: { kind: 'boolean', value: '', says: 'print this and end' },
  version: { kind: 'boolean', value: '', says: 'print the version and end' },
} as const satisfies SettingTable;

const WRONG = 2;

const { version } = createRequire(import.meta.url)('plesk-emulator/package.json') as {
  readonly version: string;
};

await main().catch((error: unknown) => {
  const isExpected = error instanceof SettingsError || error instanceof SeedError;
  process.stderr.write(`plesk-emulator: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = isExpected ? WRONG : 1;
});

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.some((arg) => ['--help', '-h', 'help'].includes(arg))) {
    process.stdout.write(usage());
    return;
  }
  const { settings, read } = readConfig(args, process.env, PROGRAM);
  const { log: format = 'pretty' } = read.values;
  if (read.values['version'] === true) process.stdout.write(`${version}\n`);
  else {
    const { log, flush } =
      format === 'off'
        ? { log: silentLog, flush: nothing }
        : await standardLog(format === 'json' ? format : 'pretty');
    const { seed, ...rest } = settings;
    const emulator = await startEmulator({ ...rest, ...(seed === undefined ? {} : { seed }), log });
    // Machines read standard output where the log is JSON.
    (format === 'json' ? process.stderr : process.stdout).write(banner(emulator, version));
    endOnSignal(emulator, flush);
  }
}

function endOnSignal(emulator: Emulator, flush: () => void): void {
  const end = (): void => {
    void emulator.close().then(() => {
      flush();
      process.exit(0);
    });
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}

function nothing(): void {
  // There is no log to flush.
}

function usage(): string {
  const defaults = new Map<string, unknown>(Object.entries(Settings.parse({})));
  const rows = Object.entries({ ...SETTINGS, ...PROGRAM } as SettingTable).map(([name, { value, says }]) => {
    const standard = defaults.get(name);
    const flag =
      typeof standard === 'boolean' ? `--[no-]${flagOf(name)}` : `--${flagOf(name)} ${value}`.trimEnd();
    const shown = typeof standard === 'boolean' ? (standard ? 'on' : 'off') : standard;
    const isShown = typeof shown === 'string' || typeof shown === 'number';
    const text = isShown ? `${says} (${shown})` : says;
    return `  ${flag.padEnd(42)} ${text}`;
  });
  return `plesk-emulator ${version}: a test double of a Plesk server, no Plesk product

usage: plesk-emulator [start] [options]

${rows.join('\n')}

Each option is an environment variable too: --http-port is ${variableOf(PREFIX, 'httpPort')}.
`;
}
