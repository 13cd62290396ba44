import { createServer } from 'node:http';
import type { RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** A port that is open, and how to close it. */
export interface Listening {
  readonly port: number;
  /** Ends idle connections at once, and those in use after the grace. */
  close(): Promise<void>;
}

/** How long an answer that is under way may take when the server closes, in milliseconds. */
const GRACE = 250;

/** Opens a port; an address that cannot be had is an error that says so. */
export async function listen(listener: RequestListener, host: string, port: number): Promise<Listening> {
  const latest = new Map<Duplex, ServerResponse>();
  const server = createServer((request, response) => {
    latest.set(request.socket, response);
    listener(request, response);
  });
  answerFirst(server, latest);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new Error(wordsFor(error, host, port), { cause: error }));
    });
    server.listen(port, host, resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

function wordsFor({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === 'EADDRINUSE')
    return `port ${port} of ${host} is in use; choose another HTTP port, or 0 for any`;
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
  server.on('connection', (socket) => {
    socket.once('close', () => latest.delete(socket));
  });
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

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const timer = setTimeout(() => {
    server.closeAllConnections();
  }, GRACE);
  await closed;
  clearTimeout(timer);
}
