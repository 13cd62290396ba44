import { createSecureContext } from 'node:tls';
import type { Ids } from '../base/ids.ts';
import { SettingsError } from '../base/settings-error.ts';
import { readTextFile } from '../base/text-file.ts';
import type { Settings } from './config.ts';
import { isPublic } from './config.ts';
import type { Catalogue } from './destinations/catalogue.ts';
import { readDestinations } from './destinations/read-file.ts';
import type { Tls } from './http/server.ts';
import type { Env } from './environment.ts';
import { readPepper } from './pepper-keys.ts';
import type { Pepper } from './pepper.ts';

/** What settings name and do not hold. */
export interface Named {
  readonly catalogue: Catalogue;
  readonly pepper: Pepper;
  readonly tls: Tls | undefined;
}

/** Reads what settings name; a SettingsError says all that is wrong with any of it. */
export async function readNamed(settings: Settings, env: Env | undefined, ids: Ids): Promise<Named> {
  const readings = [
    readDestinations(settings.destinations),
    readPepper(settings.pepperKeys, env, ids, isPublic(settings)),
    readTls(settings),
  ] as const;
  const mistakes = (await Promise.allSettled(readings)).flatMap((reading) => {
    if (reading.status === 'fulfilled') return [];
    if (reading.reason instanceof SettingsError) return reading.reason.mistakes;
    throw reading.reason;
  });
  if (mistakes.length > 0) throw new SettingsError(mistakes);
  const [catalogue, pepper, tls] = await Promise.all(readings);
  return { catalogue, pepper, tls };
}

/** Key and certificate of the service; `undefined` if it has none. @throws {SettingsError} */
export async function readTls({ tlsCert, tlsKey }: Settings): Promise<Tls | undefined> {
  if (tlsCert === undefined || tlsKey === undefined) return undefined;
  const [cert, key] = await Promise.all([readPem('tlsCert', tlsCert), readPem('tlsKey', tlsKey)]);
  const mistakes = [cert, key].flatMap((read) => ('mistake' in read ? [read.mistake] : []));
  if ('mistake' in cert || 'mistake' in key) throw new SettingsError(mistakes);
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

type Pem = { readonly text: string } | { readonly mistake: string };

const readPem = (name: 'tlsCert' | 'tlsKey', file: string): Promise<Pem> =>
  readTextFile(file).then(
    (text) => ({ text }),
    (error: unknown) => ({ mistake: `${name}: ${file} cannot be read: ${String(error)}` }),
  );
