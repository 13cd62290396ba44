import type * as z from 'zod';
import type { Contact } from '../state/account.ts';
import type { SeedAccount } from '../state/seed/account.ts';
import type { SeedKey } from '../state/seed/keys.ts';
import type { SeedInput } from '../state/seed/seed.ts';
import type { Session } from '../state/session.ts';
import type { SettingsInput, SettingsShown } from './calls/settings.ts';
import type { Entry, PacketEntry } from './entry.ts';
import type { FaultInput, FaultShown } from './fault-types.ts';
import type { PageWanted } from './page.ts';
import type { CallName } from './routes.ts';
import type { Wanted } from './wanted.ts';

/** An account as it is written. */
export type AccountInput = z.input<typeof SeedAccount>;

/** Which accounts are asked for; `owner` is a login. */
export type AccountsWanted = Partial<Pick<AccountShown, 'role' | 'owner' | 'externalId'>>;

/** An account as it is shown: without its password. */
export interface AccountShown extends Contact {
  readonly id: number;
  readonly login: string;
  readonly role: 'admin' | 'reseller' | 'customer';
  /** The login of its owner; an administrator has none. */
  readonly owner?: string;
  /** `suspended` where nobody gets in as this account, be it for its own status or its reseller's. */
  readonly status: 'active' | 'suspended';
  /** The status as a number, as the API answers it: 0, 16, 2 with its reseller, or a sum of bits. */
  readonly statusBits: number;
  readonly locale: string;
  readonly externalId: string;
  readonly guid: string;
  /** The day it was made, `YYYY-MM-DD` in the server's zone. */
  readonly created: string;
  /** Whether it may use the remote API. */
  readonly remoteApi: boolean;
  /** What a reseller was permitted or forbidden, by the names of the API; the rest it may not do. */
  readonly permissions?: Readonly<Record<string, boolean>>;
  /**
   * How much a reseller may have, by the names of the API; -1 is unlimited, and so is the rest. What is no safe integer
   * is a text of digits.
   */
  readonly limits?: Readonly<Record<string, number | string>>;
  /** The addresses that a reseller may use. */
  readonly ipPool?: readonly { readonly address: string; readonly type: 'shared' | 'exclusive' }[];
}

/** A secret key as it is shown: by its id alone. */
export interface SecretKeyShown {
  readonly id: string;
  /** The account that it stands for. */
  readonly login: string;
  readonly ipAddresses: readonly string[];
  readonly description: string;
}

/** A session as it is shown; instants in milliseconds since 1970. */
export interface SessionShown extends Session {
  /** A token waits for its browser; an open session has one. */
  readonly state: 'token' | 'open';
  /** When it ends, if nobody uses it before. */
  readonly endsAt: number;
}

/** A session that is over. */
export interface SessionEnded {
  readonly id: string;
  readonly login: string;
  readonly endedAt: number;
}

/** The emulator's time. */
export interface ClockShown {
  /** In milliseconds since 1970. */
  readonly now: number;
  /** The same in ISO 8601. */
  readonly iso: string;
  readonly isFrozen: boolean;
}

/** The life of a token. */
export interface Explanation {
  readonly state: 'token' | 'open' | 'ended' | 'unknown';
  /** From its making to the last that is known of it. */
  readonly sentences: readonly string[];
}

/** How often what came. */
export interface Counts {
  /** By operation, as operator/operation: how many went well, and how many failed with which errcode. */
  readonly operations: Readonly<
    Record<string, { readonly ok: number; readonly errcodes: Readonly<Record<string, number>> }>
  >;
  /** By outcome of a packet or a browser's request. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** How many entries were counted here, and the id of the latest entry of all, forgotten ones too. */
  readonly held: number;
  readonly last: number;
}

/** What an emulator is. */
export interface EmulatorShown {
  readonly version: string;
  readonly release: string;
  readonly title: string;
  readonly packetVersion: string;
  /** The administrator's credentials for the API, as they are now. */
  readonly admin: { readonly login: string; readonly password: string };
  /** Whether the journal is kept. */
  readonly journal: number;
  readonly unexpected: 'record' | 'fail';
}

/** An instant: milliseconds since 1970, a text in ISO 8601, or a Date. */
export type Instant = number | string | Date;

/** A span: milliseconds, or a text such as `90s`, `31m`, `2h`, `1d`. */
type Span = number | string;

/**
 * What a test does to an emulator, in this process or in another. What is wrong is a ControlError that says where, and
 * what would be right; it changes nothing.
 */
export interface EmulatorControl {
  readonly accounts: {
    /** All of them, or those of whom all that is named holds. */
    list(wanted?: AccountsWanted & PageWanted): Promise<readonly AccountShown[]>;
    /** Rejects where there is no account with this login. */
    get(login: string): Promise<AccountShown>;
    add(account: AccountInput): Promise<AccountShown>;
    /** Changes what is named, of permissions and limits too, and an ipPool as a whole; a role stays what it is. */
    change(login: string, change: Partial<Omit<AccountInput, 'role'>>): Promise<AccountShown>;
    /** Suspends an account; its sessions end, and with a reseller those of its customers. */
    suspend(login: string): Promise<AccountShown>;
    activate(login: string): Promise<AccountShown>;
    /** Removes an account, a reseller's customers with it; answers the logins that are gone. */
    remove(login: string): Promise<readonly string[]>;
  };
  readonly secretKeys: {
    list(page?: PageWanted): Promise<readonly SecretKeyShown[]>;
    /** Adds a key; without a `key` one is made. Answers it whole, this once. */
    add(key?: Partial<z.input<typeof SeedKey>>): Promise<SecretKeyShown & { readonly key: string }>;
    remove(id: string): Promise<void>;
  };
  readonly settings: {
    get(): Promise<SettingsShown>;
    /** Changes settings from the next request on, `plesk` (the release) among them; `null` makes one absent. */
    set(settings: SettingsInput): Promise<SettingsShown>;
  };
  readonly sessions: {
    /** The sessions that have not ended, with the reasons of those who were turned away. */
    list(page?: PageWanted): Promise<readonly SessionShown[]>;
    /** Lets a session end as if its time were over. */
    expire(id: string): Promise<void>;
    /** Ends a session as an administrator does. */
    end(id: string): Promise<void>;
  };
  readonly journal: {
    /** The entries that match, oldest first; without `after` those since the latest `mark`. */
    find(wanted?: Wanted): Promise<readonly Entry[]>;
    /** The packets that match. */
    packets(wanted?: Wanted): Promise<readonly PacketEntry[]>;
    count(wanted?: Wanted): Promise<number>;
    /** How often each operation and outcome came, likewise. */
    counts(wanted?: { readonly after?: number }): Promise<Counts>;
    /**
     * The first entry that matches, as soon as it is there; rejects after `timeout` milliseconds of the machine's own
     * time (5000), with what came instead. Only entries with an id above `after` count, or those since the latest `mark`.
     */
    waitFor(wanted: Wanted, options?: { readonly timeout?: number; readonly after?: number }): Promise<Entry>;
    clear(): Promise<void>;
  };
  readonly faults: {
    list(page?: PageWanted): Promise<readonly FaultShown[]>;
    add(fault: FaultInput): Promise<FaultShown>;
    remove(id: string): Promise<void>;
    clear(): Promise<void>;
  };
  readonly clock: {
    get(): Promise<ClockShown>;
    /** Stops the clock, at an instant or where it stands. */
    freeze(at?: Instant): Promise<ClockShown>;
    /** Sets the clock; if it was going, it goes on from there. */
    set(at: Instant): Promise<ClockShown & { readonly ended: readonly SessionEnded[] }>;
    /** Moves the clock on, and answers the sessions that this has ended, in the order of their ends. */
    advance(by: Span): Promise<ClockShown & { readonly ended: readonly SessionEnded[] }>;
    /** Lets the clock go on from where it stands. */
    run(): Promise<ClockShown>;
  };
  readonly snapshots: {
    list(): Promise<readonly string[]>;
    remove(name: string): Promise<void>;
  };
  /** Keeps everything as it is now under a name: accounts, keys, settings, sessions, clock, faults, ids. */
  snapshot(name: string): Promise<void>;
  /** Makes everything as it was; journal entries that came since are forgotten. */
  restore(name: string): Promise<void>;
  /** Remembers everything as it is now, for the next `rollback`; the journal is then asked for what came since. */
  mark(): Promise<void>;
  /** Makes everything as it was at the latest mark, and forgets the mark. */
  rollback(): Promise<void>;
  /** Another seed, as if the emulator had been started with it; it is what `reset` goes back to from then on. */
  seed(seed: SeedInput): Promise<void>;
  /** Back to the seed; no session, fault or journal entry stays. Marks and snapshots do. */
  reset(): Promise<void>;
  /** The whole life of one token, in sentences. */
  explain(token: string): Promise<Explanation>;
  /** What came since the latest `mark` and is not emulated, or holds fields that are not read. */
  unexpected(page?: PageWanted): Promise<readonly Entry[]>;
  /** Rejects where something unexpected came since the latest `mark` and the setting `unexpected` is `fail`. */
  verify(): Promise<void>;
}

/** Does one call: in this process, or over HTTP. Its input is plain data. */
export type Call = (name: CallName, input?: object) => Promise<unknown>;
