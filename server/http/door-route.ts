import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { BrowserRequest, Outcome } from '../panel/door.ts';
import { rsessionInit } from '../panel/rsession-init.ts';
import type { Rule } from '../protocol/source.ts';
import { assumed } from '../protocol/source.ts';
import type { Panel } from '../state/panel.ts';
import { readBody } from './body.ts';
import { logBug, logLogin } from './log-lines.ts';
import { sendRedirect } from './panel-answers.ts';
import { REASON, reasonHeader } from './reason.ts';
import { isSecure, originOf, peerOf, queryOf } from './request.ts';

export const DOOR_PATH = '/enterprise/rsession_init.php';

export const DOOR_RULES: readonly Rule[] = [
  {
    id: 'door/status',
    source: assumed('303 was recorded for its neighbours from 2018 on', '303 from 17.0 on, 302 before'),
  },
  {
    id: 'door/location',
    source: assumed(
      'a recording of 2026 without a name',
      'Location is absolute, with scheme, host and port of the request',
    ),
  },
  {
    id: 'door/headers',
    source: assumed(
      'recordings of 2014 to 2026 without a name',
      'the headers of redirects and pages of the panel',
    ),
  },
];

/** A login form is small. */
const FORM_BYTES = 65_536;

/** `/enterprise/rsession_init.php`, GET and POST: where a token becomes a session. */
export function doorRoute(panel: Panel): RequestListener {
  return (request, response) => {
    if (request.method !== 'POST') {
      open(request, response, '', panel);
      return;
    }
    readBody(request, FORM_BYTES, (body) => {
      try {
        if (body === 'too large') refuseForm(response, 413, `a form holds at most ${FORM_BYTES} bytes`);
        else open(request, response, isForm(request) ? body.toString() : '', panel);
      } catch (error) {
        logBug(panel, error, response);
      }
    });
  };
}

const isForm = ({ headers }: IncomingMessage): boolean =>
  headers['content-type']?.toLowerCase().startsWith('application/x-www-form-urlencoded') === true;

const refuseForm = (response: ServerResponse, status: number, why: string): void =>
  void response.writeHead(status, { 'Content-Type': 'text/plain', Connection: 'close' }).end(`${why}\n`);

function open(request: IncomingMessage, response: ServerResponse, form: string, panel: Panel): void {
  const params = new Map<string, string>();
  for (const source of [queryOf(request), form]) {
    if (source !== '') for (const [name, value] of new URLSearchParams(source)) params.set(name, value);
  }
  const browser: BrowserRequest = {
    params,
    address: peerOf(request),
    origin: originOf(request),
    isSecure: isSecure(request),
  };
  const outcome = rsessionInit(browser, panel);
  sendOutcome(response, outcome, panel);
  if (panel.log.isOn) logLogin(panel, browser.address, outcome);
}

/** The redirect that a door answers with. */
function sendOutcome(response: ServerResponse, { location, cookies, reason }: Outcome, panel: Panel): void {
  sendRedirect(response, panel, location, [
    ...cookies.flatMap((cookie) => ['Set-Cookie', cookie]),
    REASON,
    reasonHeader(reason),
  ]);
}
