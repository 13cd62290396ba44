import type { Response } from 'express';
import { networkOf } from '../../base/networks.ts';
import type { Hits, LinkStore } from '../links/store.ts';
import { Problem } from '../problems.ts';

const WINDOW_MS = 60_000;

/** So many a minute, by a name that stands in the headers. */
export interface Limit {
  readonly name: 'issue' | 'get' | 'revoke' | 'open' | 'failed';
  readonly most: number;
}

/** Counts one more for this key, and refuses nothing. */
export const count = (limit: Limit, key: string, store: LinkStore): Promise<Hits> =>
  store.hit(`${limit.name}:${key}`, WINDOW_MS);

/** Says in the headers what is left of a limit, and refuses with `rate_limited` what is one too many. */
export function checkCount(limit: Limit, hits: Hits, response: Response): void {
  tell(limit, hits, response);
  if (hits.count > limit.most) throw tooMany(hits);
}

function tell({ name, most }: Limit, { count, resetsIn }: Hits, response: Response): void {
  response.setHeader('RateLimit-Policy', `"${name}";q=${most};w=${WINDOW_MS / 1000}`);
  response.setHeader('RateLimit', `"${name}";r=${Math.max(0, most - count)};t=${seconds(resetsIn)}`);
}

const tooMany = ({ resetsIn }: Hits): Problem =>
  new Problem('rate_limited', { retryAfter: seconds(resetsIn) });

/** By what visitors are counted: whoever has one address of an IPv6 /64 has them all. */
export const visitorKey = (address: string): string => networkOf(address, 64);

const seconds = (milliseconds: number): number => Math.max(1, Math.ceil(milliseconds / 1000));
