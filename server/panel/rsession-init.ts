import { withoutTokens } from '../../base/secret.ts';
import type { Rule } from '../protocol/source.ts';
import { AUTO_LOGIN, assumed, documented } from '../protocol/source.ts';
import { DEFAULT_LOCALE } from '../protocol/versions/releases.ts';
import type { Panel } from '../state/panel.ts';
import type { Session } from '../state/sessions.ts';
import { localeCookie, noFramesCookie, sessionCookie } from './cookies.ts';
import type { BrowserRequest, Outcome } from './door.ts';
import { homeOf, loginLocation, nameOf, redirectContext } from './door.ts';
import { judgeRedirect, sourceServerTarget } from './redirects.ts';
import { findByToken, TOKEN_RULES } from './token.ts';

export const RSESSION_INIT_RULES: readonly Rule[] = [
  ...TOKEN_RULES,
  {
    id: 'rsession-init/failure',
    source: documented(
      `${AUTO_LOGIN}; pmill/php-plesk issue 60; docs.plesk.com article 73865`,
      'failure_redirect_url, else source_server from 17.0 on, else the login page; no reason is given',
    ),
  },
  {
    id: 'rsession-init/home',
    source: assumed(
      'the panels that the roles have',
      'without success_redirect_url /admin/, for customers /smb/',
    ),
  },
  {
    id: 'rsession-init/starting-url',
    source: documented(
      'docs.plesk.com article 73865',
      'starting_url is opened up to 12.5, unused from 17.0 on',
    ),
  },
  {
    id: 'rsession-init/locale',
    source: documented(
      AUTO_LOGIN,
      'locale_id is the language of the session, the default where not installed',
    ),
  },
];

/** `/enterprise/rsession_init.php`: logs a browser in with a token, or turns it away. */
export function rsessionInit(request: BrowserRequest, panel: Panel): Outcome {
  const now = panel.clock.now();
  const { session, refusal } = findByToken(request, panel, now);
  if (refusal !== undefined) return turnedAway(refusal, session, request, panel, now);
  const target = successTarget(session, request, panel);
  if (!target.isIn) return turnedAway(target.why, session, request, panel, now);
  return loggedIn(session, target, request, panel, now);
}

type Target =
  | { readonly isIn: true; readonly location: string; readonly note: string }
  | { readonly isIn: false; readonly why: string };

/** Where a login leads: to success_redirect_url, else to starting_url, else home; a refused one may cost the login. */
function successTarget(session: Session, request: BrowserRequest, panel: Panel): Target {
  const { params, origin } = request;
  const { release } = panel;
  const context = redirectContext(request, panel, session);
  const home = `${origin ?? ''}${homeOf(session)}`;
  const wanted = params.get('success_redirect_url') ?? '';
  if (wanted !== '') {
    const verdict = judgeRedirect(wanted, 'success', context);
    if (verdict.allowed) return { isIn: true, location: verdict.location, note: '' };
    const why = `success_redirect_url '${wanted}' refused by ${verdict.rule.id}: ${verdict.why}`;
    return release.redirects.refusedSuccess === 'turned-away'
      ? { isIn: false, why: `${nameOf(session.id)}: ${why}` }
      : { isIn: true, location: home, note: `; ${why}` };
  }
  const starting = session.context?.startingUrl ?? '';
  if (starting === '') return { isIn: true, location: home, note: '' };
  if (!release.startingUrlUsed)
    return { isIn: true, location: home, note: '; starting_url is not used from 17.0 on' };
  // It is a page of the panel in every release, so a path will do whatever redirects may be.
  const verdict = judgeRedirect(starting, 'success', { ...context, redirects: PATHS, trustedHosts: [] });
  if (verdict.allowed) return { isIn: true, location: verdict.location, note: '; by starting_url' };
  return { isIn: true, location: home, note: `; starting_url '${starting}' refused: ${verdict.why}` };
}

const PATHS = {
  paths: true,
  success: 'trusted-hosts',
  failure: 'trusted-hosts',
  refusedSuccess: 'default-page',
} as const;

function loggedIn(
  session: Session,
  { location, note }: Extract<Target, { isIn: true }>,
  { params, isSecure }: BrowserRequest,
  panel: Panel,
  now: number,
): Outcome {
  const { release } = panel;
  const asked = params.get('locale_id') ?? '';
  const isInstalled = release.locales.includes(asked);
  const logoutUrl = params.get('failure_redirect_url');
  panel.sessions.open(session, now, {
    ...(asked === '' ? {} : { locale: isInstalled ? asked : DEFAULT_LOCALE }),
    ...(logoutUrl === undefined ? {} : { logoutUrl }),
  });
  const cookies = [
    sessionCookie(release, isSecure, session.id),
    ...(isInstalled ? [localeCookie(release, isSecure, asked, now)] : []),
  ];
  const noFrames = params.has('no_frames') ? undefined : noFramesCookie(release);
  if (noFrames !== undefined) cookies.push(noFrames);
  const language = asked === '' || isInstalled ? '' : `; locale_id '${asked}' is not installed`;
  return {
    isIn: true,
    location,
    cookies,
    reason: withoutTokens(
      `${nameOf(session.id)}: logged in as ${session.login}, to ${location}${note}${language}`,
    ),
    login: session.login,
  };
}

function turnedAway(
  why: string,
  session: Session | undefined,
  request: BrowserRequest,
  panel: Panel,
  now: number,
): Outcome {
  const { params, address, origin } = request;
  const context = redirectContext(request, panel, session);
  const failure = params.get('failure_redirect_url') ?? '';
  const chosen = failure === '' ? undefined : judgeRedirect(failure, 'failure', context);
  const note =
    chosen?.allowed === false
      ? `; failure_redirect_url '${failure}' refused by ${chosen.rule.id}: ${chosen.why}`
      : '';
  const source =
    chosen === undefined && panel.release.sourceServerIsTarget
      ? sourceServerTarget(context.sourceServer, context)
      : undefined;
  const reason = withoutTokens(`${why}${note}`);
  if (session !== undefined) panel.sessions.refuse(session.id, { at: now, from: address, reason });
  const target = chosen ?? source;
  return {
    isIn: false,
    location:
      target?.allowed === true
        ? target.location
        : loginLocation(panel, origin, params.get('success_redirect_url')),
    cookies: [],
    reason,
    login: session?.login,
  };
}
