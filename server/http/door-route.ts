import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { BrowserRequest, Outcome } from '../panel/door.ts';
import { rsessionInit } from '../panel/rsession-init.ts';
import type { Rule } from '../protocol/source.ts';
import { assumed } from '../protocol/source.ts';
import type { Panel } from '../state/panel.ts';
import { readBody } from './body.ts';
import { logBug, logLogin } from './log-lines.ts';
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
    readBody(request, FORM_BYTES)
      .then((body) => {
        if (body === 'aborted') return;
        if (body === 'too large') refuseForm(response, 413, `a form holds at most ${FORM_BYTES} bytes`);
        else open(request, response, isForm(request) ? body.toString() : '', panel);
      })
      .catch((error: unknown) => {
        logBug(panel, error, response);
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
  sendRedirect(response, panel, location, {
    'Set-Cookie': [...cookies],
    'Emulator-Reason': reasonHeader(reason),
  });
}

/** A redirect as the panel sends it. */
export function sendRedirect(
  response: ServerResponse,
  panel: Panel,
  location: string,
  besides: Readonly<Record<string, string | string[]>> = {},
): void {
  const date = new Date(panel.clock.now()).toUTCString();
  response.sendDate = false;
  response.writeHead(panel.release.redirectStatus, {
    Date: date,
    ...PAGE_HEADERS,
    'Last-Modified': date,
    ...besides,
    Location: location,
    'Content-Length': 0,
  });
  response.end();
}

/** What every page and redirect of the panel carries. */
export const PAGE_HEADERS = {
  Server: 'sw-cp-server',
  'Content-Type': 'text/html; charset=UTF-8',
  Expires: 'Fri, 28 May 1999 00:00:00 GMT',
  'Cache-Control': 'no-store, no-cache, must-revalidate',
  Pragma: 'no-cache',
  P3P: 'CP="NON COR CURa ADMa OUR NOR UNI COM NAV STA"',
  'X-Frame-Options': 'SAMEORIGIN',
  'X-XSS-Protection': '1; mode=block',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** A reason as a header can hold it: percent-encoded where it is no ASCII, at most 1 KB. */
export function reasonHeader(reason: string): string {
  const encoded = reason.replace(/[^ -~]+|%/gu, (found) => encodeURIComponent(found));
  return encoded.length <= REASON_BYTES
    ? encoded
    : `${encoded.slice(0, REASON_BYTES - 3).replace(/%[\dA-F]?$/, '')}...`;
}

const REASON_BYTES = 1024;
