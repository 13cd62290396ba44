import type { ApiKey, Directory, PleskServer, User } from './directory.ts';

/** What a directory holds. */
export interface Records {
  readonly servers: readonly PleskServer[];
  /** Why servers cannot be used, by id. */
  readonly unusable: ReadonlyMap<string, readonly string[]>;
  readonly users: readonly User[];
  readonly keys: readonly ApiKey[];
}

/** A directory of these records, indexed by what each is looked up by. */
export function directoryOf({ servers, unusable, users, keys }: Records): Directory {
  const serverById = new Map(servers.map((server) => [server.id, server]));
  const userById = new Map(users.map((user) => [user.id, user]));
  const keyById = new Map(keys.map((key) => [key.id, key]));
  const keyByDigest = new Map(keys.map((key) => [key.sha256, key]));
  return {
    server: (id) => serverById.get(id),
    servers: () => servers,
    unusable: () => unusable,
    user: (id) => userById.get(id),
    users: () => users,
    keys: () => keys,
    keyByDigest: (sha256) => keyByDigest.get(sha256),
    keyById: (id) => keyById.get(id),
  };
}
