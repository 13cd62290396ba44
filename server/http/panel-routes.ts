import { Router } from 'express';
import type { Request, Response } from 'express';
import { homeOf, loginLocation } from '../panel/door.ts';
import { loginPage, notFoundPage, panelPage } from '../panel/pages.ts';
import type { Visit } from '../panel/visit.ts';
import { visit } from '../panel/visit.ts';
import { localeCookie } from '../panel/cookies.ts';
import { DEFAULT_LOCALE } from '../protocol/versions/releases.ts';
import type { Panel } from '../state/panel.ts';
import { logPage } from './log-lines.ts';
import { sendPage, sendRedirect } from './panel-answers.ts';
import { REASON, reasonHeader } from './reason.ts';
import { isSecure, originOf, pathOf, peerOf, queryOf } from './request.ts';

/** Any path below; nothing is captured, for what is captured is decoded and may be malformed. */
const PANEL_PAGE = /^\/(?:admin|smb)(?:\/.*)?$/;

/** The pages behind the doors: the panel, its home, and the login page that a browser without a session gets. */
export function panelRoutes(panel: Panel): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const { login } = panel.release;

  router.get('/', (request, response) => {
    const found = visitOf(request, panel);
    if (found.session === undefined) sendAway(request, response, found, panel);
    else sendRedirect(response, panel, `${originOf(request) ?? ''}${homeOf(found.session)}`);
  });

  router.get(PANEL_PAGE, (request, response) => {
    const found = visitOf(request, panel);
    if (found.session === undefined) sendAway(request, response, found, panel);
    else
      sendPage(
        response,
        panel,
        200,
        panelPage(panel.release, { session: found.session, path: request.originalUrl }),
      );
  });

  if (login.entry !== login.form) {
    router.get(login.entry, (request, response) => {
      const query = queryOf(request);
      sendRedirect(
        response,
        panel,
        `${originOf(request) ?? ''}${login.form}${query === '' ? '' : `?${query}`}`,
      );
    });
  }
  router.all(['/login_up.php', '/login_up.php3'], (request, response) => {
    const cookie = localeCookie(panel.release, isSecure(request), DEFAULT_LOCALE, panel.clock.now());
    const isForm = request.method === 'POST';
    if (isForm) logPage(panel, peerOf(request), pathOf(request), 'form login is not emulated yet');
    sendPage(response, panel, isForm ? 501 : 200, loginPage(panel.release), ['Set-Cookie', cookie]);
  });
  router.use((request, response) => {
    logPage(panel, peerOf(request), pathOf(request), 'there is no such page');
    sendPage(response, panel, 404, notFoundPage(panel.release));
  });
  return router;
}

const visitOf = (request: Request, panel: Panel): Visit =>
  visit({ cookie: request.headers.cookie, address: peerOf(request), isSecure: isSecure(request) }, panel);

function sendAway(request: Request, response: Response, found: Visit, panel: Panel): void {
  const reason = found.session === undefined ? found.reason : '';
  logPage(panel, peerOf(request), pathOf(request), `sent to the login page, ${reason}`);
  sendRedirect(response, panel, loginLocation(panel, originOf(request), request.originalUrl), [
    REASON,
    reasonHeader(reason),
  ]);
}
