import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Account, ApiKey, Directory, User } from './directory.ts';
import { ACTIONS } from './directory.ts';
import { directoryOf } from './records.ts';
import { textIn } from '../small-file.ts';

/**
 * The directory without the rights that a refused file takes away, or the same directory if it takes none. The file needs
 * to be JSON, no more: a mistake in one entry must not keep a revoked key or a suspended user valid.
 */
export async function withoutRemoved(directory: Directory, file: string): Promise<Directory> {
  const { users, api_keys: keys } = objectIn(await readJson(file).catch(() => undefined));
  const usersLeft = isObject(users) ? leftOf(directory.users(), (user) => userLeft(user, users)) : undefined;
  const keysLeft = Array.isArray(keys) ? leftOf(directory.keys(), (key) => keyLeft(key, keys)) : undefined;
  if (usersLeft === undefined && keysLeft === undefined) return directory;
  return directoryOf({
    servers: directory.servers(),
    unusable: directory.unusable(),
    users: usersLeft ?? directory.users(),
    keys: keysLeft ?? directory.keys(),
  });
}

type Loose = Readonly<Record<string, unknown>>;

const isObject = (json: unknown): json is Loose =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

const objectIn = (json: unknown): Loose => (isObject(json) ? json : {});

const listIn = (json: unknown): readonly unknown[] => (Array.isArray(json) ? json : []);

async function readJson(file: string): Promise<unknown> {
  // Opening a pipe must not wait for a writer.
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!(await handle.stat()).isFile()) return undefined;
    return JSON.parse(textIn(await handle.readFile()) ?? '');
  } finally {
    await handle.close();
  }
}

/** Records after `leave`, which returns the same record if it keeps all its rights; `undefined` if all of them do. */
function leftOf<T>(records: readonly T[], leave: (record: T) => T | undefined): readonly T[] | undefined {
  const left = records.map(leave);
  if (left.every((record, index) => record === records[index])) return undefined;
  return left.filter((record) => record !== undefined);
}

/** A user is kept only if its entry says so; anything but `"active": true` suspends it. */
function userLeft(user: User, entries: Loose): User | undefined {
  const id = String(user.id);
  if (!Object.hasOwn(entries, id)) return undefined;
  const { active, sso_disabled: disabled, accounts } = objectIn(entries[id]);
  const isActive = user.isActive && active === true;
  const isSsoDisabled = user.isSsoDisabled || (disabled !== undefined && disabled !== false);
  const listed = listIn(accounts).map(objectIn);
  const left = user.accounts.filter((account) => listed.some((entry) => isListed(account, entry)));
  const isSame =
    isActive === user.isActive &&
    isSsoDisabled === user.isSsoDisabled &&
    left.length === user.accounts.length;
  return isSame ? user : { ...user, isActive, isSsoDisabled, accounts: left };
}

const isListed = ({ serviceId, server, login, role }: Account, entry: Loose): boolean =>
  entry['service_id'] === serviceId &&
  entry['server'] === server &&
  entry['login'] === login &&
  entry['role'] === role;

function keyLeft(key: ApiKey, entries: readonly unknown[]): ApiKey | undefined {
  const entry = entries.map(objectIn).find(({ id, sha256 }) => id === key.id && sha256 === key.sha256);
  if (entry === undefined) return undefined;
  const end = endIn(entry['expires_at']);
  const isSooner = end !== undefined && !(key.expiresAt !== undefined && key.expiresAt <= end);
  const actions = key.actions.filter((action) => listIn(entry['actions'] ?? ACTIONS).includes(action));
  const scopes = key.scopes.filter((scope) => listIn(entry['scopes']).includes(scope));
  const addresses = addressesLeft(key.addresses, entry['addresses']);
  const isSame =
    !isSooner &&
    actions.length === key.actions.length &&
    scopes.length === key.scopes.length &&
    addresses?.length === key.addresses?.length;
  return isSame ? key : { ...key, actions, scopes, addresses, expiresAt: isSooner ? end : key.expiresAt };
}

/** When the entry ends the key; an end that cannot be read has passed. */
function endIn(text: unknown): number | undefined {
  if (text === undefined) return undefined;
  const end = typeof text === 'string' ? Date.parse(text) : NaN;
  return Number.isNaN(end) ? 0 : end;
}

/** Addresses that both lists hold; a key that was accepted from everywhere takes the new list as it is. */
function addressesLeft(
  addresses: readonly string[] | undefined,
  listed: unknown,
): readonly string[] | undefined {
  if (listed === undefined) return addresses;
  const texts = listIn(listed).filter((text) => typeof text === 'string');
  return addresses === undefined ? texts : addresses.filter((address) => texts.includes(address));
}
