import { span } from '../span.ts';
import type { Claimed, Found, Issued, LinkStore } from '../store.ts';
import type { TermsSeal } from '../terms-seal.ts';
import type { IssueReply, Refusal, Reply } from './replies.ts';
import { claimedOf, hitsOf } from './replies.ts';
import type { Script } from './scripts.ts';
import { SCRIPTS } from './scripts.ts';

/** Has Redis run a script on the keys below a root, in one step; throws StoreUnavailable where that cannot be done. */
export type Run = (script: Script, root: string, ...args: readonly (string | number)[]) => Promise<unknown>;

/** What the scripts work on, and for whom. */
export interface ScriptedStoreOptions {
  readonly run: Run;
  /** The root of new records, then those of records made under earlier peppers. */
  readonly roots: readonly [string, ...string[]];
  readonly seal: TermsSeal;
  /** Told of each record that is unknown though it is in Redis; `name` is the link's id or the digest of its token. */
  readonly onRefusal?: ((reason: Refusal, name: string) => void) | undefined;
  readonly close: () => Promise<void>;
}

/** A store whose every step is a script. */
export function scriptedStore({ run, roots, seal, onRefusal, close }: ScriptedStoreOptions): LinkStore {
  const [newest] = roots;

  const linkOf = (reply: Reply, name: string): Claimed | undefined => {
    if (reply === null) return undefined;
    const claimed =
      typeof reply === 'string' ? undefined : claimedOf(reply, (...sealed) => seal.open(...sealed));
    if (claimed === undefined) onRefusal?.(typeof reply === 'string' ? reply : 'altered', name);
    return claimed;
  };
  /** A step on the link of this name, below whichever root it is. */
  const onLink = async (
    script: Script,
    name: string,
    ...args: readonly (string | number)[]
  ): Promise<Claimed | undefined> => {
    for (const root of roots) {
      const reply = (await run(script, root, name, ...args)) as Reply;
      if (reply !== null) return linkOf(reply, name);
    }
    return undefined;
  };
  const find = async (script: Script, name: string): Promise<Found | undefined> => {
    const found = await onLink(script, name);
    return found === undefined ? undefined : { link: found.link, now: found.now };
  };

  return {
    issue: async ({ id, digest, terms, ttlMs }, repeat): Promise<Issued> => {
      const again = repeat === undefined ? [] : [repeat.key, repeat.request, repeat.sealedToken];
      const args = [id, digest, terms.userId, seal.seal(terms, id, digest), span(ttlMs), ...again];
      const [kind, row, sealedToken = ''] = (await run(SCRIPTS.issue, newest, ...args)) as IssueReply;
      if (kind === 'taken') throw new Error('the link is there already');
      const link = row === undefined ? undefined : linkOf(row, id)?.link;
      if (kind === 'conflict' || link === undefined) return { kind: 'conflict' };
      return kind === 'issued' ? { kind, link } : { kind, link, sealedToken };
    },
    findByDigest: (digest) => find(SCRIPTS.findByDigest, digest),
    findById: (id) => find(SCRIPTS.findById, id),
    findByUser: async (userId) => {
      const found: Found[] = [];
      for (const root of roots) {
        for (const reply of (await run(SCRIPTS.findByUser, root, userId)) as readonly Reply[]) {
          const { link, now } = linkOf(reply, `of user ${userId}`) ?? {};
          if (link?.terms.userId === userId && now !== undefined) found.push({ link, now });
        }
      }
      return found;
    },
    claim: async (id, leaseMs) => onLink(SCRIPTS.claim, id, span(leaseMs)),
    claimReplacement: (id, opener, leaseMs) => onLink(SCRIPTS.claimReplacement, id, opener, span(leaseMs)),
    commit: async (id, fence, sealedSession, opener) =>
      (await onLink(SCRIPTS.commit, id, fence, sealedSession, ...(opener === undefined ? [] : [opener])))
        ?.isDone === true,
    release: (id, fence, attempt) => onLink(SCRIPTS.release, id, fence, attempt),
    revoke: (id) => onLink(SCRIPTS.revoke, id),
    forgetSession: async (id) => {
      await onLink(SCRIPTS.forgetSession, id);
    },
    hit: async (name, windowMs) => hitsOf(await run(SCRIPTS.hit, newest, name, span(windowMs))),
    hits: async (name) => hitsOf(await run(SCRIPTS.hits, newest, name)),
    ping: async () => {
      await run(SCRIPTS.ping, newest);
    },
    close,
  };
}
