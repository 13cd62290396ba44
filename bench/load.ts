import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';

/** What is sent, and what must come back: `check` is given every answer whole and says what is wrong with it. */
export interface Load {
  readonly port: number;
  readonly connections: number;
  /** One request each, as the bytes that go over the wire. */
  readonly requests: readonly Buffer[];
  readonly check: (answer: string, index: number) => string | undefined;
  /** Told of every answer how many milliseconds after its request it was there. */
  readonly took?: (milliseconds: number) => void;
}

/** An answer that a bench must not count. */
export class WrongAnswer extends Error {
  constructor(what: string, answer: string) {
    super(`${what}; the answer was\n${answer.slice(0, 1500)}`);
    this.name = 'WrongAnswer';
  }
}

const HEAD_END = '\r\n\r\n';
const LENGTH = 'Content-Length: ';
const LARGEST = 16_777_216;

/**
 * Sends every request once over so many connections, each of which sends its next when it has its answer whole;
 * gives the seconds it took. No client library: this one must cost less than the server that it measures.
 */
export async function run(load: Load): Promise<number> {
  const connections = Math.min(load.connections, load.requests.length);
  const lines = Array.from({ length: connections }, () => new Line(load.port));
  await Promise.all(lines.map((line) => line.opened()));
  const started = performance.now();
  let next = 0;
  // A client that sleeps is woken at the expense of a server that is slower than it, and of no other: in a virtual
  // machine by as much as the rest of the answer costs. This one stays awake.
  let isOver = false;
  const stayAwake = (): void => {
    if (!isOver) setImmediate(stayAwake);
  };
  stayAwake();
  const take = (): number => (next < load.requests.length ? next++ : -1);
  try {
    await Promise.all(lines.map((line) => line.work(load, take)));
    return (performance.now() - started) / 1000;
  } finally {
    isOver = true;
    for (const line of lines) line.close();
  }
}

/** Sends one request and gives its answer, head and body. */
export async function ask(port: number, request: Buffer): Promise<string> {
  let answer = '';
  const check = (text: string): undefined => {
    answer = text;
  };
  await run({ port, connections: 1, requests: [request], check });
  return answer;
}

/** One keep-alive connection. */
class Line {
  readonly #socket: Socket;
  #received: (piece: string) => void = () => undefined;

  constructor(port: number) {
    // Reads into one buffer for good: a new one for each answer would cost more than the rest.
    const onread = {
      buffer: Buffer.allocUnsafe(65_536),
      callback: (length: number, buffer: Uint8Array) => {
        this.#received((buffer as Buffer).toString('latin1', 0, length));
        return true;
      },
    };
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true, onread });
  }

  async opened(): Promise<void> {
    await once(this.#socket, 'connect');
  }

  close(): void {
    this.#socket.destroy();
  }

  /** Sends requests and checks their answers until `take` gives no more. */
  work({ requests, check, took }: Load, take: () => number): Promise<void> {
    return new Promise((resolve, reject) => {
      let index = -1;
      let sent = 0;
      let answer = '';
      const send = (): void => {
        index = take();
        const request = requests[index];
        sent = performance.now();
        if (request === undefined) resolve();
        else this.#socket.write(request);
      };
      this.#received = (piece) => {
        answer = answer === '' ? piece : answer + piece;
        const missing = missingOf(answer);
        if (typeof missing === 'number' && missing > 0) return;
        took?.(performance.now() - sent);
        const whole = answer;
        answer = '';
        const wrong = typeof missing === 'string' ? missing : check(whole, index);
        if (wrong === undefined) send();
        else reject(new WrongAnswer(`Request ${index}: ${wrong}`, whole));
      };
      this.#socket.once('error', reject);
      this.#socket.once('close', () => {
        reject(new WrongAnswer(`Request ${index}: the connection ended`, answer));
      });
      send();
    });
  }
}

/** How many bytes are still to come of an answer, or what is wrong with it. */
function missingOf(answer: string): number | string {
  const headEnd = answer.indexOf(HEAD_END);
  if (headEnd === -1) return 1;
  const at = answer.indexOf(LENGTH);
  if (at === -1 || at > headEnd) return 'there is no Content-Length';
  const length = Number.parseInt(answer.slice(at + LENGTH.length, at + LENGTH.length + 12), 10);
  if (!(length <= LARGEST)) return 'Content-Length is not right';
  const missing = headEnd + HEAD_END.length + length - answer.length;
  return missing < 0 ? 'it is longer than it says' : missing;
}
