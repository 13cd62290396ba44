import { createServer as createHttpServer } from 'node:http';
import type { Server } from 'node:net';
import { createServer } from 'node:net';
import type express from 'express';
import type { Redis } from 'ioredis';
import type { Answer } from './messages.ts';

/** What the emulator is held against: the least that node:http can do. It reads the body, as any server must. */
export function bareHttp({ status, headers, body, keepAlive }: Answer): Server {
  return createHttpServer({ keepAliveTimeout: keepAlive * 1000 }, (request, response) => {
    request.resume();
    response.writeHead(status, headers).end(body);
  });
}

/**
 * Express as its users write it: one route, `status`, `set` and `send`. It reads no body of a request, so it does less
 * than any Express that answers packets. ETag and X-Powered-By are off, since the emulator does not send them either,
 * and the body is a Buffer: for a string Express would write the charset its own way.
 */
export async function bareExpress(
  module: string,
  { status, headers, body, keepAlive }: Answer,
): Promise<Server> {
  const { default: createApp } = (await import(module)) as { readonly default: typeof express };
  const app = createApp();
  app.disable('x-powered-by').disable('etag');
  const bytes = Buffer.from(body);
  app.all('/{*path}', (_request, response) => {
    response.status(status).set(headers).send(bytes);
  });
  return createHttpServer({ keepAliveTimeout: keepAlive * 1000 }, app);
}

/** The least that node:http can do where it has to ask a Redis so many times before, by the name of a script. */
export async function bareTrips(
  module: string,
  redis: string,
  trips: number,
  { status, headers, body, keepAlive }: Answer,
): Promise<Server> {
  const { Redis: Client } = (await import(module)) as { readonly Redis: typeof Redis };
  const client = new Client(redis);
  const script = String(await client.script('LOAD', "return redis.call('GET', KEYS[1])"));
  return createHttpServer({ keepAliveTimeout: keepAlive * 1000 }, (request, response) => {
    request.resume();
    const answer = async (): Promise<void> => {
      for (let trip = 0; trip < trips; trip += 1) await client.evalsha(script, 1, 'nothing');
      response.writeHead(status, headers).end(body);
    };
    void answer();
  });
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
