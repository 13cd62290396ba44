import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Redis } from 'ioredis';
import { onTestFinished } from 'vitest';
import { folder, whyNoTool } from './tools.ts';

/** Why tests with a Redis are skipped here. */
export const whyNoRedis = (): string | undefined => whyNoTool('redis-server', '--version');

/** A redis-server of one test, which keeps nothing and is killed at its end. */
export interface RedisServer {
  readonly port: number;
  /** `redis://127.0.0.1:port`. */
  readonly url: string;
  /** A connection of the test's own. */
  readonly client: Redis;
  /** Lets it hang, and go on. */
  pause(): void;
  resume(): void;
  /** Kills it; `start` begins anew on the same port, with nothing. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Milliseconds since 1970 by its own clock. */
  now(): Promise<number>;
  /** Resolves when its clock shows this instant. */
  until(instant: number): Promise<void>;
}

/** Starts a redis-server with these arguments too. */
export async function startRedis(...args: readonly string[]): Promise<RedisServer> {
  const dir = folder('redis');
  let child: ChildProcess | undefined;
  onTestFinished(() => void child?.kill('SIGKILL'));
  const launch = async (port: number): Promise<void> => {
    child = await started(['--port', String(port), '--dir', dir, ...args]);
  };
  const port = await onFreePort(launch);
  const client = new Redis({ port, host: '127.0.0.1', lazyConnect: true, retryStrategy: () => 20 });
  client.on('error', () => undefined);
  onTestFinished(() => {
    client.disconnect();
  });
  const now = async (): Promise<number> => {
    const [seconds, micros] = await client.time();
    return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
  };
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    client,
    now,
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    kill: async () => {
      if (child === undefined) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
    start: () => launch(port),
    until: async (instant) => {
      while ((await now()) < instant);
    },
  };
}

/** Another may take a port between its being found and its being used. */
async function onFreePort(launch: (port: number) => Promise<void>): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    try {
      await launch(port);
      return port;
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}

/** A port that nothing listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Resolves when it takes connections; rejects with what it printed where it ends before. */
function started(args: readonly string[]): Promise<ChildProcess> {
  const child = spawn('redis-server', ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      if (printed.includes('Ready to accept connections')) resolve(child);
    });
    child.on('error', reject);
    child.on('close', () => {
      reject(new Error(`redis-server has ended: ${printed}`));
    });
  });
}
