import { Router } from 'express';
import type { Request, Response } from 'express';
import { loginLocation, successTarget, wantedPage } from '../panel/destinations.ts';
import type { BrowserRequest } from '../panel/door.ts';
import { homeOf } from '../panel/door.ts';
import { pageInSession } from '../panel/page-in-session.ts';
import { notFoundPage } from '../panel/pages/panel-page.ts';
import { visit } from '../panel/visit.ts';
import { DEFAULT_LOCALE } from '../protocol/versions/releases.ts';
import type { Panel } from '../state/panel.ts';
import type { Session } from '../state/session.ts';
import { readBrowserRequest } from './fields.ts';
import { logPage } from './log-lines.ts';
import { sendPage, sendRedirect } from './panel-answers.ts';
import { REASON, reasonHeader } from './reason.ts';
import { pathOf, peerOf, queryOf } from './request.ts';

/** Any path below; nothing is captured, for what is captured is decoded and may be malformed. */
const PANEL_PAGE = /^\/(?:admin|smb)(?:\/.*)?$/;

/** The pages behind the doors, and the chain of redirects to the login page that a browser without a session sees. */
export function panelRoutes(panel: Panel): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const { login } = panel.release;

  const inSession =
    (show: (session: Session, browser: BrowserRequest, request: Request, response: Response) => void) =>
    (request: Request, response: Response): void => {
      readBrowserRequest(request, response, panel, (browser) => {
        const found = visit(browser, panel);
        if (found.session !== undefined) show(found.session, browser, request, response);
        else sendAway(found.reason, browser, request, response, panel);
      });
    };
  router.get(
    '/',
    inSession((session, { origin }, _request, response) => {
      sendRedirect(response, panel, `${origin ?? ''}${homeOf(session)}`);
    }),
  );
  router.all(
    PANEL_PAGE,
    inSession((session, browser, request, response) => {
      showPage(session, browser, request, response, panel);
    }),
  );
  router.get('/login.php', (request, response) => {
    readBrowserRequest(request, response, panel, (browser) => {
      const { session } = visit(browser, panel);
      const target = session === undefined ? undefined : successTarget(session, browser, panel);
      const query = queryOf(request);
      const form = `${browser.origin ?? ''}${login.form}${query === '' ? '' : `?${query}`}`;
      sendRedirect(response, panel, target?.isIn === true ? target.location : form);
    });
  });
  router.use((request, response) => {
    logPage(panel, peerOf(request), pathOf(request), 'there is no such page');
    sendPage(response, panel, 404, notFoundPage(panel.release, DEFAULT_LOCALE));
  });
  return router;
}

function showPage(
  session: Session,
  browser: BrowserRequest,
  request: Request,
  response: Response,
  panel: Panel,
): void {
  const sent = request.headers['x-forgery-protection-token'];
  const tokenHeader = typeof sent === 'string' ? sent : undefined;
  const answer = pageInSession(session, { ...browser, path: request.originalUrl, tokenHeader }, panel);
  if ('location' in answer) {
    sendRedirect(response, panel, answer.location);
    return;
  }
  const { status, html, reason } = answer;
  if (reason !== undefined) logPage(panel, browser.address, pathOf(request), reason);
  sendPage(response, panel, status, html, reason === undefined ? [] : [REASON, reasonHeader(reason)]);
}

function sendAway(
  reason: string,
  { address, origin }: BrowserRequest,
  request: Request,
  response: Response,
  panel: Panel,
): void {
  logPage(panel, address, pathOf(request), `sent to the login page, ${reason}`);
  const wanted = wantedPage(panel, origin, request.originalUrl);
  sendRedirect(response, panel, loginLocation(panel, origin, wanted), [REASON, reasonHeader(reason)]);
}
