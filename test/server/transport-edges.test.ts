import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { start } from '../support/emulator.ts';
import { post, sendRaw, tokenIn } from '../support/wire.ts';

const PACKET = '<packet><server><create_session><login>admin</login></create_session></server></packet>';
const CREDENTIALS = ['HTTP_AUTH_LOGIN: admin', 'HTTP_AUTH_PASSWD: changeme1Q**'];
const UNREADABLE =
  '<?xml version="1.0"?>\n<packet version="1.6.9.1"><system><status>error</status><errcode>1014</errcode><errtext>Parser error: Cannot parse the XML from the source specified</errtext></system></packet>\n';

it.each([
  ['a session', PACKET, CREDENTIALS, '<status>ok</status>'],
  ['no credentials', PACKET, [], '<errcode>1029</errcode>'],
  ['a version nobody speaks', '<packet version="9"/>', CREDENTIALS, '<errcode>1005</errcode>'],
  ['an unknown user', PACKET.replace('admin', 'nobody'), CREDENTIALS, '<errcode>1013</errcode>'],
  ['an empty packet', '<packet/>', CREDENTIALS, '<errcode>1014</errcode>'],
  ['what is no XML', 'hello', CREDENTIALS, '<errcode>1014</errcode>'],
  ['nothing', '', CREDENTIALS, '<errcode>1014</errcode>'],
  [
    'what is not emulated',
    '<packet><server><lic_get_info><license/></lic_get_info></server></packet>',
    CREDENTIALS,
    '<errcode>1023</errcode>',
  ],
  ['a secret key', PACKET, ['KEY: none'], '<errcode>11003</errcode>'],
])(
  'answers %s with HTTP 200 and nothing before the declaration',
  async (_case, packet, credentials, expected) => {
    const { plesk } = await start();

    const answer = await sendRaw(plesk, head([...credentials, `Content-Length: ${packet.length}`]), packet);

    const { status, body } = parse(answer);
    expect(status).toBe('HTTP/1.1 200 OK');
    expect(body).toMatch(/^<\?xml version="1\.0"(?: encoding="UTF-8")?\?>\n<packet version="[\d.]+">/);
    expect(body).toContain(expected);
  },
);

it.each([
  ['Thu, 01 Jan 2026 10:00:00 GMT', 'Fri, 01-Jan-2027 10:00:00 GMT', Date.UTC(2026, 0, 1, 10)],
  ['Thu, 29 Feb 2024 23:59:59 GMT', 'Fri, 28-Feb-2025 23:59:59 GMT', Date.UTC(2024, 1, 29, 23, 59, 59, 999)],
])('gives the headers that Plesk 17.8 was recorded with, at %s', async (date, yearLater, now) => {
  let instant = 0;
  const { plesk } = await start({ clock: { now: () => instant }, plesk: '17.8' });
  await post(plesk, PACKET);
  instant = now;

  const asked = head([...CREDENTIALS, `Content-Length: ${PACKET.length}`]) + PACKET;
  const { headers, body } = parse(await sendRaw(plesk, asked));

  expect(Object.fromEntries(headers)).toEqual({
    'Content-Type': 'text/xml;charset=UTF-8',
    'Cache-Control': 'no-store, no-cache, must-revalidate, post-check=0, pre-check=0',
    Pragma: 'no-cache',
    Expires: 'Mon, 26 Jul 1990 05:00:00 GMT',
    'Last-Modified': date,
    P3P: 'CP="NON COR CURa ADMa OUR NOR UNI COM NAV STA"',
    Server: 'sw-cp-server',
    'Set-Cookie': `locale=en-US; expires=${yearLater}; Max-Age=31536000; path=/; HttpOnly`,
    Date: date,
    'Content-Length': String(body.length),
    Connection: 'close',
  });
});

it.each([
  ['GET', []],
  ['PUT', [`Content-Length: ${PACKET.length}`]],
  ['DELETE', []],
  ['OPTIONS', []],
  ['PATCH', [`Content-Length: ${PACKET.length}`]],
  ['POST', ['Content-Length: 0']],
  ['POST', []],
  ['POST', ['Transfer-Encoding: chunked']],
])('takes %s of agent.php with %j for a packet that is not there', async (method, headers) => {
  const { plesk } = await start();
  const isChunked = headers.some((header) => header.endsWith('chunked'));
  const body = isChunked ? '0\r\n\r\n' : headers.length > 0 && method !== 'POST' ? PACKET : '';

  const answer = await sendRaw(plesk, head([...CREDENTIALS, ...headers], method), body);

  expect(parse(answer)).toMatchObject({ status: 'HTTP/1.1 200 OK', body: UNREADABLE });
  expect(await plesk.sessions.list()).toEqual([]);
});

it('answers HEAD with the headers alone', async () => {
  const { plesk } = await start();

  const { status, headers, body } = parse(await sendRaw(plesk, head(CREDENTIALS, 'HEAD')));

  expect(status).toBe('HTTP/1.1 200 OK');
  expect(new Map(headers).get('Content-Length')).toBe(String(UNREADABLE.length));
  expect(body).toBe('');
});

const CUT = PACKET.length - 5;

it.each([
  ['in the same segment', (first: string, rest: string): readonly string[] => [first + rest]],
  ['in a segment of their own', (first: string, rest: string): readonly string[] => [first, rest]],
])('answers a packet cut short by its Content-Length when the left-over bytes come %s', async (_c, parts) => {
  const { plesk } = await start();
  const cut = head([...CREDENTIALS, `Content-Length: ${CUT}`]).replace('Connection: close\r\n', '');

  const answer = await sendRaw(plesk, ...parts(cut + PACKET.slice(0, CUT), PACKET.slice(CUT)));

  expect(parse(answer)).toMatchObject({ status: 'HTTP/1.1 200 OK', body: UNREADABLE });
  expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
});

it('ends the connection when left-over bytes come after the answer', { timeout: 4000 }, async () => {
  const { plesk } = await start();
  const cut = head([...CREDENTIALS, `Content-Length: ${CUT}`]).replace('Connection: close\r\n', '');

  const received = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(new URL(plesk.url).port), '127.0.0.1');
    let text = '';
    socket.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      if (text.endsWith('</packet>\n')) socket.write(PACKET.slice(CUT));
    });
    socket.on('close', () => {
      resolve(text);
    });
    socket.on('error', reject);
    socket.write(cut + PACKET.slice(0, CUT));
  });

  expect(parse(received)).toMatchObject({ status: 'HTTP/1.1 200 OK', body: UNREADABLE });
});

it.each([
  ['closes', 'end'],
  ['goes away', 'destroy'],
] as const)(
  'runs nothing of a packet shorter than its Content-Length whose client %s',
  async (_case, leave) => {
    const { plesk } = await start();

    await new Promise<void>((resolve, reject) => {
      const socket = connect(Number(new URL(plesk.url).port), '127.0.0.1');
      socket.on('error', reject).on('close', () => {
        resolve();
      });
      socket.resume();
      socket.write(head([...CREDENTIALS, `Content-Length: ${PACKET.length + 5}`]) + PACKET, () => {
        socket[leave]();
      });
    });

    expect(await plesk.sessions.list()).toEqual([]);
    expect(tokenIn(await post(plesk, PACKET))).toMatch(/^[\da-f]{32}$/);
  },
);

it('answers a client that closes its side after a whole packet', async () => {
  const { plesk } = await start();

  const received = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(new URL(plesk.url).port), '127.0.0.1');
    let text = '';
    socket.setEncoding('utf8').on('data', (piece: string) => (text += piece));
    socket.on('error', reject).on('close', () => {
      resolve(text);
    });
    socket.end(head([...CREDENTIALS, `Content-Length: ${PACKET.length}`]) + PACKET);
  });

  expect(parse(received).body).toContain('<status>ok</status>');
});

const head = (headers: readonly string[], method = 'POST'): string =>
  [`${method} /enterprise/control/agent.php HTTP/1.1`, 'Host: plesk.example', ...headers, 'Connection: close']
    .join('\r\n')
    .concat('\r\n\r\n');

interface Parsed {
  readonly status: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

function parse(received: string): Parsed {
  const end = received.indexOf('\r\n\r\n');
  const [status = '', ...lines] = received.slice(0, end).split('\r\n');
  const headers = lines
    .map((line) => /^([^:]+): (.*)$/.exec(line) ?? [])
    .map(([, name = '', value = '']) => [name, value] as const);
  return { status, headers, body: received.slice(end + 4) };
}
