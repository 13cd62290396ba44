import * as z from 'zod';
import { normalAddress } from '../../../base/addresses.ts';
import { Secret } from '../../../base/secret.ts';
import type { SecretKey } from '../secret-keys.ts';
import type { SeededAccount } from '../seed-state.ts';
import type { ServerSettings } from '../server-settings.ts';
import { StoredAccount, StoredKey, StoredSettings } from './stored-records.ts';
import {
  accountOfFormat1,
  AccountOfFormat1,
  SettingsOfFormat1,
  settingsOfFormat1,
} from './stored-format-1.ts';

/** What of a panel outlives the process. */
export interface State {
  readonly server: ServerSettings;
  readonly secretKeys: Iterable<SecretKey>;
  readonly accounts: Iterable<SeededAccount>;
}

/** The state of one instant. */
export interface Instant extends State {
  readonly secretKeys: readonly SecretKey[];
  readonly accounts: readonly SeededAccount[];
}

/** The form in which the file is written. Where a record changes, so does the number, and the form before is still read. */
export const FORMAT = 2;
/** Every form that is read. */
export const FORMATS: readonly number[] = [1, FORMAT];
export const PROGRAM = 'plesk-emulator';

const head = { program: z.literal(PROGRAM), secretKeys: z.array(StoredKey) } as const;

const StoredState = z.discriminatedUnion('format', [
  z.strictObject({
    ...head,
    format: z.literal(1),
    settings: SettingsOfFormat1,
    accounts: z.array(AccountOfFormat1),
  }),
  z.strictObject({
    ...head,
    format: z.literal(FORMAT),
    settings: StoredSettings,
    accounts: z.array(StoredAccount),
  }),
]);

/** What a file of a known format holds, or what is wrong in its records, each mistake by its path. */
export function fromStored(
  json: unknown,
): { readonly state: Instant } | { readonly mistakes: readonly string[] } {
  const { data, error } = StoredState.safeParse(json);
  if (error !== undefined) {
    return { mistakes: error.issues.map(({ path, message }) => `${path.join('.') || 'file'}: ${message}`) };
  }
  const secretKeys = data.secretKeys.map(({ key, addresses, ...rest }) => ({
    ...rest,
    key: new Secret(key),
    addresses: addresses.map((text) => normalAddress(text) ?? text),
  }));
  if (data.format === 1) {
    const server = settingsOfFormat1(data.settings);
    return { state: { server, secretKeys, accounts: data.accounts.map(accountOfFormat1) } };
  }
  const accounts = data.accounts.map(({ password, ownerId, createdAt, terms, ...rest }) => ({
    ...rest,
    password: new Secret(password),
    ownerId,
    createdAt,
    terms,
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
  const { addresses, disabledLocales, misc, domainRestriction } = settings;
  const record: Written<typeof StoredSettings> = {
    loginTimeout,
    adminMultipleSessions,
    externalId,
    mode,
    admin,
    prefs,
    addresses: [...addresses],
    disabledLocales: [...disabledLocales],
    misc,
    domainRestriction: { ...domainRestriction, names: [...domainRestriction.names] },
  };
  return JSON.stringify(record);
};

export const keyJson = ({ id, key, accountId, addresses, description }: SecretKey): string => {
  const record: Written<typeof StoredKey> = { id, key: key.reveal(), accountId, addresses, description };
  return JSON.stringify(record);
};

export const accountJson = (account: SeededAccount): string => {
  const { id, login, password, role, ownerId, guid, externalId, status, createdAt, locale, terms } = account;
  const { name, company, phone, fax, email, address, city, state, postcode, country, description } = account;
  const record: Written<typeof StoredAccount> = {
    id,
    login,
    password: password.reveal(),
    role,
    ownerId,
    guid,
    externalId: some(externalId),
    status,
    createdAt,
    locale,
    name: some(name),
    company: some(company),
    phone: some(phone),
    fax: some(fax),
    email: some(email),
    address: some(address),
    city: some(city),
    state: some(state),
    postcode: some(postcode),
    country: some(country),
    description: some(description),
    terms: terms && { ...terms, pool: [...terms.pool] },
  };
  return JSON.stringify(record);
};

/** A text, or nothing where it is empty. */
const some = (text: string): string | undefined => (text === '' ? undefined : text);
