import { hash } from 'node:crypto';
import type { Ids } from '../../base/ids.ts';

const PREFIX = 'psso_';
const CHECKSUM = 6;
const FORM = /^psso_[\w-]{49}$/;

/** A new token: `psso_`, 32 random bytes and a checksum, 54 characters that need no escaping in a URL. */
export function mintToken(ids: Ids): string {
  const secret = Buffer.from(ids.hex32() + ids.hex32(), 'hex').toString('base64url');
  return PREFIX + secret + checksumOf(secret);
}

/** Whether a text can be a token: a mistyped or cut one is known without asking a store. */
export function isToken(text: string): boolean {
  if (!FORM.test(text)) return false;
  const secret = text.slice(PREFIX.length, -CHECKSUM);
  const isCanonical = Buffer.from(secret, 'base64url').toString('base64url') === secret;
  return isCanonical && checksumOf(secret) === text.slice(-CHECKSUM);
}

/** Says only that a token was copied whole: whoever guesses one can compute it too. */
const checksumOf = (secret: string): string =>
  hash('sha256', PREFIX + secret, 'base64url').slice(0, CHECKSUM);
