import { Router } from 'express';
import type { Request, Response } from 'express';
import { loginLocation, logoutTarget, successTarget, wantedPage } from '../panel/destinations.ts';
import type { BrowserRequest } from '../panel/door.ts';
import { homeOf } from '../panel/door.ts';
import { forgeryToken } from '../panel/forgery-token.ts';
import type { PanelPage } from '../panel/pages/panel-page.ts';
import { contactPage, forgedPage, notFoundPage, panelPage } from '../panel/pages/panel-page.ts';
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
  const { release, accounts, settings, time } = panel;
  const shown: PanelPage = {
    session,
    path: request.originalUrl,
    since: time.format(session.openedAt ?? session.createdAt),
    backUrl: logoutTarget({ ...session, logoutUrl: undefined }, browser, panel).location,
  };
  const account = accounts.byId(session.accountId);
  const isAsked = settings.askForContact && account !== undefined && !(account.email && account.phone);
  if (browser.isPost && !isGenuine(session, browser, request)) {
    logPage(panel, browser.address, pathOf(request), 'a form without forgery_protection_token');
    sendPage(response, panel, 403, forgedPage(release, shown));
  } else if (!isAsked) sendPage(response, panel, 200, panelPage(release, shown));
  else if (browser.isPost) {
    const { email, phone } = account;
    const entered = (name: string, had: string): string => had || (browser.params.get(name) ?? '').trim();
    accounts.update(account.id, { email: entered('email', email), phone: entered('phone', phone) });
    sendRedirect(response, panel, `${browser.origin ?? ''}${shown.path}`);
  } else sendPage(response, panel, 200, contactPage(release, shown, account));
}

function isGenuine({ id }: Session, { params }: BrowserRequest, request: Request): boolean {
  const sent = params.get('forgery_protection_token') ?? request.headers['x-forgery-protection-token'];
  return sent === forgeryToken(id);
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
