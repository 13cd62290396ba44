import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { OutgoingHttpHeaders } from 'node:http';
import { Agent, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { checkServerIdentity, connect as connectTls } from 'node:tls';
import { expect, it, onTestFinished } from 'vitest';
import type { Emulator, EmulatorOptions } from '../../server/emulator.ts';
import { startEmulator } from '../../server/emulator.ts';
import { issueCertificate, makeAuthority, serverLife } from '../../server/http/tls/certificate.ts';
import { CertificateError } from '../../server/http/tls/certificate-error.ts';
import { browse, doorUrl, sentBack } from '../support/browse.ts';
import type { Page } from '../support/browse.ts';
import { start } from '../support/emulator.ts';
import { folder, hasIpv6, nodeKnowsIpv6 } from '../support/tools.ts';
import { credentials, sessionPacket, tokenIn } from '../support/wire.ts';

const withIpv6 = it.skipIf(!hasIpv6() || !nodeKnowsIpv6());
const withModes = it.skipIf(process.platform === 'win32');

/** An emulator with HTTPS, and the CA that its clients need. */
async function secured(options: EmulatorOptions = {}): Promise<{
  readonly plesk: Emulator;
  readonly ca: string;
  readonly lines: readonly string[];
}> {
  const { plesk, lines } = await start({ https: true, ...options });
  return { plesk, ca: plesk.ca ?? 'none', lines };
}

/** Posts a packet as the administrator to one of the two ports. */
async function send(url: string, { admin }: Emulator, ca: string | undefined): Promise<Page> {
  return browse(`${url}/enterprise/control/agent.php`, {
    form: sessionPacket('carl'),
    headers: { 'Content-Type': 'text/xml', ...credentials(admin) },
    ...(url.startsWith('https') && ca !== undefined ? { ca } : {}),
  });
}

/** The status of a page for a client that reaches the emulator's HTTPS port under this name. */
function statusAs(name: string, { httpsUrl }: Emulator, ca: string): Promise<number> {
  const headers: OutgoingHttpHeaders = { Host: name.includes(':') ? `[${name}]` : name };
  return new Promise((resolve, reject) => {
    request(`${httpsUrl}/login_up.php`, {
      ca,
      headers,
      agent: false,
      checkServerIdentity: (_host, certificate) => checkServerIdentity(name, certificate),
    })
      .on('response', (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
      .on('error', reject)
      .end();
  });
}

/** The certificate that a client is shown. */
function certificateOf({ httpsUrl }: Emulator): Promise<X509Certificate> {
  const { hostname: host, port } = new URL(httpsUrl);
  return new Promise((resolve, reject) => {
    const socket = connectTls({ host, port: Number(port), rejectUnauthorized: false }, () => {
      const certificate = socket.getPeerX509Certificate();
      socket.destroy();
      if (certificate === undefined) reject(new Error('no certificate'));
      else resolve(certificate);
    });
    socket.on('error', reject);
  });
}

const failureOf = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => error,
  );

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const { server, port } = await takePort(0);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function takePort(wanted: number): Promise<{
  readonly server: ReturnType<typeof createServer>;
  readonly port: number;
}> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject);
    server.listen(wanted, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  return { server, port: (server.address() as AddressInfo).port };
}

/** A file with a certificate and one with its key, and the CA that has signed it. */
function ownFiles(names: readonly string[]): {
  readonly tlsCert: string;
  readonly tlsKey: string;
  readonly ca: string;
} {
  const path = folder('own');
  const now = Date.now();
  const authority = makeAuthority(now);
  const { key, cert } = issueCertificate(authority, { names, ...serverLife(now) });
  const [tlsCert, tlsKey] = [join(path, 'cert.pem'), join(path, 'key.pem')];
  writeFileSync(tlsCert, cert);
  writeFileSync(tlsKey, key, { mode: 0o600 });
  return { tlsCert, tlsKey, ca: authority.cert };
}

it('has a port for HTTPS beside the one for HTTP, and a CA of its own', async () => {
  const [one, other] = [await secured(), await secured()];

  expect(one.plesk.url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/);
  expect(one.plesk.httpsUrl).toMatch(/^https:\/\/127\.0\.0\.1:[1-9]\d*$/);
  expect(new X509Certificate(one.ca).ca).toBe(true);
  expect(one.ca).not.toBe(other.ca);
  expect(await statusAs('127.0.0.1', one.plesk, one.ca)).toBe(200);
});

it('has no HTTPS in-process unless it is asked for', async () => {
  const { plesk } = await start();

  expect(plesk.ca).toBeUndefined();
  expect(() => plesk.httpsUrl).toThrow(/start it with https: true/);
});

it.for(['localhost', '127.0.0.1', '::1', hostname(), 'plesk.example.test', '192.0.2.7'])(
  'shows a certificate that is good for %s',
  async (name, { skip }) => {
    skip(name === '::1' && !nodeKnowsIpv6(), 'this Node takes IPv6 addresses for names');
    const { plesk, ca } = await secured({ hostnames: ['plesk.example.test', '192.0.2.7'] });

    expect(await statusAs(name, plesk, ca)).toBe(200);
  },
);

it.each(['other.example.test', '192.0.2.8'])('shows no certificate for %s', async (name) => {
  const { plesk, ca } = await secured({ hostnames: ['plesk.example.test'] });

  expect(await failureOf(statusAs(name, plesk, ca))).toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
});

withIpv6('is reached over IPv4 and IPv6 where it listens on all addresses', async () => {
  const { plesk, ca } = await secured({ host: '::' });
  expect(plesk.httpsUrl).toMatch(/^https:\/\/\[::1\]:\d+$/);

  for (const name of ['127.0.0.1', '[::1]', 'localhost']) {
    const page = await browse(`${plesk.httpsUrl.replace('[::]', name)}/`, { ca });
    expect(page.status).toBe(303);
  }
});

it('is refused by a client that does not know its CA, and says so in the log', async () => {
  const { plesk, lines } = await secured();

  expect(await failureOf(fetch(plesk.httpsUrl))).toMatchObject({
    cause: { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
  });
  await expect
    .poll(() => lines)
    .toContainEqual(
      expect.stringMatching(
        /^warn no request from .*: it (went away .* do that do not trust the CA|does not trust the CA)/,
      ),
    );
});

it.each(['TLSv1.2', 'TLSv1.3'] as const)(
  'is refused over %s by a client with the CA of another, and says so in the log',
  async (version) => {
    const { plesk, lines } = await secured();
    const sent = new Promise((_resolve, reject) => {
      request(plesk.httpsUrl, {
        ca: makeAuthority(Date.now()).cert,
        agent: false,
        minVersion: version,
        maxVersion: version,
      })
        .on('error', reject)
        .end();
    });

    expect(await failureOf(sent)).toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
    await expect.poll(() => lines).toContainEqual(expect.stringMatching(/ do that do not trust the CA/));
    expect(lines).toHaveLength(1);
  },
);

it('says nothing in the log of clients that have asked for something', async () => {
  const { plesk, ca, lines } = await secured();

  await browse(`${plesk.httpsUrl}/_emulator/health`, { ca });
  await plesk.close();

  expect(lines).toEqual([]);
});

it.each([
  ['18.0', 'PLESKSESSID'],
  ['12.0', 'PHPSESSID'],
] as const)('gives the secure cookie of %s, and leads to https:// throughout', async (release, name) => {
  const { plesk, ca } = await secured({ plesk: release });
  const PLESKSESSID = tokenIn((await send(plesk.httpsUrl, plesk, ca)).body);

  const away = await browse(`${plesk.httpsUrl}/smb/`, { ca });
  const door = await browse(doorUrl(plesk.httpsUrl, { PLESKSESSID }), { ca });
  const home = await browse(`${plesk.httpsUrl}/`, { ca, cookie: sentBack(door) });
  const out = await browse(`${plesk.httpsUrl}/logout.php`, { ca, cookie: sentBack(door) });

  expect(away.location).toMatch(new RegExp(`^${plesk.httpsUrl}/login(_up)?\\.php`));
  expect(door.location).toBe(`${plesk.httpsUrl}/smb/`);
  expect(door.cookies[0]).toMatch(new RegExp(`^${name}=${PLESKSESSID}; path=/; secure; httponly$`, 'i'));
  expect(home.location).toBe(`${plesk.httpsUrl}/smb/`);
  expect(out.location).toMatch(new RegExp(`^${plesk.httpsUrl}/login(_up)?\\.php`));
});

it.each([
  ['HTTPS', 'HTTP'],
  ['HTTP', 'HTTPS'],
])('opens over %s what was made over %s', async (opened, made) => {
  const { plesk, ca } = await secured();
  const urls: Readonly<Record<string, string>> = { HTTP: plesk.url, HTTPS: plesk.httpsUrl };
  const [maker, opener] = [urls[made] ?? '', urls[opened] ?? ''];
  const trusted = opened === 'HTTPS' ? { ca } : {};
  const PLESKSESSID = tokenIn((await send(maker, plesk, ca)).body);

  const door = await browse(doorUrl(opener, { PLESKSESSID }), trusted);
  const page = await browse(`${opener}/smb/`, { ...trusted, cookie: sentBack(door) });

  expect(door.location).toBe(`${opener}/smb/`);
  expect(page.status).toBe(200);
  expect(page.body).toContain('data-plesk-user="carl"');
  expect(await plesk.sessions.list()).toHaveLength(1);
});

it('gives out its CA over HTTP and HTTPS, and no key', async () => {
  const { plesk, ca } = await secured();

  const pages = [
    await browse(`${plesk.url}/_emulator/ca.pem`),
    await browse(`${plesk.httpsUrl}/_emulator/ca.pem`, { ca }),
  ];

  for (const { status, body, headers } of pages) {
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/x-pem-file');
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toBe(ca);
    expect(body).not.toMatch(/PRIVATE KEY/);
  }
});

it.each([
  ['where HTTPS is off', (): EmulatorOptions => ({ https: false })],
  ['beside a certificate of your own', (): EmulatorOptions => ownFiles(['127.0.0.1'])],
])('says in words that there is no CA %s', async (_case, options) => {
  const { tlsCert, tlsKey } = options();
  const { plesk } = await start({ https: tlsCert !== undefined, tlsCert, tlsKey });

  const { status, body, headers } = await browse(`${plesk.url}/_emulator/ca.pem`);

  expect(status).toBe(404);
  expect(headers['content-type']).toBe('application/json');
  const error = 'there is no CA: HTTPS is off, or has a certificate of your own';
  expect(JSON.parse(body)).toEqual({ error, mistakes: [error] });
});

it('shows a certificate of your own, and has no CA then', async () => {
  const { ca, tlsCert, tlsKey } = ownFiles(['plesk.example.test']);
  const { plesk } = await start({ https: true, tlsCert, tlsKey });

  expect(plesk.ca).toBeUndefined();
  expect(await statusAs('plesk.example.test', plesk, ca)).toBe(200);
  expect(await failureOf(statusAs('localhost', plesk, ca))).toMatchObject({
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
  });
});

it('does not start with the key of another certificate', async () => {
  const [one, other] = [ownFiles(['127.0.0.1']), ownFiles(['127.0.0.1'])];

  const error = await failureOf(startEmulator({ https: true, tlsCert: one.tlsCert, tlsKey: other.tlsKey }));

  expect(error).toBeInstanceOf(CertificateError);
  expect(error).toMatchObject({ message: expect.stringContaining(`the key in ${other.tlsKey}`) as string });
});

it('keeps the CA of a directory from one start to the next, with another certificate each', async () => {
  const caDir = join(folder('ca'), 'made', 'here');
  const first = await secured({ caDir });
  const firstLeaf = await certificateOf(first.plesk);
  await first.plesk.close();
  const second = await secured({ caDir });

  expect(second.ca).toBe(first.ca);
  expect(readFileSync(join(caDir, 'ca.pem'), 'utf8')).toBe(first.ca);
  expect(await statusAs('localhost', second.plesk, first.ca)).toBe(200);
  expect((await certificateOf(second.plesk)).fingerprint256).not.toBe(firstLeaf.fingerprint256);
});

withModes("keeps its CA's key from other users", async () => {
  const caDir = folder('ca');
  await secured({ caDir });

  expect((statSync(join(caDir, 'ca-key.pem')).mode & 0o777).toString(8)).toBe('600');
});

it.each([
  ['a key that is broken', { 'ca.pem': makeAuthority(Date.now()).cert, 'ca-key.pem': 'x' }],
  ['a certificate without its key', { 'ca.pem': makeAuthority(Date.now()).cert }],
])('does not start with %s in its directory, and changes nothing there', async (_case, files) => {
  const caDir = folder('ca');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(caDir, name), text, { mode: 0o600 });
  const httpPort = await freePort();

  const error = await failureOf(startEmulator({ https: true, caDir, httpPort }));

  expect(error).toBeInstanceOf(CertificateError);
  expect((error as Error).message).toContain(caDir);
  const left = readdirSync(caDir).map((name) => [name, readFileSync(join(caDir, name), 'utf8')]);
  expect(Object.fromEntries(left)).toEqual(files);
  await expect(takePort(httpPort)).resolves.toMatchObject({ port: httpPort });
});

it('does not start where the port for HTTPS is in use, and leaves that for HTTP free', async () => {
  const { port: httpsPort } = await takePort(0);
  const httpPort = await freePort();

  await expect(startEmulator({ https: true, httpPort, httpsPort })).rejects.toThrow(
    `httpsPort ${httpsPort} is in use by another program; use httpsPort: N, or 0 for any free port`,
  );
  await expect(takePort(httpPort)).resolves.toMatchObject({ port: httpPort });
});

it('closes both ports soon, whatever connections are open', async () => {
  const { plesk, ca } = await secured();
  const { port } = new URL(plesk.httpsUrl);
  const agent = new Agent({ keepAlive: true, ca });
  onTestFinished(() => {
    agent.destroy();
  });
  await new Promise((resolve, reject) => {
    request(`${plesk.httpsUrl}/login_up.php`, { agent })
      .on('response', (response) => response.resume().on('end', resolve))
      .on('error', reject)
      .end();
  });
  const slow = connectTls({ host: '127.0.0.1', port: Number(port), ca });
  const silent = connect(Number(port), '127.0.0.1');
  for (const socket of [slow, silent]) {
    socket.on('error', () => undefined);
    onTestFinished(() => void socket.destroy());
  }
  await Promise.all([
    new Promise((resolve) => slow.once('secureConnect', resolve)),
    new Promise((resolve) => silent.once('connect', resolve)),
  ]);
  slow.write('POST /enterprise/control/agent.php HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n');
  const from = performance.now();

  await plesk.close();

  expect(performance.now() - from).toBeLessThan(5000);
  await expect(takePort(Number(port))).resolves.toMatchObject({ port: Number(port) });
  await expect(takePort(Number(new URL(plesk.url).port))).resolves.toBeDefined();
});
