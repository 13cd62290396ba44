import { createRequire } from 'node:module';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createRedisStore } from '../../src/links/redis-store.ts';
import { parseRedisUrl } from '../../src/links/redis/url.ts';
import { StoreUnavailable } from '../../src/links/store.ts';
import { makeCertificate, opensslIsMissing } from '../support/certificate.ts';
import { pepperOf, redisStore } from '../support/link-stores.ts';
import { startRedis, whyNoRedis } from '../support/redis.ts';
import type { Ran } from '../support/tools.ts';
import { folder, run } from '../support/tools.ts';

const STANDARD = { port: 6379, isTls: false, username: undefined, password: undefined, db: 0 };
const SECRET = 'hunter2';

/** Makes a store in a program of its own, and says whether Redis answered. */
function runStore(
  url: string,
  env: Readonly<Record<string, string>>,
  ...flags: readonly string[]
): Promise<Ran> {
  const module = new URL('../../src/links/redis-store.ts', import.meta.url).href;
  const script = `
    const { createRedisStore } = await import(${JSON.stringify(module)});
    const store = await createRedisStore({ url: ${JSON.stringify(url)}, pepper: { ids: ['0'] } });
    await store.ping();
    console.log('It answers.');
    await store.close();
  `;
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  return run(process.execPath, ['--import', tsx, ...flags, '--input-type=module', '--eval', script], {
    env: { ...process.env, ...env },
  });
}

const moduleOf = (code: string): string => `data:text/javascript,${encodeURIComponent(code)}`;

describe('the URL of a Redis', () => {
  it.each([
    ['redis://localhost', { ...STANDARD, host: 'localhost' }],
    ['redis://localhost/', { ...STANDARD, host: 'localhost' }],
    ['redis://10.0.0.1:6380/15', { ...STANDARD, host: '10.0.0.1', port: 6380, db: 15 }],
    ['redis://[::1]:6380', { ...STANDARD, host: '::1', port: 6380 }],
    ['rediss://redis.example.com/0', { ...STANDARD, host: 'redis.example.com', isTls: true }],
    ['REDISS://redis.example.com', { ...STANDARD, host: 'redis.example.com', isTls: true }],
  ])('%s', (text, address) => {
    expect(parseRedisUrl(text)).toEqual(address);
  });

  it('may have a user and a password, escaped as in every URL', () => {
    const { username, password } = parseRedisUrl('redis://the%20user:p%40ss%3A%25@localhost');
    const alone = parseRedisUrl('redis://:p@ss@localhost');

    expect([username, password?.reveal()]).toEqual(['the user', 'p@ss:%']);
    expect([alone.username, alone.password?.reveal()]).toEqual([undefined, 'p@ss']);
  });

  it.each([
    ['', 'is no URL'],
    [`localhost ${SECRET}`, 'is no URL'],
    [`redis://:${SECRET}@localhost:99999`, 'is no URL'],
    [`:${SECRET}@localhost`, 'is no URL'],
    [`http://:${SECRET}@localhost`, 'begins neither with redis:// nor with rediss://'],
    [`redis+unix://:${SECRET}@localhost`, 'begins neither with redis:// nor with rediss://'],
    ['memory', 'is no URL'],
    ['redis:', 'has no host'],
    ['redis:///1', 'has no host'],
    [`redis://:${SECRET}@localhost/one`, 'has no number of a database for its path'],
    [`redis://:${SECRET}@localhost/1/2`, 'has no number of a database for its path'],
    [`redis://:${SECRET}@localhost/-1`, 'has no number of a database for its path'],
    [`redis://:${SECRET}@localhost?tls=false`, 'has something behind the number of the database'],
    [`redis://:${SECRET}@localhost#${SECRET}`, 'has something behind the number of the database'],
    [`redis://${SECRET}@localhost`, 'has a user without a password'],
    [`redis://:${SECRET}%ff@localhost`, 'has a % that stands for no character'],
    [`redis://${SECRET}%zz:x@localhost`, 'has a % that stands for no character'],
  ])('is refused as %j, and not repeated', async (text, why) => {
    expect(() => parseRedisUrl(text)).toThrow(`the URL of Redis ${why}`);
    const reason: unknown = await createRedisStore({ url: text, pepper: pepperOf() }).catch(
      (error: unknown) => error,
    );
    expect(inspect(reason, { depth: 9, showHidden: true })).not.toContain(SECRET);
  });
});

it.each(['{', '}', 'a b', 'ä', 'a\n', '*'])('refuses the prefix %j', async (prefix) => {
  await expect(createRedisStore({ url: 'redis://localhost', pepper: pepperOf(), prefix })).rejects.toThrow(
    'the prefix of keys',
  );
});

it('says what to install where ioredis is missing', async () => {
  const hooks =
    "export const resolve = (name, context, next) => next(name === 'ioredis' ? 'no-such-library' : name, context);";
  const register = `import { register } from 'node:module'; register(${JSON.stringify(moduleOf(hooks))});`;

  const { code, stderr } = await runStore('redis://127.0.0.1:1', {}, '--import', moduleOf(register));

  expect(stderr).toContain('npm install ioredis');
  expect(code).toBe(1);
});

describe.skipIf(whyNoRedis() !== undefined || opensslIsMissing() !== undefined)('rediss://', () => {
  it('talks to a Redis whose certificate is trusted, and to no other', async () => {
    const certificate = makeCertificate();
    const { port, client } = await startRedis();
    const front = createServer(certificate, (socket) => {
      const upstream = connect(port, '127.0.0.1');
      socket.on('error', () => upstream.destroy());
      upstream.on('error', () => socket.destroy());
      socket.pipe(upstream).pipe(socket);
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void front.close());
    await once(front, 'listening');
    const url = `rediss://127.0.0.1:${(front.address() as AddressInfo).port}`;
    const ca = join(folder(), 'ca.pem');
    writeFileSync(ca, certificate.cert);

    const reason: unknown = await (await redisStore({ url })).ping().catch((error: unknown) => error);
    const keys = await client.dbsize();
    const trusting = await runStore(url, { NODE_EXTRA_CA_CERTS: ca });

    expect(reason).toBeInstanceOf(StoreUnavailable);
    expect(inspect(reason)).toMatch(/self-signed|DEPTH_ZERO_SELF_SIGNED_CERT/);
    expect(keys).toBe(0);
    expect(trusting).toMatchObject({ code: 0, stdout: 'It answers.\n' });
  });

  it('is not answered in the clear', async () => {
    const { url } = await startRedis();

    const store = await redisStore({ url: url.replace('redis:', 'rediss:') }, { connectTimeoutMs: 200 });

    await expect(store.ping()).rejects.toBeInstanceOf(StoreUnavailable);
  });
});
