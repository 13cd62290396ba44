import type { Context } from '../context.ts';
import { Problem } from '../problems.ts';
import type { LinkState } from './link.ts';
import type { Found } from './store.ts';
import { isToken } from './token.ts';

/** The link of a token. A Problem where the token has not the form of one, or opens nothing that is known. */
export async function findByToken(token: string, { pepper, store }: Context): Promise<Found> {
  if (!isToken(token)) throw new Problem('token_malformed');
  for (const digest of pepper.digests(token)) {
    const found = await store.findByDigest(digest);
    if (found !== undefined) return found;
  }
  throw new Problem('token_unknown');
}

/** Why a link in this state cannot be opened; one that is claimed is in use. */
export function problemOfState(state: Exclude<LinkState, 'issued'>): Problem {
  const codes = {
    claimed: 'token_in_use',
    opened: 'token_used',
    expired: 'token_expired',
    revoked: 'token_revoked',
    exhausted: 'token_exhausted',
  } as const;
  return new Problem(codes[state], state === 'claimed' ? { retryAfter: 1 } : {});
}
