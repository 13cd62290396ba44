import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { connect as connectSecurely } from 'node:tls';
import { expect, it, onTestFinished } from 'vitest';
import { silentLog } from '../../base/log.ts';
import type { Tls } from '../../src/http/server.ts';
import { renewCertificate } from '../../src/renew-certificate.ts';
import { checkSettings } from '../../src/config.ts';
import type { Certificate } from '../support/certificate.ts';
import { makeCertificate, opensslIsMissing } from '../support/certificate.ts';
import type { StartedService } from '../support/service.ts';
import { API_KEY, callApi, directoryOf, startService } from '../support/service.ts';
import { folder } from '../support/tools.ts';

const SERVER = {
  url: 'https://plesk.invalid:8443',
  release: '18.0',
  auth: { secretKey: 'env:PLESK_PASSWORD' },
};
const POST = `POST /api/Clients/CreateClientSsoToken HTTP/1.1\r\nHost: localhost\r\nApikey: ${API_KEY}\r\n`;

const start = (options: object): Promise<StartedService> =>
  startService(directoryOf({ 'plesk-1': SERVER }), options);

/** Connects to a port and sends nothing but this. */
async function connected(url: string, text = ''): Promise<Socket> {
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname).on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  socket.write(text);
  return socket;
}

/** What a peer sent until it closed the connection. */
async function restOf(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (bytes: Buffer) => (text += bytes.toString()));
  await once(socket, 'close');
  return text;
}

/** A certificate in files, which can be replaced. */
function certificateFiles(): {
  readonly tlsCert: string;
  readonly tlsKey: string;
  readonly put: (one: Certificate) => void;
} {
  const dir = folder();
  const [tlsCert, tlsKey] = [join(dir, 'cert.pem'), join(dir, 'key.pem')];
  return {
    tlsCert,
    tlsKey,
    put: ({ cert, key }) => {
      writeFileSync(tlsCert, cert);
      writeFileSync(tlsKey, key, { mode: 0o600 });
    },
  };
}

it.each([
  ['headers', 'GET /healthz HTTP/1.1\r\nHost: '],
  ['a body', `${POST}Content-Type: application/json\r\nContent-Length: 20\r\n\r\n{`],
])('ends a request whose %s does not arrive within requestMs', async (_part, text) => {
  const { service } = await start({ requestMs: 200 });

  for (const url of [service.url, service.metricsUrl])
    expect(await restOf(await connected(url, text))).toMatch(/^(?:HTTP\/1\.1 [45]\d\d |$)/);
});

it('closes connections beyond maxConnections at once, and answers again when one is gone', async () => {
  const { service } = await start({ maxConnections: 1 });
  const first = await connected(service.url);

  expect(await restOf(await connected(service.url))).toBe('');
  first.destroy();
  await expect
    .poll(() =>
      fetch(`${service.url}/healthz`).then(
        ({ status }) => status,
        () => 0,
      ),
    )
    .toBe(200);
});

it('counts connections that it closes for maxConnections, and logs two lines a minute', async () => {
  let endWindow = (): void => undefined;
  const wait = (): Promise<void> => new Promise((resolve) => (endWindow = resolve));
  const { service, lines } = await start({ maxConnections: 1, wait });
  const warnings = (): readonly string[] =>
    lines.filter((line) => /maxConnections|more connections/.test(line));
  await connected(service.url);

  for (let at = 0; at < 3; at++) expect(await restOf(await connected(service.url))).toBe('');
  expect(warnings()).toEqual([
    expect.stringMatching(/a new connection to port was closed, since 1 are open/),
  ]);
  expect(await service.metrics.text()).toContain('plesk_sso_connections_dropped_total{port="port"} 3\n');

  endWindow();
  await expect.poll(warnings).toEqual([expect.anything(), expect.stringContaining('"connections":2')]);
});

it.skipIf(opensslIsMissing() !== undefined)('ends a TLS handshake that does not begin', async () => {
  const { put, ...files } = certificateFiles();
  put(makeCertificate());
  const { service } = await start({ ...files, requestMs: 200 });

  expect(await restOf(await connected(service.url))).toBe('');
});

it.skipIf(opensslIsMissing() !== undefined)(
  'takes a renewed certificate on reload, keeps its links and the one before if the new one is wrong',
  async () => {
    const { put, ...files } = certificateFiles();
    const [first, second] = [makeCertificate(), makeCertificate()];
    put(first);
    const { service, url, link, lines } = await start(files);
    const shown = async (ca: string): Promise<boolean> => {
      const socket = connectSecurely({ host: '127.0.0.1', port: Number(new URL(service.url).port), ca });
      onTestFinished(() => void socket.destroy());
      return once(socket, 'secureConnect').then(
        () => true,
        () => false,
      );
    };
    const token = new URL(await link()).searchParams.get('sso_token');
    expect([await shown(first.cert), await shown(second.cert)]).toEqual([true, false]);

    put({ ...second, key: first.key });
    await service.reload();
    expect([await shown(first.cert), await shown(second.cert)]).toEqual([true, false]);
    expect(lines.filter((line) => line.includes('stays in use'))).toHaveLength(1);

    put(second);
    await service.reload();
    expect([await shown(first.cert), await shown(second.cert)]).toEqual([false, true]);
    const { status } = await callApi(url, 'Clients/GetClientSsoToken', { token });
    expect(status).toBe(200);
  },
);

it.skipIf(opensslIsMissing() !== undefined)('takes a renewed certificate when its file changes', async () => {
  const { put, ...files } = certificateFiles();
  const [first, second] = [makeCertificate(), makeCertificate()];
  put(first);
  const renewed: Tls[] = [];
  const settings = checkSettings({
    ...{
      publicUrl: 'https://sso.example.com',
      clientAreaUrl: 'https://billing.example.com',
      directory: '/x',
    },
    ...files,
  });
  const { close } = renewCertificate(
    settings,
    { renew: (tls) => renewed.push(tls) },
    { log: silentLog, warn: () => undefined, pollMs: 20 },
  );
  onTestFinished(close);

  // The first look of a poll is what later ones are compared with.
  await expect
    .poll(
      () => {
        put(second);
        return renewed.at(-1)?.cert;
      },
      { timeout: 10_000 },
    )
    .toBe(second.cert);
});
