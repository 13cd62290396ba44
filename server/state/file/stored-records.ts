import * as z from 'zod';
import { normalAddress } from '../../../base/addresses.ts';
import { byName } from './by-name.ts';

const id = z.int().min(1);
/** Left out where it is empty, as most are of most accounts. */
const text = z.string().default('');
const texts = byName(z.string());
const ownAddress = z
  .string()
  .refine((given) => normalAddress(given) !== undefined, 'this is no IP address')
  .transform((given) => normalAddress(given) ?? given);
const addressType = z.enum(['shared', 'exclusive']);

/** Who calls without a socket has an empty address, and may have made a key for it. */
const isAddress = (text: string): boolean => text === '' || normalAddress(text) !== undefined;

/** What every format has of an account. */
export const ACCOUNT_FIELDS = {
  id,
  login: z.string().min(1).max(255),
  password: z.string(),
  role: z.enum(['admin', 'reseller', 'customer']),
  ownerId: id.optional(),
  name: text,
  email: text,
  phone: text,
  locale: z.string(),
} as const;

const Terms = z.strictObject({
  powerUser: z.boolean(),
  oversell: z.boolean(),
  overuse: z.string(),
  limits: byName(z.string().regex(/^-?\d+$/, 'this is no whole number')),
  permissions: byName(z.boolean()),
  pool: z.array(z.strictObject({ address: ownAddress, type: addressType })),
});

export const StoredAccount = z.strictObject({
  ...ACCOUNT_FIELDS,
  guid: z.string(),
  externalId: text,
  status: z.int().min(0),
  createdAt: z.int().optional(),
  company: text,
  fax: text,
  address: text,
  city: text,
  state: text,
  postcode: text,
  country: text,
  description: text,
  terms: Terms.optional(),
});

export const StoredKey = z.strictObject({
  id: z.string().min(1),
  key: z.string().min(1),
  accountId: id,
  addresses: z.array(z.string().refine(isAddress, 'this is no IP address')),
  description: z.string(),
});

/** What every format has of the settings. */
export const SETTINGS_FIELDS = {
  loginTimeout: z.int().min(1).max(99_999),
  adminMultipleSessions: z.boolean(),
  externalId: z.string().optional(),
  mode: z.enum(['standard', 'poweruser']),
  admin: texts,
  prefs: texts,
} as const;

export const StoredSettings = z.strictObject({
  ...SETTINGS_FIELDS,
  addresses: z.array(
    z.strictObject({
      address: ownAddress,
      netmask: z.string(),
      type: addressType,
      interface: z.string(),
      isDefault: z.boolean(),
      publicAddress: z.string(),
    }),
  ),
  disabledLocales: z.array(z.string()),
  misc: texts,
  domainRestriction: z.strictObject({ isOn: z.boolean(), names: z.array(z.string()) }),
});
