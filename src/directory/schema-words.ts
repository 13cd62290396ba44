import * as z from 'zod';
import { nearestName } from '../../base/nearest.ts';

/** An object with these fields and no others; another one is named, with the field that may be meant. */
export function strict<S extends z.ZodRawShape>(shape: S): z.ZodObject<S, z.core.$strict> {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? unknownFields(issue.keys, known) : undefined),
  });
}

function unknownFields(names: readonly string[], known: readonly string[]): string {
  return names
    .map((name) => {
      const near = nearestName(name, known);
      const hint = near === undefined ? `there are ${known.join(', ')}` : `do you mean ${near}?`;
      return `${pathPart(name)} is not known; ${hint}`;
    })
    .join('; ');
}

/** A text of this form: `mistakeIn` says in words what is wrong with one, and shows nothing secret. */
export const form = (mistakeIn: (text: string) => string | undefined): z.ZodString =>
  z.string().check((context) => {
    const message = mistakeIn(context.value);
    if (message !== undefined) context.issues.push({ code: 'custom', input: context.value, message });
  });

/** One of a few texts; the one that may be meant is named. */
export const oneOf = <const C extends readonly string[]>(
  what: string,
  choices: C,
): z.ZodEnum<{ [K in C[number]]: K }> =>
  z.enum(choices, {
    error: ({ input }) => {
      if (typeof input !== 'string') return undefined;
      const near = nearestName(input, choices);
      const hint = near === undefined ? '' : `; do you mean ${near}?`;
      return `this is no ${what}: ${choices.join(', ')}${hint}`;
    },
  });

/** Every mistake that a schema finds, by its path and in words; none shows a value. */
export function mistakesBy(schema: z.ZodType, json: unknown): readonly string[] {
  const { error } = schema.safeParse(json, { error: wordsFor });
  return (error?.issues ?? []).map(({ path, message }) => `${pathText(path)}: ${message}`);
}

/** A path in the file, such as `users.18.accounts.0.server`. */
export const pathText = (path: readonly PropertyKey[]): string =>
  path.length === 0 ? 'the file' : path.map(pathPart).join('.');

/** A name as it is, or quoted where it could be read as something else. */
const pathPart = (part: PropertyKey): string => {
  const name = String(part);
  if (/^[\w.@-]{1,100}$/.test(name)) return name;
  return JSON.stringify(name.length > 100 ? `${name.slice(0, 100)}...` : name);
};

function wordsFor(issue: z.core.$ZodRawIssue): string {
  const { code, input } = issue;
  if (code === 'invalid_key') return issue.issues[0]?.message ?? OTHERWISE;
  if (input === undefined) return 'this is missing';
  if (code === 'invalid_type') return `this must be ${EXPECTED[issue.expected] ?? issue.expected}`;
  if (code === 'invalid_value') return `this must be ${issue.values.map(String).join(' or ')}`;
  if (code === 'too_small')
    return issue.origin === 'array' ? 'this list is empty' : `this must be ${issue.minimum} or more`;
  return code === 'too_big' ? `this must be ${issue.maximum} or less` : OTHERWISE;
}

const OTHERWISE = 'this has not the right form';

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'a text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list, in [ ]',
  object: 'an object, in { }',
  record: 'an object, in { }',
};
