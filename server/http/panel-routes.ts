import { Router } from 'express';
import type { Request, Response } from 'express';
import { loginLocation, successTarget, wantedPage } from '../panel/destinations.ts';
import type { BrowserRequest } from '../panel/door.ts';
import { homeOf } from '../panel/door.ts';
import { pageInSession } from '../panel/page-in-session.ts';
import { notFoundPage } from '../panel/pages/panel-page.ts';
import type { WithoutSession } from '../panel/visit.ts';
import { whyNoPage } from '../panel/paths.ts';
import { visit } from '../panel/visit.ts';
import { DEFAULT_LOCALE } from '../protocol/versions/releases.ts';
import type { Session } from '../state/session.ts';
import type { Control } from '../control/control.ts';
import { readBrowserRequest } from './fields.ts';
import { logPage } from './log-lines.ts';
import { sendPage, sendRedirect } from './panel-answers.ts';
import { REASON, reasonHeader } from './reason.ts';
import type { Exchange } from './records.ts';
import { exchangeOf, recordVisit } from './records.ts';
import { pathOf, peerOf, queryOf } from './request.ts';

/** Any path below; nothing is captured, for what is captured is decoded and may be malformed. */
const PANEL_PAGE = /^\/(?:admin|smb)(?:\/.*)?$/;

/** The pages behind the doors, and the chain of redirects to the login page that a browser without a session sees. */
export function panelRoutes(control: Control): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const { panel } = control;

  const inSession =
    (show: (visitor: Visitor) => void) =>
    (request: Request, response: Response): void => {
      readBrowserRequest(request, response, control, (browser, exchange) => {
        const found = visit(browser, panel);
        if (found.session === undefined) sendAway(found, browser, exchange, control);
        else show({ session: found.session, browser, exchange });
      });
    };
  router.get(
    '/',
    inSession(({ session, browser, exchange }) => {
      const location = `${browser.origin ?? ''}${homeOf(session)}`;
      sendRedirect(exchange.response, panel, location);
      const { login } = session;
      recordVisit(exchange, browser.params, { outcome: 'redirected', location, login }, control);
    }),
  );
  router.all(
    PANEL_PAGE,
    inSession((visitor) => {
      showPage(visitor, control);
    }),
  );
  router.get('/login.php', (request, response) => {
    readBrowserRequest(request, response, control, (browser, exchange) => {
      const { session } = visit(browser, panel);
      const target = session === undefined ? undefined : successTarget(session, browser, panel);
      const query = queryOf(request);
      const form = `${browser.origin ?? ''}${panel.release.login.form}${query === '' ? '' : `?${query}`}`;
      const location = target?.isIn === true ? target.location : form;
      sendRedirect(response, panel, location);
      const login = session?.login;
      recordVisit(exchange, browser.params, { outcome: 'redirected', location, login }, control);
    });
  });
  router.use((request, response) => {
    const exchange = exchangeOf(request, response, control);
    const reason = whyNoPage(pathOf(request), panel.release);
    logPage(panel, peerOf(request), pathOf(request), reason);
    sendPage(response, panel, 404, notFoundPage(panel.release, DEFAULT_LOCALE), [
      REASON,
      reasonHeader(reason),
    ]);
    const params = new Map(new URLSearchParams(queryOf(request)));
    recordVisit(exchange, params, { outcome: 'not found', reason }, control);
  });
  return router;
}

/** A browser that is in, and its request. */
interface Visitor {
  readonly session: Session;
  readonly browser: BrowserRequest;
  readonly exchange: Exchange;
}

function showPage({ session, browser, exchange }: Visitor, control: Control): void {
  const { panel } = control;
  const { request, response } = exchange;
  const { login } = session;
  const sent = request.headers['x-forgery-protection-token'];
  const tokenHeader = typeof sent === 'string' ? sent : undefined;
  const answer = pageInSession(session, { ...browser, path: request.url ?? '/', tokenHeader }, panel);
  if ('location' in answer) {
    const { location } = answer;
    sendRedirect(response, panel, location);
    recordVisit(exchange, browser.params, { outcome: 'redirected', location, login }, control);
    return;
  }
  const { status, html, reason } = answer;
  if (reason !== undefined) logPage(panel, browser.address, pathOf(request), reason);
  sendPage(response, panel, status, html, reason === undefined ? [] : [REASON, reasonHeader(reason)]);
  const outcome = status === 200 ? 'page shown' : 'refused';
  recordVisit(exchange, browser.params, { outcome, login, reason }, control);
}

function sendAway(
  { reason, hasCookie }: WithoutSession,
  browser: BrowserRequest,
  exchange: Exchange,
  control: Control,
): void {
  const { panel } = control;
  const { request, response } = exchange;
  const { address, origin, params } = browser;
  // A browser without a cookie has only not logged in yet.
  const [outcome, level] = hasCookie
    ? (['session rejected', 'warn'] as const)
    : (['sent to the login page', 'info'] as const);
  logPage(panel, address, pathOf(request), `sent to the login page, ${reason}`, level);
  const location = loginLocation(panel, origin, wantedPage(panel, origin, request.url ?? '/'));
  sendRedirect(response, panel, location, [REASON, reasonHeader(reason)]);
  recordVisit(exchange, params, { outcome, location, reason }, control);
}
