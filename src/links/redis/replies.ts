import type { Link, LinkTerms } from '../link.ts';
import type { Claimed, Hits, Issued } from '../store.ts';

/** A link as `answer` of rules.ts gives it. */
type Row = readonly [
  isDone: 0 | 1,
  now: number,
  id: string,
  terms: string,
  issuedAt: number,
  expiresAt: number,
  state: Link['state'],
  fence: number,
  leaseEndsAt: number,
  attempts: number,
  openedAt: number | null,
  sealedSession: string | null,
  opener: string | null,
  isReplaced: string | null,
];

// What comes here was made by our own scripts from what our own store has written; its form is not checked again.

/** A link after a step, or as it was found; `undefined` where it is not known. */
export function claimedOf(reply: unknown): Claimed | undefined {
  return reply === null ? undefined : claimed(reply as Row);
}

/** The links of a user. */
export const listOf = (reply: unknown): readonly Claimed[] => (reply as readonly Row[]).map(claimed);

/** What came of issuing; `taken` where there is such a link already. */
export function issuedOf(reply: unknown): Issued | { readonly kind: 'taken' } {
  const [kind, row, sealedToken] = reply as readonly [Issued['kind'] | 'taken', Row, string];
  if (kind === 'conflict' || kind === 'taken') return { kind };
  const { link } = claimed(row);
  return kind === 'issued' ? { kind, link } : { kind, link, sealedToken };
}

/** A count and the rest of its window. */
export function hitsOf(reply: unknown): Hits {
  const [count, resetsIn] = reply as readonly [number, number];
  return { count, resetsIn };
}

function claimed(row: Row): Claimed {
  const [isDone, now, id, terms, issuedAt, expiresAt, state, fence, leaseEndsAt, attempts] = row;
  const [openedAt, sealedSession, opener, isReplaced] = row.slice(10) as [Row[10], Row[11], Row[12], Row[13]];
  const link: Link = {
    id,
    terms: JSON.parse(terms) as LinkTerms,
    issuedAt,
    expiresAt,
    state,
    fence,
    leaseEndsAt,
    attempts,
    ...(openedAt === null ? {} : { openedAt }),
    ...(sealedSession === null ? {} : { sealedSession }),
    ...(opener === null ? {} : { opener }),
    ...(isReplaced === null ? {} : { isReplaced: true }),
  };
  return { isDone: isDone === 1, link, now };
}
