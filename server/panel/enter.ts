import { DEFAULT_LOCALE } from '../protocol/versions/releases.ts';
import { isOffered } from '../state/locales.ts';
import type { Panel } from '../state/panel.ts';
import type { Session } from '../state/session.ts';
import { localeCookie, noFramesCookie, sessionCookie } from './cookies.ts';
import type { SuccessTarget } from './destinations.ts';
import type { BrowserRequest, Outcome } from './door.ts';
import { nameOf } from './door.ts';

/** Lets a browser into a session: opens it, and sends the browser to its target with the session's cookie. */
export function enter(
  session: Session,
  { location, note }: Extract<SuccessTarget, { isIn: true }>,
  { params, isSecure }: BrowserRequest,
  panel: Panel,
  now: number,
): Outcome {
  const { release, settings } = panel;
  const asked = params.get('locale_id') ?? '';
  // The login form's own word for the language that the panel has anyway.
  const isAsked = asked !== '' && asked !== 'default';
  const isInstalled = isOffered(asked, panel);
  const logoutUrl = params.get('failure_redirect_url');
  panel.sessions.open(session, now, {
    ...(isAsked ? { locale: isInstalled ? asked : DEFAULT_LOCALE } : {}),
    ...(logoutUrl === undefined ? {} : { logoutUrl }),
  });
  const cookies = [
    sessionCookie(release, isSecure, session.id, settings.sameSite),
    ...(isInstalled ? [localeCookie(release, isSecure, asked, now)] : []),
  ];
  const noFrames = params.has('no_frames') ? undefined : noFramesCookie(release);
  if (noFrames !== undefined) cookies.push(noFrames);
  const language = !isAsked || isInstalled ? '' : `; locale_id '${asked}' is not installed`;
  return {
    isIn: true,
    location,
    cookies,
    reason: `${nameOf(session.id)}: logged in as ${session.login}, to ${location}${note}${language}`,
    login: session.login,
  };
}
