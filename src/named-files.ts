import { createSecureContext } from 'node:tls';
import type { Ids } from '../base/ids.ts';
import { Secret } from '../base/secret.ts';
import { SettingsError } from '../base/settings-error.ts';
import type { Settings } from './config.ts';
import { isPublic } from './config.ts';
import type { Catalogue } from './destinations/catalogue.ts';
import { readDestinations } from './destinations/read-file.ts';
import { readCertificates } from './directory/certificates.ts';
import { readReference, resolveReference } from './directory/reference.ts';
import type { Tls } from './http/server.ts';
import type { Env } from './environment.ts';
import { readPepper } from './pepper-keys.ts';
import type { Pepper } from './pepper.ts';
import type { Warn } from './secret-file.ts';
import { readSecretFile } from './secret-file.ts';
import { readSmall } from './small-file.ts';

/** What settings name and do not hold. */
export interface Named {
  readonly catalogue: Catalogue;
  readonly pepper: Pepper;
  readonly tls: Tls | undefined;
  readonly storePassword: Secret | undefined;
  /** Certificates in PEM. */
  readonly storeCa: string | undefined;
}

/** What the reading of named files needs. */
export interface Naming {
  readonly env: Env | undefined;
  readonly ids: Ids;
  /** Told of files of secrets that others may read. */
  readonly warn: Warn;
}

/** Reads what settings name; a SettingsError says all that is wrong with any of it. */
export async function readNamed(settings: Settings, { env, ids, warn }: Naming): Promise<Named> {
  const readings = [
    readDestinations(settings.destinations),
    readPepper(settings.pepperKeys, env, ids, { isPublic: isPublic(settings), warn }),
    readTls(settings, warn),
    readStorePassword(settings, env, warn),
    readStoreCa(settings),
  ] as const;
  const mistakes = (await Promise.allSettled(readings)).flatMap((reading) => {
    if (reading.status === 'fulfilled') return [];
    if (reading.reason instanceof SettingsError) return reading.reason.mistakes;
    throw reading.reason;
  });
  if (mistakes.length > 0) throw new SettingsError(mistakes);
  const [catalogue, pepper, tls, storePassword, storeCa] = await Promise.all(readings);
  return { catalogue, pepper, tls, storePassword, storeCa };
}

/** Key and certificate of the service; `undefined` if it has none. @throws {SettingsError} */
export async function readTls({ tlsCert, tlsKey }: Settings, warn: Warn): Promise<Tls | undefined> {
  if (tlsCert === undefined || tlsKey === undefined) return undefined;
  const [cert, key] = await Promise.all([readSmall(tlsCert), readSecretFile(tlsKey, { warn })]);
  if ('mistake' in cert || 'mistake' in key)
    throw new SettingsError([
      ...('mistake' in cert ? [`tlsCert: ${cert.mistake}`] : []),
      ...('mistake' in key ? [`tlsKey: ${key.mistake}`] : []),
    ]);
  const tls = { cert: cert.text, key: key.text };
  try {
    createSecureContext(tls);
  } catch (error) {
    throw new SettingsError([
      `tlsCert, tlsKey: ${tlsCert} and ${tlsKey} are no certificate and its key in PEM: ${String(error)}`,
    ]);
  }
  return tls;
}

async function readStorePassword(
  { storePassword }: Settings,
  env: Env | undefined,
  warn: Warn,
): Promise<Secret | undefined> {
  if (storePassword === undefined) return undefined;
  const reference = readReference(storePassword);
  const found =
    'mistake' in reference
      ? reference
      : await resolveReference(reference, 'the store', { env, pepper: undefined, warn });
  if (found instanceof Secret) return found;
  throw new SettingsError([`storePassword: ${found.mistake}`]);
}

async function readStoreCa({ storeCa }: Settings): Promise<string | undefined> {
  if (storeCa === undefined) return undefined;
  const found = await readSmall(storeCa);
  if ('mistake' in found) throw new SettingsError([`storeCa: ${found.mistake}`]);
  const read = readCertificates(found.text);
  if ('mistake' in read) throw new SettingsError([`storeCa: ${storeCa}: ${read.mistake}`]);
  return read.value;
}
