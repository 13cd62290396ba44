import { createServer } from 'node:http';
import type { RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server as NetServer, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { ListenError } from '../../base/listen-error.ts';
import { startTimer } from '../../base/timer.ts';
import { NO_TLS, PLAIN_HTTP, plainHttpAnswer } from './plain-to-tls.ts';
import type { KeyAndCertificate } from './tls/certificate.ts';
import { knowRawSockets, showOthers } from './tls/connections.ts';

/** A port that is open, and how to close it. */
export interface Listening {
  readonly port: number;
  /**
   * Ends all connections, those in use when their answer is sent, and waits until both sides have closed them; after the
   * grace those that are left are destroyed.
   */
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
  /** Whether port and connections let the process end. */
  readonly isUnref?: boolean | undefined;
  /** Told of a client that could not be talked to, with the reason. */
  readonly onLost: (peer: string, why: string) => void;
}

/** Opens a port. @throws {ListenError} where that is not possible. */
export async function listen(wanted: Listener): Promise<Listening> {
  const { answer, host, port, tls, isUnref = false, onLost } = wanted;
  const latest = new Map<Duplex, ServerResponse>();
  const listener: RequestListener = (request, response) => {
    latest.set(request.socket, response);
    answer(request, response);
  };
  const server = tls === undefined ? createServer(listener) : await secureServer(tls, listener, wanted);
  const clients = new Set<Socket>();
  server.on(tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => {
    clients.add(socket);
    const peer = socket.remoteAddress ?? GONE;
    socket.once('close', () => {
      clients.delete(socket);
      const hasAsked = latest.delete(socket);
      if (tls !== undefined && !hasAsked && server.listening) onLost(peer, WITHOUT_REQUEST);
    });
  });
  const connections = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    if (isUnref) socket.unref();
    socket.once('close', () => connections.delete(socket));
  });
  answerFirst(server, latest);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const names = { host: 'host', port: tls === undefined ? 'httpPort' : 'httpsPort' };
      reject(new ListenError(error, { host, port }, names));
    });
    server.listen(port, host, resolve);
  });
  if (isUnref) server.unref();
  const { port: opened } = server.address() as AddressInfo;
  return { port: opened, close: () => close(server, { connections, clients, latest }) };
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
  const rawOf = knowRawSockets(server);
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
    const said = `${error.code ?? ''} ${error.message}`;
    const [, why = error.message] = TLS_WORDS.find(([sign]) => sign.test(said)) ?? [];
    if (server.listening) onLost(socket.remoteAddress ?? GONE, why);
    // Node ends the connection behind this event; what is written by then arrives.
    if (why === PLAIN_HTTP || why === NO_TLS) rawOf(socket)?.write(plainHttpAnswer(why));
  });
  if (otherCertificate !== undefined) showOthers(server, { key, cert }, otherCertificate);
  return server;
}

/** What a failed handshake most often means, by what each OpenSSL calls it in its own way. */
const TLS_WORDS: readonly (readonly [sign: RegExp, why: string])[] = [
  [/http.request/i, PLAIN_HTTP],
  [/wrong.version.number/i, NO_TLS],
  [/unknown.ca|bad.certificate|certificate.unknown/i, UNTRUSTED],
  [
    /ECONNRESET/,
    'it went away during the handshake, as clients do that do not trust the CA (/_emulator/ca.pem)',
  ],
];

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

interface Open {
  /** All connections, those in their handshake included. */
  readonly connections: ReadonlySet<Socket>;
  /** The connections that can carry requests. */
  readonly clients: ReadonlySet<Socket>;
  /** The latest answer on each. */
  readonly latest: ReadonlyMap<Duplex, ServerResponse>;
}

/**
 * Connections are ended rather than destroyed: a client that keeps them for its next request has seen the end, and
 * closed its side, when this resolves. Otherwise its first request to a successor on the same port would be reset.
 */
async function close(server: Server, { connections, clients, latest }: Open): Promise<void> {
  const closed = new Promise((resolve) => {
    // Node's own `close` of an HTTP server destroys idle connections.
    NetServer.prototype.close.call(server, resolve);
  });
  for (const client of clients) endAfter(latest.get(client), client);
  const timer = startTimer(GRACE, () => {
    for (const connection of connections) connection.destroy();
  });
  await closed;
  timer.stop();
  // It has no connection and no port any more; this stops Node's own timer.
  server.close();
}

/** Ends a connection when the answer that is under way on it is sent. */
function endAfter(response: ServerResponse | undefined, client: Socket): void {
  if (response === undefined || response.writableFinished) {
    client.end();
    return;
  }
  if (!response.headersSent) response.shouldKeepAlive = false;
  response.once('finish', () => client.end());
}
