import type { ReadSettings, SettingTable } from '../../base/settings.ts';
import { readSettings } from '../../base/settings.ts';
import { SettingsError } from '../config.ts';
import { PREFIX } from '../settings.ts';

/** What a command is given of its process. */
export interface Invocation {
  /** The arguments behind the command's name. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The exit codes of all commands. */
export const EXIT = { ok: 0, failed: 1, wrongUse: 2 } as const;

/** Reads the options of a command that takes nothing else; throws a SettingsError that names every mistake. */
export function readOptions(
  table: SettingTable,
  { args, env }: Invocation,
): Pick<ReadSettings, 'values' | 'places'> {
  const { values, places, positionals, mistakes } = readSettings(table, args, env, PREFIX);
  const all = [...positionals.map((word) => `${word} is not expected here`), ...mistakes];
  if (all.length > 0) throw new SettingsError(all);
  return { values, places };
}

/** The options of the commands that ask a running emulator. */
export const URL_OPTION = {
  kind: 'text',
  value: 'URL',
  says: 'the emulator to ask, http://127.0.0.1:8880 (or the port of PLESK_EMULATOR_HTTP_PORT) without it',
} as const;

/** The URL that was given, or that of an emulator on this machine; throws a SettingsError where it is none. */
export function urlFrom(given: unknown, { env }: Invocation): URL {
  const port = env[`${PREFIX}HTTP_PORT`] ?? '';
  const text = typeof given === 'string' ? given : `http://127.0.0.1:${port === '' ? '8880' : port}`;
  try {
    const url = new URL(text);
    if (/^https?:$/.test(url.protocol)) return url;
  } catch {
    // Said below.
  }
  throw new SettingsError([`--url: '${text}' is no http(s) URL, such as http://127.0.0.1:8880`]);
}
