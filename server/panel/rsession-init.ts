import { withoutSecrets } from '../../base/secret.ts';
import type { Rule } from '../protocol/source.ts';
import { AUTO_LOGIN, assumed, documented } from '../protocol/source.ts';
import type { Panel } from '../state/panel.ts';
import type { Session } from '../state/session.ts';
import { failureTarget, loginLocation, successTarget } from './destinations.ts';
import type { BrowserRequest, Outcome } from './door.ts';
import { nameOf } from './door.ts';
import { enter } from './enter.ts';
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
  if (!target.isIn) {
    return turnedAway(`${nameOf(session.id)}: ${target.why}`, session, request, panel, now);
  }
  return enter(session, target, request, panel, now);
}

function turnedAway(
  why: string,
  session: Session | undefined,
  request: BrowserRequest,
  panel: Panel,
  now: number,
): Outcome {
  const { params, address, origin } = request;
  const { location, note } = failureTarget(session, request, panel);
  const reason = withoutSecrets(`${why}${note}`);
  if (session !== undefined) panel.sessions.refuse(session.id, { at: now, from: address, reason });
  return {
    isIn: false,
    location: location ?? loginLocation(panel, origin, params.get('success_redirect_url')),
    cookies: [],
    reason,
    login: session?.login,
  };
}
