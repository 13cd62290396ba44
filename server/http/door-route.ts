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
    if (request.method === 'GET' || request.method === 'HEAD') {
      open(request, response, queryOf(request), undefined, panel);
    } else if (request.method === 'POST') {
      readBody(request, FORM_BYTES, (body) => {
        try {
          openForm(request, response, body, panel);
        } catch (error) {
          logBug(panel, error, response);
        }
      });
    } else refuse(response, 405, { Allow: 'GET, HEAD, POST' }, `${String(request.method)} opens no session`);
  };
}

/** What a form says counts more than what the query says, as PHP has it. */
function openForm(
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer | 'too large',
  panel: Panel,
): void {
  if (body === 'too large') {
    refuse(response, 413, { Connection: 'close' }, `a form holds at most ${FORM_BYTES} bytes`);
    return;
  }
  const type = request.headers['content-type'] ?? 'no Content-Type';
  const isForm = type.toLowerCase().startsWith('application/x-www-form-urlencoded');
  const query = queryOf(request);
  const unread = isForm || body.length === 0 ? undefined : type;
  open(request, response, isForm ? `${query}&${body.toString()}` : query, unread, panel);
}

const refuse = (
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  why: string,
): void => void response.writeHead(status, { 'Content-Type': 'text/plain', ...headers }).end(`${why}\n`);

function open(
  request: IncomingMessage,
  response: ServerResponse,
  fields: string,
  unread: string | undefined,
  panel: Panel,
): void {
  const browser: BrowserRequest = {
    params: new Map(new URLSearchParams(fields)),
    unread,
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
