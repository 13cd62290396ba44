import * as z from 'zod';
import { Secret } from '../../../base/secret.ts';
import { DEFAULT_LOCALE } from '../../protocol/versions/releases.ts';
import type { Account } from '../accounts.ts';

/** An account as a seed and the control routes write it. */
export const SeedAccount = z.strictObject({
  login: z.string().min(1).max(255),
  password: z.string().min(1),
  role: z.enum(['admin', 'reseller', 'customer']),
  /** The login of the reseller that a customer belongs to; the administrator's own without it. */
  owner: z.string().optional(),
  status: z.enum(['active', 'suspended']).default('active'),
  name: z.string().default(''),
  email: z.string().default(''),
  phone: z.string().default(''),
  locale: z.string().default(DEFAULT_LOCALE),
  /** A reseller's permission to use the remote API. */
  remoteApi: z.boolean().default(true),
});

/** The account of a row that was checked, but for its id. */
export const accountFrom = (
  { login, password, role, status, name, email, phone, locale, remoteApi }: z.output<typeof SeedAccount>,
  ownerId: number | undefined,
): Omit<Account, 'id'> => ({
  login,
  password: new Secret(password),
  role,
  ownerId,
  isSuspended: status === 'suspended',
  mayUseApi: remoteApi,
  name,
  email,
  phone,
  locale,
});
