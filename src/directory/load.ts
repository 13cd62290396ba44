import type { Clock } from '../../base/clock.ts';
import { readStored } from './database.ts';
import type { Account, ApiKey, Directory, PleskServer, User } from './directory.ts';
import { ACTIONS } from './directory.ts';
import { DirectoryError } from './directory-error.ts';
import type { StoredAccount, StoredDirectory, StoredKey } from './schema.ts';
import type { ServerSource } from './servers.ts';
import { serverFrom } from './servers.ts';

/** What a directory is made of: its file, and what its credentials are resolved with. */
export interface DirectorySource extends ServerSource {
  readonly clock: Clock;
}

/** Reads the directory, its credentials resolved; a DirectoryError names every mistake and shows no secret. */
export async function loadDirectory(source: DirectorySource): Promise<Directory> {
  const stored = await readStored(source.file, source.clock.now());
  const entries = Object.entries(stored.servers);
  const found = await Promise.all(entries.map(([id, entry]) => serverFrom(id, entry, source)));
  const mistakes = found.flatMap((one) => ('mistakes' in one ? one.mistakes : []));
  if (mistakes.length > 0) throw new DirectoryError(source.file, mistakes);
  const servers = found.flatMap((one) => ('server' in one ? [one.server] : []));
  return directoryOf(servers, stored);
}

function directoryOf(servers: readonly PleskServer[], stored: StoredDirectory): Directory {
  const serverById = new Map(servers.map((server) => [server.id, server]));
  const users = new Map(usersIn(stored).map((user) => [user.id, user]));
  const keys = stored.api_keys.map(keyFrom);
  const keyById = new Map(keys.map((key) => [key.id, key]));
  const keyByDigest = new Map(keys.map((key) => [key.sha256, key]));
  return {
    server: (id) => serverById.get(id),
    servers: () => servers,
    user: (id) => users.get(id),
    keyByDigest: (sha256) => keyByDigest.get(sha256),
    keyById: (id) => keyById.get(id),
  };
}

const usersIn = ({ users }: StoredDirectory): readonly User[] =>
  Object.entries(users).map(([id, { active, sso_disabled: isSsoDisabled = false, accounts }]) => ({
    id: Number(id),
    isActive: active,
    isSsoDisabled,
    accounts: accounts.map(accountFrom),
  }));

const accountFrom = ({ service_id, server, login, role, primary = false }: StoredAccount): Account => ({
  serviceId: service_id,
  server,
  login,
  role,
  isPrimary: primary,
});

const keyFrom = ({ id, name, sha256, addresses, actions, scopes, expires_at, mode }: StoredKey): ApiKey => ({
  id,
  name,
  sha256,
  addresses,
  actions: actions ?? ACTIONS,
  scopes: scopes ?? [],
  expiresAt: expires_at === undefined ? undefined : Date.parse(expires_at),
  mode,
});
