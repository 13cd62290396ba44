import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BrowserRequest } from '../panel/door.ts';
import type { Panel } from '../state/panel.ts';
import type { Control } from '../control/control.ts';
import { readBody } from './body.ts';
import { askedByBrowser } from './fault-asked.ts';
import { answerWithFaults } from './faulty.ts';
import { logBug, logPage } from './log-lines.ts';
import { REASON, reasonHeader } from './reason.ts';
import type { Exchange } from './records.ts';
import { exchangeOf, recordVisit } from './records.ts';
import { httpDate } from './stamps.ts';
import { isSecure, originOf, pathOf, peerOf, queryOf } from './request.ts';

/** A login form is small. */
const FORM_BYTES = 65_536;

/**
 * Reads what a browser sends to a door: a query, or a form, urlencoded or multipart, which counts more than the query,
 * as PHP has it. Other methods and forms that are too large are answered here; what `done` throws is a bug.
 */
export function readBrowserRequest(
  request: IncomingMessage,
  response: ServerResponse,
  control: Control,
  done: (browser: BrowserRequest, exchange: Exchange) => void,
): void {
  const exchange = exchangeOf(request, response, control);
  const complete = (browser: BrowserRequest, whole: Exchange): void => {
    if (!control.faults.isOn) {
      done(browser, whole);
      return;
    }
    answerWithFaults(askedByBrowser(request, browser, control.panel), whole, control, {
      answer: () => {
        done(browser, whole);
      },
      unanswered: (reason) => {
        recordVisit(whole, browser.params, { outcome: undefined, reason }, control);
      },
    });
  };
  const refused = (status: number, headers: Readonly<Record<string, string>>, why: string): void => {
    refuse(response, control.panel, status, headers, why);
    logPage(control.panel, peerOf(request), pathOf(request), why);
    const params = new Map(new URLSearchParams(queryOf(request)));
    recordVisit(exchange, params, { outcome: 'refused', reason: why }, control);
  };
  if (request.method === 'GET' || request.method === 'HEAD') {
    complete(browserRequest(request, queryOf(request), undefined), exchange);
    return;
  }
  if (request.method !== 'POST') {
    refused(405, { Allow: 'GET, HEAD, POST' }, `${String(request.method)} opens no session`);
    return;
  }
  readBody(request, FORM_BYTES, (body) => {
    if (body === 'too large') {
      refused(413, { Connection: 'close' }, `a form holds at most ${FORM_BYTES} bytes`);
      return;
    }
    readForm(request, body)
      .then(({ fields, unread }) => {
        complete(browserRequest(request, fields, unread), { ...exchange, body });
      })
      .catch((error: unknown) => {
        logBug(control.panel, error, response);
      });
  });
}

/** What was sent, as a query has it; `unread` is the type of a form that could not be read. */
async function readForm(
  request: IncomingMessage,
  body: Buffer,
): Promise<{ readonly fields: string; readonly unread: string | undefined }> {
  const query = queryOf(request);
  const type = request.headers['content-type'] ?? 'no Content-Type';
  const kind = type.toLowerCase().split(';', 1)[0]?.trim();
  if (kind === 'application/x-www-form-urlencoded')
    return { fields: `${query}&${body.toString()}`, unread: undefined };
  if (body.length === 0) return { fields: query, unread: undefined };
  if (kind !== 'multipart/form-data') return { fields: query, unread: type };
  try {
    // Imported only where it is wanted: most forms are urlencoded.
    const { multipartFields } = await import('./multipart.ts');
    const fields = await multipartFields(type, body);
    return { fields: `${query}&${new URLSearchParams([...fields]).toString()}`, unread: undefined };
  } catch {
    return { fields: query, unread: `${type}, which cannot be parsed` };
  }
}

const browserRequest = (
  request: IncomingMessage,
  fields: string,
  unread: string | undefined,
): BrowserRequest => ({
  params: new Map(new URLSearchParams(fields)),
  unread,
  address: peerOf(request),
  origin: originOf(request),
  isSecure: isSecure(request),
  isPost: request.method === 'POST',
  cookie: request.headers.cookie,
});

function refuse(
  response: ServerResponse,
  { clock }: Panel,
  status: number,
  headers: Readonly<Record<string, string>>,
  why: string,
): void {
  response.sendDate = false;
  response
    .writeHead(status, {
      Date: httpDate(clock.now()),
      'Content-Type': 'text/plain',
      ...headers,
      [REASON]: reasonHeader(why),
    })
    .end(`${why}\n`);
}
