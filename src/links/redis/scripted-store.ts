import { span } from '../span.ts';
import type { Claimed, Found, Issued, LinkStore } from '../store.ts';
import type { TermsSeal } from '../terms-seal.ts';
import type { IssueReply, PageReply, Refusal, Reply } from './replies.ts';
import { claimedOf, hitsOf, isRefusal } from './replies.ts';
import type { Program, Script } from './scripts.ts';
import { SCRIPTS } from './scripts.ts';

/** Has Redis run a script on the keys below a root, in one step; throws StoreUnavailable where that cannot be done. */
export type Run = (program: Program, root: string, ...args: readonly (string | number)[]) => Promise<unknown>;

/** What the scripts work on, and for whom. */
export interface ScriptedStoreOptions {
  readonly run: Run;
  /** The root of new records, then those of records made under earlier peppers. */
  readonly roots: readonly [string, ...string[]];
  readonly seal: TermsSeal;
  /** Whether a link is unknown that was issued in another run of Redis and not opened. */
  readonly checksRun: boolean;
  /** Told of each record that is unknown though it is in Redis. */
  readonly onRefusal?: ((reason: Refusal, linkId: string) => void) | undefined;
  readonly close: () => Promise<void>;
}

/** A store whose every step is a script. */
export function scriptedStore({
  roots,
  seal,
  checksRun,
  onRefusal,
  close,
  ...redis
}: ScriptedStoreOptions): LinkStore {
  const [newest] = roots;
  const run = (script: Script, root: string, ...args: readonly (string | number)[]): Promise<unknown> =>
    redis.run(checksRun ? script : script.unchecked, root, ...args);

  const linkOf = (reply: Reply): Claimed | undefined => {
    if (reply === null) return undefined;
    if (isRefusal(reply)) {
      onRefusal?.(...reply);
      return undefined;
    }
    const claimed = claimedOf(reply, (...sealed) => seal.open(...sealed));
    if (claimed === undefined) onRefusal?.('altered', reply[2]);
    return claimed;
  };
  /** The links of a user to which a script does something, page by page. */
  const ofUser = async (script: Script, userId: number): Promise<readonly Claimed[]> => {
    const all: Claimed[] = [];
    for (const root of roots) {
      for (let from: number | null = 0; from !== null;) {
        const [next, rows] = (await run(script, root, userId, from)) as PageReply;
        all.push(
          ...rows.flatMap((row) => linkOf(row) ?? []).filter(({ link }) => link.terms.userId === userId),
        );
        from = next;
      }
    }
    return all;
  };
  /** A step on the link of this name, below whichever root it is. */
  const onLink = async (
    script: Script,
    name: string,
    ...args: readonly (string | number)[]
  ): Promise<Claimed | undefined> => {
    for (const root of roots) {
      const reply = (await run(script, root, name, ...args)) as Reply;
      if (reply !== null) return linkOf(reply);
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
      const claimed = row === undefined ? undefined : linkOf(row);
      if (kind === 'conflict' || claimed === undefined) return { kind: 'conflict' };
      const { link, now } = claimed;
      return kind === 'issued' ? { kind, link, now } : { kind, link, now, sealedToken };
    },
    findByDigest: (digest) => find(SCRIPTS.findByDigest, digest),
    findById: (id) => find(SCRIPTS.findById, id),
    findByUser: async (userId) =>
      (await ofUser(SCRIPTS.findByUser, userId)).map(({ link, now }) => ({ link, now })),
    revokeByUser: (userId) => ofUser(SCRIPTS.revokeByUser, userId),
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
