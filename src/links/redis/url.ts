import { parseUrl } from '../../../base/addresses.ts';
import { Secret } from '../../../base/secret.ts';

/** Where a Redis is, and who we are to it. */
export interface RedisAddress {
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
  readonly username: string | undefined;
  readonly password: Secret | undefined;
  readonly db: number;
}

/** Whether a text may be in front of all keys; braces would change the slot of a cluster. */
export const isKeyPrefix = (text: string): boolean => /^[\w:.-]*$/.test(text);

/**
 * Reads `redis://user:password@host:port/db`, or `rediss:` for TLS; all but the host may be absent, and the password may
 * be given apart. Throws if it is no such URL, and never repeats what is in it.
 */
export function parseRedisUrl(text: string, given?: Secret): RedisAddress {
  const url = parseUrl(text);
  if (url === undefined) throw wrong('is no URL');
  const { protocol, hostname, port, username, password, pathname, search, hash } = url;
  if (protocol !== 'redis:' && protocol !== 'rediss:')
    throw wrong('begins neither with redis:// nor with rediss://');
  if (hostname === '') throw wrong('has no host');
  if (search !== '' || hash !== '') throw wrong('has something behind the number of the database');
  const [, db] = /^\/?(\d{0,4})$/.exec(pathname) ?? [];
  if (db === undefined) throw wrong('has no number of a database for its path');
  if (username !== '' && password === '' && given === undefined)
    throw wrong('has a user without a password; add it there, or name it by storePassword');
  return {
    host: decoded(hostname).replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? 6379 : Number(port),
    isTls: protocol === 'rediss:',
    username: username === '' ? undefined : decoded(username),
    password: password === '' ? given : new Secret(decoded(password)),
    db: Number(db),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw wrong('has a % that stands for no character');
  }
}

const wrong = (why: string): Error => new Error(`the URL of Redis ${why}`);
