import { masked } from '../../base/secret.ts';
import type { Panel } from '../state/panel.ts';
import type { Session } from '../state/sessions.ts';
import type { RedirectContext } from './redirects.ts';

/** A browser's request, whatever carried it. */
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
}

/** What the browser gets, and the reason, which Plesk never tells and the emulator always does. */
export interface Outcome {
  readonly isIn: boolean;
  readonly location: string;
  readonly cookies: readonly string[];
  readonly reason: string;
  readonly login: string | undefined;
}

/** What decides where the browser of a session may go. */
export const redirectContext = (
  { origin }: BrowserRequest,
  { release, settings }: Panel,
  session: Session | undefined,
): RedirectContext => ({
  redirects: release.redirects,
  origin,
  sourceServer: session?.context?.sourceServer ?? '',
  trustedHosts: settings.trustedRedirectHosts,
  absoluteRedirects: settings.absoluteRedirects,
});

/** A session as a reason names it. */
export const nameOf = (id: string): string => `session ${masked(id)}`;

/** The page that a user starts from. */
export const homeOf = ({ role }: Pick<Session, 'role'>): string =>
  role === 'customer' ? '/smb/' : '/admin/';

/** Where a browser without a session is sent; it keeps where it wanted to go. */
export function loginLocation(
  { release }: Panel,
  origin: string | undefined,
  wanted: string | undefined,
): string {
  const query = wanted === undefined ? '' : `?success_redirect_url=${encodeURIComponent(wanted)}`;
  return `${origin ?? ''}${release.login.entry}${query}`;
}
