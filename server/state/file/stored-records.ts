import * as z from 'zod';
import { normalAddress } from '../../../base/addresses.ts';

const id = z.int().min(1);
const texts = z.record(z.string(), z.string());
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
  name: z.string(),
  email: z.string(),
  phone: z.string(),
  locale: z.string(),
} as const;

const Terms = z.strictObject({
  powerUser: z.boolean(),
  oversell: z.boolean(),
  overuse: z.string(),
  limits: z.record(z.string(), z.string().regex(/^-?\d+$/)),
  permissions: z.record(z.string(), z.boolean()),
  pool: z.array(z.strictObject({ address: z.string(), type: addressType })),
});

export const StoredAccount = z.strictObject({
  ...ACCOUNT_FIELDS,
  guid: z.string(),
  externalId: z.string(),
  status: z.int().min(0),
  createdAt: z.int().optional(),
  company: z.string(),
  fax: z.string(),
  address: z.string(),
  city: z.string(),
  state: z.string(),
  postcode: z.string(),
  country: z.string(),
  description: z.string(),
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
      address: z.string(),
      netmask: z.string(),
      type: addressType,
      interface: z.string(),
      isDefault: z.boolean(),
      publicAddress: z.string(),
    }),
  ),
  disabledLocales: z.array(z.string()),
  misc: texts,
});
