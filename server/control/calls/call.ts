import * as z from 'zod';
import { nearestName } from '../../../base/nearest.ts';
import { ControlError } from '../control-error.ts';
import type { Control } from '../control.ts';

/** One call: what it takes and gives as JSON, and what it does. */
export interface CallDefinition {
  readonly input: z.ZodType;
  /** What it answers; nothing without it. */
  readonly output?: z.ZodType | undefined;
  readonly run: (input: unknown, control: Control, signal: AbortSignal | undefined) => unknown;
}

/** A call whose input is checked before it runs. `signal` says that nobody waits for the answer any more. */
export const defineCall = <const I extends z.ZodType>(definition: {
  readonly input: I;
  readonly output?: z.ZodType;
  readonly run: (input: z.output<I>, control: Control, signal: AbortSignal | undefined) => unknown;
}): CallDefinition => definition as CallDefinition;

/** For what takes nothing. */
export const NOTHING = z.strictObject({});

/** A number, or its digits as a query has them. */
export const WholeNumber = z.union(
  [
    z.int().min(0),
    z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number),
  ],
  { error: 'it is no whole number' },
);

/** The fields of a list's input that ask for a part of it. */
export const PAGE = {
  limit: WholeNumber.pipe(z.int().min(1, 'it is at least 1')).optional(),
  cursor: z.union([z.string(), z.int()]).optional(),
};

/**
 * An input that was checked, or a ControlError that names every mistake by its path. The fields of `inPath` stand in the
 * path of the route, and are nobody's to misspell.
 */
export function checkInput<T>(schema: z.ZodType<T>, input: unknown, inPath: readonly string[] = []): T {
  const checked = schema.safeParse(input);
  if (checked.success) return checked.data;
  throw new ControlError(
    400,
    checked.error.issues.flatMap((issue) => {
      const { path, message, code } = issue;
      if (path.length > 0) return [`${path.join('.')}: ${inWords(message)}`];
      // Inputs of several kinds have words of their own.
      return code === 'unrecognized_keys' && schema instanceof z.ZodObject
        ? strangers(
            issue.keys,
            Object.keys(schema.shape).filter((name) => !inPath.includes(name)),
          )
        : [message];
    }),
  );
}

/** The commonest of zod's own messages in plain words. */
function inWords(message: string): string {
  const [, expected = '', received = ''] =
    /^Invalid input: expected (\w+), received (\w+)$/.exec(message) ?? [];
  if (received === 'undefined') return `it is missing (${expected})`;
  if (received !== '') return `it is ${received}, and has to be ${expected}`;
  return message.startsWith('Too small: expected string to have >=1') ? 'it is empty' : message;
}

/** Names that an input does not have. */
function strangers(names: readonly string[], known: readonly string[]): readonly string[] {
  return names.map((name) =>
    known.length === 0
      ? `${name}: this call takes nothing`
      : `${name}: there is no such field;${thereAre(known, nearestName(name, known))}`,
  );
}

/** ` do you mean ...?` and all that there are, as far as they can be listed. */
export function thereAre(names: readonly string[], nearest: string | undefined): string {
  const meant = nearest === undefined ? '' : ` do you mean ${nearest}?`;
  const listed = names.slice(0, MOST).join(', ');
  const more = names.length > MOST ? ` and ${names.length - MOST} more` : '';
  return names.length === 0 ? ' there are none' : `${meant} there are ${listed}${more}`;
}

const MOST = 20;
