import type { Link } from '../link.ts';
import { isLive, isRevocable, TOMBSTONE_MS } from '../link.ts';
import type { Repeat } from '../store.ts';
import { REPEAT_MS } from '../store.ts';

/** A link in its places: by id, by digest, and in the order in which all were issued. */
interface Entry {
  link: Link;
  readonly digest: string;
  repeat: Repeat | undefined;
  /** The link issued next, whoever's. */
  next: Entry | undefined;
}

/** When a link was known for long enough. */
const endOf = ({ openedAt, expiresAt }: Link): number => (openedAt ?? expiresAt) + TOMBSTONE_MS;

/**
 * The links of a process. No step takes longer where there are more of them: what is over leaves in the order in which it
 * was issued, a little with each call of `purge`.
 */
export class Links {
  readonly #byId = new Map<string, Entry>();
  readonly #byDigest = new Map<string, Entry>();
  /** What can be revoked of each user, in the order of issue; what has ended by its time may still be in it. */
  readonly #byUser = new Map<number, Set<Entry>>();
  readonly #byRepeat = new Map<string, Entry>();
  #oldest: Entry | undefined;
  #newest: Entry | undefined;
  /** The oldest that may still be opened. */
  #live: Entry | undefined;
  /** The oldest whose request may still be known. */
  #repeatable: Entry | undefined;

  add(link: Link, digest: string, repeat: Repeat | undefined): void {
    if (this.#byId.has(link.id) || this.#byDigest.has(digest)) throw new Error('the link is there already');
    const entry: Entry = { link, digest, repeat, next: undefined };
    if (this.#newest !== undefined) this.#newest.next = entry;
    this.#newest = entry;
    this.#oldest ??= entry;
    this.#live ??= entry;
    this.#repeatable ??= entry;
    this.#joinUser(entry);
    this.#byId.set(link.id, entry);
    this.#byDigest.set(digest, entry);
    if (repeat !== undefined) this.#byRepeat.set(repeat.key, entry);
  }

  byId(id: string, now: number): Entry | undefined {
    return known(this.#byId.get(id), now);
  }

  byDigest(digest: string, now: number): Entry | undefined {
    return known(this.#byDigest.get(digest), now);
  }

  /** What a step has made of a link. */
  replace(entry: Entry, link: Link): void {
    entry.link = link;
    const { sealedSession, state } = link;
    if (sealedSession !== undefined || state === 'issued' || state === 'claimed') this.#joinUser(entry);
    else this.#leaveUser(entry);
  }

  /** What can be revoked: first the links that were not opened, the newest first. */
  byUser(userId: number, now: number): readonly Entry[] {
    const all = [...(this.#byUser.get(userId) ?? [])].reverse();
    const revocable = all.filter((entry) => known(entry, now) !== undefined && isRevocable(entry.link, now));
    const isOpened = ({ link }: Entry): boolean => link.state === 'opened';
    return [...revocable.filter((entry) => !isOpened(entry)), ...revocable.filter(isOpened)];
  }

  /** The link that was issued with this key, as long as the request is known. */
  byRepeat(key: string, now: number): Entry | undefined {
    const entry = this.#byRepeat.get(key);
    return entry !== undefined && isRepeatable(entry, now) ? entry : undefined;
  }

  /** Drops what is over: at most two links, two of the sets of users, and the sealed answers of at most two. */
  purge(now: number): void {
    for (let step = 0; step < 2; step++) {
      if (this.#live !== undefined && !isLive(this.#live.link, now)) {
        if (!isRevocable(this.#live.link, now)) this.#leaveUser(this.#live);
        this.#live = this.#live.next;
      }
      // The answer of a link first: it is over long before the link.
      if (this.#repeatable !== undefined && !isRepeatable(this.#repeatable, now))
        this.#forgetRepeat(this.#repeatable);
      if (this.#oldest !== undefined && now >= endOf(this.#oldest.link)) this.#remove(this.#oldest);
    }
  }

  #forgetRepeat(entry: Entry): void {
    const key = entry.repeat?.key;
    // The same key may have come again for a later link.
    if (key !== undefined && this.#byRepeat.get(key) === entry) this.#byRepeat.delete(key);
    entry.repeat = undefined;
    this.#repeatable = entry.next;
  }

  #joinUser(entry: Entry): void {
    const { userId } = entry.link.terms;
    const theirs = this.#byUser.get(userId);
    if (theirs === undefined) this.#byUser.set(userId, new Set([entry]));
    else theirs.add(entry);
  }

  #leaveUser(entry: Entry): void {
    const { userId } = entry.link.terms;
    const theirs = this.#byUser.get(userId);
    theirs?.delete(entry);
    if (theirs?.size === 0) this.#byUser.delete(userId);
  }

  /** Takes out the oldest of all. */
  #remove(entry: Entry): void {
    this.#oldest = entry.next;
    this.#leaveUser(entry);
    this.#byId.delete(entry.link.id);
    this.#byDigest.delete(entry.digest);
  }
}

const known = (entry: Entry | undefined, now: number): Entry | undefined =>
  entry !== undefined && now < endOf(entry.link) ? entry : undefined;

const isRepeatable = ({ link }: Entry, now: number): boolean => now < link.issuedAt + REPEAT_MS;
