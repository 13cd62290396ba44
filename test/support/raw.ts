import { connect } from 'node:net';

/** What came back on a connection. */
export interface RawAnswer {
  /** 0 where nothing came. */
  readonly status: number;
  readonly text: string;
}

/** Sends bytes to a service as they are, and answers all that comes back until the connection is closed. */
export function sendBytes(url: string, bytes: string | Buffer): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let text = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => (text += chunk));
    // One that is reset has said what it had to say.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1] ?? 0), text });
    });
  });
}

/** A request in one piece, after which the connection is to be closed; without a body. */
export const requestOf = (method: string, target: string, ...headers: readonly string[]): string =>
  [`${method} ${target} HTTP/1.1`, ...headers, 'Connection: close', '', ''].join('\r\n');
