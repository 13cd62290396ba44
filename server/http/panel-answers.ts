import type { OutgoingHttpHeader, ServerResponse } from 'node:http';
import { CONTENT_SECURITY_POLICY } from '../panel/pages/layout.ts';
import type { Panel } from '../state/panel.ts';
import { httpDate } from './stamps.ts';

/** A redirect as the panel sends it; `besides` are the headers of this one, names and values in turn. */
export function sendRedirect(
  response: ServerResponse,
  { clock, release }: Panel,
  location: string,
  besides: readonly OutgoingHttpHeader[] = [],
): void {
  const date = httpDate(clock.now());
  response.sendDate = false;
  response.writeHead(release.redirectStatus, [
    'Date',
    date,
    ...HEADERS,
    'Last-Modified',
    date,
    ...besides,
    'Location',
    location,
    'Content-Length',
    0,
  ]);
  response.end();
}

/** A page as the panel sends it; `besides` as for a redirect. */
export function sendPage(
  response: ServerResponse,
  { clock }: Panel,
  status: number,
  html: string,
  besides: readonly OutgoingHttpHeader[] = [],
): void {
  const date = httpDate(clock.now());
  response.sendDate = false;
  response.writeHead(status, [
    'Date',
    date,
    ...HEADERS,
    'Last-Modified',
    date,
    'Content-Security-Policy',
    CONTENT_SECURITY_POLICY,
    ...besides,
    'Content-Length',
    Buffer.byteLength(html),
  ]);
  response.end(response.req.method === 'HEAD' ? undefined : html);
}

/** A list, not an object: Node writes it as it is. */
const HEADERS = [
  ['Server', 'sw-cp-server'],
  ['Content-Type', 'text/html; charset=UTF-8'],
  ['Expires', 'Fri, 28 May 1999 00:00:00 GMT'],
  ['Cache-Control', 'no-store, no-cache, must-revalidate'],
  ['Pragma', 'no-cache'],
  ['P3P', 'CP="NON COR CURa ADMa OUR NOR UNI COM NAV STA"'],
  ['X-Frame-Options', 'SAMEORIGIN'],
  ['X-XSS-Protection', '1; mode=block'],
  ['X-Content-Type-Options', 'nosniff'],
].flat();
