import * as z from 'zod';
import { Secret } from '../../base/secret.ts';
import { DEFAULT_LOCALE } from '../protocol/versions/releases.ts';
import type { Account } from './accounts.ts';

/** The administrator of a fresh Plesk, with the password of Plesk's own test image. */
const DEFAULT_ADMIN = { login: 'admin', password: 'changeme1Q**' } as const;

const SeedAccount = z.strictObject({
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

const Seed = z.strictObject({ accounts: z.array(SeedAccount).default([]) });

/** The accounts that an emulator starts with. */
export interface SeedInput {
  readonly accounts?: readonly z.input<typeof SeedAccount>[];
}

/** A seed that cannot be used, every field that is wrong named by its path. */
export class SeedError extends Error {
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(`The seed is wrong:\n${mistakes.map((mistake) => `  ${mistake}`).join('\n')}`);
    this.name = 'SeedError';
    this.mistakes = mistakes;
  }
}

/** Checks a seed and makes its accounts, the administrator first and added where it is not named; or a SeedError. */
export function seedAccounts(input: unknown): readonly Account[] {
  const checked = Seed.safeParse(input);
  const between = checkOwners(input);
  if (!checked.success || between.length > 0) {
    const within = checked.error?.issues.map(
      ({ path, message }) => `${path.join('.') || 'seed'}: ${message}`,
    );
    throw new SeedError([...(within ?? []), ...between]);
  }
  const named = checked.data.accounts;
  const isNamed = named.some(({ login }) => login === DEFAULT_ADMIN.login);
  const rows = isNamed ? named : [SeedAccount.parse({ ...DEFAULT_ADMIN, role: 'admin' }), ...named];
  const ordered = [...rows].sort(
    (one, other) => Number(other.role === 'admin') - Number(one.role === 'admin'),
  );
  const ids = new Map(ordered.map(({ login }, index) => [login, index + 1]));
  return ordered.map(({ login, password, role, owner, status, remoteApi, ...rest }, index) => ({
    ...rest,
    id: index + 1,
    login,
    password: new Secret(password),
    role,
    ownerId: role === 'admin' ? undefined : ids.get(owner ?? DEFAULT_ADMIN.login),
    isSuspended: status === 'suspended',
    mayUseApi: remoteApi,
  }));
}

/** What is wrong between accounts, whatever else is wrong within them. */
function checkOwners(input: unknown): readonly string[] {
  const { accounts = [] } = Loose.catch({}).parse(input);
  const mistakes: string[] = [];
  const roles = new Map(accounts.map(({ login, role }) => [login, role]));
  const seen = new Set<unknown>();
  accounts.forEach(({ login, role, owner }, index) => {
    const wrong = (field: string, message: string): void => {
      mistakes.push(`accounts.${index}.${field}: ${message}`);
    };
    if (login !== undefined && seen.has(login))
      wrong('login', `there is another account with the login '${login}'`);
    seen.add(login);
    if (login === DEFAULT_ADMIN.login && role !== 'admin')
      wrong('role', 'the login admin is the administrator');
    if (owner === undefined) return;
    if (role === 'admin') wrong('owner', 'an administrator belongs to nobody');
    const isKnown = owner === DEFAULT_ADMIN.login || roles.has(owner);
    const ownerRole = owner === DEFAULT_ADMIN.login ? 'admin' : roles.get(owner);
    if (!isKnown) wrong('owner', `there is no account with the login '${owner}'`);
    else if (ownerRole === 'customer') wrong('owner', 'a customer owns nobody');
    else if (ownerRole === 'reseller' && role === 'reseller')
      wrong('owner', 'a reseller belongs to the administrator');
  });
  return mistakes;
}

const text = z.string().optional().catch(undefined);
const Loose = z.object({
  accounts: z.array(z.object({ login: text, role: text, owner: text }).catch({})).optional(),
});
