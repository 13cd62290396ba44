import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createSecureServer, Server as SecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { ListenError } from '../../base/listen-error.ts';
import type { Answering } from './messages.ts';

/** A port that is open. */
export interface Listening {
  readonly port: number;
  /** Takes no more connections, ends those that are idle, and those in use after the grace, in milliseconds. */
  close(graceMs: number): Promise<void>;
  /** Uses another key and certificate for new connections; those that are open stay. */
  renew(tls: Tls): void;
}

/** Key and certificate in PEM. */
export interface Tls {
  readonly key: string;
  readonly cert: string;
}

/** Longer than proxies keep a connection that they do not use, so that it is they who close it. */
const KEEP_ALIVE_MS = 65_000;
/** Node looks for requests that take too long every 30 s by default, so they would end up to 30 s late. */
const CHECK_MS = 1000;

/** What a port accepts from its peers. */
export interface PortLimits {
  /** How long headers, a whole request, and a TLS handshake may take, in milliseconds. */
  readonly requestMs: number;
  /** Further connections are closed at once. */
  readonly maxConnections: number;
  /** Called for each of them. */
  readonly onDrop?: (() => void) | undefined;
}

/** Opens the port of a setting. @throws {ListenError} where that is not possible. */
export async function listen(
  { answer, messages }: Answering,
  host: string,
  port: { readonly name: 'port' | 'metricsPort'; readonly value: number },
  { requestMs, maxConnections, onDrop = () => undefined }: PortLimits,
  tls?: Tls,
): Promise<Listening> {
  const limits = {
    requestTimeout: requestMs,
    headersTimeout: requestMs,
    connectionsCheckingInterval: Math.min(CHECK_MS, requestMs),
    keepAliveTimeout: KEEP_ALIVE_MS,
  };
  const options = { ...limits, ...messages };
  const server =
    tls === undefined
      ? createServer(options, answer)
      : createSecureServer({ ...options, ...tls, handshakeTimeout: requestMs }, answer);
  server.maxConnections = maxConnections;
  server.on('drop', onDrop);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(new ListenError(error, { host, port: port.value }, { host: 'host', port: port.name }));
    });
    server.listen(port.value, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: (graceMs) => close(server, graceMs),
    renew: (next) => {
      if (server instanceof SecureServer) server.setSecureContext(next);
    },
  };
}

async function close(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const timer = setTimeout(() => {
    server.closeAllConnections();
  }, graceMs);
  await closed;
  clearTimeout(timer);
}
