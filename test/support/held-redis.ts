import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { onTestFinished } from 'vitest';
import { SCRIPTS } from '../../src/links/redis/scripts.ts';
import type { RedisServer } from './redis.ts';

/** A way to a Redis on which bytes can be held up, in either direction, and arrive later. */
export interface HeldRedis {
  /** `redis://127.0.0.1:port`. */
  readonly url: string;
  /** What is sent from now on waits before the Redis, or what it answers before the one who asked. */
  hold(what: 'questions' | 'answers'): void;
  /** Sends on all that waits, whoever is there still; from now on everything. */
  letGo(): void;
}

/** Opens one, until the test ends. */
export async function startHeldRedis({ port }: RedisServer): Promise<HeldRedis> {
  const waiting: (() => void)[] = [];
  const held = new Set<'questions' | 'answers'>();
  const pipe = (what: 'questions' | 'answers', from: Socket, to: Socket): void => {
    from
      .on('error', () => undefined)
      .on('data', (bytes) => {
        const send = (): void => void to.write(bytes);
        if (held.has(what)) waiting.push(send);
        else send();
      });
  };
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    // Stays open where the client leaves: what it has sent arrives nevertheless.
    const redis = connect(port, '127.0.0.1');
    sockets.add(client).add(redis);
    redis.once('close', () => client.destroy());
    pipe('questions', client, redis);
    pipe('answers', redis, client);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold: (what) => {
      held.add(what);
    },
    letGo: () => {
      held.clear();
      for (const send of waiting.splice(0)) send();
    },
  };
}

/** Has a Redis know all scripts, as it does after the first openings. */
export async function loadScripts({ client }: RedisServer): Promise<void> {
  for (const { text } of Object.values(SCRIPTS)) await client.script('LOAD', text);
}

/** Ends the lease of the one link that a Redis knows, as though that much time had passed. */
export async function endLease({ client }: RedisServer): Promise<void> {
  const [key, ...others] = await client.keys('*:link:*');
  if (key === undefined || others.length > 0) throw new Error('there is not one link');
  await client.hset(key, 'lease', 1);
}
