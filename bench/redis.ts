import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Nursery } from './child.ts';
import { freePorts } from './program.ts';

/** A redis-server of the bench's own, which keeps nothing. */
export interface RedisServer {
  readonly url: string;
  /** Drops all that is in it. */
  readonly clear: () => Promise<void>;
  /** How many scripts it has run by their names. */
  readonly scripts: () => Promise<number>;
  readonly stop: () => void;
}

const PATIENCE = 10_000;

/** Starts a redis-server on a free port; `undefined` where none is installed. */
export async function startRedis(nursery: Nursery): Promise<RedisServer | undefined> {
  const [port] = await freePorts();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = nursery.spawn('redis-server', args);
  const started = await Promise.race([
    once(child, 'spawn').then(() => true),
    once(child, 'error').then(() => false),
  ]).catch(() => false);
  if (!started) return undefined;
  const client = new Redis({ port, host: '127.0.0.1', lazyConnect: true, retryStrategy: () => 20 });
  client.on('error', () => undefined);
  const isThere = await Promise.race([client.ping(), setTimeout(PATIENCE, undefined, { ref: false })]);
  if (isThere === undefined) throw new Error('redis-server does not answer');
  return {
    url: `redis://127.0.0.1:${port}`,
    clear: async () => {
      await client.flushall();
    },
    scripts: async () =>
      Number(/^cmdstat_evalsha:calls=(\d+)/m.exec(await client.info('commandstats'))?.[1] ?? 0),
    stop: () => {
      client.disconnect();
      child.kill();
    },
  };
}
