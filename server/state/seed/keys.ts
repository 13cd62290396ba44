import * as z from 'zod';
import { normalAddress } from '../../../base/addresses.ts';
import { Secret } from '../../../base/secret.ts';
import type { SecretKey } from '../secret-keys.ts';
import { idOfKey } from '../secret-keys.ts';

/** A secret key that a panel starts with. */
export const SeedKey = z.strictObject({
  key: z
    .string()
    .max(255)
    .regex(/^[!-~](?:[ -~]*[!-~])?$/, 'no header can hold this as a key: ASCII without blanks at its ends')
    .meta({
      description: 'What the header KEY has; any text that a header can hold',
      examples: ['11111111-2222-3333-4444-555555555555'],
    }),
  ipAddresses: z
    .array(
      z.string().refine((text) => normalAddress(text) !== undefined, {
        error: ({ input }) => `'${String(input)}' is no IP address`,
      }),
    )
    .readonly()
    .default([])
    .meta({
      description: 'Where it is accepted from; from anywhere without one',
      examples: [['127.0.0.1', '::1']],
    }),
  description: z
    .string()
    .default('')
    .meta({ description: 'What it is for', examples: ['billing'] }),
  login: z
    .string()
    .optional()
    .meta({
      description: 'The account that it stands for; the administrator without it',
      examples: ['admin'],
    }),
});

/** The keys of rows that were checked; `idOf` answers the account of a login, and the administrator's for none. */
export function secretKeysFrom(
  rows: readonly z.output<typeof SeedKey>[],
  idOf: (login: string | undefined) => number,
): readonly SecretKey[] {
  const ids = new Set<string>();
  return rows.map(({ key, ipAddresses, description, login }) => {
    const id = idOfKey(key, (taken) => ids.has(taken));
    ids.add(id);
    const addresses = new Set(ipAddresses.map((text) => normalAddress(text) ?? text));
    return { key: new Secret(key), id, addresses: [...addresses], description, accountId: idOf(login) };
  });
}

/** What is wrong between keys and accounts, whatever else is wrong within them. Keys are not shown. */
export function keyMistakes(input: unknown, logins: ReadonlySet<string | undefined>): readonly string[] {
  const { secretKeys = [] } = Loose.catch({}).parse(input);
  const first = new Map<string, number>();
  return secretKeys.flatMap(({ key, login }, index) => {
    const mistakes: string[] = [];
    const twin = key === undefined ? undefined : first.get(key);
    if (twin !== undefined) mistakes.push(`secretKeys.${index}.key: secretKeys.${twin} has the same`);
    else if (key !== undefined) first.set(key, index);
    if (login !== undefined && !logins.has(login))
      mistakes.push(`secretKeys.${index}.login: there is no account with the login '${login}'`);
    return mistakes;
  });
}

const text = z.string().optional().catch(undefined);
const Loose = z.object({ secretKeys: z.array(z.object({ key: text, login: text }).catch({})).optional() });
