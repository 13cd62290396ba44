import * as z from 'zod';
import { nearestName } from '../../../base/nearest.ts';

/**
 * What a schema finds wrong in an input, a sentence for each mistake, its path first. A misspelt name is one mistake: the
 * field that is missing because of it is not named as well.
 */
export function mistakesOf(schema: z.ZodType, issues: readonly z.core.$ZodIssue[]): readonly string[] {
  const unknown = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((name) => unknownField(name, issue.path, fieldsAt(schema, issue.path)))
      : [],
  );
  const meant = new Set(unknown.flatMap(({ meantPath }) => meantPath ?? []));
  const others = issues.filter(
    (issue) => issue.code !== 'unrecognized_keys' && !(isMissing(issue) && meant.has(pathText(issue.path))),
  );
  return [
    ...unknown.map(({ path, message }) => `${path}: ${message}`),
    ...others.map((issue) => `${pathText(issue.path)}: ${wordsFor(issue)}`),
  ];
}

/** A path as mistakes begin with it: `accounts.1.password`. */
const pathText = (path: readonly PropertyKey[]): string => path.join('.') || 'seed';

const isMissing = ({ code, message }: z.core.$ZodIssue): boolean =>
  code === 'invalid_type' && message.endsWith('received undefined');

function unknownField(
  name: string,
  parent: readonly PropertyKey[],
  known: readonly string[],
): { readonly path: string; readonly message: string; readonly meantPath: string | undefined } {
  const near = nearestName(name, known);
  const hint = near === undefined ? `there are ${known.join(', ')}` : `do you mean ${near}?`;
  return {
    path: pathText([...parent, name]),
    message: `there is no such field; ${hint}`,
    meantPath: near === undefined ? undefined : pathText([...parent, near]),
  };
}

/** The names of the fields that a schema has at a path. */
function fieldsAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const found = path.reduce<z.ZodType | undefined>(within, schema);
  const object = found === undefined ? undefined : unwrapped(found);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}

function within(schema: z.ZodType | undefined, part: PropertyKey): z.ZodType | undefined {
  const outer = schema === undefined ? undefined : unwrapped(schema);
  if (outer instanceof z.ZodArray) return outer.element as z.ZodType;
  return outer instanceof z.ZodObject
    ? ((outer.shape as z.ZodRawShape)[String(part)] as z.ZodType)
    : undefined;
}

/** A schema without what says that it may be absent. */
function unwrapped(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? unwrapped(schema.unwrap() as z.ZodType)
    : schema;
}

const NOUNS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'nothing',
};

/** The sentence of an issue; it shows no value but one of a set of words. */
function wordsFor(issue: z.core.$ZodIssue): string {
  const [, expected = '', received = ''] =
    /^Invalid input: expected (\w+), received (\w+)$/.exec(issue.message) ?? [];
  const [needed, found] = [NOUNS[expected] ?? expected, NOUNS[received] ?? received];
  if (received === 'undefined') return `this is missing, and has to be ${needed}`;
  if (received === 'null')
    return `there is nothing here, and it has to be ${needed}; leave its name out to have none`;
  if (expected === 'string' && ['number', 'boolean'].includes(received))
    return `this is ${found}, and has to be a text; put it in quotes`;
  if (received !== '') return `this is ${found}, and has to be ${needed}`;
  if (issue.code === 'invalid_value') return oneOfWords(issue);
  return issue.message.startsWith('Too small: expected string to have >=1') ? 'this is empty' : issue.message;
}

function oneOfWords({ values, input }: z.core.$ZodIssueInvalidValue): string {
  const known = values.map(String);
  const near = typeof input === 'string' ? nearestName(input, known) : undefined;
  const hint = near === undefined ? '' : `; do you mean ${near}?`;
  return `this has to be ${known.join(', ').replace(/, ([^,]*)$/, ' or $1')}${hint}`;
}
