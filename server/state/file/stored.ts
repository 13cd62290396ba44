import * as z from 'zod';
import { normalAddress } from '../../../base/addresses.ts';
import { Secret } from '../../../base/secret.ts';
import type { Account } from '../accounts.ts';
import type { SecretKey } from '../secret-keys.ts';
import type { ServerSettings } from '../server-settings.ts';

/** What of a panel outlives the process. */
export interface State {
  readonly server: ServerSettings;
  readonly secretKeys: Iterable<SecretKey>;
  readonly accounts: Iterable<Account>;
}

/** The state of one instant. */
export interface Instant extends State {
  readonly secretKeys: readonly SecretKey[];
  readonly accounts: readonly Account[];
}

/** The form of the file. It is the only one that is read: where a record below changes, so does the number. */
export const FORMAT = 1;
export const PROGRAM = 'plesk-emulator';

const id = z.int().min(1);
const texts = z.record(z.string(), z.string());
/** Who calls without a socket has an empty address, and may have made a key for it. */
const isAddress = (text: string): boolean => text === '' || normalAddress(text) !== undefined;

const StoredAccount = z.strictObject({
  id,
  login: z.string().min(1).max(255),
  password: z.string(),
  role: z.enum(['admin', 'reseller', 'customer']),
  ownerId: id.optional(),
  status: z.enum(['active', 'suspended']),
  remoteApi: z.boolean(),
  name: z.string(),
  email: z.string(),
  phone: z.string(),
  locale: z.string(),
});

const StoredKey = z.strictObject({
  id: z.string().min(1),
  key: z.string().min(1),
  accountId: id,
  addresses: z.array(z.string().refine(isAddress, 'this is no IP address')),
  description: z.string(),
});

const StoredSettings = z.strictObject({
  loginTimeout: z.int().min(1).max(99_999),
  adminMultipleSessions: z.boolean(),
  externalId: z.string().optional(),
  mode: z.enum(['standard', 'poweruser']),
  admin: texts,
  prefs: texts,
});

const StoredState = z.strictObject({
  format: z.literal(FORMAT),
  program: z.literal(PROGRAM),
  settings: StoredSettings,
  secretKeys: z.array(StoredKey),
  accounts: z.array(StoredAccount),
});

/** What a file of this format holds, or what is wrong in its records, each mistake by its path. */
export function fromStored(
  json: unknown,
): { readonly state: Instant } | { readonly mistakes: readonly string[] } {
  const { data, error } = StoredState.safeParse(json);
  if (error !== undefined) {
    return { mistakes: error.issues.map(({ path, message }) => `${path.join('.') || 'file'}: ${message}`) };
  }
  const accounts = data.accounts.map(({ password, ownerId, status, remoteApi, ...rest }) => ({
    ...rest,
    password: new Secret(password),
    ownerId,
    isSuspended: status === 'suspended',
    mayUseApi: remoteApi,
  }));
  const secretKeys = data.secretKeys.map(({ key, addresses, ...rest }) => ({
    ...rest,
    key: new Secret(key),
    addresses: addresses.map((text) => normalAddress(text) ?? text),
  }));
  return {
    state: { server: { ...data.settings, externalId: data.settings.externalId }, secretKeys, accounts },
  };
}

/** A record as it is written; JSON leaves out what is `undefined`. */
type Written<S extends z.ZodType> = {
  readonly [K in keyof Required<z.output<S>>]: Readonly<z.output<S>[K]> | undefined;
};

// Every field by its name: neither its place in the file nor what else a record may have is left to chance.

export const settingsJson = (settings: ServerSettings): string => {
  const { loginTimeout, adminMultipleSessions, externalId, mode, admin, prefs } = settings;
  const record: Written<typeof StoredSettings> = {
    loginTimeout,
    adminMultipleSessions,
    externalId,
    mode,
    admin,
    prefs,
  };
  return JSON.stringify(record);
};

export const keyJson = ({ id, key, accountId, addresses, description }: SecretKey): string => {
  const record: Written<typeof StoredKey> = { id, key: key.reveal(), accountId, addresses, description };
  return JSON.stringify(record);
};

export const accountJson = (account: Account): string => {
  const { id, login, password, role, ownerId, isSuspended, mayUseApi } = account;
  const { name, email, phone, locale } = account;
  const record: Written<typeof StoredAccount> = {
    id,
    login,
    password: password.reveal(),
    role,
    ownerId,
    status: isSuspended ? 'suspended' : 'active',
    remoteApi: mayUseApi,
    name,
    email,
    phone,
    locale,
  };
  return JSON.stringify(record);
};
