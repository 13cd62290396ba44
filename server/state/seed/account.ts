import * as z from 'zod';
import { normalAddress } from '../../../base/addresses.ts';
import { Secret } from '../../../base/secret.ts';
import { DEFAULT_LOCALE } from '../../protocol/versions/releases.ts';
import type { Role } from '../account.ts';
import { guidOfLogin, STATUS } from '../account.ts';
import type { ResellerTerms } from '../reseller-terms.ts';
import { CREATE_CLIENTS, NO_TERMS, REMOTE_API } from '../reseller-terms.ts';
import type { SeededAccount } from '../seed-state.ts';
import type { TimeFormat } from '../time-format.ts';

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
  login: z.string().min(1).max(255).describe('How it logs in'),
  password: z.string().min(1).describe('Its password'),
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

const { shape: FIELDS } = AccountFields;

/** An account as a seed and the control routes write it. */
export const SeedAccount = z.strictObject({
  login: FIELDS.login,
  password: FIELDS.password,
  role: z.enum(['admin', 'reseller', 'customer']).describe('admin, reseller or customer'),
  owner: FIELDS.owner.optional(),
  status: FIELDS.status.default('active'),
  name: FIELDS.name.default(''),
  company: FIELDS.company.default(''),
  email: FIELDS.email.default(''),
  phone: FIELDS.phone.default(''),
  fax: FIELDS.fax.default(''),
  address: FIELDS.address.default(''),
  city: FIELDS.city.default(''),
  state: FIELDS.state.default(''),
  postcode: FIELDS.postcode.default(''),
  country: FIELDS.country.default(''),
  description: FIELDS.description.default(''),
  locale: FIELDS.locale.default(DEFAULT_LOCALE),
  externalId: FIELDS.externalId.default(''),
  guid: FIELDS.guid.optional(),
  created: FIELDS.created.optional(),
  remoteApi: FIELDS.remoteApi.optional(),
  permissions: FIELDS.permissions.optional(),
  limits: FIELDS.limits.optional(),
  ipPool: FIELDS.ipPool.optional(),
});

type Row = z.output<typeof SeedAccount>;
type Terms = Partial<Pick<Row, 'remoteApi' | 'permissions' | 'limits' | 'ipPool'>>;

/** The account of a row that was checked, but for its id; `time` knows when a day begins. */
export function accountFrom(
  row: Row,
  ownerId: number | undefined,
  time: TimeFormat,
): Omit<SeededAccount, 'id'> {
  const { login, password, role, status, created, guid, remoteApi, permissions, limits, ipPool } = row;
  return {
    login,
    password: new Secret(password),
    role,
    ownerId,
    name: row.name,
    company: row.company,
    email: row.email,
    phone: row.phone,
    fax: row.fax,
    address: row.address,
    city: row.city,
    state: row.state,
    postcode: row.postcode,
    country: row.country,
    description: row.description,
    locale: row.locale,
    externalId: row.externalId,
    guid: guid ?? guidOfLogin(login),
    status: statusFrom(status),
    createdAt: created === undefined ? undefined : time.onDay(created),
    terms: termsFrom(role, { remoteApi, permissions, limits, ipPool }, SEEDED_TERMS),
  };
}

/** The status bits of a word, or of the number itself. */
export const statusFrom = (status: Row['status']): number => {
  if (typeof status === 'number') return status;
  return status === 'suspended' ? STATUS.byAdministrator : 0;
};

/** A reseller who is written down may do what a test is likely to want, unless it is said otherwise. */
const SEEDED_TERMS: ResellerTerms = {
  ...NO_TERMS,
  permissions: { [REMOTE_API]: true, [CREATE_CLIENTS]: true },
};

/** What a reseller has by what is written and what it had; nothing for everybody else. */
export function termsFrom(
  role: Role,
  { remoteApi, permissions = {}, limits = {}, ipPool }: Terms,
  before: ResellerTerms = SEEDED_TERMS,
): ResellerTerms | undefined {
  if (role !== 'reseller') return undefined;
  const pool = ipPool?.map(({ address, type }) => ({ address: normalAddress(address) ?? address, type }));
  return {
    ...before,
    permissions: {
      ...before.permissions,
      ...permissions,
      ...(remoteApi === undefined ? {} : { [REMOTE_API]: remoteApi }),
    },
    limits: { ...before.limits, ...mapped(limits, (most) => BigInt(most).toString()) },
    pool: pool ?? before.pool,
  };
}

const mapped = <T, U>(record: Readonly<Record<string, T>>, to: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, to(value)]));

/** The fields of a row that only resellers have, each with what is wrong where somebody else has it. */
export function termMistakes(role: unknown, row: Readonly<Record<string, unknown>>): readonly string[] {
  if (role === 'reseller' || role === undefined) return [];
  const given = (['permissions', 'limits', 'ipPool'] as const).filter((name) => row[name] !== undefined);
  return [
    ...given.map((name) => `${name}: only a reseller has them`),
    ...(row['remoteApi'] === false ? ['remoteApi: only a reseller can be kept from the API'] : []),
  ];
}
