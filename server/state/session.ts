import type { Role } from './account.ts';

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
export type Ending =
  | 'expired'
  | 'terminated'
  | 'logged out'
  | 'ended by its account'
  | 'expired by control'
  | 'ended by control';

/** What an id leads to. Of sessions that have ended, the last thousand are remembered. */
export type Found =
  | { readonly state: 'token' | 'open'; readonly session: Session }
  | { readonly state: 'ended'; readonly session: Session; readonly ending: Ending; readonly endedAt: number }
  | { readonly state: 'unknown' };
