import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { Secret } from '../../base/secret.ts';
import { makeAuthority } from '../../server/http/tls/certificate.ts';
import { PLESK_DEFAULTS } from '../../src/plesk/client.ts';
import { serve } from '../support/browse.ts';
import type { MisbehavingServer } from '../support/misbehaving.ts';
import { startMisbehaving } from '../support/misbehaving.ts';
import { GOOD_RESULT, SESSION_ID, sessionAnswer } from '../support/misbehaviours.ts';
import { failureOf, newPlesk, REQUEST, serverAt } from '../support/plesk-client.ts';
import { startFaulty } from '../support/plesk-faults.ts';
import { folder, run } from '../support/tools.ts';

it('waits 2 s for a connection and 5 s in all unless told otherwise', () => {
  expect(PLESK_DEFAULTS).toEqual({
    connectMs: 2000,
    totalMs: 5000,
    breaker: { failures: 5, pauseMs: 5000 },
    inFlight: 16,
  });
});

it.each(['http', 'https'] as const)('keeps a connection over %s for the next requests', async (scheme) => {
  const server = await startMisbehaving({ scheme });
  const plesk = newPlesk();

  await plesk.createSession(serverAt(server), REQUEST);
  await turn();
  await plesk.terminateSession(serverAt(server), SESSION_ID);
  await turn();
  await plesk.identify(serverAt(server));

  expect([server.connections, server.requests.length]).toEqual([1, 3]);
});

it('waits for the answer behind what a server says before it', async () => {
  const origin = await serve((request, response) => {
    request.resume();
    response.writeEarlyHints({ link: '</style.css>; rel=preload' });
    response.writeHead(200, { 'Content-Type': 'application/xml; charset="utf-8"' });
    response.end(sessionAnswer(GOOD_RESULT));
  });

  expect(await newPlesk().createSession(serverAt({ origin }), REQUEST)).toBe(SESSION_ID);
});

it('makes a new connection where the server has closed the old one', async () => {
  const server = await startMisbehaving({ scheme: 'https' });
  const plesk = newPlesk();
  await plesk.createSession(serverAt(server), REQUEST);

  await server.behave('ok');

  expect(await plesk.createSession(serverAt(server), REQUEST)).toBe(SESSION_ID);
  expect([server.connections, server.requests.length]).toEqual([2, 2]);
});

it('uses a connection for one request at a time', async () => {
  const server = await startMisbehaving();
  const plesk = newPlesk();

  await Promise.all([1, 2, 3].map(() => plesk.createSession(serverAt(server), REQUEST)));

  expect([server.connections, server.requests.length]).toEqual([3, 3]);
});

it.each([
  // No name server is asked for a label of 64 letters.
  ['a name that is none', `https://${'a'.repeat(64)}.example.com:8443`],
  ['an address to which no way leads', 'https://255.255.255.255:8443'],
  ['a port where nobody listens', 'https://127.0.0.1:1'],
  ['a port that no TCP reaches', 'http://127.0.0.1:0'],
])('cannot reach %s', async (_case, origin) => {
  const failure = await failureOf(newPlesk().createSession(serverAt({ origin }), REQUEST));

  expect(failure).toMatchObject({ code: 'plesk_unreachable', attempt: 'uncounted' });
});

it.each([
  ['reset', 'resets in the handshake', {}],
  ['ended', 'ends in the handshake', {}],
  ['not made in time', 'never ends the handshake', { connectMs: 200 }],
] as const)('tries a second time where the first connection was %s', async (_case, behaviour, limits) => {
  const server = await startMisbehaving({ scheme: 'https' });
  await server.behave(behaviour, 1);

  const id = await newPlesk({ totalMs: 10_000, connectMs: 5000, ...limits }).createSession(
    serverAt(server),
    REQUEST,
  );

  expect(id).toBe(SESSION_ID);
  expect([server.connections, server.requests.length]).toEqual([2, 1]);
});

it.each(['shows an expired certificate', 'resets before the answer', 'answers 500'] as const)(
  'tries no second time where a Plesk %s',
  async (name) => {
    const { emulator, server, goWrong } = await startFaulty('https');
    await goWrong(name, 1);

    await failureOf(newPlesk().createSession(server, REQUEST));

    expect(await emulator.faults.list()).toMatchObject([{ seen: 1, fired: 1 }]);
    expect(await emulator.sessions.list()).toEqual([]);
  },
);

it.each(['refuses the handshake', 'ends before the answer'] as const)(
  'tries no second time where a server %s',
  async (behaviour) => {
    const server = await startMisbehaving({ scheme: 'https' });
    await server.behave(behaviour, 1);

    await failureOf(newPlesk().createSession(serverAt(server), REQUEST));

    expect(server.connections).toBe(1);
  },
);

it('tries no second time where that would not fit into the whole', async () => {
  const server = await startMisbehaving({ scheme: 'https', behaviour: 'never ends the handshake' });
  const plesk = newPlesk({ connectMs: 200, totalMs: 400 });

  const failure = await failureOf(plesk.createSession(serverAt(server), REQUEST));

  expect(failure).toMatchObject({ code: 'plesk_unreachable', attempt: 'uncounted' });
  expect(server.connections).toBe(1);
});

it('counts no attempt whose time is over before there is a connection', async () => {
  const server = await startMisbehaving({ scheme: 'https', behaviour: 'never ends the handshake' });
  const plesk = newPlesk({ connectMs: 1000, totalMs: 100 });

  const failure = await failureOf(plesk.createSession(serverAt(server), REQUEST));

  expect(failure).toMatchObject({ code: 'plesk_timeout', attempt: 'uncounted' });
});

it('sends nothing any more by a connection that comes after the time is over', async () => {
  const server = await startMisbehaving({ scheme: 'https' });
  const release = server.hold('handshakes');
  const plesk = newPlesk({ totalMs: 100 });
  expect(await failureOf(plesk.createSession(serverAt(server), REQUEST))).toMatchObject({
    code: 'plesk_timeout',
    attempt: 'uncounted',
  });

  release();
  await plesk.close();
  await expect.poll(() => server.open).toBe(0);

  expect([server.connections, server.bytes]).toEqual([1, 0]);
});

it('goes to the new place of a server that has moved, while the old one still answers', async () => {
  const [old, moved] = [await startMisbehaving(), await startMisbehaving()];
  const plesk = newPlesk();
  const release = old.hold();
  const first = plesk.createSession(serverAt(old), REQUEST);
  await expect.poll(() => old.requests.length).toBe(1);

  expect(await plesk.createSession(serverAt(moved), REQUEST)).toBe(SESSION_ID);
  await turn();
  expect(await plesk.createSession(serverAt(moved), REQUEST)).toBe(SESSION_ID);
  release();

  expect(await first).toBe(SESSION_ID);
  await expect.poll(() => old.open).toBe(0);
  expect([old.requests.length, moved.requests.length, moved.connections]).toEqual([1, 2, 1]);
});

it.each([
  ['CA', (server: MisbehavingServer) => serverAt(server)],
  ['pin', ({ origin, fingerprint }: MisbehavingServer) => serverAt({ origin }, { fingerprint })],
])('trusts a server from when its %s stands in the directory', async (_case, trusted) => {
  const server = await startMisbehaving({ scheme: 'https' });
  const plesk = newPlesk({ breaker: { failures: 1, pauseMs: 60_000 } });
  await failureOf(plesk.createSession(serverAt({ origin: server.origin }), REQUEST));
  expect(plesk.circuit('plesk-1')).toBe('open');

  expect(await plesk.createSession(trusted(server), REQUEST)).toBe(SESSION_ID);
});

it('trusts a server no longer when its CA has gone', async () => {
  const server = await startMisbehaving({ scheme: 'https' });
  const plesk = newPlesk();
  await plesk.createSession(serverAt(server), REQUEST);

  const failure = await failureOf(plesk.createSession(serverAt({ origin: server.origin }), REQUEST));

  expect(failure).toMatchObject({ code: 'plesk_tls_error', attempt: 'uncounted' });
});

it('keeps its connections where only the credentials have changed', async () => {
  const server = await startMisbehaving();
  const plesk = newPlesk();

  await plesk.createSession(serverAt(server), REQUEST);
  await turn();
  const credentials = { kind: 'key', key: new Secret('another') } as const;
  await plesk.createSession(serverAt(server, { credentials }), REQUEST);

  expect(server.connections).toBe(1);
  expect(server.requests[1]?.headers['key']).toBe('another');
});

it('closes its connections once what is under way has ended, and asks nothing more', async () => {
  const server = await startMisbehaving({ scheme: 'https' });
  const plesk = newPlesk();
  const release = server.hold();
  const asked = plesk.createSession(serverAt(server), REQUEST);
  await expect.poll(() => server.requests.length).toBe(1);

  const closed = plesk.close();
  expect(await failureOf(plesk.createSession(serverAt(server), REQUEST))).toMatchObject({
    code: 'plesk_unreachable',
    attempt: 'uncounted',
  });
  release();

  expect(await asked).toBe(SESSION_ID);
  await closed;
  await expect.poll(() => server.open).toBe(0);
  expect(server.requests.length).toBe(1);
});

it('keeps no process from ending, whatever it has been through', async () => {
  const server = await startMisbehaving();
  await server.behave('ends before the answer', 1);

  expect(await askElsewhere([[server.origin], [server.origin], ['http://127.0.0.1:1']])).toEqual([
    'plesk_bad_response',
    SESSION_ID,
    'plesk_unreachable',
  ]);
});

it('trusts whom Node trusts where the directory names no CA, and there only', async () => {
  const server = await startMisbehaving({ scheme: 'https' });
  const ca = join(folder(), 'ca.pem');
  writeFileSync(ca, server.ca ?? '');
  const other = makeAuthority(Date.now()).cert;

  const servers = [[server.origin], [server.origin, ''], [server.origin, other]];

  expect(await askElsewhere(servers, { NODE_EXTRA_CA_CERTS: ca })).toEqual([
    SESSION_ID,
    'plesk_tls_error',
    'plesk_tls_error',
  ]);
});

const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const SOURCE = (path: string): string => JSON.stringify(new URL(`../../${path}`, import.meta.url).href);

/** Asks servers, each an origin and perhaps a CA, one after the other, with a minute for each, and is done. */
const ASKING = `
import { createPlesk } from ${SOURCE('src/plesk/client.ts')};
import { systemClock } from ${SOURCE('base/clock.ts')};
import { Secret } from ${SOURCE('base/secret.ts')};

const plesk = createPlesk({ clock: systemClock, connectMs: 60_000, totalMs: 60_000 });
const request = { login: 'carl', userIp: '192.0.2.7', sourceServer: 'billing.example.com' };
const server = { id: 'one', release: '18.0', credentials: { kind: 'key', key: new Secret('key') } };
const told = [];
for (const [origin, ca] of JSON.parse(process.argv[2])) {
  told.push(await plesk.createSession({ ...server, origin, ca }, request).catch(({ code }) => code));
}
await plesk.close();
console.log(JSON.stringify(told));
`;

/** What a process of its own is told by servers, once it has ended by itself. */
async function askElsewhere(
  servers: readonly (readonly string[])[],
  env: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const file = join(folder(), 'ask.mts');
  writeFileSync(file, ASKING);
  const args = ['--import', TSX, file, JSON.stringify(servers)];
  const { code, stdout, stderr } = await run(process.execPath, args, { env: { ...process.env, ...env } });
  if (code !== 0) throw new Error(`it ended with ${String(code)}: ${stderr}`);
  return JSON.parse(stdout);
}

it('says the same of a server however often it is closed', async () => {
  const plesk = newPlesk();

  await plesk.close();
  await plesk.close();

  expect(plesk.circuit('plesk-1')).toBe('closed');
});
