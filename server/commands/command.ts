import { parseUrl } from '../../base/addresses.ts';
import type { ReadSettings } from '../../base/read-settings.ts';
import { readSettings } from '../../base/read-settings.ts';
import type { SettingTable } from '../../base/settings.ts';
import { checkSettingValues, variableOf } from '../../base/settings.ts';
import { SettingsError } from '../../base/settings-error.ts';
import { PREFIX, SETTINGS } from '../settings.ts';

/** What a command is given of its process. */
export interface Invocation {
  /** The arguments behind the command's name. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The options of a command, and where each was given. */
export type GivenOptions = Pick<ReadSettings, 'values' | 'places'>;

/** Reads the options of a command that takes nothing else; throws a SettingsError that names every mistake. */
export function readOptions(table: SettingTable, { args, env }: Invocation): GivenOptions {
  const { values, places, positionals, mistakes } = readSettings(table, args, env, PREFIX);
  const all = [...positionals.map(({ word }) => `${word} is not expected here`), ...mistakes];
  if (all.length > 0) throw new SettingsError(all);
  return { values, places };
}

/** The options of the commands that ask a running emulator. */
export const ASKING_OPTIONS = {
  url: {
    kind: 'text',
    value: 'URL',
    says: 'the emulator to ask, http://127.0.0.1:8880 (or the port of PLESK_EMULATOR_HTTP_PORT) without it',
  },
  timeout: { kind: 'text', value: 'TIME', says: 'how long to wait, as 10s, 500ms or 2m; 10s without it' },
} as const satisfies SettingTable;

/** The URL that was given, or that of an emulator on this machine; throws a SettingsError where it is none. */
export function urlFrom({ values: { url: given }, places }: GivenOptions, { env }: Invocation): URL {
  if (typeof given !== 'string') return new URL(`http://127.0.0.1:${portFrom(env)}`);
  const url = parseUrl(given);
  if (url !== undefined && /^https?:$/.test(url.protocol)) return url;
  throw new SettingsError([
    `${places['url'] ?? '--url'}: '${given}' is no http(s) URL, such as http://127.0.0.1:8880`,
  ]);
}

const PORT = { httpPort: SETTINGS.httpPort } as const satisfies SettingTable;

/** The port that an emulator with these variables has. */
function portFrom(env: Invocation['env']): number {
  const variable = variableOf(PREFIX, 'httpPort');
  const read = readSettings(PORT, [], env, PREFIX);
  const { values, mistakes } = checkSettingValues(PORT, read.values, () => variable);
  if (read.mistakes.length + mistakes.length > 0) throw new SettingsError([...read.mistakes, ...mistakes]);
  if (values.httpPort === 0)
    throw new SettingsError([`${variable}: 0 is any free port; name the emulator by --url`]);
  return values.httpPort;
}
