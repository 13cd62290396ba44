import type { Mode } from '../directory/directory.ts';

/** Where a link is in its life; `expired` is judged by the instant and stored nowhere. */
export type LinkState = 'issued' | 'claimed' | 'opened' | 'expired' | 'revoked' | 'exhausted';

/** What a link is for: decided when it is issued, and never changed. */
export interface LinkTerms {
  readonly userId: number;
  readonly serviceId: number;
  /** The directory's server. */
  readonly server: string;
  readonly keyId: string;
  /** As the caller gave it, '' where it was absent. */
  readonly destination: string;
  /** success_redirect_url for Plesk; absent for the panel's own start page. */
  readonly success?: string;
  /** Where `/continue/<id>` leads, where success is that. */
  readonly target?: string;
  readonly locale?: string;
  readonly mode: Mode;
  /** The address or CIDR range that may open it. */
  readonly clientIp?: string;
  /** SHA-256 in base64url of the nonce that the browser has to post. */
  readonly browserBinding?: string;
}

/** A link as a store knows it. */
export interface Link {
  /** 32 hex digits, no secret: names the link in answers, logs and `/continue/<id>`. */
  readonly id: string;
  readonly terms: LinkTerms;
  /** Milliseconds since 1970 by the store's clock, as all times of a link. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly state: Exclude<LinkState, 'expired'>;
  /** Grows by one with each claim; only its newest holder may commit or release. 0 before the first. */
  readonly fence: number;
  /** When the claim that is held runs out; 0 where none is held. */
  readonly leaseEndsAt: number;
  /** How many attempts may have made a session that nobody knows of. */
  readonly attempts: number;
  readonly openedAt?: number;
  /** The id of the Plesk session, sealed, of an opened link whose session was not ended by us. */
  readonly sealedSession?: string;
  /** HMAC of the nonce of the browser that opened the link; absent once the link was revoked. */
  readonly opener?: string;
  /** Whether the one replacement of the session was used up. */
  readonly isReplaced?: true;
}

/** So many counted attempts, and a link is worth no more. */
export const MOST_ATTEMPTS = 5;

/** How long a link is known after its end: what was spent says so, and what was opened can be revoked. 24 hours. */
export const TOMBSTONE_MS = 86_400_000;

/** How long the browser that opened a link gets the same answer again, counted from the commit. */
export const REOPEN_MS = 15_000;

/** The state that counts at an instant: a claim whose lease ran out is none, and what is past its end is expired. */
export function stateAt(link: Link, now: number): LinkState {
  const { state, attempts } = settled(link, now);
  if (state !== 'issued') return state;
  return attempts >= MOST_ATTEMPTS ? 'exhausted' : now >= link.expiresAt ? 'expired' : 'issued';
}

/** Whether the browser with this nonce opened the link within the last 15 seconds, and its session is still known. */
export const mayReopen = (link: Link, opener: string, now: number): boolean =>
  link.state === 'opened' &&
  link.opener === opener &&
  link.sealedSession !== undefined &&
  now < (link.openedAt ?? 0) + REOPEN_MS;

/** Whether another request replaces the session of an opened link at this instant. */
export const isBeingReplaced = (link: Link, now: number): boolean =>
  link.state === 'opened' && now < link.leaseEndsAt;

/**
 * A link without a claim that has run out. Whoever held it may have made a session before it went silent, so that is a
 * counted attempt.
 */
function settled(link: Link, now: number): Link {
  if (!isClaimed(link) || now < link.leaseEndsAt) return link;
  return afterAttempt(link, 'counted');
}

/** Whether a claim is on the link: to open it, or to replace the session of an opened one. */
const isClaimed = ({ state, leaseEndsAt }: Link): boolean =>
  state === 'claimed' || (state === 'opened' && leaseEndsAt > 0);

function afterAttempt(link: Link, attempt: Attempt): Link {
  if (link.state === 'opened')
    return { ...link, leaseEndsAt: 0, ...(attempt === 'counted' ? { isReplaced: true as const } : {}) };
  const attempts = link.attempts + (attempt === 'counted' ? 1 : 0);
  const state = attempts >= MOST_ATTEMPTS ? 'exhausted' : 'issued';
  return { ...link, state, attempts, leaseEndsAt: 0 };
}

/** Whether there is something to end: a link that was not opened, or the session of an opened one. */
export const isRevocable = (link: Link, now: number): boolean =>
  link.sealedSession !== undefined || isLive(link, now);

/** Whether a link may still be opened. */
export const isLive = (link: Link, now: number): boolean =>
  ['issued', 'claimed'].includes(stateAt(link, now));

/** Whether an attempt that got nobody in may have left a session behind. */
export type Attempt = 'counted' | 'uncounted';

/** What came of a step: the link as it is now, and whether the step was made. */
export interface Step {
  readonly link: Link;
  readonly isDone: boolean;
}

const refused = (link: Link): Step => ({ link, isDone: false });
const done = (link: Link): Step => ({ link, isDone: true });

/** Takes a link for one attempt. Refused unless it is `issued` at this instant. */
export function claim(link: Link, now: number, leaseMs: number): Step {
  const free = settled(link, now);
  if (stateAt(free, now) !== 'issued') return refused(free);
  return done({ ...free, state: 'claimed', fence: free.fence + 1, leaseEndsAt: now + leaseMs });
}

/**
 * Takes an opened link to replace its session, once. Refused unless the browser that opened it asks within 15 seconds,
 * and while another request of that browser replaces it.
 */
export function claimReplacement(link: Link, opener: string, now: number, leaseMs: number): Step {
  const free = settled(link, now);
  if (!mayReopen(free, opener, now) || free.isReplaced === true || isClaimed(free)) return refused(free);
  return done({ ...free, fence: free.fence + 1, leaseEndsAt: now + leaseMs });
}

/** Whether this fence is that of the claim that is held at this instant. */
const holds = (link: Link, fence: number, now: number): boolean =>
  isClaimed(link) && link.fence === fence && now < link.leaseEndsAt;

/**
 * Makes a claim good: from here on the browser may be sent in. Refused to all but the holder of the newest claim. Without
 * an opener no browser gets the same answer again. A replacement keeps the opener and the instant of the first commit.
 */
export function commit(link: Link, fence: number, sealedSession: string, now: number, opener?: string): Step {
  if (!holds(link, fence, now)) return refused(settled(link, now));
  if (link.state === 'opened') return done({ ...link, leaseEndsAt: 0, sealedSession, isReplaced: true });
  const opened = { ...link, state: 'opened', leaseEndsAt: 0, openedAt: now, sealedSession } as const;
  return done(opener === undefined ? opened : { ...opened, opener });
}

/** Gives a claim back. Refused to all but the holder of the newest claim. */
export function release(link: Link, fence: number, attempt: Attempt, now: number): Step {
  if (!holds(link, fence, now)) return refused(settled(link, now));
  return done(afterAttempt(link, attempt));
}

/**
 * Ends a link that nobody has opened; a claim that is held can no more be made good. Refused where it is over, but then
 * the browser that opened the link gets no answer again and no replacement.
 */
export function revoke(link: Link, now: number): Step {
  const state = stateAt(link, now);
  if (state === 'opened') return refused(withoutOpener({ ...settled(link, now), leaseEndsAt: 0 }));
  if (state !== 'issued' && state !== 'claimed') return refused(settled(link, now));
  return done({ ...settled(link, now), state: 'revoked', leaseEndsAt: 0 });
}

function withoutOpener({ opener: _, ...link }: Link): Link {
  return link;
}
