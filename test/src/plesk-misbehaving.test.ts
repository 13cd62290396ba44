import { expect, it } from 'vitest';
import type { PleskOptions } from '../../src/plesk/client.ts';
import type { MisbehaviourName } from '../support/misbehaving.ts';
import { MISBEHAVIOUR_NAMES, MISBEHAVIOURS, startMisbehaving } from '../support/misbehaving.ts';
import { SESSION_ID } from '../support/misbehaviours.ts';
import { failureOf, newPlesk, REQUEST, serverAt } from '../support/plesk-client.ts';

/** Limits that are reached soon where they have to be, and never where not. */
function limitsFor(name: MisbehaviourName): Partial<PleskOptions> {
  if (name === 'never ends the handshake') return { connectMs: 50 };
  return MISBEHAVIOURS[name].code === 'plesk_timeout' ? { totalMs: 500 } : {};
}

/** Where the first attempt makes no connection, and a second one may. */
const TRIED_TWICE: readonly MisbehaviourName[] = [
  'never ends the handshake',
  'resets in the handshake',
  'ends in the handshake',
];

/** Over http nothing else goes another way. */
const PLAIN = ['refuses connections', 'ends in the body', 'answers 10 MB in chunks'] as const;

const cases = [
  ...MISBEHAVIOUR_NAMES.map((name) => ({ scheme: 'https' as const, name })),
  ...PLAIN.map((name) => ({ scheme: 'http' as const, name })),
].map((one) => ({ ...one, ...MISBEHAVIOURS[one.name] }));

it.each(cases)(
  'says $code, $attempt, where a server of $scheme $name, and asks no more than it may',
  async ({ scheme, name, code, attempt, act }) => {
    const server = await startMisbehaving({ scheme, behaviour: name });
    const plesk = newPlesk(limitsFor(name));

    const failure = await failureOf(plesk.createSession(serverAt(server), REQUEST));

    expect(failure).toMatchObject({ code, attempt, errcode: undefined });
    expect(failure.detail).toMatch(/^[ -~]{2,200}$/);
    // Nothing is left that might go on asking.
    await plesk.close();
    const connections = act.on === 'port' ? 0 : TRIED_TWICE.includes(name) ? 2 : 1;
    await expect.poll(() => server.connections).toBe(connections);
    // What was sent once is never sent again, and nothing goes to whom nobody trusts.
    expect(server.requests.length).toBe(act.on === 'request' ? 1 : 0);
  },
);

it.each([
  'refuses connections',
  'never ends the handshake',
  'shows a self-signed certificate',
  'answers 10 MB in chunks',
  'answers two results',
] as const)('gets a session from a server that %s once it is well', async (name) => {
  const server = await startMisbehaving({ scheme: 'https', behaviour: name });
  const plesk = newPlesk(limitsFor(name));
  await failureOf(plesk.createSession(serverAt(server), REQUEST));

  await server.behave('ok');

  expect(await plesk.createSession(serverAt(server), REQUEST)).toBe(SESSION_ID);
});

it.each(['sends slow headers', 'ends before the answer', 'answers no result'] as const)(
  'counts nothing where a server %s and no session was asked for',
  async (name) => {
    const server = await startMisbehaving({ behaviour: name });
    const plesk = newPlesk(limitsFor(name));
    const { code } = MISBEHAVIOURS[name];

    const failures = await Promise.all([
      failureOf(plesk.identify(serverAt(server))),
      failureOf(plesk.terminateSession(serverAt(server), SESSION_ID)),
    ]);

    expect(failures).toMatchObject([
      { code, attempt: 'uncounted' },
      { code, attempt: 'uncounted' },
    ]);
  },
);

it('reads 8 KB at most about a session, and 64 KB about the server', async () => {
  const server = serverAt(await startMisbehaving({ behaviour: 'answers 9 KB' }));
  const plesk = newPlesk({});

  const [created, ended, identified] = await Promise.all([
    failureOf(plesk.createSession(server, REQUEST)),
    failureOf(plesk.terminateSession(server, SESSION_ID)),
    failureOf(plesk.identify(server)),
  ]);

  const isTooLarge = /larger than 8192 bytes/;
  expect(created.detail).toMatch(isTooLarge);
  expect(ended.detail).toMatch(isTooLarge);
  // It is read, and is no answer to that.
  expect(identified.detail).not.toMatch(/larger than/);
});
