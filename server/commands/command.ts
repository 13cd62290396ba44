import { inUrl, parseUrl, reachableHost } from '../../base/addresses.ts';
import type { ReadSettings } from '../../base/read-settings.ts';
import { readSettings } from '../../base/read-settings.ts';
import type { SettingTable } from '../../base/settings.ts';
import { checkSettingValues, variableOf } from '../../base/settings.ts';
import { SettingsError } from '../../base/settings-error.ts';
import { runDirectories, runningUrls } from './run-files.ts';
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
    says: 'the emulator to ask; without it the one that runs on this machine, else http://127.0.0.1:8880 (or the port of PLESK_EMULATOR_HTTP_PORT)',
  },
  runDir: {
    kind: 'text',
    value: 'DIR',
    says: 'where the running program leaves its URL; without it a directory of the user for temporary files',
  },
  timeout: { kind: 'text', value: 'TIME', says: 'how long to wait, as 10s, 500ms or 2m; 10s without it' },
} as const satisfies SettingTable;

/**
 * The URL that was given, or that of the emulator that runs on this machine; throws a SettingsError where it is none, or
 * one of several.
 */
export function urlFrom({ values: { url: given, runDir }, places }: GivenOptions, { env }: Invocation): URL {
  if (typeof given !== 'string') return runningUrl(runDir, env);
  const url = parseUrl(given);
  if (url !== undefined && /^https?:$/.test(url.protocol)) {
    url.hostname = inUrl(reachableHost(url.hostname.replace(/^\[|\]$/g, '')));
    return url;
  }
  throw new SettingsError([
    `${places['url'] ?? '--url'}: '${given}' is no http(s) URL, such as http://127.0.0.1:8880`,
  ]);
}

function runningUrl(runDir: unknown, env: Invocation['env']): URL {
  const running = runningUrls(runDirectories(runDir, env));
  const [only] = running;
  if (only !== undefined && running.length === 1) return new URL(only);
  const usual = new URL(`http://127.0.0.1:${portFrom(env)}`);
  if (running.length === 0 || running.includes(usual.origin)) return usual;
  throw new SettingsError([
    `several emulators run on this machine: name one of ${running.join(', ')} by --url`,
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
