import { hash } from 'node:crypto';
import type { Ids } from '../../base/ids.ts';
import { Secret } from '../../base/secret.ts';

const PREFIX = 'psso_key_';
const CHECKSUM = 6;
const FORM = /^psso_key_[\w-]{49}$/;

/** A new key of the API: `psso_key_`, 32 random bytes and a checksum, 58 characters that any header can hold. */
export function mintApiKey(ids: Ids): Secret {
  const secret = Buffer.from(ids.hex32() + ids.hex32(), 'hex').toString('base64url');
  return new Secret(PREFIX + secret + checksumOf(secret));
}

/** Whether a text can be a key: one that was cut or mistyped is none. */
export function isApiKey(text: string): boolean {
  const secret = text.slice(PREFIX.length, -CHECKSUM);
  return FORM.test(text) && checksumOf(secret) === text.slice(-CHECKSUM);
}

/** Says only that a key was copied whole. */
const checksumOf = (secret: string): string =>
  hash('sha256', PREFIX + secret, 'base64url').slice(0, CHECKSUM);
