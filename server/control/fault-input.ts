import * as z from 'zod';
import { normalAddress } from '../../base/addresses.ts';
import { nearestName } from '../../base/nearest.ts';
import { thereAre } from './calls/call.ts';
import { OperationName } from './calls/journal.ts';
import { errcodesThatAre, isErrcode } from './fault-codes.ts';

const Peer = z
  .string()
  .refine((text) => normalAddress(text) !== undefined, {
    error: ({ input }) => `'${String(input)}' is no IP address, such as 127.0.0.1 or 2001:db8::1`,
  })
  .transform((text) => normalAddress(text) ?? text);

const Errcode = z.int().refine(isErrcode, {
  error: ({ input }) => `Plesk has no errcode ${String(input)}; there are ${errcodesThatAre()}`,
});

/** A timer can hold a day for sure. */
const Milliseconds = z.int().min(0).max(86_400_000);

const COUNTS = { after: z.int().min(0).optional(), times: z.int().min(1).optional() };

const WHEN = {
  operation: OperationName.optional(),
  login: z.string().optional(),
  peer: Peer.optional(),
  path: z.string().optional(),
  ...COUNTS,
  afterChange: z.boolean().optional(),
};

/** The fields of a fault, with those that all have. */
function strict<K extends string, T extends z.ZodRawShape>(fault: K, fields: T) {
  const shape = { fault: z.literal(fault), ...fields };
  return z.strictObject(shape, {
    error: ({ code, keys }) =>
      code === 'unrecognized_keys' ? strangers(fault, Object.keys(shape), keys) : undefined,
  });
}

const KINDS = [
  strict('errcode', {
    errcode: Errcode,
    errtext: z.string().min(1).optional(),
    on: z.enum(['operation', 'packet']).optional(),
    ...WHEN,
  }),
  strict('status', { status: z.int().min(400).max(599), ...WHEN }),
  strict('html', WHEN),
  strict('charset', { charset: z.enum(['utf-16', 'iso-8859-1']).optional(), ...WHEN }),
  strict('truncated', { bytes: z.int().min(0).optional(), ...WHEN }),
  strict('malformed', WHEN),
  strict('oversized', { bytes: z.int().min(1).max(268_435_456).optional(), ...WHEN }),
  strict('delay', { ms: Milliseconds, ...WHEN }),
  strict('hang', WHEN),
  strict('slow', { bytes: z.int().min(1).optional(), ms: Milliseconds.optional(), ...WHEN }),
  strict('reset', { at: z.enum(['before', 'middle']).optional(), ...WHEN }),
  strict('certificate', {
    certificate: z.enum(['expired', 'other-host']),
    peer: Peer.optional(),
    ...COUNTS,
  }),
] as const;

const NAMES = KINDS.map(({ shape }) => shape.fault.value);

/** A rule as it is asked for. */
export const FaultFields = z.discriminatedUnion('fault', KINDS, {
  error: ({ input }) => {
    const { fault } = (input ?? {}) as { readonly fault?: unknown };
    const said = typeof fault === 'string' ? `there is no fault '${fault}'` : 'a rule says what goes wrong';
    return `${said};${thereAre(NAMES, typeof fault === 'string' ? nearestName(fault, NAMES) : undefined)}`;
  },
});

/** A rule as it is shown. */
export const FaultShownFields = z.union(
  KINDS.map((kind) => kind.extend({ id: z.string(), seen: z.int(), fired: z.int() })),
);

/** What is said of fields that do not belong to a fault. */
function strangers(fault: string, fields: readonly string[], names: readonly string[]): string {
  return names.map((name) => stranger(fault, fields, name)).join('; ');
}

function stranger(fault: string, fields: readonly string[], name: string): string {
  if (fault === 'certificate' && name in WHEN)
    return `${name}: a certificate is chosen before anything is asked for; peer is its only condition`;
  const owners = KINDS.flatMap(({ shape }) => (name in shape ? [shape.fault.value] : []));
  const why = owners.length === 0 ? 'no fault has it' : `it belongs to ${owners.join(', ')}, not to ${fault}`;
  return `${name}: ${why};${thereAre(fields, nearestName(name, fields))}`;
}
