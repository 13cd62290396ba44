import type { Child } from './child.ts';
import { ask, WrongAnswer } from './load.ts';
import type { Answer, Ready } from './messages.ts';

/** Something to measure on an emulator that runs: its requests, and what a right answer is. */
export interface Case {
  readonly name: string;
  /** Makes so many requests, each of which the emulator answers once. */
  readonly requests: (count: number, emulator: Child) => Promise<readonly Buffer[]>;
  /** What is wrong with an answer of the emulator, head and body. */
  readonly check: (answer: string, request: Buffer, emulator: Child) => string | undefined;
  /** Of bare node:http, as far as there is one. */
  readonly aim?: number;
}

/** One operation: a session for a browser at an address, told in base64 as the documentation has it. */
export const createSession = (userIp: string, login = 'admin', besides = ''): string => `<create_session>
<login>${login}</login>
<data>
<user_ip>${Buffer.from(userIp).toString('base64')}</user_ip>
${besides}<source_server></source_server>
</data>
</create_session>
`;

/** Who is asked: a port of this machine, and its administrator. */
export type Addressee = Pick<Ready, 'port' | 'admin'>;

/** `POST /enterprise/control/agent.php` as the administrator. */
export function post(packet: string, { port, admin }: Addressee): Buffer {
  const { login, password } = admin ?? { login: '', password: '' };
  return Buffer.from(
    `POST /enterprise/control/agent.php HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: text/xml\r\n` +
      `HTTP_AUTH_LOGIN: ${login}\r\nHTTP_AUTH_PASSWD: ${password}\r\n` +
      `Content-Length: ${Buffer.byteLength(packet)}\r\n\r\n${packet}`,
  );
}

/** What a browser asks for; `besides` are headers, each with its line end. */
export function get(target: string, { port }: Addressee, besides = ''): Buffer {
  return Buffer.from(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept: */*\r\n${besides}\r\n`);
}

const TOKENS_A_PACKET = 500;

/** Makes tokens for browsers on this machine, many with each packet. */
export async function makeTokens(count: number, { ready }: Child): Promise<readonly string[]> {
  const tokens: string[] = [];
  while (tokens.length < count) {
    const size = Math.min(TOKENS_A_PACKET, count - tokens.length);
    const operations = createSession('127.0.0.1').repeat(size);
    const packet = `<packet version="1.6.3.3"><server>${operations}</server></packet>`;
    const answer = await ask(ready.port, post(packet, ready));
    const made = [...answer.matchAll(/<id>([\da-f]{32})<\/id>/g)].map(([, token = '']) => token);
    if (made.length !== size)
      throw new WrongAnswer(`${size} tokens were wanted, ${made.length} came`, answer);
    tokens.push(...made);
  }
  return tokens;
}

/** What a server has to be given to send an answer again, without the headers that Node adds itself. */
export function constantOf(answer: string): Answer {
  const end = answer.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = answer.slice(0, end).split('\r\n');
  const headers: Record<string, string | string[]> = {};
  let keepAlive = 0;
  for (const line of lines) {
    const colon = line.indexOf(': ');
    const name = line.slice(0, colon);
    const value = line.slice(colon + 2);
    if (name === 'Keep-Alive') keepAlive = Number(value.replace('timeout=', ''));
    if (name === 'Connection' || name === 'Keep-Alive') continue;
    const before = headers[name];
    headers[name] = before === undefined ? value : [before, value].flat();
  }
  const body = Buffer.from(answer.slice(end + 4), 'latin1').toString();
  return { status: Number(statusLine.split(' ')[1]), headers, body, keepAlive };
}

/** Whether two answers are the same but for the order of their headers. */
export function isSameAnswer(one: string, other: string): boolean {
  const [lines, otherLines] = [one, other].map((answer) => answer.split('\r\n').sort().join('\r\n'));
  return lines === otherLines;
}
