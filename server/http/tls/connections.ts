import type { Server } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { normalAddress } from '../../../base/addresses.ts';
import { liesOn } from '../fault-reset.ts';
import type { KeyAndCertificate } from './certificate.ts';

/**
 * Remembers of each connection over TLS on which one it lies, for it alone can be reset. Answers the raw connection of
 * a TLS socket, also of one whose handshake failed.
 */
export function knowRawSockets(server: Server): (secure: TLSSocket) => Socket | undefined {
  const raw = new Map<string, Socket>();
  server.on('connection', (socket: Socket) => {
    const name = nameOf(socket);
    raw.set(name, socket);
    socket.once('close', () => {
      if (raw.get(name) === socket) raw.delete(name);
    });
  });
  server.on('secureConnection', (secure: TLSSocket) => {
    const socket = raw.get(nameOf(secure));
    if (socket !== undefined) liesOn(secure, socket);
  });
  return (secure) => raw.get(nameOf(secure));
}

const nameOf = ({ remoteAddress = '', remotePort = 0 }: Socket): string => `${remoteAddress} ${remotePort}`;

/** Shows single connections another certificate: Node takes the one that the server has when a connection comes. */
export function showOthers(
  server: Server,
  usual: KeyAndCertificate,
  other: (peer: string) => KeyAndCertificate | undefined,
): void {
  let isUsual = true;
  // Before Node's own listener, which begins the handshake.
  server.prependListener('connection', ({ remoteAddress = '' }: Socket) => {
    const shown = other(normalAddress(remoteAddress) ?? remoteAddress);
    if (shown === undefined && isUsual) return;
    const { key, cert } = shown ?? usual;
    server.setSecureContext({ key, cert, ca: [] });
    isUsual = shown === undefined;
  });
}
