import type { ServerResponse } from 'node:http';
import { CONTENT_SECURITY_POLICY } from '../panel/pages.ts';
import type { Panel } from '../state/panel.ts';

/** Headers of an answer by name. */
type Headers = Readonly<Record<string, string | readonly string[]>>;

/** A redirect as the panel sends it; `besides` are the headers of this one. */
export function sendRedirect(
  response: ServerResponse,
  { clock, release }: Panel,
  location: string,
  besides: Headers = {},
): void {
  const date = new Date(clock.now()).toUTCString();
  response.sendDate = false;
  response.writeHead(release.redirectStatus, {
    Date: date,
    ...HEADERS,
    'Last-Modified': date,
    ...besides,
    Location: location,
    'Content-Length': 0,
  });
  response.end();
}

/** A page as the panel sends it. */
export function sendPage(response: ServerResponse, { clock }: Panel, status: number, html: string): void {
  const date = new Date(clock.now()).toUTCString();
  response.sendDate = false;
  response.writeHead(status, {
    Date: date,
    ...HEADERS,
    'Last-Modified': date,
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'Content-Length': Buffer.byteLength(html),
  });
  response.end(response.req.method === 'HEAD' ? undefined : html);
}

const HEADERS = {
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
