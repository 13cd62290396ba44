import type { Role } from './accounts.ts';

/** One session of a user, from create_session on. Records are never changed, only replaced. */
export interface Session {
  /** 32 lower-case hex digits: the token of the login URL, and the cookie's value after it. */
  readonly id: string;
  /** How many were made before it. */
  readonly serial: number;
  readonly accountId: number;
  readonly login: string;
  readonly role: Role;
  /** The browser's address that it is bound to, in normal form. */
  readonly address: string;
  /** Instants in milliseconds; `openedAt` is when a browser logged in with it. */
  readonly createdAt: number;
  readonly openedAt: number | undefined;
  readonly activeAt: number;
  /** What create_session was told about this session. */
  readonly context: SessionContext | undefined;
  readonly locale: string;
  /** The failure_redirect_url of the login, where a log-out is to lead. */
  readonly logoutUrl: string | undefined;
  /** The last attempts to open it that failed, oldest first. */
  readonly refusals: readonly Refusal[];
}

/** The children of create_session's data that live as long as the session, as decoded. */
export interface SessionContext {
  readonly sourceServer: string;
  readonly startingUrl?: string;
  readonly backUrl?: string;
  /** navigation, pathbar, logo_img_url and the rest: kept, and without an effect here. */
  readonly others?: Readonly<Record<string, string>>;
}

/** A browser that was turned away, and why. */
export interface Refusal {
  readonly at: number;
  readonly from: string;
  readonly reason: string;
}

/** Why a session is no more. */
export type Ending = 'expired' | 'terminated' | 'logged out';

/** What an id leads to. Of sessions that have ended, the last thousand are remembered. */
export type Found =
  | { readonly state: 'token' | 'open'; readonly session: Session }
  | { readonly state: 'ended'; readonly session: Session; readonly ending: Ending; readonly endedAt: number }
  | { readonly state: 'unknown' };

type Ended = Extract<Found, { state: 'ended' }>;

const REMEMBERED = 1000;
const REFUSALS = 8;

/**
 * The sessions of one panel. Each map is in the order in which its sessions expire, since all of one map have
 * the same time to live: what is over is taken from the front, and nothing ever walks over the whole.
 */
export class Sessions {
  #tokens = new Map<string, Session>();
  #open = new Map<string, Session>();
  #ended = new Map<string, Ended>();
  #made = 0;
  /** The earliest instant at which anything can be over: until then there is nothing to look for. */
  #due = Infinity;
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

  get #tokenTtl(): number {
    return this.#ownTokenTtl ?? this.#idleTtl;
  }

  /** Changes how long an open session may be idle, of those that there are too. In milliseconds. */
  set idleTtl(idleTtl: number) {
    this.#idleTtl = idleTtl;
    this.#due = -Infinity;
  }

  /** Adds a session that no browser has opened yet. */
  add(session: Omit<Session, 'serial'>): Session {
    this.#sweep(session.createdAt);
    const added = record(session, { serial: this.#made });
    this.#tokens.set(session.id, added);
    this.#made += 1;
    this.#due = Math.min(this.#due, session.createdAt + this.#tokenTtl);
    return added;
  }

  /** What an id leads to at an instant. */
  find(id: string, now: number): Found {
    this.#sweep(now);
    const token = this.#tokens.get(id);
    if (token !== undefined) return { state: 'token', session: token };
    const open = this.#open.get(id);
    if (open !== undefined) return { state: 'open', session: open };
    return this.#ended.get(id) ?? { state: 'unknown' };
  }

  /** Makes a token a session that a browser is in; `change` is what the login added to it. */
  open(session: Session, now: number, change: Partial<Pick<Session, 'locale' | 'logoutUrl'>>): Session {
    const opened = record(session, { ...change, openedAt: session.openedAt ?? now, activeAt: now });
    this.#tokens.delete(session.id);
    this.#open.delete(session.id);
    this.#open.set(session.id, opened);
    this.#due = Math.min(this.#due, now + this.#idleTtl);
    return opened;
  }

  /** Starts the idle time of an open session anew. */
  touch(session: Session, now: number): Session {
    return this.open(session, now, {});
  }

  /** Keeps with a session that a browser was turned away. */
  refuse(id: string, refusal: Refusal): void {
    for (const map of [this.#tokens, this.#open]) {
      const session = map.get(id);
      if (session !== undefined) map.set(id, refusedOnce(session, refusal));
    }
    const ended = this.#ended.get(id);
    if (ended !== undefined) this.#ended.set(id, { ...ended, session: refusedOnce(ended.session, refusal) });
  }

  /** Ends a session; false where there is none. */
  end(id: string, ending: Ending, now: number): boolean {
    this.#sweep(now);
    const session = this.#tokens.get(id) ?? this.#open.get(id);
    if (session === undefined) return false;
    this.#remember(session, ending, now);
    return true;
  }

  /** Whether a browser is in as this account; walks over the open sessions. */
  isIn(accountId: number, now: number): boolean {
    this.#sweep(now);
    for (const session of this.#open.values()) if (session.accountId === accountId) return true;
    return false;
  }

  /** All that have not ended, in the order of their making. */
  list(now: number): readonly Session[] {
    this.#sweep(now);
    return [...this.#tokens.values(), ...this.#open.values()].sort((a, b) => a.serial - b.serial);
  }

  /** Forgets every session. */
  reset(): void {
    this.#tokens = new Map();
    this.#open = new Map();
    this.#ended = new Map();
    this.#due = Infinity;
  }

  #sweep(now: number): void {
    if (now < this.#due) return;
    this.#due = Infinity;
    this.#sweepOne(this.#tokens, now, ({ createdAt }) => createdAt + this.#tokenTtl);
    this.#sweepOne(this.#open, now, ({ activeAt }) => activeAt + this.#idleTtl);
  }

  #sweepOne(sessions: ReadonlyMap<string, Session>, now: number, endOf: (session: Session) => number): void {
    for (const session of sessions.values()) {
      const end = endOf(session);
      if (now < end) {
        this.#due = Math.min(this.#due, end);
        return;
      }
      this.#remember(session, 'expired', end);
    }
  }

  #remember(session: Session, ending: Ending, endedAt: number): void {
    this.#tokens.delete(session.id);
    this.#open.delete(session.id);
    this.#ended.set(session.id, { state: 'ended', session, ending, endedAt });
    const oldest = this.#ended.size > REMEMBERED ? this.#ended.keys().next().value : undefined;
    if (oldest !== undefined) this.#ended.delete(oldest);
  }
}

const refusedOnce = (session: Session, refusal: Refusal): Session =>
  record(session, { refusals: [...session.refusals, refusal].slice(-REFUSALS) });

/**
 * A session with what has changed. Field by field, and not by spreading: what spreading makes takes three times the
 * memory, and a million sessions may live.
 */
function record(
  session: Omit<Session, 'serial'> & { readonly serial?: number },
  change: Partial<Session>,
): Session {
  return {
    id: session.id,
    serial: change.serial ?? session.serial ?? 0,
    accountId: session.accountId,
    login: session.login,
    role: session.role,
    address: session.address,
    createdAt: session.createdAt,
    openedAt: change.openedAt ?? session.openedAt,
    activeAt: change.activeAt ?? session.activeAt,
    context: session.context,
    locale: change.locale ?? session.locale,
    logoutUrl: change.logoutUrl ?? session.logoutUrl,
    refusals: change.refusals ?? session.refusals,
  };
}
