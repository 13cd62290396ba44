import type { OutgoingHttpHeaders, RequestListener, ServerResponse } from 'node:http';
import type { Panel } from '../state/panel.ts';
import { packageVersion } from '../../base/version.ts';
import { logBug } from './log-lines.ts';
import { pathOf } from './request.ts';

/** What the emulator knows of itself, beside the Plesk that it plays. */
export interface EmulatorFacts {
  /** The CA that clients of HTTPS have to trust, in PEM. */
  readonly ca: string | undefined;
  /** Whether all ports are open. */
  readonly isReady: () => boolean;
}

/** Where scripts ask the emulator itself; Plesk has nothing below this path. */
export const CONTROL_PATH = '/_emulator';

/** `GET /_emulator/health`, `/rules` and `/ca.pem`: the emulator's own, and none of Plesk's. */
export function controlRoutes(panel: Panel, facts: EmulatorFacts): RequestListener {
  const routes = new Map<string, (response: ServerResponse) => void | Promise<void>>([
    [
      '/health',
      (response) => {
        sendHealth(response, panel, facts.isReady());
      },
    ],
    ['/rules', sendRules],
    [
      '/ca.pem',
      (response) => {
        sendAuthority(response, facts.ca);
      },
    ],
  ]);
  return (request, response) => {
    const path = pathOf(request).slice(CONTROL_PATH.length);
    const send = routes.get(path);
    const { method = '' } = request;
    if (send === undefined) {
      const there = [...routes.keys()].map((known) => CONTROL_PATH + known).join(', ');
      sendJson(response, 404, { error: `there is no ${CONTROL_PATH}${path}; there are ${there}` });
    } else if (method === 'GET' || method === 'HEAD') {
      Promise.resolve(send(response)).catch((error: unknown) => {
        logBug(panel, error, response);
      });
    } else sendJson(response, 405, { error: `${method} is not for this; use GET` }, { Allow: 'GET, HEAD' });
  };
}

function sendHealth(response: ServerResponse, { release, startedAt }: Panel, ready: boolean): void {
  sendJson(response, ready ? 200 : 503, {
    ready,
    release: release.plesk,
    title: release.title,
    packetVersion: release.protocol,
    version: packageVersion(),
    startedAt: new Date(startedAt).toISOString(),
  });
}

/** The whole list is asked for seldom. */
async function sendRules(response: ServerResponse): Promise<void> {
  const { RULES, countByKind } = await import('../rules.ts');
  const rules = RULES.map(({ id, source }) => ({ id, ...source }));
  sendJson(response, 200, { counts: countByKind(RULES), rules });
}

function sendAuthority(response: ServerResponse, ca: string | undefined): void {
  if (ca === undefined)
    sendJson(response, 404, { error: 'there is no CA: HTTPS is off, or has a certificate of your own' });
  else send(response, 200, { 'Content-Type': 'application/x-pem-file' }, ca);
}

const sendJson = (
  response: ServerResponse,
  status: number,
  body: object,
  besides: OutgoingHttpHeaders = {},
): void => {
  const text = `${JSON.stringify(body, undefined, 2)}\n`;
  send(response, status, { 'Content-Type': 'application/json', ...besides }, text);
};

function send(response: ServerResponse, status: number, headers: OutgoingHttpHeaders, body: string): void {
  response.writeHead(status, {
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Content-Length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
