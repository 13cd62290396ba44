import type { RequestListener, ServerResponse } from 'node:http';
import { localeCookie, readCookie } from '../panel/cookies.ts';
import type { BrowserRequest, Outcome } from '../panel/door.ts';
import type { LoginForm } from '../panel/login-up.ts';
import { loginUp } from '../panel/login-up.ts';
import { logOut } from '../panel/logout.ts';
import { loginPage } from '../panel/pages/login-page.ts';
import { rsessionInit } from '../panel/rsession-init.ts';
import type { Rule } from '../protocol/source.ts';
import { assumed, observed } from '../protocol/source.ts';
import { DEFAULT_LOCALE } from '../protocol/versions/releases.ts';
import { isOffered } from '../state/locales.ts';
import type { Panel } from '../state/panel.ts';
import type { Control } from '../control/control.ts';
import { readBrowserRequest } from './fields.ts';
import { logLogin, logLogout } from './log-lines.ts';
import { sendPage, sendRedirect } from './panel-answers.ts';
import { REASON, reasonHeader } from './reason.ts';
import { recordVisit } from './records.ts';

export const DOOR_PATH = '/enterprise/rsession_init.php';

export const DOOR_RULES: readonly Rule[] = [
  {
    id: 'door/methods',
    source: assumed(
      'PHP runs a script for HEAD as for GET',
      'HEAD spends a token as GET does; others are 405',
    ),
  },
  {
    id: 'door/status',
    source: assumed('303 was recorded for its neighbours from 2018 on', '303 from 17.0 on, 302 before'),
  },
  {
    id: 'door/location',
    source: observed(
      "a curl recording of 2026 in a public client, the panel's own redirects",
      'Location is absolute, with scheme, host and port of the request',
    ),
  },
  {
    id: 'door/headers',
    source: observed(
      'curl and browser recordings of 2014 to 2026 in public clients',
      'the headers of redirects and pages of the panel',
    ),
  },
];

/** `/enterprise/rsession_init.php`, GET and POST: where a token becomes a session. */
export function doorRoute(control: Control): RequestListener {
  const { panel } = control;
  return (request, response) => {
    readBrowserRequest(request, response, control, (browser, exchange) => {
      const outcome = rsessionInit(browser, panel);
      sendOutcome(response, outcome, panel);
      if (control.journal.isOn)
        recordVisit(exchange, browser.params, { ...outcome, outcome: loginOutcome(outcome) }, control);
      if (panel.log.isOn) logLogin(panel, browser.address, outcome, exchange.delivery?.received);
    });
  };
}

/** `/login_up.php` and `/login_up.php3`, GET and POST: where login and password become a session. */
export function loginRoute(control: Control): RequestListener {
  const { panel } = control;
  return (request, response) => {
    readBrowserRequest(request, response, control, (browser, exchange) => {
      const answered = loginUp(browser, panel);
      const isSent = 'location' in answered;
      if (isSent) sendOutcome(response, answered, panel);
      else sendForm(response, answered, browser, panel);
      const { reason, login } = answered;
      const isIn = isSent && answered.isIn;
      // The form is shown to who asks for it, and to who has tried and failed.
      const outcome = reason === undefined ? 'form shown' : loginOutcome({ isIn });
      const location = isSent ? answered.location : undefined;
      const known = login === '' ? undefined : login;
      recordVisit(exchange, browser.params, { outcome, location, reason, login: known }, control);
      if (panel.log.isOn && reason !== undefined)
        logLogin(panel, browser.address, { isIn, reason, login }, exchange.delivery?.received);
    });
  };
}

/** `/logout.php`: where a session ends. */
export function logoutRoute(control: Control): RequestListener {
  const { panel } = control;
  return (request, response) => {
    readBrowserRequest(request, response, control, (browser, exchange) => {
      const outcome = logOut(browser, panel);
      sendOutcome(response, outcome, panel);
      const ended = outcome.login === undefined ? 'sent to the login page' : 'logged out';
      recordVisit(exchange, browser.params, { ...outcome, outcome: ended }, control);
      if (panel.log.isOn) logLogout(panel, browser.address, outcome);
    });
  };
}

const loginOutcome = ({ isIn }: Pick<Outcome, 'isIn'>): 'logged in' | 'login failed' =>
  isIn ? 'logged in' : 'login failed';

/** The redirect that a door answers with. */
function sendOutcome(response: ServerResponse, { location, cookies, reason }: Outcome, panel: Panel): void {
  sendRedirect(response, panel, location, [
    ...cookies.flatMap((cookie) => ['Set-Cookie', cookie]),
    REASON,
    reasonHeader(reason),
  ]);
}

function sendForm(response: ServerResponse, form: LoginForm, browser: BrowserRequest, panel: Panel): void {
  const { release, clock } = panel;
  const locale = localeOf(browser, panel);
  sendPage(response, panel, 200, loginPage(release, { form, locale, params: browser.params }), [
    'Set-Cookie',
    localeCookie(release, browser.isSecure, locale, clock.now()),
    ...(form.reason === undefined ? [] : [REASON, reasonHeader(form.reason)]),
  ]);
}

/** The language of a browser without a session: what it asks for, else what it had, else the panel's own. */
function localeOf({ params, cookie }: BrowserRequest, panel: Panel): string {
  const wanted = [params.get('locale_id'), readCookie(cookie, 'locale')];
  return wanted.find((locale) => locale !== undefined && isOffered(locale, panel)) ?? DEFAULT_LOCALE;
}
