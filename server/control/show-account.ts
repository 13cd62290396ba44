import * as z from 'zod';
import type { Account } from '../state/account.ts';
import type { Panel } from '../state/panel.ts';
import { isPermitted, REMOTE_API } from '../state/reseller-terms.ts';
import type { AccountShown } from './interface.ts';

/** An account as it is shown: without its password. */
export const AccountForm = z.strictObject({
  id: z.int(),
  login: z.string(),
  role: z.enum(['admin', 'reseller', 'customer']),
  owner: z.string().optional(),
  status: z.enum(['active', 'suspended']),
  statusBits: z.int(),
  name: z.string(),
  company: z.string(),
  email: z.string(),
  phone: z.string(),
  fax: z.string(),
  address: z.string(),
  city: z.string(),
  state: z.string(),
  postcode: z.string(),
  country: z.string(),
  description: z.string(),
  locale: z.string(),
  externalId: z.string(),
  guid: z.string(),
  created: z.string(),
  remoteApi: z.boolean(),
  permissions: z.record(z.string(), z.boolean()).optional(),
  limits: z.record(z.string(), z.union([z.number(), z.string()])).optional(),
  ipPool: z
    .array(z.strictObject({ address: z.string(), type: z.enum(['shared', 'exclusive']) }))
    .readonly()
    .optional(),
});

export function shownAccount(account: Account, { accounts, time }: Panel): AccountShown {
  const { id, login, role, ownerId, locale, externalId, guid, createdAt, terms } = account;
  const { name, company, email, phone, fax, address, city, state, postcode, country, description } = account;
  const owner = ownerId === undefined ? undefined : accounts.get(ownerId)?.login;
  return {
    id,
    login,
    role,
    ...(owner === undefined ? {} : { owner }),
    status: accounts.isSuspended(account) ? 'suspended' : 'active',
    statusBits: accounts.statusOf(account),
    name,
    company,
    email,
    phone,
    fax,
    address,
    city,
    state,
    postcode,
    country,
    description,
    locale,
    externalId,
    guid,
    created: time.format(createdAt).slice(0, 10),
    remoteApi: isPermitted(account, REMOTE_API),
    ...(terms === undefined
      ? {}
      : {
          permissions: terms.permissions,
          limits: Object.fromEntries(
            Object.entries(terms.limits).map(([limit, most]) => [limit, numberOf(most)]),
          ),
          ipPool: terms.pool,
        }),
  };
}

/** A limit as a number, or as it is kept where that would be another. */
const numberOf = (most: string): number | string =>
  Number.isSafeInteger(Number(most)) ? Number(most) : most;
