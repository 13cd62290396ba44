import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createRedisStore } from '../../src/links/redis-store.ts';
import type { LinkStore } from '../../src/links/store.ts';
import { StoreUnavailable } from '../../src/links/store.ts';
import { newLink, pepperOf, redisStore, STEPS } from '../support/link-stores.ts';
import { startRedis, whyNoRedis } from '../support/redis.ts';

const { id } = newLink(1);

const reasonOf = (step: Promise<unknown>): Promise<unknown> =>
  step.then(
    () => undefined,
    (error: unknown) => error,
  );

/** All that a user of Redis has to be allowed, as the page on deploying says. */
const NEEDED = (
  /^ACL SETUSER plesk-sso on >secret (.+)$/m.exec(
    readFileSync(new URL('../../docs/deploying-the-token-service.md', import.meta.url), 'utf8'),
  )?.[1] ?? ''
).split(' ');

/** What each step failed with; `undefined` for one that did not. */
const failures = (store: LinkStore): Promise<readonly unknown[]> =>
  Promise.all(Object.values(STEPS).map((step) => reasonOf(step(store))));

async function expectUnavailable(store: LinkStore): Promise<void> {
  const all = Object.keys(STEPS).map(() => expect.any(StoreUnavailable) as unknown);
  expect(await failures(store)).toEqual(all);
}

/** Resolves when the store can be asked again. */
const recovery = (store: LinkStore): Promise<void> => vi.waitFor(() => store.ping(), 15_000);

/** A server on loopback of which a test says what it does with a connection. */
async function serve(onConnection: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onConnection(socket);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A Redis that answers each command but the greeting with this. */
const answering = (answer: string, onConnection = (): void => undefined): Promise<number> =>
  serve((socket) => {
    onConnection();
    socket.setEncoding('utf8').on('data', (text: string) => {
      const info = '$11\r\nloading:0\r\n\r\n';
      const names = text.match(/^(?:info|evalsha|eval|quit)\r?$/gim) ?? [];
      for (const name of names) socket.write(/info/i.test(name) ? info : answer);
    });
  });

describe.skipIf(whyNoRedis() !== undefined)('the Redis store', () => {
  it('says for each step that Redis has gone, and works again by itself when it is back', async () => {
    const server = await startRedis();
    const store = await redisStore(server);
    await store.issue(newLink(1));

    await server.kill();
    await expectUnavailable(store);
    await server.start();
    await recovery(store);

    // It came back with nothing, our scripts included.
    expect(await store.findById(id)).toBeUndefined();
    expect(await store.issue(newLink(1))).toMatchObject({ kind: 'issued' });
  });

  it('gives up each step in which Redis hangs, and works again by itself when it goes on', async () => {
    const server = await startRedis();
    const store = await redisStore(server, { connectTimeoutMs: 100, commandTimeoutMs: 100 });
    await recovery(store);

    server.pause();
    await expectUnavailable(store);
    for (const step of Object.values(STEPS))
      await expect(step(store)).rejects.toBeInstanceOf(StoreUnavailable);
    server.resume();

    await recovery(store);
    await vi.waitFor(() => store.issue(newLink(7)), 15_000);
  });

  it('starts without a Redis, and works as soon as there is one', async () => {
    const server = await startRedis();
    await server.kill();

    const store = await redisStore(server);
    await expectUnavailable(store);
    expect(await reasonOf(store.ping())).toMatchObject({
      message: expect.stringMatching(/^the store cannot be reached: .*ECONNREFUSED/) as unknown,
      cause: { message: expect.stringContaining('ECONNREFUSED') as unknown },
    });
    await server.start();

    await recovery(store);
  });

  it('sends a script again that Redis has forgotten', async () => {
    const server = await startRedis();
    const store = await redisStore(server);
    await store.issue(newLink(1));

    await server.client.script('FLUSH');

    expect(await store.claim(id, 10_000)).toMatchObject({ isDone: true });
    expect(await store.findById(id)).toMatchObject({ link: { fence: 1 } });
  });

  it('does not do twice what it has no answer to', async () => {
    const server = await startRedis();
    let isLost = false;
    const port = await serve((socket) => {
      const upstream = connect(server.port, '127.0.0.1').on('error', () => undefined);
      socket.pipe(upstream);
      upstream.on('data', (bytes: Buffer) => {
        if (isLost) socket.destroy();
        else socket.write(bytes);
      });
      socket.on('close', () => upstream.destroy());
    });
    const store = await redisStore({ url: `redis://127.0.0.1:${port}` });
    await store.issue(newLink(1));
    await store.claim(id, 10_000);
    // The script is known by now; from here on each run is one call.
    await store.commit(id, 0, 'nobody');
    await server.client.config('RESETSTAT');

    isLost = true;
    const reason = await reasonOf(store.commit(id, 1, 'sealed'));
    isLost = false;
    await recovery(store);

    expect(reason).toBeInstanceOf(StoreUnavailable);
    expect(await server.client.info('commandstats')).toMatch(/^cmdstat_zadd:calls=1,/m);
    expect(await store.findById(id)).toMatchObject({ link: { state: 'opened', sealedSession: 'sealed' } });
    expect(await store.commit(id, 1, 'again')).toBe(false);
  });

  it('can be asked nothing where Redis only lets itself be read, and works again once it may be written', async () => {
    const server = await startRedis();
    const store = await redisStore(server);
    await store.issue(newLink(1));
    await server.client.replicaof('127.0.0.1', '1');

    const reason = await reasonOf(store.claim(id, 10_000));
    const ready = await reasonOf(store.ping());
    await server.client.replicaof('NO', 'ONE');
    await recovery(store);

    expect(reason).toMatchObject({
      name: 'StoreUnavailable',
      cause: { message: expect.stringContaining('READONLY') as unknown },
    });
    expect(ready).toBeInstanceOf(StoreUnavailable);
    // It is master for a second time, and may have lost what the first time has done.
    expect(await vi.waitFor(() => store.claim(id, 10_000), 15_000)).toBeUndefined();
    await store.issue(newLink(2));
    expect(await store.claim(newLink(2).id, 10_000)).toMatchObject({ isDone: true });
  });

  it('changes nothing where Redis has no memory left', async () => {
    const server = await startRedis();
    const store = await redisStore(server);
    await store.issue(newLink(1));
    await server.client.config('SET', 'maxmemory', '1');

    const reasons = [await reasonOf(store.issue(newLink(2))), await reasonOf(store.ping())];
    await server.client.config('SET', 'maxmemory', '0');

    expect(reasons).toMatchObject([{ name: 'StoreUnavailable' }, { name: 'StoreUnavailable' }]);
    expect(await store.findById(newLink(2).id)).toBeUndefined();
    expect(await store.issue(newLink(2))).toMatchObject({ kind: 'issued' });
  });

  it('uses no other database where its own cannot be had', async () => {
    const server = await startRedis();

    const store = await redisStore({ url: `${server.url}/999` });

    await expectUnavailable(store);
    await expectUnavailable(store);
    expect(await server.client.dbsize()).toBe(0);
    expect(inspect(await reasonOf(store.ping()))).toContain('DB index is out of range');
  });

  it.each([
    ['a password', ':p%3Ass%2Fw%40rd@', 0],
    ['a user and a password', 'psso:p%3Ass%2Fw%40rd@', 0],
    ['no password', '', Object.keys(STEPS).length],
    ['a wrong password', ':not-p%3Ass%2Fw%40rd@', Object.keys(STEPS).length],
    ['a wrong user', 'nobody:p%3Ass%2Fw%40rd@', Object.keys(STEPS).length],
  ])('comes to Redis with %s', async (_case, credentials, failing) => {
    const server = await startRedis();
    await server.client.acl('SETUSER', 'psso', 'on', '>p:ss/w@rd', ...NEEDED);
    await server.client.config('SET', 'requirepass', 'p:ss/w@rd');
    const store = await redisStore({ url: server.url.replace('//', `//${credentials}`) });

    const reasons = (await failures(store)).filter((reason) => reason !== undefined);

    expect(reasons).toHaveLength(failing);
    expect(reasons.every((reason) => reason instanceof StoreUnavailable)).toBe(true);
    expect(inspect(reasons, { depth: 9, showHidden: true })).not.toMatch(/p:ss|p%3Ass/);
  });

  it('comes back when its user of Redis was taken away and is there again', async () => {
    const server = await startRedis();
    await server.client.acl('SETUSER', 'psso', 'on', '>one', ...NEEDED);
    const store = await redisStore({ url: server.url.replace('//', '//psso:one@') });
    await store.issue(newLink(1));

    await server.client.acl('DELUSER', 'psso');
    const reason = await reasonOf(store.ping());
    await server.client.acl('SETUSER', 'psso', 'on', '>one', ...NEEDED);
    await recovery(store);

    expect(reason).toBeInstanceOf(StoreUnavailable);
    expect(await store.findById(id)).toBeDefined();
  });
});

describe('the Redis store', () => {
  it.each([
    ['that it is still loading', '-LOADING Redis is loading the dataset in memory\r\n'],
    ['that the keys lie elsewhere', '-MOVED 3999 127.0.0.1:6381\r\n'],
    ['that the keys are moving', '-ASK 3999 127.0.0.1:6381\r\n'],
    ['that the cluster is down', '-CLUSTERDOWN The cluster is down\r\n'],
    ['that its master is gone', '-MASTERDOWN Link with MASTER is down\r\n'],
    ['that too few replicas are there', '-NOREPLICAS Not enough good replicas to write.\r\n'],
    ['that it is not allowed', '-NOPERM this user has no permissions\r\n'],
    ['that another script runs', '-BUSY Redis is busy running a script\r\n'],
    ['that it never knew the script', '-NOSCRIPT No matching script\r\n'],
    ['what no Redis says', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
  ])('can be asked nothing where Redis answers %s', async (_case, answer) => {
    const port = await answering(answer);
    const store = await redisStore({ url: `redis://127.0.0.1:${port}` }, { commandTimeoutMs: 300 });

    await expectUnavailable(store);
  });

  it('starts where Redis takes the connection and says nothing', async () => {
    const port = await serve(() => undefined);

    const store = await redisStore({ url: `redis://127.0.0.1:${port}` }, { commandTimeoutMs: 50 });

    await expectUnavailable(store);
  });

  it('gives up a connection on which nothing comes any more, and makes another', async () => {
    let connections = 0;
    const port = await answering('', () => {
      connections += 1;
    });
    const store = await redisStore({ url: `redis://127.0.0.1:${port}` }, { commandTimeoutMs: 50 });

    await expectUnavailable(store);

    await vi.waitFor(() => {
      expect(connections).toBeGreaterThan(1);
    }, 10_000);
  });

  it('waits no longer for an answer that comes bit by bit', async () => {
    const port = await serve((socket) => {
      socket.setEncoding('utf8').on('data', (text: string) => {
        if (!/^info\r$/im.test(text)) return;
        socket.write('$11\r\nloading:0\r\n\r\n$100000\r\n');
        const trickle = setInterval(() => socket.write('.'), 5);
        socket.on('close', () => {
          clearInterval(trickle);
        });
      });
    });
    const store = await redisStore({ url: `redis://127.0.0.1:${port}` }, { commandTimeoutMs: 50 });

    await expectUnavailable(store);
  });

  it.each([
    '-READONLY You cannot write against a read only replica.\r\n',
    '-NOAUTH Authentication required.\r\n',
  ])('connects anew, once, where the answer is %j', async (answer) => {
    let connections = 0;
    const port = await answering(answer, () => {
      connections += 1;
    });
    const store = await redisStore({ url: `redis://127.0.0.1:${port}` });

    await expectUnavailable(store);

    await vi.waitFor(() => {
      expect(connections).toBe(2);
    }, 10_000);
  });

  it('says nothing of what it has sent', async () => {
    const port = await answering('-NOPERM this user has no permissions\r\n');
    const store = await redisStore({ url: `redis://127.0.0.1:${port}` });

    const reason = await reasonOf(store.commit(id, 1, 'v1.a-sealed-session'));

    expect(inspect(reason, { depth: 9, showHidden: true })).toContain('NOPERM');
    expect(inspect(reason, { depth: 9, showHidden: true })).not.toContain('v1.a-sealed-session');
    expect(JSON.stringify(reason)).not.toContain('v1.a-sealed-session');
  });

  it('ends its tries to connect when it is closed', async () => {
    let connections = 0;
    const port = await serve((socket) => {
      connections += 1;
      socket.destroy();
    });
    const store = await createRedisStore({ url: `redis://127.0.0.1:${port}`, pepper: pepperOf() });
    await vi.waitFor(() => {
      expect(connections).toBeGreaterThan(1);
    });

    await store.close();
    await store.close();

    await expect(store.ping()).rejects.toBeInstanceOf(StoreUnavailable);
  });
});
