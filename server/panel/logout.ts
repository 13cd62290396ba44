import type { Rule } from '../protocol/source.ts';
import { AUTO_LOGIN, assumed, documented } from '../protocol/source.ts';
import type { Panel } from '../state/panel.ts';
import { endedSessionCookie } from './cookies.ts';
import { loginLocation, logoutTarget } from './destinations.ts';
import type { BrowserRequest, Outcome } from './door.ts';
import { nameOf } from './door.ts';
import { visit } from './visit.ts';

export const LOGOUT_RULES: readonly Rule[] = [
  {
    id: 'logout/path',
    source: assumed('no page names it', '/logout.php ends the session and removes its cookie'),
  },
  {
    id: 'logout/target',
    source: documented(AUTO_LOGIN, "a log-out leads to the login's failure_redirect_url"),
  },
  {
    id: 'logout/back-url',
    source: assumed(
      'the schema has it and says nothing of it',
      'without failure_redirect_url back_url is the target, under the same rule',
    ),
  },
];

/** `/logout.php`: ends the session of a browser and sends it where its login was told to. */
export function logOut(request: BrowserRequest, panel: Panel): Outcome {
  const found = visit(request, panel);
  const loginPage = loginLocation(panel, request.origin, undefined);
  if (found.session === undefined) {
    return { isIn: false, location: loginPage, cookies: [], reason: found.reason, login: undefined };
  }
  const { session } = found;
  const { location = loginPage, note } = logoutTarget(session, request, panel);
  panel.sessions.end(session.id, 'logged out', panel.clock.now());
  return {
    isIn: false,
    location,
    cookies: [endedSessionCookie(panel.release, request.isSecure)],
    reason: `${nameOf(session.id)}: logged out, to ${location}${note}`,
    login: session.login,
  };
}
