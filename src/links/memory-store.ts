import type { Clock } from '../../base/clock.ts';
import type { Link, Step } from './link.ts';
import { claim, claimReplacement, commit, release, revoke } from './link.ts';
import { Links } from './memory/links.ts';
import { Windows } from './memory/windows.ts';
import { span } from './span.ts';
import type { Claimed, Found, Issued, LinkStore, NewLink, Repeat } from './store.ts';
import { StoreUnavailable } from './store.ts';

/** A store of links for one process, which ends with it; nothing to install, and no timer. */
export function createMemoryStore({ clock }: { readonly clock: Clock }): LinkStore {
  const links = new Links();
  const windows = new Windows();
  let isClosed = false;

  /** Does a step at one instant, from beginning to end before anything else runs. */
  const atOnce = <T>(step: (now: number) => T): Promise<T> =>
    new Promise((resolve) => {
      if (isClosed) throw new StoreUnavailable(new Error('the store is closed'));
      const now = clock.now();
      links.purge(now);
      resolve(step(now));
    });

  const change = (id: string, step: (link: Link, now: number) => Step): Promise<Claimed | undefined> =>
    atOnce((now) => {
      const entry = links.byId(id, now);
      if (entry === undefined) return undefined;
      const { link, isDone } = step(entry.link, now);
      links.replace(entry, link);
      return { link, isDone, now };
    });

  return {
    issue: (link, repeat) => atOnce((now) => issue(links, link, repeat, now)),
    findByDigest: (digest) => atOnce((now) => found(links.byDigest(digest, now)?.link, now)),
    findById: (id) => atOnce((now) => found(links.byId(id, now)?.link, now)),
    findByUser: (userId) => atOnce((now) => links.byUser(userId, now).map(({ link }) => ({ link, now }))),
    revokeByUser: (userId) =>
      atOnce((now) =>
        links.byUser(userId, now).map((entry) => {
          const { link, isDone } = revoke(entry.link, now);
          links.replace(entry, link);
          return { link, isDone, now };
        }),
      ),
    claim: (id, leaseMs) => change(id, (link, now) => claim(link, now, span(leaseMs))),
    claimReplacement: (id, opener, leaseMs) =>
      change(id, (link, now) => claimReplacement(link, opener, now, span(leaseMs))),
    commit: async (id, fence, sealedSession, opener) => {
      const committed = await change(id, (link, now) => commit(link, fence, sealedSession, now, opener));
      return committed?.isDone === true;
    },
    release: (id, fence, attempt) => change(id, (link, now) => release(link, fence, attempt, now)),
    revoke: (id) => change(id, revoke),
    forgetSession: (id) =>
      atOnce((now) => {
        const entry = links.byId(id, now);
        if (entry !== undefined) links.replace(entry, withoutSession(entry.link));
      }),
    hit: (name, windowMs) => atOnce((now) => windows.hit(name, span(windowMs), now)),
    hits: (name) => atOnce((now) => windows.hits(name, now)),
    ping: () => atOnce(() => undefined),
    close: () => {
      isClosed = true;
      return Promise.resolve();
    },
  };
}

function issue(
  links: Links,
  { id, digest, terms, ttlMs }: NewLink,
  repeat: Repeat | undefined,
  now: number,
): Issued {
  const before = repeat === undefined ? undefined : links.byRepeat(repeat.key, now);
  if (before?.repeat !== undefined) {
    if (before.repeat.request !== repeat?.request) return { kind: 'conflict' };
    return { kind: 'repeated', link: before.link, now, sealedToken: before.repeat.sealedToken };
  }
  const link: Link = {
    id,
    terms,
    issuedAt: now,
    expiresAt: now + span(ttlMs),
    state: 'issued',
    fence: 0,
    leaseEndsAt: 0,
    attempts: 0,
  };
  links.add(link, digest, repeat);
  return { kind: 'issued', link, now };
}

const found = (link: Link | undefined, now: number): Found | undefined =>
  link === undefined ? undefined : { link, now };

function withoutSession({ sealedSession: _, ...link }: Link): Link {
  return link;
}
