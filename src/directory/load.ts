import type { Clock } from '../../base/clock.ts';
import { readStored } from './database.ts';
import type { Account, ApiKey, Directory, User } from './directory.ts';
import { ACTIONS } from './directory.ts';
import { SAMPLE_KEY_SHA256 } from '../sample-secrets.ts';
import { DirectoryError } from './directory-error.ts';
import { directoryOf } from './records.ts';
import type { StoredAccount, StoredDirectory, StoredKey } from './schema.ts';
import type { ServerSource } from './servers.ts';
import { serverFrom } from './servers.ts';

/** What a directory is made of: its file, and what its credentials are resolved with. */
export interface DirectorySource extends ServerSource {
  readonly clock: Clock;
  /** Whether API keys that are published as samples are mistakes. */
  readonly refusesSamples?: boolean;
}

/**
 * Reads the directory and resolves its credentials; a DirectoryError names every mistake and shows no secret. A server
 * whose credential or CA cannot be read is unusable, and the rest of the file counts.
 */
export async function loadDirectory(source: DirectorySource): Promise<Directory> {
  const stored = await readStored(source.file, source.clock.now());
  if (source.refusesSamples === true) refuseSamples(source.file, stored);
  const entries = Object.entries(stored.servers);
  const found = await Promise.all(
    entries.map(async ([id, entry]) => ({ id, ...(await serverFrom(id, entry, source)) })),
  );
  return directoryOf({
    servers: found.flatMap((one) => ('server' in one ? [one.server] : [])),
    unusable: new Map(found.flatMap((one) => ('mistakes' in one ? [[one.id, one.mistakes]] : []))),
    users: usersIn(stored),
    keys: stored.api_keys.map(keyFrom),
  });
}

function refuseSamples(file: string, { api_keys: keys }: StoredDirectory): void {
  const mistakes = keys.flatMap(({ id, sha256 }, index) =>
    sha256 === SAMPLE_KEY_SHA256
      ? [
          `api_keys.${index}.sha256: this is the published key of the sample stack, which only a publicUrl on this machine may have; run: plesk-sso keys revoke ${id}`,
        ]
      : [],
  );
  if (mistakes.length > 0) throw new DirectoryError(file, mistakes);
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
