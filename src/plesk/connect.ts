import { createHash, timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import { connect as connectPlainly, isIP } from 'node:net';
import type { ConnectionOptions, SecureContext, TLSSocket } from 'node:tls';
import { connect as connectSecurely, createSecureContext } from 'node:tls';
import type { buildConnector } from 'undici';
import type { PleskServer } from '../directory/directory.ts';
import { detailOf, wordsOf } from './detail.ts';

/** No connection was made, so nothing was sent; the message is for the log. */
export class NoConnection extends Error {
  /** `untrusted` where the server was reached, and TLS failed or its certificate was refused. */
  readonly why: 'unreachable' | 'timeout' | 'untrusted';

  constructor(why: NoConnection['why'], detail: string) {
    super(detail);
    this.name = 'NoConnection';
    this.why = why;
  }
}

/** What a server's certificate is held against. */
export type Trust = Pick<PleskServer, 'ca' | 'fingerprint'>;

/**
 * How a pool of undici connects to one server: within `connectMs`, name look-up and TLS included. No TLS session is
 * resumed, so that every connection shows its certificate. Fails with a NoConnection.
 *
 * After a request was aborted undici connects anew for it, only to find that there is nothing to send; `isWanted` says
 * whether anybody waits for a connection.
 */
export function connectorFor(
  trust: Trust,
  connectMs: number,
  isWanted: () => boolean,
): buildConnector.connector {
  let context: SecureContext | undefined;
  return ({ hostname: host, port, protocol }, callback) => {
    const isSecure = protocol === 'https:';
    if (!isWanted() || (!isSecure && isGiven(trust))) {
      const refusal = isWanted() ? PLAIN : UNWANTED;
      queueMicrotask(() => {
        callback(refusal, null);
      });
      return;
    }
    if (isSecure) context ??= contextOf(trust);
    const to = { host, port: Number(port === '' ? (isSecure ? 443 : 80) : port) };
    const socket = isSecure
      ? connectSecurely({ ...to, ...tlsOptions(host, trust), secureContext: context })
      : connectPlainly(to);
    const mistrust = (): NoConnection | undefined =>
      isSecure ? pinMistrust(socket as TLSSocket, trust) : undefined;
    whenConnected(socket, isSecure ? 'secureConnect' : 'connect', connectMs, (error) => {
      const failure = error ?? mistrust();
      if (failure === undefined) {
        callback(null, socket);
        return;
      }
      socket.on('error', ignore).destroy();
      callback(failure, null);
    });
  };
}

const UNWANTED = new NoConnection('unreachable', 'nobody waits for a connection');
const PLAIN = new NoConnection(
  'untrusted',
  'the server has a CA or a fingerprint, and its URL is not one of https',
);

const isGiven = ({ ca, fingerprint }: Trust): boolean => ca !== undefined || fingerprint !== undefined;

/** Given as a list, an empty CA trusts nobody; alone, Node would take it for none and trust its own. */
const contextOf = ({ ca, fingerprint }: Trust): SecureContext =>
  createSecureContext(ca === undefined || fingerprint !== undefined ? {} : { ca: [ca] });

/**
 * Node tells the server a name only where it is given one, and takes no address for it. `true` is said outright, for
 * NODE_TLS_REJECT_UNAUTHORIZED counts where nothing is. A pinned certificate is its own proof, whoever signed it, for
 * whatever name and time: Plesk's first one is self-signed and for nobody.
 */
const tlsOptions = (host: string, { fingerprint }: Trust): ConnectionOptions => ({
  ...(isIP(host) === 0 ? { servername: host } : {}),
  rejectUnauthorized: fingerprint === undefined,
  ALPNProtocols: ['http/1.1'],
});

/** Why a server is not the one whose certificate was pinned; the handshake has proven that it holds the key. */
function pinMistrust(socket: TLSSocket, { fingerprint }: Trust): NoConnection | undefined {
  if (fingerprint === undefined) return undefined;
  const shown = socket.getPeerX509Certificate();
  if (shown === undefined) return new NoConnection('untrusted', 'the server showed no certificate');
  const expected = Buffer.from(fingerprint, 'hex');
  const actual = createHash('sha256').update(shown.raw).digest();
  if (expected.length === actual.length && timingSafeEqual(expected, actual)) return undefined;
  return new NoConnection(
    'untrusted',
    detailOf(`the server's certificate is not the pinned one, its SHA-256 is ${shown.fingerprint256}`),
  );
}

/** Calls back once: without an error where the event came in time. */
function whenConnected(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  connectMs: number,
  callback: (error?: NoConnection) => void,
): void {
  let isReached = false;
  const settle = (error?: NoConnection): void => {
    clearTimeout(timer);
    socket.off('error', failed).off(event, succeeded);
    callback(error);
  };
  const succeeded = (): void => {
    settle();
  };
  const failed = (error: NodeJS.ErrnoException): void => {
    const isOfTls = isReached && !NETWORK.has(error.code ?? '');
    settle(new NoConnection(isOfTls ? 'untrusted' : 'unreachable', wordsOf(error)));
  };
  const timer = setTimeout(() => {
    settle(new NoConnection('timeout', `no connection within ${connectMs} ms`));
  }, connectMs);
  socket.setNoDelay(true).once('error', failed);
  socket.once('connect', () => {
    isReached = true;
  });
  socket.once(event, succeeded);
}

/** A connection that broke in the handshake: no certificate was refused, and it may be there again soon. */
const NETWORK: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

function ignore(): void {
  // It is known why, and the socket is given up.
}
