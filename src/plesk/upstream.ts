import { Pool } from 'undici';
import type { PleskServer } from '../directory/directory.ts';
import type { Message } from './attempt.ts';
import { attempt } from './attempt.ts';
import { connectorFor, NoConnection } from './connect.ts';
import { PleskFailure } from './failure.ts';

/** What a request to Plesk may take, in milliseconds. */
export interface Times {
  /** To connect, TLS included. */
  readonly connectMs: number;
  /** In all, the second attempt included. */
  readonly totalMs: number;
}

/** The connections to one server. */
export interface Upstream {
  /** Posts a packet and answers the body; throws a PleskFailure. */
  post(message: Message): Promise<Buffer>;
  /** Resolves when what is under way has ended and the connections are closed. */
  close(): Promise<void>;
}

/** Connections are made when they are wanted, and kept for the next request while it comes within seconds. */
export function createUpstream({ origin, ca, fingerprint }: PleskServer, times: Times): Upstream {
  const { connectMs, totalMs } = times;
  /** The attempts that wait for a connection. */
  const waiting = new Set<symbol>();
  const pool = new Pool(origin, {
    connect: connectorFor({ ca, fingerprint }, connectMs, () => waiting.size > 0),
    pipelining: 1,
    // One limit holds for all of a request, and that is not the pool's.
    headersTimeout: 0,
    bodyTimeout: 0,
  });

  const post = async (message: Message): Promise<Buffer> => {
    const total = new AbortController();
    const timer = setTimeout(() => {
      total.abort();
    }, totalMs);
    const once = (): Promise<Buffer> => {
      const me = Symbol('attempt');
      const onConnection = (): void => void waiting.delete(me);
      waiting.add(me);
      return attempt(pool, message, { signal: total.signal, onConnection }).finally(onConnection);
    };
    try {
      return await once().catch((error: unknown) => {
        if (error instanceof NoConnection && isWorthAnother(error, times)) return once();
        throw error;
      });
    } catch (error) {
      throw error instanceof NoConnection ? failureOf(error) : error;
    } finally {
      clearTimeout(timer);
    }
  };
  return { post, close: () => pool.close() };
}

/** Only where nothing was sent. A certificate does not get better, and a second wait has to fit into the whole. */
const isWorthAnother = ({ why }: NoConnection, { connectMs, totalMs }: Times): boolean =>
  why === 'unreachable' || (why === 'timeout' && 2 * connectMs < totalMs);

const failureOf = ({ why, message }: NoConnection): PleskFailure =>
  new PleskFailure(why === 'untrusted' ? 'plesk_tls_error' : 'plesk_unreachable', 'uncounted', message);
