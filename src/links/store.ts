import type { Attempt, Link, LinkTerms } from './link.ts';

/** A link to be kept. */
export interface NewLink {
  readonly id: string;
  /** HMAC-SHA-256 of the token, hex; the token itself reaches no store. */
  readonly digest: string;
  readonly terms: LinkTerms;
  readonly ttlMs: number;
}

/** What makes a second request the same one. */
export interface Repeat {
  /** HMAC of the API key's id and the Idempotency-Key, hex. */
  readonly key: string;
  /** HMAC of the request, hex. */
  readonly request: string;
  /** The token, sealed; given back where the request comes again. */
  readonly sealedToken: string;
}

/** How long a request is known again, in milliseconds. */
export const REPEAT_MS = 60_000;

/** What came of issuing; `now` is the store's clock. */
export type Issued =
  | { readonly kind: 'issued'; readonly link: Link; readonly now: number }
  /** The same request came before: its link, and its token. */
  | { readonly kind: 'repeated'; readonly link: Link; readonly now: number; readonly sealedToken: string }
  /** The key came before with another request. */
  | { readonly kind: 'conflict' };

/** What came of a claim: `link` is as it is after it, `now` the store's clock. */
export interface Claimed {
  readonly isDone: boolean;
  readonly link: Link;
  readonly now: number;
}

/** A link with the instant at which it was read, by the store's clock. */
export interface Found {
  readonly link: Link;
  readonly now: number;
}

/** How often something happened in the window that runs. */
export interface Hits {
  readonly count: number;
  /** Milliseconds until the count begins anew. */
  readonly resetsIn: number;
}

/** A store that cannot be asked; whether it did what it was asked is not known. */
export class StoreUnavailable extends Error {
  constructor(cause: Error) {
    super(`the store cannot be reached: ${cause.message}`, { cause });
    this.name = 'StoreUnavailable';
  }
}

/**
 * Where links live. Every method is one atomic step on the store's own clock, follows the rules of `link.ts`, and throws
 * StoreUnavailable where it cannot be done. A link is known for 24 hours after its end.
 */
export interface LinkStore {
  /** Keeps a link, its times by the store's clock; with `repeat`, only where that came not before within 60 s. */
  issue(link: NewLink, repeat?: Repeat): Promise<Issued>;
  /** By the digest of the token. */
  findByDigest(digest: string): Promise<Found | undefined>;
  findById(id: string): Promise<Found | undefined>;
  /**
   * What of a user can still be revoked: first the links that were not opened, then the opened ones whose session is
   * known, each the newest first.
   */
  findByUser(userId: number): Promise<readonly Found[]>;
  /** Revokes the same in the same order, a thousand in one step; an opened link is not done, and keeps its session. */
  revokeByUser(userId: number): Promise<readonly Claimed[]>;
  /** Takes a link for one attempt of at most `leaseMs`; `undefined` where it is not known. */
  claim(id: string, leaseMs: number): Promise<Claimed | undefined>;
  /** Takes an opened link for one replacement of its session; `opener` is the HMAC that its commit kept. */
  claimReplacement(id: string, opener: string, leaseMs: number): Promise<Claimed | undefined>;
  /**
   * Whether the claim was made good; where not, nothing may be sent to the browser. `opener` is the HMAC of the nonce of
   * the browser that may have the answer again.
   */
  commit(id: string, fence: number, sealedSession: string, opener?: string): Promise<boolean>;
  /** Gives a claim back; the link as it is then, `undefined` where it is not known. */
  release(id: string, fence: number, attempt: Attempt): Promise<Claimed | undefined>;
  /** Ends a link that nobody has opened; of an opened one it ends what its browser may have again. */
  revoke(id: string): Promise<Claimed | undefined>;
  /** Drops the sealed session of an opened link, whose session has ended. */
  forgetSession(id: string): Promise<void>;
  /** Counts one more under this name, in a window that begins with the first. */
  hit(name: string, windowMs: number): Promise<Hits>;
  /** The count under this name as it is; 0 where no window runs. */
  hits(name: string): Promise<Hits>;
  /** Resolves where the store can be reached. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
