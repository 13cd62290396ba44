import { Agent, request } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { idOf, start } from '../support/emulator.ts';
import { sendRaw } from '../support/wire.ts';

const PACKET = '<packet><server><create_session><login>admin</login></create_session></server></packet>';
const CREDENTIALS = 'HTTP_AUTH_LOGIN: admin\r\nHTTP_AUTH_PASSWD: changeme1Q**';
const LENGTH = `Content-Length: ${PACKET.length}`;

it.each([
  ['without a Content-Type', []],
  ['with an empty Content-Type', ['Content-Type:']],
  ['as text/xml', ['Content-Type: text/xml']],
  ['as TEXT/XML', ['Content-Type: TEXT/XML']],
  ['as text/xml with its charset', ['Content-Type: text/xml; charset=UTF-8']],
  ['with a charset that nobody knows', ['Content-Type: text/xml; charset=bogus-8']],
  ['as a form, as curl -d says', ['Content-Type: application/x-www-form-urlencoded']],
  ['as JSON', ['Content-Type: application/json']],
  ['as multipart without a boundary', ['Content-Type: multipart/form-data']],
  ['with a Content-Type that is none', ['Content-Type: ;;;']],
  ['beside a wrong Authorization: Basic', ['Authorization: Basic bm86bm8=']],
  ['beside a wrong X-API-Key', ['X-API-Key: none']],
  ['with the headers of LWP', ['TE: deflate,gzip;q=0.3', 'User-Agent: libwww-perl/6.67']],
  ['with an Expect that the client does not wait for', ['Expect: 100-continue']],
])('accepts a packet %s', async (_case, headers) => {
  const { plesk } = await start();

  const answer = await sendRaw(plesk, head([CREDENTIALS, LENGTH, ...headers]), PACKET);

  expect(bodyOf(answer)).toBe(answerWith(1));
});

it.each(['HTTP_AUTH_LOGIN', 'Http_auth_login', 'http_auth_login', 'hTTP_aUTH_lOGIN'])(
  'reads credentials from headers spelled like %s',
  async (name) => {
    const { plesk } = await start();
    const spelled = [`${name}: admin`, `${name.replace(/login/i, 'PaSsWd')}: changeme1Q**`];

    const answer = await sendRaw(plesk, head([...spelled, LENGTH]), PACKET);

    expect(bodyOf(answer)).toBe(answerWith(1));
  },
);

it.each([
  ['one chunk', [PACKET]],
  ['a chunk for each byte', Array.from(PACKET)],
])('reads a packet that comes in %s', async (_case, chunks) => {
  const { plesk } = await start();
  const framed = [...chunks, ''].map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`);

  const answer = await sendRaw(plesk, head([CREDENTIALS, 'Transfer-Encoding: chunked']), ...framed);

  expect(bodyOf(answer)).toBe(answerWith(1));
});

it('tells a client that waits for 100 Continue to go on', async () => {
  const { plesk } = await start();

  const [first, second] = await new Promise<[string, string]>((resolve, reject) => {
    const asked = request(`${plesk.url}/enterprise/control/agent.php`, {
      method: 'POST',
      headers: { Expect: '100-continue', HTTP_AUTH_LOGIN: 'admin', HTTP_AUTH_PASSWD: 'changeme1Q**' },
    });
    let heard = 'nothing';
    asked.on('continue', () => {
      heard = 'continue';
      asked.end(PACKET);
    });
    asked.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => {
        resolve([heard, body]);
      });
    });
    asked.on('error', reject);
    asked.flushHeaders();
  });

  expect([first, second]).toEqual(['continue', answerWith(1)]);
});

it.each([
  ['HTTP_PRETTY_PRINT: TRUE', true],
  ['http_pretty_print: true', true],
  ['Http_Pretty_Print: True', true],
  ['HTTP_PRETTY_PRINT: FALSE', false],
  ['HTTP_PRETTY_PRINT:', false],
])('takes %s for %s', async (header, isPretty) => {
  const { plesk } = await start();

  const answer = await sendRaw(plesk, head([CREDENTIALS, LENGTH, header]), PACKET);

  expect(bodyOf(answer)).toBe(isPretty ? PRETTY : answerWith(1));
});

it('reads login and password in headers as UTF-8', async () => {
  const { plesk } = await start({
    credentialRules: 'any',
    seed: { accounts: [{ login: 'jürgen', password: 'Straße €1', role: 'reseller' }] },
  });
  const packet = PACKET.replace('admin', 'jürgen');
  const headers = ['HTTP_AUTH_LOGIN: jürgen', 'HTTP_AUTH_PASSWD: Straße €1'];

  const answer = await sendRaw(
    plesk,
    head([...headers, `Content-Length: ${Buffer.byteLength(packet)}`]),
    packet,
  );

  expect(bodyOf(answer)).toBe(answerWith(1));
});

it('answers several packets on one connection', async () => {
  const { plesk } = await start();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => {
    agent.destroy();
  });
  const send = (): Promise<[boolean, string]> =>
    new Promise((resolve, reject) => {
      const asked = request(`${plesk.url}/enterprise/control/agent.php`, {
        method: 'POST',
        agent,
        headers: { HTTP_AUTH_LOGIN: 'admin', HTTP_AUTH_PASSWD: 'changeme1Q**' },
      });
      asked.on('response', (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => (body += text));
        response.on('end', () => {
          resolve([asked.reusedSocket, body]);
        });
      });
      asked.on('error', reject);
      asked.end(PACKET);
    });

  const answers = [await send(), await send(), await send()];

  expect(answers).toEqual([
    [false, answerWith(1)],
    [true, answerWith(2)],
    [true, answerWith(3)],
  ]);
});

it('answers pipelined packets in their order', async () => {
  const { plesk } = await start();
  const goOn = head([CREDENTIALS, LENGTH]).replace('Connection: close\r\n', '') + PACKET;

  const answers = await sendRaw(plesk, goOn + goOn + head([CREDENTIALS, LENGTH]) + PACKET);

  expect(answers.match(/<id>\w+<\/id>/g)).toEqual([1, 2, 3].map((made) => `<id>${idOf(made)}</id>`));
});

const answerWith = (made: number): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<packet version="1.6.9.1"><server><create_session><result><status>ok</status><id>${idOf(made)}</id></result></create_session></server></packet>\n`;

const PRETTY = `<?xml version="1.0" encoding="UTF-8"?>
<packet version="1.6.9.1">
  <server>
    <create_session>
      <result>
        <status>ok</status>
        <id>${idOf(1)}</id>
      </result>
    </create_session>
  </server>
</packet>
`;

const head = (headers: readonly string[]): string =>
  ['POST /enterprise/control/agent.php HTTP/1.1', 'Host: plesk.example', ...headers, 'Connection: close']
    .join('\r\n')
    .concat('\r\n\r\n');

/** The body of the last answer; nothing may stand between the headers and the declaration. */
const bodyOf = (received: string): string => received.slice(received.lastIndexOf('\r\n\r\n') + 4);
