import { isLoopback, parseUrl } from '../base/addresses.ts';
import type { ReadSettings } from '../base/read-settings.ts';
import { readSettings } from '../base/read-settings.ts';
import { SettingsError } from '../base/settings-error.ts';
import type { SettingTable, Values } from '../base/settings.ts';
import { checkSettingValues, flagOf } from '../base/settings.ts';
import { trimEnds } from '../base/trim-ends.ts';
import { PREFIX, SETTINGS } from './settings.ts';

type Given = Values<typeof SETTINGS>;

/** What has to be given: nothing sensible could stand in its place. */
const REQUIRED = ['publicUrl', 'clientAreaUrl', 'directory'] as const;

/** How a service behaves. URLs and origins are as a browser writes them, without a slash at their end. */
export type Settings = Given & Readonly<Required<Pick<Given, (typeof REQUIRED)[number]>>>;

/** Checks settings by their names in code and fills in the defaults, or throws a SettingsError. */
export const checkSettings = (input: Readonly<Record<string, unknown>>): Settings =>
  check(input, (name) => name, []);

/** Settings, and where each was given. */
export interface ReadConfig {
  readonly settings: Settings;
  readonly read: ReadSettings;
  /** A setting's name as the user wrote it, `--port` or `PLESK_SSO_PORT`; its flag where it was not given. */
  readonly nameOf: (name: string) => string;
}

/**
 * Settings from the command line, else from the environment, else from a file (its text already read as JSON); throws a
 * SettingsError that names every mistake.
 */
export function readConfig(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  file: Readonly<Record<string, unknown>>,
  besides: SettingTable,
): ReadConfig {
  const read = readSettings({ ...SETTINGS, ...besides }, args, env, PREFIX);
  const words = read.positionals.map(({ word }) => `${word} is not expected here`);
  const own = Object.entries(read.values).filter(([name]) => !(name in besides));
  const nameOf = (name: string): string =>
    read.places[name] ??
    (Object.hasOwn(file, name)
      ? `${name} in ${typeof read.values['config'] === 'string' ? read.values['config'] : 'the file'}`
      : `--${flagOf(name)}`);
  const settings = check({ ...file, ...Object.fromEntries(own) }, nameOf, [...words, ...read.mistakes]);
  return { settings, read, nameOf };
}

/** Whether others than this machine reach the service: then sample secrets are refused. */
export const isPublic = ({ publicUrl }: Pick<Settings, 'publicUrl'>): boolean =>
  !isLoopback(new URL(publicUrl));

function check(
  input: Readonly<Record<string, unknown>>,
  nameOf: (name: string) => string,
  before: readonly string[],
): Settings {
  const { values, mistakes } = checkSettingValues(SETTINGS, input, nameOf);
  const missing = REQUIRED.filter((name) => input[name] === undefined).map(
    (name) => `${nameOf(name)} is missing: ${SETTINGS[name].says}`,
  );
  const all = [...before, ...missing, ...mistakes, ...mistakesBetween(values, nameOf)];
  const { publicUrl, clientAreaUrl, directory } = values;
  if (all.length > 0 || publicUrl === undefined || clientAreaUrl === undefined || directory === undefined)
    throw new SettingsError(all);
  return {
    ...values,
    directory,
    publicUrl: normalUrl(publicUrl),
    clientAreaUrl: normalUrl(clientAreaUrl),
    allowedOrigins: values.allowedOrigins.map((origin) => new URL(origin).origin),
  };
}

const normalUrl = (url: string): string => trimEnds(new URL(url).href, '', '/');

const hasPassword = (store: string): boolean => (parseUrl(store)?.password ?? '') !== '';

/** Whether settings of a file hold a secret, and not only where it is. */
export function holdSecrets({ store, pepperKeys }: Readonly<Record<string, unknown>>): boolean {
  const keys: readonly unknown[] = Array.isArray(pepperKeys) ? pepperKeys : [];
  return (
    (typeof store === 'string' && hasPassword(store)) ||
    keys.some((key) => typeof key === 'string' && !/^(?:env|file):/.test(key))
  );
}

/** Settings that are right one by one and not together. */
function mistakesBetween(settings: Given, nameOf: (name: keyof Given) => string): readonly string[] {
  const { tlsCert, tlsKey, pepperKeys, store, storePassword, storeCa, port, metricsPort } = settings;
  const mistakes: string[] = [];
  if (tlsCert !== undefined && tlsKey === undefined)
    mistakes.push(`${nameOf('tlsCert')}: its key is missing (${nameOf('tlsKey')})`);
  if (tlsKey !== undefined && tlsCert === undefined)
    mistakes.push(`${nameOf('tlsKey')}: its certificate is missing (${nameOf('tlsCert')})`);
  if (store !== 'memory' && (pepperKeys?.length ?? 0) === 0)
    mistakes.push(
      `${nameOf('pepperKeys')} is missing: services that share a Redis have to share what tokens are digested with`,
    );
  if (storePassword !== undefined && store === 'memory')
    mistakes.push(`${nameOf('storePassword')} is for a Redis, and ${nameOf('store')} is memory`);
  if (storePassword !== undefined && hasPassword(store))
    mistakes.push(`${nameOf('storePassword')}: the URL of ${nameOf('store')} has a password too; keep one`);
  if (storeCa !== undefined && !/^rediss:/i.test(store))
    mistakes.push(`${nameOf('storeCa')} is for TLS: ${nameOf('store')} has to begin with rediss://`);
  if (port !== 0 && port === metricsPort)
    mistakes.push(`${nameOf('metricsPort')}: ${port} is the port of the service itself`);
  return mistakes;
}
