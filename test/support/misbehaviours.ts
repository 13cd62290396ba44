import type { Duplex } from 'node:stream';
import type { Attempt } from '../../src/links/link.ts';
import type { PleskFailureCode } from '../../src/plesk/failure.ts';

/** A connection that a request has come by. */
interface Connection {
  readonly socket: Duplex;
  /** Breaks it with a TCP reset. */
  readonly reset: () => void;
}

/** Why a certificate is not good. */
export type BadCertificate = 'self-signed' | 'of a foreign CA';

/** One way to go wrong, and what the client of Plesk has to make of it. */
export interface Misbehaviour {
  readonly code: PleskFailureCode;
  readonly attempt: Attempt;
  /** What happens: to the port, to a connection before its TLS handshake, with the certificate, or to a request. */
  readonly act:
    | { readonly on: 'port' }
    | { readonly on: 'handshake'; readonly with: (socket: Duplex, reset: () => void) => void }
    | { readonly on: 'certificate'; readonly shows: BadCertificate }
    | { readonly on: 'request'; readonly with: (connection: Connection) => void };
}

/** A session id of Plesk's form. */
export const SESSION_ID = '0123456789abcdef0123456789abcdef';

const XML_TYPE = 'text/xml;charset=UTF-8';

/** An answer as HTTP has it, whole and with its length. */
export const httpAnswer = (body: string | Buffer, type = XML_TYPE, status = '200 OK'): Buffer =>
  Buffer.concat([
    Buffer.from(
      `HTTP/1.1 ${status}\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`,
    ),
    Buffer.from(body),
  ]);

/** A packet of Plesk. */
export const packetOf = (content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<packet version="1.6.9.1">${content}</packet>\n`;

/** The answer to create_session with these results in it. */
export const sessionAnswer = (...results: readonly string[]): string =>
  packetOf(`<server><create_session>${results.join('')}</create_session></server>`);

export const GOOD_RESULT = `<result><status>ok</status><id>${SESSION_ID}</id></result>`;

const onRequest = (code: PleskFailureCode, act: (connection: Connection) => void): Misbehaviour => ({
  code,
  attempt: 'counted',
  act: { on: 'request', with: act },
});

const sends = (answer: string | Buffer): Misbehaviour =>
  onRequest('plesk_bad_response', ({ socket }) => void socket.write(answer));

const ends = (answer: string): Misbehaviour =>
  onRequest('plesk_bad_response', ({ socket }) => void socket.end(answer));

const answers = (body: string | Buffer, type?: string, status?: string): Misbehaviour =>
  sends(httpAnswer(body, type, status));

/** Sends a byte of a header now and then, for as long as anybody listens. */
const DRIPS = onRequest('plesk_timeout', ({ socket }) => {
  socket.write('HTTP/1.1 200 OK\r\nX-Slow: ');
  const timer = setInterval(() => socket.write('x'), 10);
  socket.once('close', () => {
    clearInterval(timer);
  });
});

const onHandshake = (
  code: PleskFailureCode,
  act: (socket: Duplex, reset: () => void) => void,
): Misbehaviour => ({ code, attempt: 'uncounted', act: { on: 'handshake', with: act } });

const shows = (certificate: BadCertificate): Misbehaviour => ({
  code: 'plesk_tls_error',
  attempt: 'uncounted',
  act: { on: 'certificate', shows: certificate },
});

const HEAD = `HTTP/1.1 200 OK\r\nContent-Type: ${XML_TYPE}\r\n`;
const CHUNKED = `${HEAD}Transfer-Encoding: chunked\r\n\r\n`;
const GOOD = sessionAnswer(GOOD_RESULT);
const TEN_MB = 10 * 1024 * 1024;
const PADDING = `<output>${'x'.repeat(TEN_MB)}</output>`;
const LARGE = packetOf(`${PADDING}<server><create_session>${GOOD_RESULT}</create_session></server>`);
const DEEP = `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`;
const BOMB = `<!DOCTYPE packet [<!ENTITY a "aaaaaaaaaa">${Array.from(
  { length: 9 },
  (_, at) => `<!ENTITY ${String.fromCharCode(98 + at)} "${`&${String.fromCharCode(97 + at)};`.repeat(10)}">`,
).join('')}]>`;

/** `GOOD`, with a document type before its root. */
const withDoctype = (doctype: string, id = SESSION_ID): string =>
  GOOD.replace('<packet', () => `${doctype}<packet`).replace(SESSION_ID, () => id);

/** What a server does wrong whatever the scheme, besides what an emulator can. */
export const PLAIN_MISBEHAVIOURS = {
  'refuses connections': { code: 'plesk_unreachable', attempt: 'uncounted', act: { on: 'port' } },

  'sends slow headers': DRIPS,
  'resets in the headers': onRequest('plesk_bad_response', ({ socket, reset }) => {
    socket.write(HEAD, () => setImmediate(reset));
  }),
  'ends before the answer': ends(''),
  'ends in the body': ends(`${HEAD}Content-Length: ${GOOD.length}\r\n\r\n${GOOD.slice(0, -20)}`),
  'ends a body without length too soon': ends(`${HEAD}Connection: close\r\n\r\n${GOOD.slice(0, -20)}`),

  'answers 500 with a good packet': answers(GOOD, XML_TYPE, '500 Internal Server Error'),
  'answers 302': sends(
    'HTTP/1.1 302 Found\r\nLocation: https://elsewhere.invalid/\r\nContent-Length: 0\r\n\r\n',
  ),
  'answers HTML as XML': answers('<html><body>Welcome</body></html>'),
  'answers a good packet as HTML': answers(GOOD, 'text/html'),
  'answers in another charset': answers(GOOD, 'text/xml;charset=ISO-8859-1'),
  'answers without a Content-Type': sends(`HTTP/1.1 200 OK\r\nContent-Length: ${GOOD.length}\r\n\r\n${GOOD}`),
  'answers what is no HTTP': sends('220 mail.example.com ESMTP\r\n'),
  'answers with endless headers': sends(`HTTP/1.1 200 OK\r\nX-Long: ${'x'.repeat(100_000)}`),
  'answers with a broken chunk': sends(`${CHUNKED}zz\r\n`),

  'answers 10 MB in chunks': sends(`${CHUNKED}${LARGE.length.toString(16)}\r\n${LARGE}\r\n0\r\n\r\n`),
  'answers 70 KB in one chunk, and closes': ends(
    `${HEAD}Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n11170\r\n${' '.repeat(70_000)}\r\n0\r\n\r\n`,
  ),

  'answers 9 KB': answers(GOOD.replace('</packet>', `<!--${'x'.repeat(9 * 1024)}--></packet>`)),
  'answers a NUL': answers(GOOD.replace('</packet>', '\0</packet>')),

  'answers what is no XML': answers('ok'),
  'answers an entity bomb': answers(withDoctype(BOMB, '&j;')),
  'answers an entity of its own': answers(
    withDoctype(`<!DOCTYPE packet [<!ENTITY e "${SESSION_ID}">]>`, '&e;'),
  ),
  'answers an external entity': answers(
    withDoctype('<!DOCTYPE packet [<!ENTITY e SYSTEM "file:///etc/hostname">]>', '&e;'),
  ),
  'answers an undeclared entity': answers(GOOD.replace(SESSION_ID, '&e;')),
  'answers a document type': answers(withDoctype('<!DOCTYPE packet>')),
  'answers a document type behind what looks like a comment': answers(
    withDoctype(`<?x ??> <!-- ?><!DOCTYPE packet [<!ENTITY e "${SESSION_ID}">]><!-- -->`, '&e;'),
  ),
  'answers deep nesting': answers(GOOD.replace('</packet>', `<output>${DEEP}</output></packet>`)),
  'answers two roots': answers(`${GOOD}${GOOD.slice(GOOD.indexOf('<packet'))}`),
  'answers text behind the root': answers(`${GOOD}ok`),
  'answers another root': answers(GOOD.replaceAll('packet', 'package')),
  'answers in a namespace': answers(GOOD.replaceAll('packet', 'p:packet')),

  'answers no result': answers(sessionAnswer()),
  'answers an empty packet': answers(packetOf('')),
  'answers another operator': answers(GOOD.replaceAll('server', 'session')),
  'answers another operation': answers(GOOD.replaceAll('create_session', 'get')),
  'answers inherited names': answers(GOOD.replaceAll('create_session', 'constructor')),
  'answers two results': answers(sessionAnswer(GOOD_RESULT, GOOD_RESULT)),
  'answers a good and a bad result': answers(
    sessionAnswer(
      GOOD_RESULT,
      '<result><status>error</status><errcode>1013</errcode><errtext>no</errtext></result>',
    ),
  ),
  'answers two operations': answers(
    GOOD.replace('</server>', `<create_session>${GOOD_RESULT}</create_session></server>`),
  ),
  'answers for the system and the operation': answers(
    packetOf(
      `<system><status>error</status><errcode>1001</errcode><errtext>no</errtext></system><server><create_session>${GOOD_RESULT}</create_session></server>`,
    ),
  ),
  'answers that the system is fine': answers(packetOf('<system><status>ok</status></system>')),
  'answers an unknown status': answers(GOOD.replace('>ok<', '>fine<')),
  'answers no status': answers(GOOD.replace('<status>ok</status>', '')),
  'answers ok with an errcode': answers(
    GOOD.replace('</status>', '</status><errcode>1013</errcode><errtext>no</errtext>'),
  ),
  'answers an error without an errcode': answers(
    sessionAnswer('<result><status>error</status><errtext>no</errtext></result>'),
  ),
  'answers an errcode that is no number': answers(
    sessionAnswer('<result><status>error</status><errcode>1e3</errcode></result>'),
  ),
  'answers no id': answers(sessionAnswer('<result><status>ok</status></result>')),
  'answers an empty id': answers(GOOD.replace(SESSION_ID, '')),
  'answers two ids': answers(GOOD.replace('</id>', `</id><id>${SESSION_ID}</id>`)),
  'answers an id in upper case': answers(GOOD.replace(SESSION_ID, SESSION_ID.toUpperCase())),
  'answers an id that is too long': answers(GOOD.replace(SESSION_ID, `${SESSION_ID}0`)),
  'answers an id with a line end': answers(GOOD.replace(SESSION_ID, `${SESSION_ID}\n`)),
  'answers an id of other characters': answers(GOOD.replace(SESSION_ID, 'g'.repeat(32))),
  'answers an id with elements in it': answers(GOOD.replace(SESSION_ID, `${SESSION_ID}<b/>`)),
} as const satisfies Readonly<Record<string, Misbehaviour>>;

/** An alert of TLS 1.2: fatal, handshake_failure. */
const ALERT = Buffer.from('15030300020228', 'hex');

/** What a server of https may do wrong besides. */
export const TLS_MISBEHAVIOURS = {
  'never ends the handshake': onHandshake('plesk_unreachable', () => undefined),
  'resets in the handshake': onHandshake('plesk_unreachable', (socket, reset) => {
    socket.once('data', reset);
  }),
  'ends in the handshake': onHandshake('plesk_unreachable', (socket) => {
    socket.once('data', () => socket.end());
  }),
  'refuses the handshake': onHandshake('plesk_tls_error', (socket) => {
    socket.once('data', () => socket.end(ALERT));
  }),
  'speaks no TLS': onHandshake('plesk_tls_error', (socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n'));
  }),
  'shows a self-signed certificate': shows('self-signed'),
  'shows a certificate of a foreign CA': shows('of a foreign CA'),
} as const satisfies Readonly<Record<string, Misbehaviour>>;
