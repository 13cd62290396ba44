import type { Link, LinkTerms } from '../link.ts';
import type { Claimed, Hits, Issued } from '../store.ts';

/** Why a link that is in Redis is unknown all the same. */
export type Refusal = 'altered' | 'other_run';

/** A link as `answer` of rules.ts gives it; its terms are sealed. */
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
  digest: string,
];

/** A link, or why the one of this id is unknown. */
export type Reply = null | Row | readonly [Refusal, id: string];

/** Some links of a user, and where those after them begin; `null` behind the last. */
export type PageReply = readonly [next: number | null, rows: readonly Row[]];

export const isRefusal = (reply: Row | readonly [Refusal, string]): reply is readonly [Refusal, string] =>
  typeof reply[0] === 'string';

/** What came of issuing: a link, unless it is `conflict` or `taken`, and the token of a repeated request. */
export type IssueReply = readonly [kind: Issued['kind'] | 'taken', row?: Row, sealedToken?: string];

/** How the terms of a link are opened; `undefined` where they are not ours. */
export type OpenTerms = (sealed: string, id: string, digest: string) => LinkTerms | undefined;

// Who can write to Redis can change what our scripts answer from, and rules.ts checks the form of all but the terms.

/** A link after a step, or as it was found; `undefined` where its terms are not ours. */
export function claimedOf(row: Row, open: OpenTerms): Claimed | undefined {
  const [
    isDone,
    now,
    id,
    sealed,
    issuedAt,
    expiresAt,
    state,
    fence,
    leaseEndsAt,
    attempts,
    openedAt,
    sealedSession,
    opener,
    isReplaced,
    digest,
  ] = row;
  const terms = open(sealed, id, digest);
  if (terms === undefined) return undefined;
  const link: Link = {
    id,
    terms,
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

/** A count and the rest of its window. */
export function hitsOf(reply: unknown): Hits {
  const [count, resetsIn] = reply as readonly [number, number];
  return { count, resetsIn };
}
