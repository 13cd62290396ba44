import type { Ended } from './ended-sessions.ts';
import { EndedSessions } from './ended-sessions.ts';
import type { Holder, Kept, NewSession } from './kept-session.ts';
import { NONE, sessionOf, withOne, withUse } from './kept-session.ts';
import type { Ending, Found, Refusal, Session, SessionContext } from './session.ts';
import { SessionCuts } from './session-cuts.ts';
import { Shared } from './shared.ts';
import type { StateView } from './versioned.ts';
import { Versioned, viewOfAll } from './versioned.ts';

/** What a login adds to its session. */
type LoginChange = Partial<Pick<Session, 'locale' | 'logoutUrl'>>;

interface Surroundings {
  readonly tokenTtl: number | undefined;
  readonly idleTtl: number;
  readonly holderOf: (accountId: number) => Holder | undefined;
}

/** How many that are over are cleared away at once: no request pays for all the others. */
const SWEPT = 200;

/**
 * The sessions of one panel. Each map is in the order in which its sessions expire, since all of one map have the same
 * time to live: what is over is taken from the front, a little with each call, and nothing walks over the whole. (While
 * a view is open a session that is used keeps its place; what stands behind it is cleared away later, and found as over
 * all the same.)
 */
export class Sessions {
  readonly #tokens = new Versioned<string, Kept>(new Map());
  readonly #open = new Versioned<string, Kept>(new Map());
  readonly #ended = new EndedSessions();
  readonly #cuts = new SessionCuts();
  #made = 0;
  #epoch: number | undefined;
  /** The earliest instant at which anything can be over: until then there is nothing to look for. */
  #due = Infinity;
  readonly #addresses = new Shared<string>();
  readonly #contexts = new Shared<SessionContext>();
  #ownTokenTtl: number | undefined;
  #idleTtl: number;

  readonly #holderOf: (accountId: number) => Holder | undefined;

  /**
   * Both times in milliseconds: of a token from its creation, of an open session from its last use. A token without a
   * time of its own has that of a session. `holderOf` knows the accounts that are there.
   */
  constructor({ tokenTtl, idleTtl, holderOf }: Surroundings) {
    this.#ownTokenTtl = tokenTtl;
    this.#idleTtl = idleTtl;
    this.#holderOf = holderOf;
  }

  /** Changes how long an open session may be idle, of those that there are too. In milliseconds. */
  set idleTtl(idleTtl: number) {
    this.#idleTtl = idleTtl;
    this.#due = -Infinity;
  }

  /** Changes how long a token may wait, of those that there are too. In milliseconds; without it as long as a session. */
  set tokenTtl(tokenTtl: number | undefined) {
    this.#ownTokenTtl = tokenTtl;
    this.#due = -Infinity;
  }

  /** Adds a session that no browser has opened yet. */
  add({ id, account, address, createdAt, context, locale }: NewSession): void {
    this.#sweep(createdAt);
    this.#epoch ??= createdAt;
    const kept: Kept = {
      serial: this.#made,
      account,
      address: this.#addresses.of(address, () => address),
      made: createdAt - this.#epoch,
      context: this.#shared(context),
      locale,
      used: undefined,
    };
    this.#tokens.set(id, kept);
    this.#made += 1;
    this.#due = Math.min(this.#due, this.#endOf(kept));
  }

  /** What an id leads to at an instant. */
  find(id: string, now: number): Found {
    this.#sweep(now);
    const token = this.#tokens.get(id);
    const kept = token ?? this.#open.get(id);
    if (kept === undefined) return this.#ended.get(id) ?? UNKNOWN;
    if (this.#isOver(kept, now)) return this.#over(id, kept);
    return { state: token === undefined ? 'open' : 'token', session: this.#shown(id, kept) };
  }

  /** Makes a token a session that a browser is in, or goes on in one; `change` is what a login added to it. */
  open(session: Session, now: number, change: LoginChange = {}): Session {
    const { id } = session;
    const token = this.#tokens.get(id);
    const kept = token ?? this.#open.get(id);
    if (kept === undefined) throw new Error('a session that has ended cannot be opened');
    const opened = withUse(kept, change.locale ?? kept.locale, {
      openedAt: kept.used?.openedAt ?? now,
      activeAt: now,
      logoutUrl: change.logoutUrl ?? kept.used?.logoutUrl,
      refusals: kept.used?.refusals ?? NONE,
    });
    (token === undefined ? this.#open : this.#tokens).delete(id);
    this.#open.set(id, opened);
    this.#due = Math.min(this.#due, now + this.#idleTtl);
    return this.#shown(id, opened);
  }

  /** Keeps with a session that a browser was turned away. */
  refuse(id: string, refusal: Refusal): void {
    for (const map of [this.#tokens, this.#open]) {
      const kept = map.get(id);
      if (kept === undefined) continue;
      const { openedAt, activeAt, logoutUrl, refusals } = this.#shown(id, kept);
      const used = { openedAt, activeAt, logoutUrl, refusals: withOne(refusals, refusal) };
      map.set(id, withUse(kept, kept.locale, used));
    }
    this.#ended.refuse(id, refusal);
  }

  /** Ends a session; false where there is none. */
  end(id: string, ending: Ending, now: number): boolean {
    const kept = this.#tokens.get(id) ?? this.#open.get(id);
    if (kept === undefined || this.#isOver(kept, now)) return false;
    this.#remember(id, kept, ending, now);
    return true;
  }

  /** Whether a browser is in as this account, but by the session `except`; walks over the open sessions. */
  isIn(accountId: number, now: number, except?: string): boolean {
    for (const [id, kept] of this.#open.entries())
      if (kept.account.id === accountId && !this.#isOver(kept, now) && id !== except) return true;
    return false;
  }

  /** All that have not ended, in the order of their making. */
  list(now: number): readonly Session[] {
    return [...this.#tokens.entries(), ...this.#open.entries()]
      .filter(([, kept]) => !this.#isOver(kept, now))
      .map(([id, kept]) => this.#shown(id, kept))
      .sort((a, b) => a.serial - b.serial);
  }

  /** When a session ends that nobody uses before; `undefined` where it has ended or never was. */
  endOf(id: string): number | undefined {
    const kept = this.#tokens.get(id) ?? this.#open.get(id);
    return kept && this.#endOf(kept);
  }

  /** Ends all sessions of an account; costs the same however many there are. */
  endAll(accountId: number, now: number): void {
    this.#sweep(now);
    // What is over by itself is cleared away, or has to wait for its turn, and so does its cut.
    const isSwept = now < this.#due;
    const longest = isSwept ? Math.max(this.#idleTtl, this.#ownTokenTtl ?? 0) : Infinity;
    this.#cuts.add(accountId, { before: this.#made, at: now }, longest);
  }

  /** Ends all that is over at an instant, and answers what has expired in the order of its ends. */
  expire(now: number): readonly Ended[] {
    const over = [...this.#tokens.entries(), ...this.#open.entries()]
      .filter(([, kept]) => this.#isOver(kept, now))
      .map(([id, kept]) => ({ id, kept, end: this.#endOf(kept) }))
      .sort((one, other) => one.end - other.end || one.kept.serial - other.kept.serial);
    return over.map(({ id, kept }) => this.#over(id, kept)).filter(({ ending }) => ending === 'expired');
  }

  /** Forgets every session. */
  clear(): void {
    for (const part of [this.#tokens, this.#open, this.#ended, this.#cuts]) part.clear();
    this.#due = Infinity;
  }

  view(): StateView {
    const made = this.#made;
    const maps = viewOfAll([this.#tokens.mark(), this.#open.mark(), this.#ended.view(), this.#cuts.view()]);
    return {
      restore: () => {
        maps.restore();
        this.#made = made;
        this.#due = -Infinity;
      },
      close: maps.close,
    };
  }

  /** What only names its source_server is the same for many sessions. */
  #shared(context: SessionContext | undefined): SessionContext | undefined {
    const isCommon = context !== undefined && Object.keys(context).length === 1;
    return isCommon ? this.#contexts.of(context.sourceServer, () => context) : context;
  }

  #sweep(now: number): void {
    if (now < this.#due) return;
    this.#due = Infinity;
    for (const map of [this.#tokens, this.#open]) {
      let left = SWEPT;
      for (const [id, kept] of map.entries()) {
        const end = this.#endOf(kept);
        if (now < end || left === 0) {
          this.#due = Math.min(this.#due, end);
          break;
        }
        this.#over(id, kept);
        left -= 1;
      }
    }
  }

  #shown(id: string, kept: Kept): Session {
    return sessionOf(id, kept, this.#holderOf(kept.account.id) ?? kept.account, this.#epoch ?? 0);
  }

  /** The instant at which it is over, unless it is used before. */
  #endOf({ account, serial, made, used }: Kept): number {
    const end =
      used?.openedAt === undefined
        ? (this.#epoch ?? 0) + made + (this.#ownTokenTtl ?? this.#idleTtl)
        : used.activeAt + this.#idleTtl;
    return Math.min(end, this.#cuts.at(account.id, serial) ?? end);
  }

  /** What its account has ended stays so, whatever the clock is set to. */
  #isOver(kept: Kept, now: number): boolean {
    return now >= this.#endOf(kept) || this.#cuts.at(kept.account.id, kept.serial) !== undefined;
  }

  #over(id: string, kept: Kept): Ended {
    const end = this.#endOf(kept);
    const isCut = this.#cuts.at(kept.account.id, kept.serial) === end;
    return this.#remember(id, kept, isCut ? 'ended by its account' : 'expired', end);
  }

  #remember(id: string, kept: Kept, ending: Ending, endedAt: number): Ended {
    this.#tokens.delete(id);
    this.#open.delete(id);
    const ended: Ended = { state: 'ended', session: this.#shown(id, kept), ending, endedAt };
    this.#ended.add(ended);
    return ended;
  }
}

const UNKNOWN: Found = { state: 'unknown' };
