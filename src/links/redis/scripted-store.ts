import { span } from '../span.ts';
import type { Claimed, Found, LinkStore } from '../store.ts';
import { claimedOf, hitsOf, issuedOf, listOf } from './replies.ts';
import type { Script } from './scripts.ts';
import { SCRIPTS } from './scripts.ts';

/** Has a script run by Redis, in one step; throws StoreUnavailable where that cannot be done. */
export type Run = (script: Script, ...args: readonly (string | number)[]) => Promise<unknown>;

/** A store whose every step is a script; `run` knows how Redis is reached and where its keys lie. */
export function scriptedStore(run: Run, close: () => Promise<void>): LinkStore {
  const change = async (
    script: Script,
    ...args: readonly (string | number)[]
  ): Promise<Claimed | undefined> => claimedOf(await run(script, ...args));
  const find = async (script: Script, name: string): Promise<Found | undefined> => {
    const found = claimedOf(await run(script, name));
    return found === undefined ? undefined : { link: found.link, now: found.now };
  };

  return {
    issue: async ({ id, digest, terms, ttlMs }, repeat) => {
      const again = repeat === undefined ? [] : [repeat.key, repeat.request, repeat.sealedToken];
      const args = [id, digest, terms.userId, JSON.stringify(terms), span(ttlMs), ...again];
      const issued = issuedOf(await run(SCRIPTS.issue, ...args));
      if (issued.kind === 'taken') throw new Error('the link is there already');
      return issued;
    },
    findByDigest: (digest) => find(SCRIPTS.findByDigest, digest),
    findById: (id) => find(SCRIPTS.findById, id),
    findByUser: async (userId) =>
      listOf(await run(SCRIPTS.findByUser, userId)).map(({ link, now }) => ({ link, now })),
    claim: async (id, leaseMs) => change(SCRIPTS.claim, id, span(leaseMs)),
    claimReplacement: async (id, opener, leaseMs) =>
      change(SCRIPTS.claimReplacement, id, opener, span(leaseMs)),
    commit: async (id, fence, sealedSession, opener) =>
      (await change(SCRIPTS.commit, id, fence, sealedSession, ...(opener === undefined ? [] : [opener])))
        ?.isDone === true,
    release: (id, fence, attempt) => change(SCRIPTS.release, id, fence, attempt),
    revoke: (id) => change(SCRIPTS.revoke, id),
    forgetSession: async (id) => {
      await run(SCRIPTS.forgetSession, id);
    },
    hit: async (name, windowMs) => hitsOf(await run(SCRIPTS.hit, name, span(windowMs))),
    hits: async (name) => hitsOf(await run(SCRIPTS.hits, name)),
    ping: async () => {
      await run(SCRIPTS.ping);
    },
    close,
  };
}
