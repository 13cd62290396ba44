import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';
import { nearestName } from './nearest.ts';
import type { Setting, SettingTable } from './settings.ts';
import { flagOf, variableOf, wrongChoice } from './settings.ts';

/** What was set, by name; what is wrong, in sentences. */
export interface ReadSettings {
  readonly values: Readonly<Record<string, unknown>>;
  /** Where each was set: the flag or the variable, as it was written. */
  readonly places: Readonly<Record<string, string>>;
  readonly positionals: readonly Positional[];
  readonly mistakes: readonly string[];
}

/** A word of the command line that belongs to no flag. */
interface Positional {
  readonly word: string;
  /** The flag of a boolean in front of it, for which it may have been meant. */
  readonly behind?: string;
}

/**
 * Reads settings from the command line and, where it is silent, from the environment. An option may be given once; what
 * is given to a list more than once is put together. Nothing is thrown.
 */
export function readSettings(
  table: SettingTable,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  prefix: string,
): ReadSettings {
  const { outcomes, positionals } = readArguments(table, args);
  const mistakes: string[] = [];
  const values: Record<string, unknown> = {};
  const places: Record<string, string> = {};
  for (const outcome of [...readEnvironment(table, env, prefix), ...outcomes]) {
    if ('mistake' in outcome) mistakes.push(outcome.mistake);
    else {
      values[outcome.name] = outcome.value;
      places[outcome.name] = outcome.place;
    }
  }
  return { values, places, positionals, mistakes };
}

/** What came of one flag or variable. */
type Outcome =
  { readonly name: string; readonly value: unknown; readonly place: string } | { readonly mistake: string };

function readEnvironment(
  table: SettingTable,
  env: Readonly<Record<string, string | undefined>>,
  prefix: string,
): readonly Outcome[] {
  return Object.entries(table).flatMap(([name, setting]) => {
    const place = variableOf(prefix, name);
    const text = env[place];
    // What stands there empty is as good as not there; an empty list is a list.
    const isThere = text !== undefined && (text !== '' || setting.kind === 'list');
    return isThere ? [take(name, setting, place, text)] : [];
  });
}

function readArguments(
  table: SettingTable,
  args: readonly string[],
): { readonly outcomes: readonly Outcome[]; readonly positionals: readonly Positional[] } {
  const names = new Map(Object.keys(table).map((name) => [flagOf(name), name]));
  const outcomes: Outcome[] = [];
  const positionals: Positional[] = [];
  let front: { readonly option: Option; readonly index: number } | undefined;
  for (const token of tokensOf(table, args)) {
    if (token.kind === 'option') {
      const option = optionOf(token, table, names);
      const outcome = outcomeOf(option, token.value, [...names.keys()]);
      outcomes.push(inAddition(outcome, outcomes, option));
      front = token.value === undefined ? { option, index: token.index } : undefined;
    } else if (token.kind === 'positional') {
      const before = token.index - 1 === front?.index ? front.option : undefined;
      if (before === undefined) positionals.push({ word: token.value });
      else if (before.known !== undefined) positionals.push({ word: token.value, behind: before.flag });
      // What follows a flag that is not known was meant for it.
    }
  }
  return { outcomes, positionals };
}

/** What came of a flag, given what came of those before it. */
function inAddition(outcome: Outcome, before: readonly Outcome[], { flag, known }: Option): Outcome {
  if ('mistake' in outcome) return outcome;
  const first = before.findLast((other) => 'name' in other && other.name === outcome.name);
  if (first === undefined || 'mistake' in first) return outcome;
  if (known?.setting.kind !== 'list')
    return {
      mistake: `${flag} is given twice${flag === first.place ? '' : `, first as ${first.place}`}; give it once`,
    };
  return { ...outcome, value: [first.value, outcome.value].flat() };
}

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];

function tokensOf(table: SettingTable, args: readonly string[]): readonly Token[] {
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const [name, { kind }] of Object.entries(table)) {
    options[flagOf(name)] = { type: kind === 'boolean' ? 'boolean' : 'string' };
  }
  return parseArgs({ args: [...args], options, strict: false, tokens: true, allowPositionals: true }).tokens;
}

/** A flag of the command line. */
interface Option {
  /** As it was written. */
  readonly flag: string;
  readonly isNegated: boolean;
  /** What it sets, where it is one of the table's. */
  readonly known: { readonly name: string; readonly setting: Setting } | undefined;
}

function optionOf(
  { name: written, rawName: flag }: Extract<Token, { readonly kind: 'option' }>,
  table: SettingTable,
  names: ReadonlyMap<string, string>,
): Option {
  const isNegated = written.startsWith('no-') && !names.has(written);
  const name = names.get(isNegated ? written.slice(3) : written);
  const setting = name === undefined ? undefined : table[name];
  const isKnown = name !== undefined && setting !== undefined && (!isNegated || setting.kind === 'boolean');
  return { flag, isNegated, known: isKnown ? { name, setting } : undefined };
}

function outcomeOf(
  { flag, isNegated, known }: Option,
  text: string | undefined,
  flags: readonly string[],
): Outcome {
  if (known === undefined) return { mistake: `${flag} is not known; ${hintFor(flag, flags)}` };
  const { name, setting } = known;
  if (isNegated && text !== undefined) return { mistake: `${flag} takes no value, such as '${text}'` };
  if (text !== undefined) return take(name, setting, flag, text);
  if (setting.kind === 'boolean') return { name, value: !isNegated, place: flag };
  return { mistake: `${flag} needs a value: ${flag} ${setting.value}` };
}

function hintFor(flag: string, flags: readonly string[]): string {
  const [, no = '', name = ''] = /^-+(no-)?(.*)$/.exec(flag) ?? [];
  if (no !== '' && flags.includes(name)) return `--${name} is no switch`;
  const near = nearestName(name, flags);
  return near === undefined ? '--help lists what is' : `do you mean --${no}${near}?`;
}

/** Takes a value from its text. */
function take(name: string, setting: Setting, place: string, text: string): Outcome {
  const value = fromText(setting, text);
  const wrong = wrongChoice(setting, text);
  if (wrong !== undefined) return { mistake: `${place}: ${wrong}` };
  if (value === undefined) return { mistake: `${place}: '${text}' is no ${EXPECTED[setting.kind]}` };
  return { name, value, place };
}

const EXPECTED = { text: 'text', number: 'whole number', boolean: 'true or false', list: 'list' } as const;

function fromText({ kind }: Setting, text: string): unknown {
  if (kind === 'text') return text;
  if (kind === 'number') return /^\d+$/.test(text) ? Number(text) : undefined;
  if (kind === 'list') return text.split(/[\s,]+/).filter((entry) => entry !== '');
  if (['true', 'on', '1', 'yes'].includes(text.toLowerCase())) return true;
  return ['false', 'off', '0', 'no'].includes(text.toLowerCase()) ? false : undefined;
}
