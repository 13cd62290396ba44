import { createHash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { request as requestPlainly } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import type { Duplex } from 'node:stream';
import type { SecureContext } from 'node:tls';
import { setImmediate as turn } from 'node:timers/promises';
import { createSecureContext, TLSSocket } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { KeyAndCertificate } from '../../server/http/tls/certificate.ts';
import { issueCertificate, makeAuthority, serverLife } from '../../server/http/tls/certificate.ts';
import type { BadCertificate, Misbehaviour } from './misbehaviours.ts';
import {
  GOOD_RESULT,
  httpAnswer,
  packetOf,
  PLAIN_MISBEHAVIOURS,
  sessionAnswer,
  TLS_MISBEHAVIOURS,
} from './misbehaviours.ts';

/** Every way to go wrong by its name, with what the client of Plesk has to make of it. */
export const MISBEHAVIOURS: Readonly<Record<MisbehaviourName, Misbehaviour>> = {
  ...PLAIN_MISBEHAVIOURS,
  ...TLS_MISBEHAVIOURS,
};
export type PlainMisbehaviourName = keyof typeof PLAIN_MISBEHAVIOURS;
export type MisbehaviourName = PlainMisbehaviourName | keyof typeof TLS_MISBEHAVIOURS;

/** Those of a server of http and of https alike. */
export const PLAIN_MISBEHAVIOUR_NAMES = Object.keys(PLAIN_MISBEHAVIOURS) as PlainMisbehaviourName[];
export const MISBEHAVIOUR_NAMES = Object.keys(MISBEHAVIOURS) as MisbehaviourName[];

/** A request that came in whole. */
interface Received {
  readonly method: string;
  readonly path: string;
  /** In lower case, their bytes as ISO 8859-1. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A server in the place of a Plesk that goes wrong, or is well, as a test wants it. */
export interface MisbehavingServer {
  /** `http://127.0.0.1:40123`; the port stays the same whatever it does. */
  readonly origin: string;
  /** The CA that its certificate is signed by, in PEM; `undefined` for http. */
  readonly ca: string | undefined;
  /** SHA-256 of the certificate in DER that it shows now, hex; `undefined` for http. */
  readonly fingerprint: string | undefined;
  /** How many connections came in, and how many of them got through the TLS handshake, of http all. */
  readonly connections: number;
  readonly handshakes: number;
  /** The names by which clients asked for a certificate, '' where without one. */
  readonly serverNames: readonly string[];
  /** How many bytes came in besides those of TLS. */
  readonly bytes: number;
  readonly requests: readonly Received[];
  /** How many connections are there now. */
  readonly open: number;
  /**
   * What it does from now on, or with so many connections or requests before it is well again; connections that wait
   * for nothing are closed.
   */
  readonly behave: (behaviour: MisbehaviourName | 'ok', times?: number) => Promise<void>;
  /** Keeps good answers back, or good handshakes, until the function that it answers is called. */
  readonly hold: (what?: 'answers' | 'handshakes') => () => void;
  /** Answers with this body from now on, as XML with status 200. */
  readonly answerWith: (body: string) => void;
}

interface Options {
  /** `http` without it. */
  readonly scheme?: 'http' | 'https';
  /** `ok` without it. */
  readonly behaviour?: MisbehaviourName | 'ok';
  /** The Plesk whose answers are good ones, such as an emulator's `url`; without it they are made up. */
  readonly plesk?: string;
}

/** Starts a server on a port of its own, until the test ends. */
export async function startMisbehaving(options: Options = {}): Promise<MisbehavingServer> {
  const { scheme = 'http', behaviour = 'ok', plesk } = options;
  const identity = scheme === 'https' ? makeIdentity() : undefined;
  const requests: Received[] = [];
  const serverNames: string[] = [];
  const open = new Set<Socket>();
  const busy = new Set<Socket>();
  let [connections, handshakes, bytes] = [0, 0, 0];
  let act: Misbehaviour['act'] | undefined;
  let timesLeft = Infinity;
  const held = { answers: Promise.resolve(), handshakes: Promise.resolve() };
  let body: string | undefined;

  /** What it does wrong where it may go wrong now. */
  const wrong = <K extends Misbehaviour['act']['on']>(
    on: K,
  ): Extract<Misbehaviour['act'], { readonly on: K }> | undefined => {
    if (act?.on !== on || timesLeft <= 0) return undefined;
    timesLeft -= 1;
    return act as Extract<Misbehaviour['act'], { readonly on: K }>;
  };
  const shown = ({ certificates }: Identity): Certificate =>
    certificates[act?.on === 'certificate' ? act.shows : 'good'];
  const goodAnswer = (received: Received): Promise<string> =>
    body === undefined ? goodAnswerOf(received, plesk) : Promise.resolve(body);
  const respond = async (received: Received, socket: Duplex, raw: Socket): Promise<void> => {
    busy.add(raw);
    const misbehaviour = wrong('request');
    if (misbehaviour !== undefined) {
      misbehaviour.with({ socket, reset: () => void raw.resetAndDestroy() });
    } else {
      await held.answers;
      socket.write(httpAnswer(await goodAnswer(received)));
      busy.delete(raw);
    }
  };
  const serve = (socket: Duplex, raw: Socket): void => {
    handshakes += 1;
    socket.on('data', (chunk: Buffer) => (bytes += chunk.length));
    readRequests(socket, (received) => {
      requests.push(received);
      void respond(received, socket, raw);
    });
  };
  const shake = (raw: Socket, { certificates }: Identity): void => {
    const { secureContext } = certificates[wrong('certificate')?.shows ?? 'good'];
    const secure = new TLSSocket(raw, { isServer: true, secureContext });
    secure.on('error', ignore).once('secure', () => {
      const { servername: name } = secure as { readonly servername?: string | false };
      serverNames.push(typeof name === 'string' ? name : '');
      serve(secure, raw);
    });
  };
  const listener = createServer((raw) => {
    connections += 1;
    open.add(raw);
    raw.on('error', ignore).once('close', () => {
      open.delete(raw);
      busy.delete(raw);
    });
    const misbehaviour = wrong('handshake');
    if (misbehaviour !== undefined) {
      misbehaviour.with(raw, () => void raw.resetAndDestroy());
      // Without a reader nothing is noticed, not even the end.
      raw.resume();
    } else if (identity === undefined) serve(raw, raw);
    else {
      void held.handshakes.then(() => {
        shake(raw, identity);
      });
    }
  });
  const listen = async (port: number): Promise<void> => {
    listener.listen(port, '127.0.0.1');
    await once(listener, 'listening');
  };
  const closeIdle = async (): Promise<void> => {
    const idle = [...open].filter((socket) => !busy.has(socket));
    await Promise.all(idle.map((socket) => once(socket.destroy(), 'close')));
    // A client in this process has heard of it after its next turn.
    await turn();
    await turn();
  };
  const behave = async (name: MisbehaviourName | 'ok', times = Infinity): Promise<void> => {
    if (name in TLS_MISBEHAVIOURS && scheme === 'http') throw new Error(`over http nobody ${name}`);
    act = name === 'ok' ? undefined : MISBEHAVIOURS[name].act;
    timesLeft = times;
    body = undefined;
    if (act?.on === 'port') listener.close();
    else if (!listener.listening) await listen(port);
    await closeIdle();
  };

  onTestFinished(() => {
    listener.close();
    for (const socket of open) socket.destroy();
  });
  await listen(0);
  const { port } = listener.address() as AddressInfo;
  await behave(behaviour);
  return {
    origin: `${scheme}://127.0.0.1:${port}`,
    ca: identity?.ca,
    get fingerprint() {
      return identity === undefined ? undefined : shown(identity).fingerprint;
    },
    get connections() {
      return connections;
    },
    get handshakes() {
      return handshakes;
    },
    get bytes() {
      return bytes;
    },
    get open() {
      return open.size;
    },
    requests,
    serverNames,
    behave,
    hold: (what = 'answers') => {
      let release: () => void = ignore;
      held[what] = new Promise((resolve) => {
        release = resolve;
      });
      return release;
    },
    answerWith: (text) => {
      act = undefined;
      body = text;
    },
  };
}

interface Certificate {
  readonly secureContext: SecureContext;
  readonly fingerprint: string;
}

interface Identity {
  readonly ca: string;
  readonly certificates: Readonly<Record<'good' | BadCertificate, Certificate>>;
}

/** A CA, and a good certificate and those that are not. */
function makeIdentity(): Identity {
  const now = Date.now();
  const [authority, foreign] = [makeAuthority(now), makeAuthority(now)];
  const life = serverLife(now);
  const names = ['127.0.0.1', 'localhost'];
  const certificates = {
    good: certificateOf(issueCertificate(authority, { names, ...life })),
    'self-signed': certificateOf(makeAuthority(now)),
    'of a foreign CA': certificateOf(issueCertificate(foreign, { names, ...life })),
  };
  return { ca: authority.cert, certificates };
}

const certificateOf = ({ key, cert }: KeyAndCertificate): Certificate => ({
  secureContext: createSecureContext({ key, cert }),
  fingerprint: createHash('sha256').update(new X509Certificate(cert).raw).digest('hex'),
});

/** Reads the requests of a connection, one after the other. */
function readRequests(socket: Duplex, found: (request: Received) => void): void {
  let buffered = '';
  socket.on('data', (chunk: Buffer) => {
    buffered += chunk.toString('latin1');
    for (let whole = wholeRequest(buffered); whole !== undefined; whole = wholeRequest(buffered)) {
      buffered = buffered.slice(whole.length);
      found(whole.request);
    }
  });
}

function wholeRequest(text: string): { readonly request: Received; readonly length: number } | undefined {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd === -1) return undefined;
  const [first = '', ...lines] = text.slice(0, headEnd).split('\r\n');
  const [method = '', path = ''] = first.split(' ');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const length = headEnd + 4 + Number(headers['content-length'] ?? 0);
  if (text.length < length) return undefined;
  const body = Buffer.from(text.slice(headEnd + 4, length), 'latin1').toString();
  return { request: { method, path, headers, body }, length };
}

/** What a Plesk answers, or what one would. */
function goodAnswerOf({ method, path, headers, body }: Received, plesk: string | undefined): Promise<string> {
  if (plesk === undefined) return Promise.resolve(madeUpAnswer(body));
  return new Promise((resolve, reject) => {
    const passed = requestPlainly(`${plesk}${path}`, { method, headers, agent: false }, (response) => {
      let answer = '';
      response.setEncoding('utf8');
      response
        .on('data', (text: string) => (answer += text))
        .on('end', () => {
          resolve(answer);
        });
    });
    passed.on('error', reject).end(body);
  });
}

function madeUpAnswer(body: string): string {
  if (body.includes('<terminate>')) {
    return packetOf('<session><terminate><result><status>ok</status></result></terminate></session>');
  }
  if (!body.includes('<get>')) return sessionAnswer(GOOD_RESULT);
  const generalInfo = '<gen_info><server_name>plesk.example.com</server_name></gen_info>';
  const stat = '<stat><version><plesk_version>18.0.61</plesk_version></version></stat>';
  return packetOf(`<server><get><result><status>ok</status>${generalInfo}${stat}</result></get></server>`);
}

function ignore(): void {
  // A client that goes away is what tests are about.
}
