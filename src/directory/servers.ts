import { Secret } from '../../base/secret.ts';
import { readCa } from './certificates.ts';
import type { Credentials, PleskServer } from './directory.ts';
import type { Resolving } from './reference.ts';
import { readReference, resolveReference } from './reference.ts';
import type { StoredServer } from './schema.ts';
import type { Read } from './server-forms.ts';
import { readFingerprint, readOrigin, readTarget } from './server-forms.ts';

/** What servers are made of, besides their entries. */
export interface ServerSource extends Resolving {
  /** The directory file, from whose folder on the paths of CAs are read. */
  readonly file: string;
}

/** A server with its credentials at hand, or every reason why there is none, each by its path. */
export async function serverFrom(
  id: string,
  entry: StoredServer,
  source: ServerSource,
): Promise<{ readonly server: PleskServer } | { readonly mistakes: readonly string[] }> {
  const mistakes: string[] = [];
  const wrong = (field: string, mistake: string): void => {
    mistakes.push(`servers.${id}.${field}: ${mistake}`);
  };
  const taken = (field: string, read: Read<string> | undefined): string | undefined => {
    if (read === undefined || 'value' in read) return read?.value;
    wrong(field, read.mistake);
    return undefined;
  };
  const { ca, fingerprint, failureRedirectUrl, trustedRedirectHosts } = entry;
  const server = {
    id,
    origin: taken('url', readOrigin(entry.url)),
    release: entry.release,
    credentials: await credentialsFrom(id, entry.auth, source, wrong),
    ca: taken('ca', ca === undefined ? undefined : await readCa(ca, source.file)),
    fingerprint: taken('fingerprint', fingerprint === undefined ? undefined : readFingerprint(fingerprint)),
    trustedRedirectHosts: trustedRedirectHosts?.map((host) => host.toLowerCase()),
    absoluteRedirects: entry.absoluteRedirects ?? 'any',
    failureRedirectUrl: taken(
      'failureRedirectUrl',
      failureRedirectUrl === undefined ? undefined : readTarget(failureRedirectUrl),
    ),
    sendsPhpSessionId: entry.phpSessionId ?? false,
  };
  const { origin, credentials } = server;
  if (mistakes.length > 0 || origin === undefined || credentials === undefined) return { mistakes };
  return { server: { ...server, origin, credentials } };
}

async function credentialsFrom(
  id: string,
  { secretKey, login, password }: StoredServer['auth'],
  resolving: Resolving,
  wrong: (field: string, mistake: string) => void,
): Promise<Credentials | undefined> {
  const resolved = async (field: string, text: string): Promise<Secret | undefined> => {
    const reference = readReference(text);
    const found = 'mistake' in reference ? reference : await resolveReference(reference, id, resolving);
    if (found instanceof Secret) return found;
    wrong(`auth.${field}`, found.mistake);
    return undefined;
  };
  if (secretKey !== undefined) {
    const key = await resolved('secretKey', secretKey);
    return key === undefined ? undefined : { kind: 'key', key };
  }
  const secret = await resolved('password', password ?? '');
  return secret === undefined || login === undefined
    ? undefined
    : { kind: 'password', login, password: secret };
}
