import type { Log } from '../../base/log.ts';
import type { LinkStore } from './store.ts';
import { StoreUnavailable } from './store.ts';

/** The same store, whose loss and return are told to the log, once each. */
export function toldStore(store: LinkStore, log: Log): LinkStore {
  let isGone = false;
  const told =
    <A extends readonly unknown[], T>(step: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      try {
        const answer = await step(...args);
        if (isGone) log.info({}, 'the store of the links answers again');
        isGone = false;
        return answer;
      } catch (error) {
        if (error instanceof StoreUnavailable && !isGone) {
          isGone = true;
          log.error({}, `${error.message}; links are neither made nor opened until it is there`);
        }
        throw error;
      }
    };
  return {
    issue: told((link, repeat) => store.issue(link, repeat)),
    findByDigest: told((digest) => store.findByDigest(digest)),
    findById: told((id) => store.findById(id)),
    findByUser: told((userId) => store.findByUser(userId)),
    revokeByUser: told((userId) => store.revokeByUser(userId)),
    claim: told((id, leaseMs) => store.claim(id, leaseMs)),
    claimReplacement: told((id, opener, leaseMs) => store.claimReplacement(id, opener, leaseMs)),
    commit: told((id, fence, sealedSession, opener) => store.commit(id, fence, sealedSession, opener)),
    release: told((id, fence, attempt) => store.release(id, fence, attempt)),
    revoke: told((id) => store.revoke(id)),
    forgetSession: told((id) => store.forgetSession(id)),
    hit: told((name, windowMs) => store.hit(name, windowMs)),
    hits: told((name) => store.hits(name)),
    ping: told(() => store.ping()),
    close: () => store.close(),
  };
}
