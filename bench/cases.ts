import type { Answer, Child } from './child.ts';
import { ask, WrongAnswer } from './load.ts';

/** Something to measure on an emulator that runs: its requests, and what a right answer is. */
export interface Case {
  readonly name: string;
  /** Makes so many requests, each of which the emulator answers once. */
  readonly requests: (count: number, emulator: Child) => Promise<readonly Buffer[]>;
  /** What is wrong with an answer of the emulator, head and body. */
  readonly check: (answer: string, request: Buffer, emulator: Child) => string | undefined;
  /** The constant answer that node:http gives, from one of the emulator's. */
  readonly constant: (answer: string) => Answer;
}

const createSession = (userIp: string): string => `<create_session>
<login>admin</login>
<data>
<user_ip>${Buffer.from(userIp).toString('base64')}</user_ip>
<source_server></source_server>
</data>
</create_session>
`;

/** The packet of docs.plesk.com, "Automatic Logging In to Plesk", as it stands there. */
const PACKET = `<packet version="1.6.3.3">
<server>
${createSession('10.50.1.71')}</server>
</packet>
`;

const ANSWER =
  /<packet version="1\.6\.3\.3"><server><create_session><result><status>ok<\/status><id>([\da-f]{32})<\/id><\/result><\/create_session><\/server><\/packet>\n$/;

/** `POST /enterprise/control/agent.php` with the documented packet. */
export const CREATE_SESSION: Case = {
  name: 'create_session',
  requests: (count, emulator) => {
    const request = post(PACKET, emulator);
    return Promise.resolve(Array.from({ length: count }, () => request));
  },
  check: (answer) => {
    if (!answer.startsWith('HTTP/1.1 200 ')) return 'the status is not 200';
    return ANSWER.test(answer) ? undefined : 'it is no session';
  },
  constant: (answer) => ({
    status: 200,
    headers: headersOf(answer),
    body: answer.slice(answer.indexOf('\r\n\r\n') + 4),
  }),
};

/** `GET /enterprise/rsession_init.php` with a token that nobody has used. */
export const REDIRECT: Case = {
  name: 'redirect',
  requests: async (count, emulator) => {
    const tokens = await makeTokens(count, emulator);
    return tokens.map((token) =>
      Buffer.from(
        `GET /enterprise/rsession_init.php?PLESKSESSID=${token}&success_redirect_url=%2Fadmin%2Fcustomer%2Flist HTTP/1.1\r\n` +
          `Host: 127.0.0.1:${emulator.ready.port}\r\nAccept: */*\r\n\r\n`,
      ),
    );
  },
  check: (answer, request, { ready }) => {
    if (!answer.startsWith('HTTP/1.1 303 ')) return 'the status is not 303';
    if (!answer.includes(`\r\nLocation: http://127.0.0.1:${ready.port}/admin/customer/list\r\n`)) {
      return 'it leads elsewhere';
    }
    const token = request.toString('latin1', TOKEN_AT, TOKEN_AT + 32);
    return answer.includes(`=${token}; `) ? undefined : 'there is no cookie with the token';
  },
  constant: (answer) => ({ status: 303, headers: headersOf(answer), body: '' }),
};

const TOKEN_AT = 'GET /enterprise/rsession_init.php?PLESKSESSID='.length;

function post(packet: string, { ready }: Child): Buffer {
  const { login, password } = ready.admin ?? { login: '', password: '' };
  return Buffer.from(
    `POST /enterprise/control/agent.php HTTP/1.1\r\nHost: 127.0.0.1:${ready.port}\r\nContent-Type: text/xml\r\n` +
      `HTTP_AUTH_LOGIN: ${login}\r\nHTTP_AUTH_PASSWD: ${password}\r\n` +
      `Content-Length: ${packet.length}\r\n\r\n${packet}`,
  );
}

const TOKENS_A_PACKET = 500;

/** Makes tokens for browsers on this machine, many with each packet. */
async function makeTokens(count: number, emulator: Child): Promise<readonly string[]> {
  const tokens: string[] = [];
  while (tokens.length < count) {
    const size = Math.min(TOKENS_A_PACKET, count - tokens.length);
    const operations = createSession('127.0.0.1').repeat(size);
    const answer = await ask(
      emulator.ready.port,
      post(`<packet version="1.6.3.3"><server>${operations}</server></packet>`, emulator),
    );
    const made = [...answer.matchAll(/<id>([\da-f]{32})<\/id>/g)].map(([, token = '']) => token);
    if (made.length !== size)
      throw new WrongAnswer(`${size} tokens were wanted, ${made.length} came`, answer);
    tokens.push(...made);
  }
  return tokens;
}

/** The headers of an answer, as they would be given to `writeHead`, without those that Node adds itself. */
function headersOf(answer: string): Answer['headers'] {
  const headers: Record<string, string | string[]> = {};
  const [, ...lines] = answer.slice(0, answer.indexOf('\r\n\r\n')).split('\r\n');
  for (const line of lines) {
    const colon = line.indexOf(': ');
    const name = line.slice(0, colon);
    const value = line.slice(colon + 2);
    if (name === 'Connection' || name === 'Keep-Alive') continue;
    const before = headers[name];
    headers[name] = before === undefined ? value : [before, value].flat();
  }
  return headers;
}
