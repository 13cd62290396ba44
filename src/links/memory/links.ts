import type { Link } from '../link.ts';
import { TOMBSTONE_MS } from '../link.ts';
import type { Repeat } from '../store.ts';
import { REPEAT_MS } from '../store.ts';

/** A link in its places: by id, by digest, among those of its user, and in the order in which all were issued. */
interface Entry {
  link: Link;
  readonly digest: string;
  repeat: Repeat | undefined;
  /** The user's links issued before and after it. */
  older: Entry | undefined;
  newer: Entry | undefined;
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
  readonly #newestOf = new Map<number, Entry>();
  readonly #byRepeat = new Map<string, Entry>();
  #oldest: Entry | undefined;
  #newest: Entry | undefined;
  /** The oldest whose request may still be known. */
  #repeatable: Entry | undefined;

  add(link: Link, digest: string, repeat: Repeat | undefined): void {
    if (this.#byId.has(link.id) || this.#byDigest.has(digest)) throw new Error('the link is there already');
    const older = this.#newestOf.get(link.terms.userId);
    const entry: Entry = { link, digest, repeat, older, newer: undefined, next: undefined };
    if (older !== undefined) older.newer = entry;
    if (this.#newest !== undefined) this.#newest.next = entry;
    this.#newest = entry;
    this.#oldest ??= entry;
    this.#repeatable ??= entry;
    this.#newestOf.set(link.terms.userId, entry);
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

  /** Newest first. */
  *byUser(userId: number, now: number): Generator<Entry> {
    for (let entry = this.#newestOf.get(userId); entry !== undefined; entry = entry.older)
      if (known(entry, now) !== undefined) yield entry;
  }

  /** The link that was issued with this key, as long as the request is known. */
  byRepeat(key: string, now: number): Entry | undefined {
    const entry = this.#byRepeat.get(key);
    return entry !== undefined && isRepeatable(entry, now) ? entry : undefined;
  }

  /** Drops what is over: at most two links, and the sealed answers of at most two. */
  purge(now: number): void {
    for (let step = 0; step < 2; step++) {
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

  /** Takes out the oldest of all, which is the oldest of its user. */
  #remove(entry: Entry): void {
    this.#oldest = entry.next;
    if (entry.newer === undefined) this.#newestOf.delete(entry.link.terms.userId);
    else entry.newer.older = undefined;
    this.#byId.delete(entry.link.id);
    this.#byDigest.delete(entry.digest);
  }
}

const known = (entry: Entry | undefined, now: number): Entry | undefined =>
  entry !== undefined && now < endOf(entry.link) ? entry : undefined;

const isRepeatable = ({ link }: Entry, now: number): boolean => now < link.issuedAt + REPEAT_MS;
