import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connectEmulator } from '../../../server/emulator.ts';
import { browse } from '../../support/browse.ts';
import { start } from '../../support/emulator.ts';
import { sendRaw } from '../../support/wire.ts';

const TOKEN = 'a-token-of-some-length';
const basic = (password: string): string => `Basic ${Buffer.from(`anybody:${password}`).toString('base64')}`;

describe('where all addresses are listened on', () => {
  it('serves health and the CA to everybody, and nothing else, whoever asks', async () => {
    const { plesk } = await start({ host: '0.0.0.0', https: true });
    const url = plesk.url;
    const status = async (path: string): Promise<number> => (await browse(`${url}/_emulator/${path}`)).status;

    expect([await status('health'), await status('ca.pem')]).toEqual([200, 200]);
    for (const path of ['rules', 'openapi.json', 'accounts', 'events', 'journal', ''])
      expect([path, await status(path)]).toEqual([path, 403]);
    const refused = await browse(`${url}/_emulator/reset`, { method: 'POST' });
    expect(refused.status).toBe(403);
    expect(refused.body).toContain('start it with --control-token (PLESK_EMULATOR_CONTROL_TOKEN)');
  });

  it('serves the control to whoever has the token', async () => {
    const { plesk } = await start({ host: '0.0.0.0', controlToken: TOKEN });
    const url = plesk.url;
    const status = async (headers: Record<string, string>): Promise<number> =>
      (await browse(`${url}/_emulator/accounts`, { headers })).status;

    expect(await status({ Authorization: `Bearer ${TOKEN}` })).toBe(200);
    expect(await status({ Authorization: basic(TOKEN) })).toBe(200);
    for (const wrong of [
      {},
      { Authorization: `Bearer ${TOKEN}x` },
      { Authorization: basic('') },
      { Authorization: TOKEN },
    ])
      expect(await status(wrong)).toBe(401);
    await using remote = await connectEmulator(url, { token: TOKEN });
    expect((await remote.accounts.get('admin')).id).toBe(1);
    await expect(connectEmulator(url)).rejects.toThrow('the control wants its token');
  });
});

it('wants the token on loopback too, where there is one', async () => {
  const { plesk } = await start({ controlToken: TOKEN });

  const { status, headers } = await browse(`${plesk.url}/_emulator/sessions`);

  expect(status).toBe(401);
  expect(headers['www-authenticate']).toContain('Basic');
});

it("goes by where a test's own server listens", async () => {
  const { plesk } = await start({ listen: false });
  const listen = async (host: string): Promise<string> => {
    const server = createServer(plesk.app).listen(0, host);
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/_emulator/accounts`;
  };

  expect((await browse(await listen('127.0.0.1'))).status).toBe(200);
  expect((await browse(await listen('0.0.0.0'))).status).toBe(403);
});

it.each([
  ['a name of somebody', 'rebound.example', 403],
  ['a name that ends like one of ours', 'evil-plesk.test', 403],
  ['a name that begins like one of ours', 'localhost.example', 403],
  ['an address that is not ours', '192.0.2.1', 403],
  ['localhost', 'localhost:1234', 200],
  ['localhost with a dot', 'LOCALHOST.:80', 200],
  ['loopback', '127.0.0.1', 200],
  ['IPv6 loopback', '[::1]:8880', 200],
  ['a name that was given', 'plesk.test:8880', 200],
  ['a name that was given by a wildcard', 'a.wild.test', 200],
])('answers a Host of %s as it should', async (_what, host, status) => {
  const { plesk } = await start({ hostnames: ['plesk.test', '*.wild.test'] });

  const page = await browse(`${plesk.url}/_emulator/accounts`, { headers: { Host: host } });

  expect(page.status).toBe(status);
  if (status === 403) expect(page.body).toContain('name it by --hostnames');
});

it('refuses a request without a Host', async () => {
  const { plesk } = await start();

  const answer = await sendRaw(plesk, 'GET /_emulator/accounts HTTP/1.0\r\n\r\n');

  expect(answer).toMatch(/^HTTP\/1\.1 403 /);
});

it.each([
  ['a foreign page', { Origin: 'https://evil.example' }],
  ['a page of another port', { Origin: 'http://127.0.0.1:1' }],
  ['a sandboxed page', { Origin: 'null' }],
  ["a foreign page's image", { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' }],
])('refuses %s, and changes nothing', async (_what, headers) => {
  const { plesk } = await start();
  await plesk.accounts.add({ login: 'new', password: '12345', role: 'customer' });

  const { status, headers: answered } = await browse(`${plesk.url}/_emulator/reset`, {
    method: 'POST',
    headers,
  });

  expect(status).toBe(403);
  expect(Object.keys(answered).filter((name) => name.startsWith('access-control'))).toEqual([]);
  expect(await plesk.accounts.list()).toHaveLength(6);
});

it('answers its own pages, without a word of CORS', async () => {
  const { plesk } = await start();

  const { status, headers } = await browse(`${plesk.url}/_emulator/accounts`, {
    headers: { Origin: plesk.url },
  });

  expect(status).toBe(200);
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
});

it('knows the address that it was asked at, though no name stands for it', async () => {
  const address = Object.values(networkInterfaces())
    .flatMap((one) => one ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
  const { plesk } = await start({ host: '0.0.0.0', controlToken: TOKEN });
  const url = plesk.url.replace('127.0.0.1', address ?? '127.0.0.2');

  const page = await browse(`${url}/_emulator/accounts`, { headers: { Authorization: `Bearer ${TOKEN}` } });

  expect(page.status).toBe(200);
});
