import type { Account } from './accounts.ts';
import type { Ending, Found, Refusal, Session, SessionContext } from './session.ts';
import { Shared } from './shared.ts';

type Ended = Extract<Found, { state: 'ended' }>;

/** A session that is to be made; the address in normal form, the instant in milliseconds. */
export interface NewSession extends Pick<Session, 'id' | 'address' | 'createdAt' | 'context' | 'locale'> {
  readonly account: Pick<Account, 'id' | 'login' | 'role'>;
}

/** What a login adds to its session. */
type LoginChange = Partial<Pick<Session, 'locale' | 'logoutUrl'>>;

/**
 * A session as it is kept, its id being the key: a million of them may live, so what one account, browser or system has
 * in common is there once, instants are small numbers, and what only a login knows is apart.
 */
interface Kept {
  readonly serial: number;
  readonly account: NewSession['account'];
  readonly address: string;
  /** In milliseconds after the first session of all; small numbers need no memory of their own. */
  readonly made: number;
  readonly context: SessionContext | undefined;
  readonly locale: string;
  readonly used: Used | undefined;
}

type Used = Pick<Session, 'openedAt' | 'activeAt' | 'logoutUrl' | 'refusals'>;

const REMEMBERED = 1000;
const REFUSALS = 8;
/** How many that are over are cleared away at once: no request pays for all the others. */
const SWEPT = 200;

/**
 * The sessions of one panel. Each map is in the order in which its sessions expire, since all of one map have the same
 * time to live: what is over is taken from the front, a little with each call, and nothing walks over the whole.
 */
export class Sessions {
  #tokens = new Map<string, Kept>();
  #open = new Map<string, Kept>();
  #ended = new Map<string, Ended>();
  #made = 0;
  #epoch: number | undefined;
  /** The earliest instant at which anything can be over: until then there is nothing to look for. */
  #due = Infinity;
  readonly #addresses = new Shared<string>();
  readonly #contexts = new Shared<SessionContext>();
  readonly #ownTokenTtl: number | undefined;
  #idleTtl: number;

  /**
   * Both in milliseconds: of a token from its creation, of an open session from its last use. A token without a time
   * of its own has that of a session.
   */
  constructor({ tokenTtl, idleTtl }: { readonly tokenTtl: number | undefined; readonly idleTtl: number }) {
    this.#ownTokenTtl = tokenTtl;
    this.#idleTtl = idleTtl;
  }

  /** Changes how long an open session may be idle, of those that there are too. In milliseconds. */
  set idleTtl(idleTtl: number) {
    this.#idleTtl = idleTtl;
    this.#due = -Infinity;
  }

  /** Adds a session that no browser has opened yet. */
  add({ id, account, address, createdAt, context, locale }: NewSession): Session {
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
    return this.#sessionOf(id, kept);
  }

  /** What an id leads to at an instant. */
  find(id: string, now: number): Found {
    this.#sweep(now);
    for (const [state, map] of [
      ['token', this.#tokens],
      ['open', this.#open],
    ] as const) {
      const kept = map.get(id);
      if (kept === undefined) continue;
      const end = this.#endOf(kept);
      if (now < end) return { state, session: this.#sessionOf(id, kept) };
      this.#remember(id, kept, 'expired', end);
    }
    return this.#ended.get(id) ?? { state: 'unknown' };
  }

  /** Makes a token a session that a browser is in, or goes on in one; `change` is what a login added to it. */
  open(session: Session, now: number, change: LoginChange = {}): Session {
    const { id } = session;
    const kept = this.#tokens.get(id) ?? this.#open.get(id);
    if (kept === undefined) throw new Error('a session that has ended cannot be opened');
    const opened: Kept = {
      ...kept,
      locale: change.locale ?? kept.locale,
      used: {
        openedAt: kept.used?.openedAt ?? now,
        activeAt: now,
        logoutUrl: change.logoutUrl ?? kept.used?.logoutUrl,
        refusals: kept.used?.refusals ?? NONE,
      },
    };
    this.#tokens.delete(id);
    this.#open.delete(id);
    this.#open.set(id, opened);
    this.#due = Math.min(this.#due, now + this.#idleTtl);
    return this.#sessionOf(id, opened);
  }

  /** Keeps with a session that a browser was turned away. */
  refuse(id: string, refusal: Refusal): void {
    for (const map of [this.#tokens, this.#open]) {
      const kept = map.get(id);
      if (kept === undefined) continue;
      const { openedAt, activeAt, logoutUrl, refusals } = this.#sessionOf(id, kept);
      const used = { openedAt, activeAt, logoutUrl, refusals: withOne(refusals, refusal) };
      map.set(id, { ...kept, used });
    }
    const ended = this.#ended.get(id);
    if (ended === undefined) return;
    const { session } = ended;
    this.#ended.set(id, {
      ...ended,
      session: { ...session, refusals: withOne(session.refusals, refusal) },
    });
  }

  /** Ends a session; false where there is none. */
  end(id: string, ending: Ending, now: number): boolean {
    const found = this.find(id, now);
    const kept = this.#tokens.get(id) ?? this.#open.get(id);
    if (kept === undefined || found.state === 'ended') return false;
    this.#remember(id, kept, ending, now);
    return true;
  }

  /** Whether a browser is in as this account, but by the session `except`; walks over the open sessions. */
  isIn(accountId: number, now: number, except?: string): boolean {
    for (const [id, kept] of this.#open)
      if (kept.account.id === accountId && now < this.#endOf(kept) && id !== except) return true;
    return false;
  }

  /** All that have not ended, in the order of their making. */
  list(now: number): readonly Session[] {
    return [...this.#tokens, ...this.#open]
      .filter(([, kept]) => now < this.#endOf(kept))
      .map(([id, kept]) => this.#sessionOf(id, kept))
      .sort((a, b) => a.serial - b.serial);
  }

  /** Forgets every session. */
  reset(): void {
    this.#tokens = new Map();
    this.#open = new Map();
    this.#ended = new Map();
    this.#due = Infinity;
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
      for (const [id, kept] of map) {
        const end = this.#endOf(kept);
        if (now < end || left === 0) {
          this.#due = Math.min(this.#due, end);
          break;
        }
        this.#remember(id, kept, 'expired', end);
        left -= 1;
      }
    }
  }

  /** The instant at which it is over, unless it is used before. */
  #endOf({ made, used }: Kept): number {
    return used?.openedAt === undefined
      ? (this.#epoch ?? 0) + made + (this.#ownTokenTtl ?? this.#idleTtl)
      : used.activeAt + this.#idleTtl;
  }

  #remember(id: string, kept: Kept, ending: Ending, endedAt: number): void {
    this.#tokens.delete(id);
    this.#open.delete(id);
    this.#ended.set(id, { state: 'ended', session: this.#sessionOf(id, kept), ending, endedAt });
    const oldest = this.#ended.size > REMEMBERED ? this.#ended.keys().next().value : undefined;
    if (oldest !== undefined) this.#ended.delete(oldest);
  }

  #sessionOf(id: string, { serial, account, address, made, context, locale, used }: Kept): Session {
    const createdAt = (this.#epoch ?? 0) + made;
    return {
      id,
      serial,
      accountId: account.id,
      login: account.login,
      role: account.role,
      address,
      createdAt,
      openedAt: used?.openedAt,
      activeAt: used?.activeAt ?? createdAt,
      context,
      locale,
      logoutUrl: used?.logoutUrl,
      refusals: used?.refusals ?? NONE,
    };
  }
}

const NONE: readonly never[] = [];

const withOne = (refusals: readonly Refusal[], refusal: Refusal): readonly Refusal[] =>
  [...refusals, refusal].slice(-REFUSALS);
