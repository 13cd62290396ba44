import { nearestName } from './nearest.ts';

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
  /** Which choice stands for what was written, where it is more than the choices themselves; else `undefined`. */
  readonly choiceFor?: (text: string) => string | undefined;
  /** The bounds of a number, both allowed. */
  readonly least?: number;
  readonly most?: number;
  /** What a text, or each entry of a list, has to be, and whether it is that. */
  readonly form?: { readonly name: string; readonly holds: (text: string) => boolean };
  /** Whether its value must not be printed, not even where it is wrong. */
  readonly isSecret?: true;
}

/** Settings by their names in code: `httpPort` is `--http-port` and, after the prefix, `HTTP_PORT`. */
export type SettingTable = Readonly<Record<string, Setting>>;

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
    .map((name) => `${nameOf(name)} is not known${hintFor(name, Object.keys(table))}`);
  for (const [name, setting] of Object.entries(table)) {
    const value = chosen(setting, input[name] ?? setting.standard);
    if (value === undefined) continue;
    const wrong = value === setting.standard ? [] : mistakesIn(value, setting);
    if (wrong.length === 0) values[name] = value;
    else mistakes.push(...wrong.map(({ at, why }) => `${nameOf(name)}${at}: ${why}`));
  }
  // Each value has been held against its row.
  return { values: values as Values<T>, mistakes };
}

/** The choice that a value stands for, else the value itself. */
const chosen = ({ choiceFor }: Setting, value: unknown): unknown =>
  (typeof value === 'string' ? choiceFor?.(value) : undefined) ?? value;

/** The mistake of a text that is not one of those that a setting takes, `undefined` where it is one. */
export function wrongChoice({ choices, choiceFor }: Setting, text: string): string | undefined {
  if (choices === undefined || choices.includes(text) || choiceFor?.(text) !== undefined) return undefined;
  // Of choices that are equally near, the last one is named: it is the newest release.
  return `'${text}' is none of ${choices.join(', ')}${hintFor(text, choices.toReversed())}`;
}

function hintFor(name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  return near === undefined ? '' : `; do you mean ${near}?`;
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
  const { form, least = -Infinity, most = Infinity } = setting;
  if (kind === 'boolean')
    return typeof value === 'boolean' ? undefined : `${shown(value)} is no true or false`;
  if (kind === 'number') {
    if (!Number.isSafeInteger(value)) return `${shown(value)} is no whole number`;
    const isWithin = Number(value) >= least && Number(value) <= most;
    return isWithin ? undefined : `${shown(value)} is not within ${least} and ${most}`;
  }
  if (typeof value !== 'string') return `${shown(value)} is no text`;
  const wrong = wrongChoice(setting, value);
  if (wrong !== undefined) return wrong;
  if (form === undefined || form.holds(value)) return undefined;
  return setting.isSecret === true ? `what stands there is no ${form.name}` : `'${value}' is no ${form.name}`;
}

const shown = (value: unknown): string => (typeof value === 'string' ? `'${value}'` : JSON.stringify(value));
