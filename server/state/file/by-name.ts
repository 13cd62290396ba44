import * as z from 'zod';

/** Values by any name, `__proto__` too, which a record of zod's leaves out. */
export const byName = <T>(value: z.ZodType<T>): z.ZodType<Readonly<Record<string, T>>> =>
  z.custom<object>(isPlain, 'this is no object').transform((input, context) => {
    const pairs = Object.entries(input).flatMap(([name, found]: [string, unknown]) => {
      const { data, error, success } = value.safeParse(found);
      if (success) return [[name, data] as const];
      for (const { message } of error.issues)
        context.issues.push({ code: 'custom', input: found, path: [name], message });
      return [];
    });
    // Defines each name as its own, whatever it is.
    return Object.fromEntries(pairs);
  });

const isPlain = (input: unknown): boolean =>
  typeof input === 'object' && input !== null && !Array.isArray(input);
