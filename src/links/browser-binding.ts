import { hash } from 'node:crypto';
import { Problem } from '../problems.ts';
import type { LinkTerms } from './link.ts';

/** A nonce that is shorter could be guessed from its SHA-256. */
const MIN_NONCE_BYTES = 16;

/** base64url of a SHA-256, without padding: what `browser_binding` has to be. */
export const BROWSER_BINDING = /^[\w-]{42}[AEIMQUYcgkosw048]$/;

/** Refuses a link that is bound to a browser, unless this nonce is the one whose SHA-256 was given at issue. */
export function checkBinding({ browserBinding }: LinkTerms, nonce: string | undefined): void {
  if (browserBinding === undefined) return;
  const isRight =
    nonce !== undefined &&
    Buffer.byteLength(nonce) >= MIN_NONCE_BYTES &&
    hash('sha256', nonce, 'base64url') === browserBinding;
  if (!isRight) throw new Problem('browser_mismatch');
}
