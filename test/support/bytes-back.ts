import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { onTestFinished } from 'vitest';

/** What came back on a connection, and how it ended. */
export interface BytesBack {
  /** 0 where no whole head came. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** `whole`: as many bytes as were announced; else the connection ended before. */
  readonly end: 'whole' | 'closed' | 'reset';
  /** In how many pieces it came. */
  readonly pieces: number;
}

/** A request that was sent, and may be waited for. */
export interface Sent {
  readonly socket: Socket;
  readonly back: Promise<BytesBack>;
  /** How many bytes have come so far. */
  readonly received: () => number;
}

/** A request in bytes: with a body a POST, else a GET. */
export function bytesOf(url: string, headers: Readonly<Record<string, string>> = {}, body?: string): string {
  const { host, pathname, search } = new URL(url);
  const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  const lines = Object.entries({ Host: host, ...headers, ...length }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return `${body === undefined ? 'GET' : 'POST'} ${pathname}${search} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`;
}

/** Sends bytes to where a URL leads, over a connection of its own that the test closes. */
export function sendBytesTo(url: string, bytes: string, ca?: string): Sent {
  const { hostname, port } = new URL(url);
  const at = { host: hostname, port: Number(port) };
  const socket = ca === undefined ? connect(at) : connectTls({ ...at, ca });
  onTestFinished(() => void socket.destroy());
  let all = Buffer.alloc(0);
  let pieces = 0;
  const back = new Promise<BytesBack>((resolve) => {
    const done = (end: BytesBack['end']): void => {
      resolve({ ...readAnswer(all), end, pieces });
      socket.destroy();
    };
    socket.on('data', (chunk: Buffer) => {
      all = Buffer.concat([all, chunk]);
      pieces += 1;
      const { headers, body } = readAnswer(all);
      if (body.length >= Number(headers['content-length'] ?? Infinity)) done('whole');
    });
    socket.on('error', ({ code }: NodeJS.ErrnoException) => {
      done(code === 'ECONNRESET' ? 'reset' : 'closed');
    });
    socket.on('close', () => {
      done('closed');
    });
  });
  socket.write(bytes);
  return { socket, back, received: () => all.length };
}

function readAnswer(all: Buffer): Pick<BytesBack, 'status' | 'headers' | 'body'> {
  const end = all.indexOf('\r\n\r\n');
  if (end === -1) return { status: 0, headers: {}, body: Buffer.alloc(0) };
  const [first = '', ...lines] = all.subarray(0, end).toString('latin1').split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
    }),
  );
  return { status: Number(first.split(' ')[1] ?? 0), headers, body: all.subarray(end + 4) };
}
