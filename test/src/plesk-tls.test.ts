import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:tls';
import { expect, it, vi } from 'vitest';
import { makeAuthority } from '../../server/http/tls/certificate.ts';
import { startMisbehaving } from '../support/misbehaving.ts';
import { SESSION_ID } from '../support/misbehaviours.ts';
import { failureOf, newPlesk, REQUEST, serverAt } from '../support/plesk-client.ts';
import { startFaulty } from '../support/plesk-faults.ts';

const UNTRUSTED = { code: 'plesk_tls_error', attempt: 'uncounted' };

it('trusts the CA of a server', async () => {
  const server = await startMisbehaving({ scheme: 'https' });

  expect(await newPlesk().createSession(serverAt(server), REQUEST)).toBe(SESSION_ID);
});

it.each([
  ['none', undefined],
  ['one that is empty', ''],
  ['one that is no certificate', 'nothing'],
  ['that of somebody else', makeAuthority(Date.now()).cert],
])('sends nothing to a server whose certificate no CA that it trusts has signed: %s', async (_case, ca) => {
  const server = await startMisbehaving({ scheme: 'https' });

  const failure = await failureOf(newPlesk().createSession(serverAt(server, { ca }), REQUEST));

  expect(failure).toMatchObject(UNTRUSTED);
  expect(server.requests).toEqual([]);
});

it.each(['shows an expired certificate', 'shows a certificate for another host'] as const)(
  'is not talked into trust by the environment where a Plesk %s',
  async (name) => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const { server, goWrong, asked } = await startFaulty('https');
    await goWrong(name);

    const failure = await failureOf(newPlesk().createSession(server, REQUEST));

    expect(failure).toMatchObject(UNTRUSTED);
    expect(await asked()).toBe(0);
  },
);

it.each(['shows a self-signed certificate', 'shows a certificate of a foreign CA'] as const)(
  'is not talked into trust by the environment where a server %s',
  async (behaviour) => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const server = await startMisbehaving({ scheme: 'https', behaviour });

    const failure = await failureOf(newPlesk().createSession(serverAt(server), REQUEST));

    expect(failure).toMatchObject(UNTRUSTED);
    expect(server.requests).toEqual([]);
  },
);

it.each([
  ['a name', 'localhost', 'localhost'],
  ['an address, which is not told', '127.0.0.1', ''],
])('tells the server, and holds against its certificate, %s', async (_case, host, told) => {
  const server = await startMisbehaving({ scheme: 'https' });
  const origin = server.origin.replace('127.0.0.1', host);

  expect(await newPlesk().createSession(serverAt(server, { origin }), REQUEST)).toBe(SESSION_ID);

  expect(server.serverNames).toEqual([told]);
});

it('holds the certificate of every connection against the CA', async () => {
  const server = await startMisbehaving({ scheme: 'https' });
  const plesk = newPlesk();
  await plesk.createSession(serverAt(server), REQUEST);

  await server.behave('shows a certificate of a foreign CA');

  expect(await failureOf(plesk.createSession(serverAt(server), REQUEST))).toMatchObject(UNTRUSTED);
  expect(server.requests.length).toBe(1);
});

it.each(['shows an expired certificate', 'shows a certificate for another host'] as const)(
  'trusts the certificate that is pinned, whatever else it is: a Plesk %s',
  async (name) => {
    const { emulator, server, goWrong } = await startFaulty('https');
    await goWrong(name);
    const fingerprint = await fingerprintAt(server.origin);

    await newPlesk().createSession({ ...server, ca: undefined, fingerprint }, REQUEST);

    expect(await emulator.faults.list()).toMatchObject([{ fired: 2 }]);
    expect(await emulator.sessions.list()).toHaveLength(1);
  },
);

/** SHA-256 of the certificate that is shown at an address, as the directory has it. */
async function fingerprintAt(origin: string): Promise<string> {
  const { hostname: host, port } = new URL(origin);
  const socket = connect({ host, port: Number(port), rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const { fingerprint256 } = socket.getPeerCertificate();
  socket.destroy();
  return fingerprint256.replaceAll(':', '').toLowerCase();
}

it.each(['ok', 'shows a self-signed certificate', 'shows a certificate of a foreign CA'] as const)(
  'trusts the certificate that is pinned, whatever else it is: %s',
  async (behaviour) => {
    const server = await startMisbehaving({ scheme: 'https', behaviour });
    const pinned = serverAt(server, { ca: undefined, fingerprint: server.fingerprint });

    expect(await newPlesk().createSession(pinned, REQUEST)).toBe(SESSION_ID);
  },
);

it.each([
  ['of another certificate', 'ab'.repeat(32)],
  ['of nothing', ''],
  ['that is cut short', 'ab'.repeat(31)],
  ['that is no number', 'x'.repeat(64)],
])('sends nothing to a server with a pin %s, even where a CA has signed it', async (_case, fingerprint) => {
  const server = await startMisbehaving({ scheme: 'https' });

  const failure = await failureOf(newPlesk().createSession(serverAt(server, { fingerprint }), REQUEST));

  expect(failure).toMatchObject(UNTRUSTED);
  expect(failure.detail).toMatch(/not the pinned one, its SHA-256 is (?:[\dA-F]{2}:){31}[\dA-F]{2}$/);
  expect([server.connections, server.bytes]).toEqual([1, 0]);
});

it('does not take the pin of a CA for that of all it has signed', async () => {
  const server = await startMisbehaving({ scheme: 'https' });
  const fingerprint = new X509Certificate(server.ca ?? '').fingerprint256.replaceAll(':', '').toLowerCase();

  const failure = await failureOf(newPlesk().createSession(serverAt(server, { fingerprint }), REQUEST));

  expect(failure).toMatchObject(UNTRUSTED);
  expect(server.bytes).toBe(0);
});

it('holds the certificate of every connection against the pin', async () => {
  const server = await startMisbehaving({ scheme: 'https' });
  const plesk = newPlesk();
  const pinned = serverAt(server, { fingerprint: server.fingerprint });
  await plesk.createSession(pinned, REQUEST);
  const { bytes } = server;

  await server.behave('shows a certificate of a foreign CA');

  expect(await failureOf(plesk.createSession(pinned, REQUEST))).toMatchObject(UNTRUSTED);
  expect(server.bytes).toBe(bytes);
});

it.each([
  ['a pin', { fingerprint: 'ab'.repeat(32) }],
  ['a CA', { ca: makeAuthority(Date.now()).cert }],
])('sends nothing over http where %s says that it should be https', async (_case, trust) => {
  const server = await startMisbehaving();

  const failure = await failureOf(newPlesk().createSession(serverAt(server, trust), REQUEST));

  expect(failure).toMatchObject(UNTRUSTED);
  expect(server.connections).toBe(0);
});
