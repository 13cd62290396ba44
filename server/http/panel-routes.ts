import { Router } from 'express';
import type { Request, Response } from 'express';
import { homeOf, loginLocation } from '../panel/door.ts';
import { loginPage, notFoundPage, panelPage } from '../panel/pages.ts';
import type { Visit } from '../panel/visit.ts';
import { visit } from '../panel/visit.ts';
import type { Panel } from '../state/panel.ts';
import { sendPage, sendRedirect } from './panel-answers.ts';
import { REASON, reasonHeader } from './reason.ts';
import { isSecure, originOf, peerOf, queryOf } from './request.ts';

/** Any path below; nothing is captured, for what is captured is decoded and may be malformed. */
const PANEL_PAGE = /^\/(?:admin|smb)(?:\/.*)?$/;

/** The pages behind the doors: the panel, its home, and the login page that a browser without a session gets. */
export function panelRoutes(panel: Panel): Router {
  const router = Router({ caseSensitive: true });
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
  router.get(['/login_up.php', '/login_up.php3'], (_request, response) => {
    sendPage(response, panel, 200, loginPage(panel.release));
  });
  router.post(['/login_up.php', '/login_up.php3'], (_request, response) => {
    sendPage(response, panel, 501, loginPage(panel.release));
  });
  router.use((_request, response) => {
    sendPage(response, panel, 404, notFoundPage(panel.release));
  });
  return router;
}

const visitOf = (request: Request, panel: Panel): Visit =>
  visit({ cookie: request.headers.cookie, address: peerOf(request), isSecure: isSecure(request) }, panel);

function sendAway(request: Request, response: Response, found: Visit, panel: Panel): void {
  const reason = found.session === undefined ? found.reason : '';
  sendRedirect(response, panel, loginLocation(panel, originOf(request), request.originalUrl), [
    REASON,
    reasonHeader(reason),
  ]);
}
