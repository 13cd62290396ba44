import { masked } from '../../base/secret.ts';
import type { Session } from '../state/session.ts';

/** A browser's request at a door, whatever carried it. */
export interface BrowserRequest {
  /** The parameters of query and form, the form's winning, the last of several counting, as PHP reads them. */
  readonly params: ReadonlyMap<string, string>;
  /** The Content-Type of a form that was not read, since it is of another kind. */
  readonly unread: string | undefined;
  /** The peer, as a normal address. */
  readonly address: string;
  /** The panel as the browser sees it: scheme, host and port; `undefined` without a usable Host header. */
  readonly origin: string | undefined;
  readonly isSecure: boolean;
  /** Whether it is a form that was sent, and no link. */
  readonly isPost: boolean;
  /** The Cookie header. */
  readonly cookie: string | undefined;
}

/** Where a browser is sent, and the reason, which Plesk never tells and the emulator always does. */
export interface Outcome {
  readonly isIn: boolean;
  readonly location: string;
  /** The Set-Cookie headers, the session's first. */
  readonly cookies: readonly string[];
  readonly reason: string;
  readonly login: string | undefined;
}

/** A session as a reason names it. */
export const nameOf = (id: string): string => `session ${masked(id)}`;

/** Why an administrator is not let in beside another. */
export const TAKEN = 'the administrator is in already, and admin_multiple_sessions is off';

/** The page that a user starts from. */
export const homeOf = ({ role }: Pick<Session, 'role'>): string =>
  role === 'customer' ? '/smb/' : '/admin/';
