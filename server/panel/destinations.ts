import type { Panel } from '../state/panel.ts';
import type { Session } from '../state/session.ts';
import type { BrowserRequest } from './door.ts';
import { homeOf } from './door.ts';
import type { RedirectContext, Verdict } from './redirects.ts';
import { judgeRedirect, sourceServerTarget } from './redirects.ts';

/** Whose login it is, as far as that decides where the browser goes. */
type Guest = Pick<Session, 'role' | 'context'>;

/** Where a login leads, with a note for the log; or why it is none, which up to 12.0 a refused URL makes it. */
export type SuccessTarget =
  | { readonly isIn: true; readonly location: string; readonly note: string }
  | { readonly isIn: false; readonly why: string };

/** Where a failed login or a log-out leads; no location means the login page. */
export interface FailureTarget {
  readonly location: string | undefined;
  readonly note: string;
}

/** Where a login leads: to success_redirect_url, else to starting_url, else home. */
export function successTarget(guest: Guest, request: BrowserRequest, panel: Panel): SuccessTarget {
  const { params, origin } = request;
  const { release } = panel;
  const home = `${origin ?? ''}${homeOf(guest)}`;
  const wanted = params.get('success_redirect_url') ?? '';
  if (wanted === '') return startingTarget(guest, home, request, panel);
  const verdict = judgeRedirect(wanted, 'success', redirectContext(request, panel, guest));
  if (verdict.allowed) return { isIn: true, location: verdict.location, note: '' };
  const why = `success_redirect_url ${refusal(wanted, verdict)}`;
  return release.redirects.refusedSuccess === 'turned-away'
    ? { isIn: false, why }
    : { isIn: true, location: home, note: `; ${why}` };
}

function startingTarget(guest: Guest, home: string, request: BrowserRequest, panel: Panel): SuccessTarget {
  const starting = guest.context?.startingUrl ?? '';
  if (starting === '') return { isIn: true, location: home, note: '' };
  if (!panel.release.startingUrlUsed)
    return { isIn: true, location: home, note: '; starting_url is not used from 17.0 on' };
  // It is a page of the panel in every release, so a path will do whatever redirects may be.
  const context = { ...redirectContext(request, panel, guest), redirects: PATHS, trustedHosts: [] };
  const verdict = judgeRedirect(starting, 'success', context);
  if (verdict.allowed) return { isIn: true, location: verdict.location, note: '; by starting_url' };
  return { isIn: true, location: home, note: `; starting_url '${starting}' refused: ${verdict.why}` };
}

const PATHS = {
  paths: true,
  success: 'trusted-hosts',
  failure: 'trusted-hosts',
  refusedSuccess: 'default-page',
} as const;

/** Where a failed login leads: to failure_redirect_url, else, for a session and from 17.0 on, to its source_server. */
export function failureTarget(
  guest: Guest | undefined,
  request: BrowserRequest,
  panel: Panel,
): FailureTarget {
  const context = redirectContext(request, panel, guest);
  const failure = request.params.get('failure_redirect_url') ?? '';
  if (failure !== '') return targetOf('failure_redirect_url', failure, context);
  const source = panel.release.sourceServerIsTarget
    ? sourceServerTarget(context.sourceServer, context)
    : undefined;
  return { location: source?.allowed === true ? source.location : undefined, note: '' };
}

/** Where a log-out leads: to the failure_redirect_url of the login, else to create_session's back_url. */
export function logoutTarget(session: Session, request: BrowserRequest, panel: Panel): FailureTarget {
  const context = redirectContext(request, panel, session);
  const { logoutUrl = '', context: given } = session;
  if (logoutUrl !== '') return targetOf('failure_redirect_url', logoutUrl, context);
  const backUrl = given?.backUrl ?? '';
  return backUrl === '' ? { location: undefined, note: '' } : targetOf('back_url', backUrl, context);
}

/** Where a browser without a session is sent; it keeps where it wanted to go. */
export function loginLocation(
  { release }: Panel,
  origin: string | undefined,
  wanted: string | undefined,
): string {
  const query = wanted === undefined ? '' : `?success_redirect_url=${encodeURIComponent(wanted)}`;
  return `${origin ?? ''}${release.login.entry}${query}`;
}

/** A page of the panel as its login page is told to come back to it: in the form that the release takes. */
export const wantedPage = ({ release }: Panel, origin: string | undefined, path: string): string =>
  release.redirects.paths ? path : `${origin ?? ''}${path}`;

function targetOf(name: string, url: string, context: RedirectContext): FailureTarget {
  const verdict = judgeRedirect(url, 'failure', context);
  return verdict.allowed
    ? { location: verdict.location, note: '' }
    : { location: undefined, note: `; ${name} ${refusal(url, verdict)}` };
}

const refusal = (url: string, { rule, why }: Extract<Verdict, { allowed: false }>): string =>
  `'${url}' refused by ${rule.id}: ${why}`;

const redirectContext = (
  { origin }: BrowserRequest,
  { release, settings }: Panel,
  guest: Guest | undefined,
): RedirectContext => ({
  redirects: release.redirects,
  origin,
  sourceServer: guest?.context?.sourceServer ?? '',
  trustedHosts: settings.trustedRedirectHosts,
  absoluteRedirects: settings.absoluteRedirects,
});
