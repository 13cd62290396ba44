import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { onTestFinished } from 'vitest';

/** One address for whichever Redis is the master, as a virtual IP or a DNS name is. */
export interface SwitchedRedis {
  /** `redis://127.0.0.1:port`. */
  readonly url: string;
  /** Cuts all connections, and leads new ones to this port. */
  leadTo(port: number): void;
}

/** Opens one, until the test ends. */
export async function startSwitchedRedis(port: number): Promise<SwitchedRedis> {
  let target = port;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const redis = connect(target, '127.0.0.1');
    for (const [socket, other] of [
      [client, redis],
      [redis, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => other.destroy());
      socket.pipe(other);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  onTestFinished(() => {
    cut();
    server.close();
  });
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo: (next) => {
      target = next;
      cut();
    },
  };
}
