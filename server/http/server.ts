import { createServer } from 'node:http';
import type { RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { KeyAndCertificate } from './tls/certificate.ts';
import { knowRawSockets, showOthers } from './tls/connections.ts';

/** A port that is open, and how to close it. */
export interface Listening {
  readonly port: number;
  /** Ends idle connections at once, and those in use after the grace. */
  close(): Promise<void>;
}

const GONE = 'a client that is gone';
const UNTRUSTED = 'it does not trust the CA; give it /_emulator/ca.pem';
/** Node ends the handshake before it says no, and may be seen to. */
const WITHOUT_REQUEST =
  'it went away before it asked for anything, as clients do that do not trust the CA (/_emulator/ca.pem)';

/** How long an answer that is under way may take when the server closes, in milliseconds. */
const GRACE = 250;

/** What listens, and where. */
export interface Listener {
  readonly answer: RequestListener;
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
  /** The key and certificate that make it HTTPS. */
  readonly tls?: KeyAndCertificate | undefined;
  /** What one new connection over TLS is shown instead, where a test wants it. */
  readonly otherCertificate?: ((peer: string) => KeyAndCertificate | undefined) | undefined;
  /** Told of a client that could not be talked to, with the reason. */
  readonly onLost: (peer: string, why: string) => void;
}

/** Opens a port; an address that cannot be had is an error that says so. */
export async function listen(wanted: Listener): Promise<Listening> {
  const { answer, host, port, tls, onLost } = wanted;
  const latest = new Map<Duplex, ServerResponse>();
  const listener: RequestListener = (request, response) => {
    latest.set(request.socket, response);
    answer(request, response);
  };
  const server = tls === undefined ? createServer(listener) : await secureServer(tls, listener, wanted);
  server.on(tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => {
    const peer = socket.remoteAddress ?? GONE;
    socket.once('close', () => {
      const hasAsked = latest.delete(socket);
      if (tls !== undefined && !hasAsked && server.listening) onLost(peer, WITHOUT_REQUEST);
    });
  });
  const connections = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  answerFirst(server, latest);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new Error(wordsFor(error, host, port), { cause: error }));
    });
    server.listen(port, host, resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => close(server, connections) };
}

/** Imported only where it is wanted: TLS costs a start some milliseconds. */
async function secureServer(
  { key, cert }: KeyAndCertificate,
  listener: RequestListener,
  { onLost, otherCertificate }: Listener,
): Promise<Server> {
  const { createServer: createSecureServer } = await import('node:https');
  // No client is asked for a certificate; with any CA, or without this list, Node reads all that it trusts: 40 ms.
  const server = createSecureServer({ key, cert, ca: [] }, listener);
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
    const said = `${error.code ?? ''} ${error.message}`;
    const [, why = error.message] = TLS_WORDS.find(([sign]) => sign.test(said)) ?? [];
    if (server.listening) onLost(socket.remoteAddress ?? GONE, why);
  });
  knowRawSockets(server);
  if (otherCertificate !== undefined) showOthers(server, { key, cert }, otherCertificate);
  return server;
}

/** What a failed handshake most often means, by what each OpenSSL calls it in its own way. */
const TLS_WORDS: readonly (readonly [sign: RegExp, why: string])[] = [
  [/http.request/i, 'it sent plain HTTP to the HTTPS port; use https://'],
  [/unknown.ca|bad.certificate|certificate.unknown/i, UNTRUSTED],
  [
    /ECONNRESET/,
    'it went away during the handshake, as clients do that do not trust the CA (/_emulator/ca.pem)',
  ],
];

function wordsFor({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === 'EADDRINUSE') return `port ${port} of ${host} is in use; choose another, or 0 for any`;
  if (code === 'EACCES') return `port ${port} of ${host} is not allowed to this user; choose one above 1023`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `${host} is no address of this machine`;
  return `cannot listen on port ${port} of ${host}: ${message}`;
}

/**
 * A client that understates its Content-Length sends bytes that are no request. Its packet, cut short as it is, is
 * answered before the connection ends: one real client would otherwise never see its 1014. `latest` are the latest
 * answers by their connection.
 */
function answerFirst(server: Server, latest: Map<Duplex, ServerResponse>): void {
  server.on('clientError', (_error, socket: Duplex) => {
    const response = latest.get(socket);
    if (response === undefined) {
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    } else if (response.req.complete && !response.writableEnded) {
      if (!response.headersSent) response.setHeader('Connection', 'close');
      response.once('finish', () => socket.end());
    } else {
      socket.end();
    }
    if (socket instanceof Socket) socket.setTimeout(GRACE, () => socket.destroy());
  });
}

async function close(server: Server, connections: ReadonlySet<Socket>): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const timer = setTimeout(() => {
    // `closeAllConnections` knows none that is still in its handshake.
    for (const connection of connections) connection.destroy();
  }, GRACE);
  await closed;
  clearTimeout(timer);
}
