import { nearestName } from '../../base/nearest.ts';
import { readSettings } from '../../base/read-settings.ts';
import type { SettingTable, Values } from '../../base/settings.ts';
import { checkSettingValues, flagOf, variableOf } from '../../base/settings.ts';
import { PREFIX, SETTINGS } from '../settings.ts';
import { EXIT } from './exit.ts';
import type { Invocation } from './invocation.ts';
import { UsageError } from './invocation.ts';

/** The options of every command. */
export const COMMON_OPTIONS = {
  directory: SETTINGS.directory,
  json: { kind: 'boolean', value: '', standard: false, says: 'print JSON, for programs' },
} as const satisfies SettingTable;

/** One of the things that a command does; resolves to the exit code. */
export type Subcommand = (invocation: Invocation) => Promise<number>;

/** Errors in whose words the user can help themselves, by their names, and how the program ends with them. */
const EXPECTED: Readonly<Record<string, number>> = {
  UsageError: EXIT.wrongUse,
  SettingsError: EXIT.wrongUse,
  ChangeError: EXIT.wrongUse,
  CommandError: EXIT.failed,
  DirectoryError: EXIT.failed,
  LockError: EXIT.failed,
};

/** Runs the subcommand that the first argument names, and says on standard error what is wrong where it fails. */
export async function runSubcommand(
  command: string,
  subcommands: Readonly<Record<string, Subcommand>>,
  invocation: Invocation,
): Promise<number> {
  const [name = '', ...args] = invocation.args;
  try {
    const run = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
    if (run === undefined) throw new UsageError([noSubcommand(command, name, Object.keys(subcommands))]);
    return await run({ ...invocation, args });
  } catch (error) {
    const code = error instanceof Error ? EXPECTED[error.name] : undefined;
    if (!(error instanceof Error) || code === undefined) throw error;
    for (const line of error.message.split('\n')) invocation.stderr(`plesk-sso: ${line}\n`);
    return code;
  }
}

function noSubcommand(command: string, name: string, known: readonly string[]): string {
  const all = `${known.slice(0, -1).join(', ')} and ${known.at(-1) ?? ''}`;
  if (name === '' || name.startsWith('-')) return `${command} is followed by what to do; there are ${all}`;
  const near = nearestName(name, known);
  return `${command} ${name} is not known; ${near === undefined ? `there are ${all}` : `do you mean ${near}?`}`;
}

/** What was given to a subcommand, checked by its table. */
export interface Given<T extends SettingTable> {
  readonly options: Values<T & typeof COMMON_OPTIONS>;
  /** The words that belong to no flag. */
  readonly words: readonly string[];
  /** The directory file. */
  readonly file: string;
}

/** What subcommands are called with, for the words that they take: `ID...`, `NAME`, or nothing. */
export interface Form<T extends SettingTable> {
  /** How it is written: `keys add NAME`. */
  readonly usage: string;
  readonly table: T;
  /** How many words it takes, both allowed. */
  readonly words: readonly [least: number, most: number];
}

/** Those that are read from the environment, too; the rest would be settings of the service by the same name. */
const OF_ENVIRONMENT = ['directory', 'publicUrl', 'pepperKeys'];

/** Reads the arguments of a subcommand; a UsageError names every mistake. */
export function readGiven<T extends SettingTable>(
  { usage, table, words: [least, most] }: Form<T>,
  { args, env }: Pick<Invocation, 'args' | 'env'>,
): Given<T> {
  const all: T & typeof COMMON_OPTIONS = { ...table, ...COMMON_OPTIONS };
  const variables = OF_ENVIRONMENT.map((name) => variableOf(PREFIX, name));
  const read = readSettings(
    all,
    args,
    Object.fromEntries(variables.map((name) => [name, env[name]])),
    PREFIX,
  );
  const nameOf = (name: string): string => read.places[name] ?? `--${flagOf(name)}`;
  const { values, mistakes } = checkSettingValues(all, read.values, nameOf);
  const words = read.positionals.map(({ word }) => word);
  const { directory: file } = values as Values<typeof COMMON_OPTIONS>;
  const missing =
    file === undefined
      ? [`the directory file is not named; --directory FILE or ${variableOf(PREFIX, 'directory')} does`]
      : [];
  const count = words.length < least || words.length > most ? [`this is written: plesk-sso ${usage}`] : [];
  const wrong = [...read.mistakes, ...mistakes, ...count, ...missing];
  if (wrong.length > 0 || file === undefined) throw new UsageError(wrong);
  return { options: values, words, file };
}
