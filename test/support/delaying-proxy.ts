import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { onTestFinished } from 'vitest';

/** A TCP proxy on this machine; what it leads to may be opened after it. */
export interface DelayingProxy {
  readonly url: string;
  /** Where connections lead from now on, `http://127.0.0.1:40123`. */
  leadTo(url: string): void;
}

/** Starts one until the test ends that hands on everything, also the end of a connection, so many milliseconds later. */
export async function startDelayingProxy(delayMs: number): Promise<DelayingProxy> {
  const sockets = new Set<Socket>();
  let port = 0;
  const pass = (from: Socket, to: Socket): void => {
    const later = (step: () => void): void => {
      setTimeout(step, delayMs);
    };
    sockets.add(from);
    from.on('data', (bytes) => {
      later(() => {
        if (!to.destroyed) to.write(bytes);
      });
    });
    from.on('end', () => {
      later(() => void to.end());
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      sockets.delete(from);
      later(() => void to.destroy());
    });
  };
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const upstream = connect({ host: '127.0.0.1', port, allowHalfOpen: true, noDelay: true });
    pass(client, upstream);
    pass(upstream, client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo: (url) => {
      port = Number(new URL(url).port);
    },
  };
}
