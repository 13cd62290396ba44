import type { SettingTable } from '../../base/settings.ts';
import { flagOf, variableOf } from '../../base/settings.ts';
import { PREFIX, SETTINGS } from '../settings.ts';
import { packageVersion } from '../../base/version.ts';
import { ASKING_OPTIONS } from './command.ts';
import { ENV_OPTIONS } from './env.ts';
import { INIT_OPTIONS } from './init.ts';
import { START_OPTIONS } from './start.ts';

const OWN = {
  help: { kind: 'boolean', value: '', says: 'print this and end (-h)' },
  version: { kind: 'boolean', value: '', says: 'print the version and end (-v, -V)' },
} as const satisfies SettingTable;

/** What `--help` prints. */
export const usage =
  (): string => `plesk-emulator ${packageVersion()}: a test double of a Plesk server, no Plesk product

usage: plesk-emulator [start] [options]   run an emulator
       plesk-emulator wait [options]      wait until one is ready
       plesk-emulator health [options]    ask one how it is; fails where it is not ready
       plesk-emulator env [options]       print shell lines that make clients trust its CA
       plesk-emulator init [FILE] [options]  write a commented seed (plesk-seed.yaml) and its JSON Schema

start:
${rowsOf({ ...SETTINGS, ...START_OPTIONS, ...OWN })}

wait, health (without --timeout):
${rowsOf(ASKING_OPTIONS)}

env:
${rowsOf(ENV_OPTIONS)}

init:
${rowsOf(INIT_OPTIONS)}

Each option is an environment variable too: --http-port is ${variableOf(PREFIX, 'httpPort')}.
`;

function rowsOf(table: SettingTable): string {
  const rows = Object.entries(table).map(([name, { value, says, standard }]) => {
    const flag =
      typeof standard === 'boolean' || name === 'color'
        ? `--[no-]${flagOf(name)}`
        : `--${flagOf(name)} ${value}`.trimEnd();
    const shown = typeof standard === 'boolean' ? (standard ? 'on' : 'off') : standard;
    const isShown = typeof shown === 'string' || typeof shown === 'number';
    return `  ${flag.padEnd(42)} ${isShown ? `${says} (${shown})` : says}`;
  });
  return rows.join('\n');
}
