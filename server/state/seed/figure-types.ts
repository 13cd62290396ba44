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

// What JSON Schema has for the checks above, which are code.
const NUMERIC = ['string', 'number'];
const WHOLE = { type: ['string', 'integer'], minimum: 0, pattern: String.raw`^\d{1,20}$` };

export const anyText: Figure = scalar;

/** At least one character, as many types of the schemas want. */
export const someText: Figure = holding('text of one character or more', (text) => text.trim() !== '').meta({
  pattern: String.raw`\S`,
});

/** The schemas' `unsignedInt`. */
export const count: Figure = holding('whole number from 0 to 4294967295', wholeUpTo(2n ** 32n - 1n)).meta({
  ...WHOLE,
  maximum: 2 ** 32 - 1,
});

/** The schemas' `size`, in bytes. */
export const size: Figure = holding('whole number from 0 on', wholeUpTo(2n ** 64n - 1n)).meta(WHOLE);

export const decimal: Figure = holding('number from 0 on', (text) => /^\d+(?:\.\d+)?$/.test(text)).meta({
  type: NUMERIC,
  minimum: 0,
  pattern: String.raw`^\d+(\.\d+)?$`,
});

export const truth: Figure = holding('true or false', (text) => text === 'true' || text === 'false').meta({
  type: ['string', 'boolean'],
  enum: [true, false, 'true', 'false'],
});

/** A figure of a type of the schemas; a mistake is told in libxml2's words. */
const ofType = (type: SimpleType): Figure =>
  scalar.check(({ value, issues }) => {
    const wrong = type.violation?.(value, value);
    if (wrong !== undefined) issues.push({ code: 'custom', input: value, message: wrong });
  });

/** Figures by their element, each of which may be left out, with what each is and an example. */
export function someOf<N extends string>(
  types: Readonly<Record<N, SimpleType>>,
  told: Readonly<Record<N, readonly [says: string, example: Scalar]>>,
): z.ZodType<Partial<Record<N, string | undefined>>, Partial<Record<N, Scalar | undefined>>> {
  const members = Object.entries<SimpleType>(types).map(([name, type]) => {
    const [says, example] = told[name as N];
    return [name, field(says, ofType(type), example)];
  });
  // zod cannot tell which names these are; they are those of the types.
  return z.strictObject(Object.fromEntries(members) as Record<string, z.ZodOptional<Figure>>) as never;
}

/** What may be left out, with what it is in the words of the JSON Schema, and an example where no default shows one. */
export function field<S extends z.ZodType>(says: string, type: S, example?: unknown): z.ZodOptional<S> {
  return type
    .optional()
    .meta({ description: says, ...(example === undefined ? {} : { examples: [example] }) });
}

/** Elements within one element, of which a seed names those that it wants otherwise. */
export const part = <S extends z.ZodRawShape>(
  says: string,
  shape: S,
): z.ZodOptional<z.ZodObject<S, z.core.$strict>> => field(says, z.strictObject(shape));

/** Pairs such as the schemas call property and aspect. */
export const pairs = z
  .array(z.strictObject({ name: someText.describe('Its name'), value: anyText.describe('Its value') }))
  .min(1)
  .readonly();

/** The same where a property may have several values. */
export const pairsOfLists = z
  .array(
    z.strictObject({
      name: someText.describe('Its name'),
      value: z
        .union([anyText, z.array(anyText).min(1).readonly()])
        .describe('Its value, or a list of several'),
    }),
  )
  .min(1)
  .readonly();
