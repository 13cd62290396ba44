import { createServer as createHttpServer } from 'node:http';
import type { Server } from 'node:net';
import { createServer } from 'node:net';
import type express from 'express';
import type { Answer } from './messages.ts';

/** What the emulator is held against: the least that node:http can do. It reads the body, as any server must. */
export function bareHttp({ status, headers, body }: Answer): Server {
  return createHttpServer((request, response) => {
    request.resume();
    response.writeHead(status, headers).end(body);
  });
}

/**
 * Express as its users write it: one route, `status`, `set` and `send`. It reads no body of a request, so it does less
 * than any Express that answers packets. ETag and X-Powered-By are off, since the emulator does not send them either,
 * and the body is a Buffer: for a string Express would write the charset its own way.
 */
export async function bareExpress(module: string, { status, headers, body }: Answer): Promise<Server> {
  const { default: createApp } = (await import(module)) as { readonly default: typeof express };
  const app = createApp();
  app.disable('x-powered-by').disable('etag');
  const bytes = Buffer.from(body);
  app.all('/{*path}', (_request, response) => {
    response.status(status).set(headers).send(bytes);
  });
  return createHttpServer(app);
}

/** The ceiling of the load generator: bytes out for bytes in. Requests come one at a time, and are small. */
export function bareSockets({ status, headers, body }: Answer): Server {
  const head = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((one) => `${name}: ${one}\r\n`),
  );
  const bytes = Buffer.from(`HTTP/1.1 ${status} Constant\r\n${head.join('')}\r\n${body}`);
  return createServer({ noDelay: true }, (socket) => {
    socket.on('data', () => socket.write(bytes)).on('error', () => socket.destroy());
  });
}
