import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** The connection below one with TLS; Node has no public way from one to the other. */
const BELOW = new WeakMap<Duplex, Socket>();

/** Remembers on which connection one with TLS lies. */
export const liesOn = (secure: Duplex, raw: Socket): void => void BELOW.set(secure, raw);

/** Resets a connection, TLS or not, so that its peer gets an RST; one of unknown make is closed. */
export function resetConnection(socket: Duplex): void {
  const raw = BELOW.get(socket) ?? socket;
  if (raw instanceof Socket && !('encrypted' in raw)) raw.resetAndDestroy();
  else raw.destroy();
}
