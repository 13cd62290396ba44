import * as z from 'zod';
import { normalAddress } from '../../../base/addresses.ts';

/** Names and values by the wire's own names: `max_cl`, `create_clients`. */
export const WIRE_NAME = /^[\w-]+$/;
const NAME = z.string().regex(WIRE_NAME);

/** The most that a `long` of the wire can be; texts of 19 digits are in the order of their numbers. */
const MOST = '9223372036854775807';

const error = `a whole number from -1 on, beyond ${Number.MAX_SAFE_INTEGER} as a text, at most ${MOST}`;

/** How much of something; JavaScript's own numbers end before those of the wire. */
const Limit = z.union(
  [
    z.int({ error }).min(-1, { error }),
    z
      .string()
      .regex(/^(?:-1|\d{1,19})$/, { error })
      .refine((digits) => digits.length < MOST.length || digits <= MOST, { error }),
  ],
  { error },
);

/** What is written of an account, but for what it is; nothing has a default here, so that a change changes no more. */
export const AccountFields = z.strictObject({
  login: z
    .string()
    .min(1)
    .max(255)
    .describe('How it logs in: 1 to 60 characters, the first a letter or a digit'),
  password: z
    .string()
    .min(1)
    .describe('Its password: 5 to 255 ASCII characters without blanks, quotation marks and the login'),
  owner: z.string().meta({
    description: 'The login of the reseller that a customer belongs to; the administrator without it',
    examples: ['rita'],
  }),
  status: z
    .union([z.enum(['active', 'suspended']), z.int().min(0).max(2_147_483_647)])
    .describe('active, suspended (nobody gets in; 16 on the wire), or the status bits as a number'),
  name: field('The name of the person (pname)', 'Carl Customer'),
  company: field('The company (cname)', 'Carl & Co.'),
  email: field('The e-mail', 'carl@example.com'),
  phone: field('The phone', '+49 30 1234'),
  fax: field('The fax', '+49 30 1235'),
  address: field('Street and number', 'Unter den Linden 1'),
  city: field('The town', 'Berlin'),
  state: field('The state or province', 'BE'),
  postcode: field('The postcode (pcode)', '10117'),
  country: field('The country, two upper-case letters', 'DE').regex(
    /^(?:[A-Z]{2})?$/,
    'two upper-case letters',
  ),
  description: field('What the administrator notes of it', 'pays by invoice'),
  locale: z.string().describe('The language, one that the release has'),
  externalId: field('What a billing system calls it', 'whmcs-42'),
  guid: z
    .string()
    .regex(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/, '8-4-4-4-12 lower-case hex digits')
    .meta({
      description: 'Its guid; without it one that follows from the login',
      examples: ['cae5b4b7-1f6c-4d0e-9d55-6b4b3c1f0a77'],
    }),
  created: z.iso.date().meta({
    description: 'The day it was made; without it the day of the start',
    examples: ['2024-02-29'],
  }),
  remoteApi: z.boolean().meta({
    description: 'Whether a reseller may use the remote API (remote_access_interface); true without it',
    examples: [true],
  }),
  permissions: z.record(NAME, z.boolean()).meta({
    description:
      'What else a reseller may do, by the names of the API, than use it and have customers; false forbids it',
    examples: [{ create_clients: true, manage_log: false }],
  }),
  limits: z.record(NAME, Limit).meta({
    description:
      'How much a reseller may have, by the names of the API; -1 or no word is unlimited, a text is for what is beyond 9007199254740991',
    examples: [{ max_cl: 10 }],
  }),
  ipPool: z
    .array(
      z.strictObject({
        address: z
          .string()
          .refine((text) => normalAddress(text) !== undefined, {
            error: ({ input }) => `'${String(input)}' is no IP address`,
          })
          .describe('One of the addresses of the server'),
        type: z.enum(['shared', 'exclusive']).default('shared').describe('shared or exclusive'),
      }),
    )
    .meta({
      description: 'The addresses of the server that a reseller may use',
      examples: [[{ address: '192.0.2.10', type: 'shared' }]],
    }),
});

function field(description: string, example: string): z.ZodString {
  return z.string().meta({ description, examples: [example] });
}
