import type { ReadSettings } from '../base/read-settings.ts';
import { readSettings } from '../base/read-settings.ts';
import { SettingsError } from '../base/settings-error.ts';
import type { SettingTable, Values } from '../base/settings.ts';
import { checkSettingValues, flagOf } from '../base/settings.ts';
import { PREFIX, SETTINGS } from './settings.ts';

/** How an emulator behaves. */
export type Settings = Values<typeof SETTINGS>;

/** Checks settings and fills in the defaults, or throws a SettingsError. */
export function checkSettings(input: Readonly<Record<string, unknown>>): Settings {
  const { settings, mistakes } = tryChecking(input, (name) => name);
  if (mistakes.length > 0) throw new SettingsError(mistakes);
  return settings;
}

/** Settings, and where each was given. */
export interface ReadConfig {
  readonly settings: Settings;
  readonly read: ReadSettings;
  /** A setting's name as the user wrote it, `--http-port` or `PLESK_EMULATOR_HTTP_PORT`; its flag where it was not given. */
  readonly nameOf: (name: string) => string;
}

/** Settings from the command line, else from the environment; throws a SettingsError that names every mistake. */
export function readConfig(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  besides: SettingTable = {},
): ReadConfig {
  const read = readSettings({ ...SETTINGS, ...besides }, args, env, PREFIX);
  const words = read.positionals.slice(read.positionals[0]?.word === 'start' ? 1 : 0).map(mistakeFor);
  const own = Object.entries(read.values).filter(([name]) => !(name in besides));
  const nameOf = (name: string): string => read.places[name] ?? `--${flagOf(name)}`;
  const { settings, mistakes } = tryChecking(Object.fromEntries(own), nameOf);
  const all = [...words, ...read.mistakes, ...mistakes];
  if (all.length > 0) throw new SettingsError(all);
  return { settings, read, nameOf };
}

const COMMANDS: readonly string[] = ['start', 'wait', 'health', 'env', 'init'];

/** What is wrong with a word that is not expected. */
function mistakeFor({ word, behind }: ReadSettings['positionals'][number]): string {
  if (behind === undefined || COMMANDS.includes(word))
    return `${word} is no command; there are start, wait, health, env and init, and they come first`;
  const flag = behind.replace(/^--no-/, '--');
  return `${behind} is a switch and takes no word behind it, such as ${word}; there are ${flag} and ${flag.replace('--', '--no-')}`;
}

function tryChecking(
  input: Readonly<Record<string, unknown>>,
  nameOf: (name: string) => string,
): { readonly settings: Settings; readonly mistakes: readonly string[] } {
  const { values, mistakes } = checkSettingValues(SETTINGS, input, nameOf);
  const between = mistakes.length > 0 ? [] : mistakesBetween(values, nameOf);
  return {
    settings: values,
    mistakes: [...mistakes, ...between.map(([name, why]) => `${nameOf(name)}: ${why}`)],
  };
}

/** Settings that are right one by one and not together. */
function mistakesBetween(
  settings: Settings,
  nameOf: (name: keyof Settings) => string,
): readonly (readonly [name: keyof Settings, why: string])[] {
  const { tlsCert, tlsKey, caDir, https, httpPort, httpsPort } = settings;
  const mistakes: [keyof Settings, string][] = [];
  if (tlsCert !== undefined && tlsKey === undefined)
    mistakes.push(['tlsCert', `its key is missing (${nameOf('tlsKey')})`]);
  if (tlsKey !== undefined && tlsCert === undefined)
    mistakes.push(['tlsKey', `its certificate is missing (${nameOf('tlsCert')})`]);
  if (caDir !== undefined && tlsCert !== undefined)
    mistakes.push(['caDir', `a certificate of your own (${nameOf('tlsCert')}) needs no CA of the emulator`]);
  if (settings.unexpected === 'fail' && settings.journal === 0)
    mistakes.push(['unexpected', `'fail' needs the journal, and ${nameOf('journal')} is 0`]);
  if (https && httpPort !== 0 && httpPort === httpsPort)
    mistakes.push(['httpsPort', `HTTP has port ${httpPort} already`]);
  return mistakes;
}
