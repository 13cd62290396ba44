import * as z from 'zod';
import { Secret } from '../../../base/secret.ts';
import { DEFAULT_LOCALE } from '../../protocol/versions/releases.ts';
import type { Account } from '../accounts.ts';

/** An account as a seed and the control routes write it. */
export const SeedAccount = z.strictObject({
  login: z.string().min(1).max(255).describe('How it logs in'),
  password: z.string().min(1).describe('Its password'),
  role: z.enum(['admin', 'reseller', 'customer']).describe('admin, reseller or customer'),
  owner: z
    .string()
    .optional()
    .meta({
      description: 'The login of the reseller that a customer belongs to; the administrator without it',
      examples: ['rita'],
    }),
  status: z.enum(['active', 'suspended']).default('active').describe('active, or suspended: nobody gets in'),
  name: z
    .string()
    .default('')
    .meta({ description: 'The name of the person', examples: ['Carl Customer'] }),
  email: z
    .string()
    .default('')
    .meta({ description: 'The e-mail', examples: ['carl@example.com'] }),
  phone: z
    .string()
    .default('')
    .meta({ description: 'The phone', examples: ['+49 30 1234'] }),
  locale: z.string().default(DEFAULT_LOCALE).describe('The language'),
  remoteApi: z.boolean().default(true).describe('Whether a reseller may use the remote API'),
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
