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
import { AccountFields } from './account-fields.ts';

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
