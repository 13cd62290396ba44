// A server under test, in a process of its own: bundled by bench/child.ts, run by the Node that is measured.
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { createServer } from 'node:net';
import type { startEmulator } from '../server/emulator.ts';
import type { Answer, Asked, Ready, Reply, Target } from './child.ts';

interface Running extends Omit<Ready, 'node'> {
  readonly reset: () => Promise<void>;
}

async function start(target: Target): Promise<Running> {
  if (target.kind === 'emulator') return emulator(target.module);
  const server = target.kind === 'http' ? constant(target.answer) : raw(target.answer);
  return { port: await listen(server), reset: () => Promise.resolve() };
}

/** What the emulator is held against: the least that node:http can do. It reads the body, as any server must. */
function constant({ status, headers, body }: Answer): Server {
  return createHttpServer((request, response) => {
    request.resume();
    response.writeHead(status, headers).end(body);
  });
}

/** The ceiling of the load generator: bytes out for bytes in. Requests come one at a time, and are small. */
function raw({ status, headers, body }: Answer): Server {
  const head = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((one) => `${name}: ${one}\r\n`),
  );
  const bytes = Buffer.from(`HTTP/1.1 ${status} Constant\r\n${head.join('')}\r\n${body}`);
  return createServer({ noDelay: true }, (socket) => {
    socket.on('data', () => socket.write(bytes)).on('error', () => socket.destroy());
  });
}

async function emulator(module: string): Promise<Running> {
  const built = (await import(module)) as { readonly startEmulator: typeof startEmulator };
  const running = await built.startEmulator();
  return { port: Number(new URL(running.url).port), admin: running.admin, reset: () => running.reset() };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}

const say = (reply: Reply): void => void process.send?.(reply);

const { reset, ...ready } = await start(JSON.parse(process.argv[2] ?? '') as Target);
process.on('disconnect', () => process.exit());
process.on('message', (asked: Asked) => {
  if (asked === 'reset') {
    void reset().then(() => {
      say({ done: true });
    });
  } else {
    const { user, system } = process.cpuUsage();
    say({ cpu: (user + system) / 1e6 });
  }
});
say({ ready: { ...ready, node: process.version } });
