import * as z from 'zod';
import { normalAddress } from '../../../base/addresses.ts';
import type { SeededSurroundings } from '../server-settings.ts';

const address = z.string().refine((text) => normalAddress(text) !== undefined, {
  error: ({ input }) => `'${String(input)}' is no IP address`,
});

/** An address that a server starts with. */
export const SeedAddress = z.strictObject({
  address: address.meta({ description: 'The address', examples: ['192.0.2.10'] }),
  netmask: address.default('255.255.255.0').describe('Its netmask'),
  type: z.enum(['shared', 'exclusive']).default('shared').describe('shared or exclusive'),
  interface: z.string().min(1).max(200).default('eth0').describe('The network interface'),
  default: z
    .boolean()
    .optional()
    .meta({
      description: 'Whether it is the default; where no address has a word of it the first one is',
      examples: [true],
    }),
  publicAddress: address.optional().meta({
    description: 'By which the world knows it behind a translation of addresses',
    examples: ['198.51.100.7'],
  }),
});

/** What a seed that was checked says of the server's addresses and languages. */
export function surroundingsFrom(given: {
  readonly ipAddresses?: readonly z.output<typeof SeedAddress>[] | undefined;
  readonly disabledLocales: readonly string[];
}): SeededSurroundings {
  const { ipAddresses: rows, disabledLocales } = given;
  if (rows === undefined) return { disabledLocales };
  const isSaid = rows.some((row) => row.default !== undefined);
  const addresses = rows.map((row, index) => ({
    address: normal(row.address),
    netmask: normal(row.netmask),
    type: row.type,
    interface: row.interface,
    isDefault: row.default ?? (!isSaid && index === 0),
    publicAddress: row.publicAddress === undefined ? '' : normal(row.publicAddress),
  }));
  return { addresses, disabledLocales };
}

const normal = (text: string): string => normalAddress(text) ?? text;

/** What is wrong between the addresses of a seed, whatever else is wrong within them. */
export function addressMistakes(input: unknown): readonly string[] {
  const { ipAddresses = [] } = Loose.catch({}).parse(input);
  const seen = new Set<string>();
  let defaults = 0;
  return ipAddresses.flatMap(({ address: text, default: isDefault }, index) => {
    const known = normalAddress(text ?? '');
    const mistakes = [];
    if (known !== undefined && seen.has(known))
      mistakes.push(`ipAddresses.${index}.address: another has the same`);
    if (known !== undefined) seen.add(known);
    if (isDefault === true) defaults += 1;
    if (isDefault === true && defaults > 1)
      mistakes.push(`ipAddresses.${index}.default: another is the default`);
    return mistakes;
  });
}

const Loose = z.object({
  ipAddresses: z
    .array(
      z
        .object({
          address: z.string().optional().catch(undefined),
          default: z.boolean().optional().catch(undefined),
        })
        .catch({}),
    )
    .optional(),
});
