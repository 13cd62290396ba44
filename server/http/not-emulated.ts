import type { IncomingMessage, RequestListener } from 'node:http';
import type { Panel } from '../state/panel.ts';
import type { Control } from '../control/control.ts';
import { logPage } from './log-lines.ts';
import { REASON, reasonHeader } from './reason.ts';
import { exchangeOf, recordVisit } from './records.ts';
import { pathOf, peerOf, queryOf } from './request.ts';
import { httpDate } from './stamps.ts';

/** What Plesk answers at a path of its own and the emulator does not: the REST API, and the login link of its CLI. */
export function isNotEmulated(request: IncomingMessage, { release }: Panel): boolean {
  const path = pathOf(request);
  if (path === '/login') return new URLSearchParams(queryOf(request)).has('secret');
  return release.hasRest && /^\/api\/v2(?:\/|$)/.test(path);
}

/** Whether a request to agent.php is an upload of files: a multipart form, and not a packet under that type. */
export const isUpload = (request: IncomingMessage, body: Buffer | 'too large'): boolean =>
  isMultipart(request) && (body === 'too large' || body.toString('latin1', 0, 2) === '--');

const isMultipart = ({ method, headers }: IncomingMessage): boolean =>
  method === 'POST' && /^multipart\/form-data\s*(?:;|$)/i.test(headers['content-type'] ?? '');

/** Says of a request that the emulator lacks what Plesk has: to the client, in the log and in the journal. */
export function notEmulatedRoute(control: Control): RequestListener {
  const { panel } = control;
  return (request, response) => {
    const exchange = exchangeOf(request, response, control);
    const params = new URLSearchParams(queryOf(request));
    const path = pathOf(request);
    const isApi = path.startsWith('/api/');
    const what = !isApi && isMultipart(request) ? ' with multipart/form-data, an upload of files,' : '';
    const secret = params.has('secret') ? '?secret=..' : '';
    const message = `${request.method ?? ''} ${path}${secret}${what} is not emulated`;
    const body = JSON.stringify({ code: 404, message });
    response.sendDate = false;
    response.writeHead(404, {
      Date: httpDate(panel.clock.now()),
      Server: 'sw-cp-server',
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      [REASON]: reasonHeader(message),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
    logPage(panel, peerOf(request), path, message);
    const seen = { outcome: 'not found', reason: message, isEmulated: false } as const;
    recordVisit(exchange, new Map(params), seen, control);
  };
}
