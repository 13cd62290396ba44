import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { expect, onTestFinished } from 'vitest';
import type { Emulator } from '../../server/emulator.ts';
import { startEmulator } from '../../server/emulator.ts';
import { issueCertificate, makeAuthority, serverLife } from '../../server/http/tls/certificate.ts';
import type { ServiceOptions, TokenService } from '../../src/service.ts';
import type { Page } from './browse.ts';
import { browse, sentBack, serve } from './browse.ts';
import type { HeldPlesk } from './held-plesk.ts';
import { heldEntry, startHeldPlesk } from './held-plesk.ts';
import type { StartedService } from './service.ts';
import { directoryOf, startService } from './service.ts';

/** What services with a Redis are started with besides. */
export const onRedis = ({ url }: { readonly url: string }): Partial<ServiceOptions> => ({
  store: url,
  pepperKeys: [PEPPER],
});

/** What services that share a Redis have to share. */
export const PEPPER = 'a pepper for tests only, long enough';

/** A service whose Plesk can be held, and whose visitors can be watched. */
export interface HeldWorld extends StartedService {
  readonly plesk: Emulator;
  readonly held: HeldPlesk;
  readonly front: Front;
}

/** Starts one; `link` gives links that lead to its front. */
export async function startHeld(
  options: Partial<ServiceOptions> = {},
  scheme: 'http' | 'https' = 'http',
): Promise<HeldWorld> {
  const plesk = await startEmulator({ seed: 'demo' });
  onTestFinished(() => plesk.close());
  const held = await startHeldPlesk(plesk);
  const directory = directoryOf({ 'plesk-1': heldEntry(held, plesk) });
  const started = await startService(directory, { ...PATIENT, ...options });
  const front = await frontOf(started.service, scheme);
  const link: StartedService['link'] = async (body) => linkAt(front.url, await started.link(body));
  return { ...started, link, plesk, held, front };
}

/** Nothing here is to run out by the machine's own time, unless a test says so. */
const PATIENT = { openLimit: 1000, pleskTotalMs: 20_000, claimWaitMs: 30_000 };

/** A door of a service besides its own, that notes who comes and goes. */
export interface Front {
  readonly url: string;
  /** What to trust, for browse and visit; nothing for http. */
  readonly trust: { readonly ca?: string };
  /** Resolves when so many requests have come in that bring a cookie: only these may open a link. */
  came(count: number): Promise<void>;
  /** Resolves when so many of those who asked have closed their side of the connection at least. */
  left(count: number): Promise<void>;
}

async function frontOf({ app }: TokenService, scheme: 'http' | 'https'): Promise<Front> {
  const sockets: Socket[] = [];
  const listener: RequestListener = (request, response) => {
    if (request.headers.cookie !== undefined) sockets.push(request.socket);
    app(request, response);
  };
  const { url, ...trust } =
    scheme === 'http' ? { url: await serve(listener) } : await serveSecurely(listener);
  const patience = { timeout: 15_000, interval: 5 };
  return {
    ...{ url, trust },
    came: (count) => expect.poll(() => sockets.length, patience).toBeGreaterThanOrEqual(count),
    left: (count) =>
      expect
        .poll(() => sockets.filter((socket) => socket.destroyed || socket.readableEnded).length, patience)
        .toBe(count),
  };
}

async function serveSecurely(
  listener: RequestListener,
): Promise<{ readonly url: string; readonly ca: string }> {
  const now = Date.now();
  const authority = makeAuthority(now);
  const identity = issueCertificate(authority, { names: ['127.0.0.1'], ...serverLife(now) });
  const server = createServer(identity, listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, ca: authority.cert };
}

/** The same link at another address of the service. */
export const linkAt = (url: string, link: string): string => `${url}/sign-in${new URL(link).search}`;

/** A browser that opened a link and can close its connection. */
export interface Visitor {
  readonly socket: Socket;
  /** Breaks the connection with a TCP reset. */
  readonly reset: () => void;
  /** All that it got, once the connection is closed by both sides. */
  readonly got: Promise<string>;
}

/** Begins to open a link, over a connection of its own, as a browser that has its cookie. */
export async function visit(link: string, { ca }: Front['trust'] = {}): Promise<Visitor> {
  const { hostname, port, pathname, search } = new URL(link);
  const cookie = sentBack(await browse(link, { refusesCookies: true, ...(ca === undefined ? {} : { ca }) }));
  const plain = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  const socket = ca === undefined ? plain : connectSecurely({ socket: plain, host: hostname, ca });
  onTestFinished(() => void socket.destroy());
  const got = new Promise<string>((resolve) => {
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket
      .on('error', () => undefined)
      .on('close', () => {
        resolve(text);
      });
    socket.on('end', () => socket.end());
  });
  await once(socket, ca === undefined ? 'connect' : 'secureConnect');
  const head = [`Host: ${hostname}:${port}`, `Cookie: ${cookie}`, 'Connection: close'];
  socket.write(`GET ${pathname}${search} HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n`);
  return { socket, reset: () => void plain.resetAndDestroy(), got };
}

/** Opens a link so many times at once. */
export const openAtOnce = (count: number, ...links: readonly string[]): Promise<readonly Page[]> =>
  Promise.all(Array.from({ length: count }, (_, at) => browse(links[at % links.length] ?? '')));

/** What came of an opening: `303`, or status and code. */
export function outcomeOf({ status, body }: Page): string {
  if (status === 303) return body === '' ? '303' : `303 with ${body}`;
  const { code } = JSON.parse(body) as { readonly code: string };
  return `${status} ${code}`;
}

/** How often each outcome came. */
export function tally(pages: readonly Page[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const outcome of pages.map(outcomeOf)) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

/** Follows an opened link through the door of its Plesk; whether it logged in. */
export async function getsIn({ location = '' }: Page): Promise<boolean> {
  const { status, cookies } = await browse(location);
  return status === 303 && cookies.length > 0;
}
