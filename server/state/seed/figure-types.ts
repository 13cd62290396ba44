import * as z from 'zod';
import type { SimpleType } from '../../protocol/simple-types.ts';

/** What a figure may be written as in a seed; it is kept as the text of its element. */
type Scalar = string | number | boolean;

type Figure = z.ZodType<string, Scalar>;

const scalar = z
  .union([z.string(), z.number(), z.boolean()], 'this is no text, number, true or false')
  .transform(String);

const holding = (what: string, holds: (text: string) => boolean): Figure =>
  scalar.pipe(z.string().refine(holds, { error: ({ input }) => `'${String(input)}' is no ${what}` }));

const wholeUpTo =
  (most: bigint) =>
  (text: string): boolean =>
    /^\d{1,20}$/.test(text) && BigInt(text) <= most;

export const anyText: Figure = scalar;

/** At least one character, as many types of the schemas want. */
export const someText: Figure = holding('text of one character or more', (text) => text.trim() !== '');

/** The schemas' `unsignedInt`. */
export const count: Figure = holding('whole number from 0 to 4294967295', wholeUpTo(2n ** 32n - 1n));

/** The schemas' `size`, in bytes. */
export const size: Figure = holding('whole number from 0 on', wholeUpTo(2n ** 64n - 1n));

export const decimal: Figure = holding('number from 0 on', (text) => /^\d+(?:\.\d+)?$/.test(text));

export const truth: Figure = holding('true or false', (text) => text === 'true' || text === 'false');

/** A figure of a type of the schemas; a mistake is told in libxml2's words. */
const ofType = (type: SimpleType): Figure =>
  scalar.check(({ value, issues }) => {
    const wrong = type.violation?.(value, value);
    if (wrong !== undefined) issues.push({ code: 'custom', input: value, message: wrong });
  });

/** Figures by their element, each of which may be left out. */
export function someOf<N extends string>(
  types: Readonly<Record<N, SimpleType>>,
): z.ZodType<Partial<Record<N, string | undefined>>, Partial<Record<N, Scalar | undefined>>> {
  const members = Object.entries<SimpleType>(types).map(([name, type]) => [name, ofType(type).optional()]);
  // zod cannot tell which names these are; they are those of the types.
  return z.strictObject(Object.fromEntries(members) as Record<string, z.ZodOptional<Figure>>) as never;
}

/** Elements within one element, of which a seed names those that it wants otherwise. */
export const part = <S extends z.ZodRawShape>(shape: S): z.ZodOptional<z.ZodObject<S, z.core.$strict>> =>
  z.strictObject(shape).optional();

/** Pairs such as the schemas call property and aspect. */
export const pairs = z
  .array(z.strictObject({ name: someText, value: anyText }))
  .min(1)
  .readonly();
