import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';

/** One setting of a program: what it may be, and how it is written on the command line and in the environment. */
export interface Setting {
  /** A list is written with commas between its entries. */
  readonly kind: 'text' | 'number' | 'boolean' | 'list';
  /** What stands for the value in `--help`. */
  readonly value: string;
  readonly says: string;
  /** What it is where nobody sets it; without this it is absent then. */
  readonly standard?: string | number | boolean | readonly string[];
  /** The only texts that it takes, where these are few. */
  readonly choices?: readonly string[];
  /** The bounds of a number, both allowed. */
  readonly least?: number;
  readonly most?: number;
  /** What a text, or each entry of a list, has to be, and whether it is that. */
  readonly form?: { readonly name: string; readonly holds: (text: string) => boolean };
}

/** Settings by their names in code: `httpPort` is `--http-port` and, after the prefix, `HTTP_PORT`. */
export type SettingTable = Readonly<Record<string, Setting>>;

/** What was set, by name; what is wrong, in sentences. */
export interface ReadSettings {
  readonly values: Readonly<Record<string, unknown>>;
  /** Where each was set: the flag or the variable, as it was written. */
  readonly places: Readonly<Record<string, string>>;
  readonly positionals: readonly string[];
  readonly mistakes: readonly string[];
}

/** A setting's flag: `httpPort` gives `http-port`. */
export const flagOf = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** A setting's environment variable: `httpPort` gives `HTTP_PORT` behind the prefix. */
export const variableOf = (prefix: string, name: string): string =>
  prefix + flagOf(name).replaceAll('-', '_').toUpperCase();

/** The values that settings of a table have. */
export type Values<T extends SettingTable> = {
  readonly [K in keyof T as T[K] extends Standard ? K : never]: ValueOf<T[K]>;
} & {
  readonly [K in keyof T as T[K] extends Standard ? never : K]?: ValueOf<T[K]>;
};

interface Standard {
  readonly standard: unknown;
}

type ValueOf<S extends Setting> = S extends { readonly choices: readonly (infer C)[] }
  ? C
  : { text: string; number: number; boolean: boolean; list: readonly string[] }[S['kind']];

/**
 * Checks settings by their table and fills in what is standard; `undefined` is as good as absent. What is wrong is said
 * in sentences that begin with the setting's name, as `nameOf` gives it.
 */
export function checkSettingValues<T extends SettingTable>(
  table: T,
  input: Readonly<Record<string, unknown>>,
  nameOf: (name: string) => string,
): { readonly values: Values<T>; readonly mistakes: readonly string[] } {
  const values: Record<string, unknown> = {};
  const mistakes = Object.keys(input)
    .filter((name) => !Object.hasOwn(table, name))
    .map((name) => `${nameOf(name)} is not known${nearest(name, Object.keys(table))}`);
  for (const [name, setting] of Object.entries(table)) {
    const value = input[name] ?? setting.standard;
    if (value === undefined) continue;
    const wrong = value === setting.standard ? [] : mistakesIn(value, setting);
    if (wrong.length === 0) values[name] = value;
    else mistakes.push(...wrong.map(({ at, why }) => `${nameOf(name)}${at}: ${why}`));
  }
  // Each value has been held against its row.
  return { values: values as Values<T>, mistakes };
}

interface Mistake {
  /** `.1` for the second entry of a list. */
  readonly at: string;
  readonly why: string;
}

function mistakesIn(value: unknown, setting: Setting): readonly Mistake[] {
  const { kind } = setting;
  if (kind !== 'list') {
    const why = wrongIn(value, kind, setting);
    return why === undefined ? [] : [{ at: '', why }];
  }
  if (!Array.isArray(value)) return [{ at: '', why: `${shown(value)} is no list` }];
  return value.flatMap((entry, index) => {
    const why = wrongIn(entry, 'text', setting);
    return why === undefined ? [] : [{ at: `.${index}`, why }];
  });
}

function wrongIn(
  value: unknown,
  kind: Exclude<Setting['kind'], 'list'>,
  setting: Setting,
): string | undefined {
  const { choices, form, least = -Infinity, most = Infinity } = setting;
  if (kind === 'boolean')
    return typeof value === 'boolean' ? undefined : `${shown(value)} is no true or false`;
  if (kind === 'number') {
    if (!Number.isSafeInteger(value)) return `${shown(value)} is no whole number`;
    const isWithin = Number(value) >= least && Number(value) <= most;
    return isWithin ? undefined : `${shown(value)} is not within ${least} and ${most}`;
  }
  if (typeof value !== 'string') return `${shown(value)} is no text`;
  if (choices?.includes(value) === false) return `'${value}' is none of ${choices.join(', ')}`;
  return form?.holds(value) === false ? `'${value}' is no ${form.name}` : undefined;
}

const shown = (value: unknown): string => (typeof value === 'string' ? `'${value}'` : JSON.stringify(value));

/** Reads settings from the command line and, where it is silent, from the environment. Nothing is thrown. */
export function readSettings(
  table: SettingTable,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  prefix: string,
): ReadSettings {
  const mistakes: string[] = [];
  const values: Record<string, unknown> = {};
  const places: Record<string, string> = {};
  const set = (name: string, value: unknown, where: string): void => {
    values[name] = value;
    places[name] = where;
  };
  const take = (name: string, setting: Setting, where: string, text: string): void => {
    const value = fromText(setting, text);
    if (setting.choices?.includes(text) === false) {
      mistakes.push(`${where}: '${text}' is none of ${setting.choices.join(', ')}`);
    } else if (value === undefined) mistakes.push(`${where}: '${text}' is no ${EXPECTED[setting.kind]}`);
    else set(name, value, where);
  };

  for (const [name, setting] of Object.entries(table)) {
    const variable = variableOf(prefix, name);
    const text = env[variable];
    // What stands there empty is as good as not there; an empty list is a list.
    if (text !== undefined && (text !== '' || setting.kind === 'list')) take(name, setting, variable, text);
  }

  const names = new Map(Object.keys(table).map((name) => [flagOf(name), name]));
  const positionals: string[] = [];
  let unknown = Number.NaN;
  for (const token of tokensOf(table, args)) {
    // What follows a flag that is not known was meant for it.
    if (token.kind === 'positional' && token.index !== unknown + 1) positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const isNegated = token.name.startsWith('no-') && names.has(token.name.slice(3));
    const name = names.get(isNegated ? token.name.slice(3) : token.name);
    const setting = name === undefined ? undefined : table[name];
    const flag = token.rawName;
    if (name === undefined || setting === undefined || (isNegated && setting.kind !== 'boolean')) {
      mistakes.push(`${flag} is not known${nearest(token.name, [...names.keys()])}`);
      if (token.value === undefined) unknown = token.index;
    } else if (isNegated) set(name, false, flag);
    else if (setting.kind === 'boolean' && token.value === undefined) set(name, true, flag);
    else if (token.value === undefined) mistakes.push(`${flag} needs a value: ${flag} ${setting.value}`);
    else take(name, setting, flag, token.value);
  }
  return { values, places, positionals, mistakes };
}

const EXPECTED = { text: 'text', number: 'number', boolean: 'true or false', list: 'list' } as const;

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];

function tokensOf(table: SettingTable, args: readonly string[]): readonly Token[] {
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const [name, { kind }] of Object.entries(table)) {
    options[flagOf(name)] = { type: kind === 'boolean' ? 'boolean' : 'string' };
  }
  return parseArgs({ args: [...args], options, strict: false, tokens: true, allowPositionals: true }).tokens;
}

function fromText({ kind }: Setting, text: string): unknown {
  if (kind === 'text') return text;
  if (kind === 'number') return /^\d+$/.test(text) ? Number(text) : undefined;
  if (kind === 'list') return text.split(/[\s,]+/).filter((entry) => entry !== '');
  if (['true', 'on', '1', 'yes'].includes(text.toLowerCase())) return true;
  return ['false', 'off', '0', 'no'].includes(text.toLowerCase()) ? false : undefined;
}

function nearest(name: string, known: readonly string[]): string {
  const close = known.find((other) => name.length > 2 && (other.includes(name) || name.includes(other)));
  return close === undefined ? '; --help lists what is' : `; do you mean --${close}?`;
}
