import { expect, it } from 'vitest';
import type { Log } from '../../base/log.ts';
import type { PleskOptions } from '../../src/plesk/client.ts';
import type { Plesk } from '../../src/plesk/plesk.ts';
import type { TestClock } from '../support/clock.ts';
import { testClock } from '../support/clock.ts';
import type { MisbehaviourName, MisbehavingServer } from '../support/misbehaving.ts';
import { MISBEHAVIOURS, startMisbehaving } from '../support/misbehaving.ts';
import { packetOf, SESSION_ID, sessionAnswer } from '../support/misbehaviours.ts';
import type { Failure } from '../support/plesk-client.ts';
import { failureOf, newPlesk, REQUEST, serverAt } from '../support/plesk-client.ts';

const OPEN = { code: 'plesk_circuit_open', attempt: 'uncounted', errcode: undefined };
const BUSY = { code: 'plesk_busy', attempt: 'uncounted', errcode: undefined };

interface Guarded {
  readonly server: MisbehavingServer;
  readonly plesk: Plesk;
  readonly clock: TestClock;
  readonly lines: readonly string[];
  readonly ask: () => Promise<string>;
  readonly fail: () => Promise<Failure>;
}

/** A client that gives a server a pause of ten seconds after three failures, and a server that is well. */
async function guarded(options: Partial<PleskOptions> = {}): Promise<Guarded> {
  const server = await startMisbehaving();
  const clock = testClock();
  const lines: string[] = [];
  const keep = (_fields: object, message: string): void => void lines.push(message);
  const log: Log = { isOn: true, info: keep, warn: keep, error: keep };
  const plesk = newPlesk({ clock, log, breaker: { failures: 3, pauseMs: 10_000 }, ...options });
  const ask = () => plesk.createSession(serverAt(server), REQUEST);
  return { server, plesk, clock, lines, ask, fail: () => failureOf(ask()) };
}

/** The same, once three failures have come. */
async function paused(options: Partial<PleskOptions> = {}): Promise<Guarded> {
  const started = await guarded(options);
  await started.server.behave('answers HTML', 3);
  for (let count = 0; count < 3; count += 1) await started.fail();
  return started;
}

it('gives a server a pause after so many failures in a row, and asks it nothing in it', async () => {
  const { server, plesk, fail, clock } = await paused();

  expect(plesk.circuit('plesk-1')).toBe('open');
  expect(await fail()).toMatchObject(OPEN);
  clock.pass(9.999);
  expect(await fail()).toMatchObject(OPEN);
  expect(server.requests.length).toBe(3);
});

it('asks once when the pause is over, and goes on where that went well', async () => {
  const { server, plesk, ask, clock } = await paused();

  clock.pass(10);

  expect(plesk.circuit('plesk-1')).toBe('half-open');
  expect(await ask()).toBe(SESSION_ID);
  expect(plesk.circuit('plesk-1')).toBe('closed');
  expect(server.requests.length).toBe(4);
});

it('asks once when the pause is over, and gives another one where that failed', async () => {
  const { server, plesk, fail, ask, clock } = await paused();
  await server.behave('answers HTML', 1);

  clock.pass(10);
  expect(await fail()).toMatchObject({ code: 'plesk_bad_response' });

  expect(plesk.circuit('plesk-1')).toBe('open');
  clock.pass(9.999);
  expect(await fail()).toMatchObject(OPEN);
  clock.pass(0.001);
  expect(await ask()).toBe(SESSION_ID);
});

it('lets nobody else ask while it is tried whether a server is well', async () => {
  const { server, plesk, fail, ask, clock } = await paused();
  const release = server.hold();
  clock.pass(10);

  const trial = ask();
  expect(plesk.circuit('plesk-1')).toBe('half-open');
  expect(await Promise.all([fail(), fail()])).toMatchObject([OPEN, OPEN]);
  release();

  expect(await trial).toBe(SESSION_ID);
  expect(server.requests.length).toBe(4);
});

it('takes a refusal for a sign that a server is well', async () => {
  const { server, plesk, fail, clock } = await paused();
  server.answerWith(REFUSAL);
  clock.pass(10);

  expect(await fail()).toMatchObject({ code: 'plesk_user_not_found', errcode: 1013 });

  expect(plesk.circuit('plesk-1')).toBe('closed');
});

it('gives no longer pause where the clock is set back', async () => {
  const { ask, clock } = await paused();

  clock.pass(-3600);

  expect(await ask()).toBe(SESSION_ID);
});

const REFUSAL = sessionAnswer(
  '<result><status>error</status><errcode>1013</errcode><errtext>User does not exist</errtext></result>',
);

it.each([
  ['in its result', REFUSAL],
  ['as a whole', packetOf('<system><status>error</status><errcode>1001</errcode></system>')],
])('gives no pause to a server that refuses, %s', async (_case, refusal) => {
  const { server, plesk, fail } = await guarded();
  server.answerWith(refusal);

  for (let count = 0; count < 10; count += 1) expect((await fail()).errcode).toBeDefined();

  expect(plesk.circuit('plesk-1')).toBe('closed');
});

it.each([
  ['an answer', (server: MisbehavingServer) => server.behave('ok')],
  [
    'a refusal',
    (server: MisbehavingServer) => {
      server.answerWith(REFUSAL);
      return Promise.resolve();
    },
  ],
])('counts failures anew after %s', async (_case, change) => {
  const { server, plesk, ask, fail } = await guarded();
  const failTwice = async (): Promise<void> => {
    await server.behave('answers HTML', 2);
    await fail();
    await fail();
  };

  await failTwice();
  await change(server);
  await ask().catch(() => undefined);
  await failTwice();

  expect(plesk.circuit('plesk-1')).toBe('closed');
});

it.each([
  'refuses connections',
  'never ends the handshake',
  'shows an expired certificate',
  'never answers',
  'resets in the body',
  'answers 500',
  'answers no id',
] as const satisfies readonly MisbehaviourName[])('gives a pause to a server that %s', async (name) => {
  const server = await startMisbehaving({ scheme: 'https', behaviour: name });
  const plesk = newPlesk({
    breaker: { failures: 1, pauseMs: 10_000 },
    ...(name.startsWith('never') ? { connectMs: 300, totalMs: 500 } : {}),
  });
  const ask = () => failureOf(plesk.createSession(serverAt(server), REQUEST));

  expect((await ask()).code).toBe(MISBEHAVIOURS[name].code);

  expect(await ask()).toMatchObject(OPEN);
});

it('gives no pause for what was never sent', async () => {
  const { server, plesk } = await guarded();

  for (let count = 0; count < 10; count += 1) {
    await failureOf(plesk.createSession(serverAt(server), { ...REQUEST, login: '\0' }));
  }

  expect(plesk.circuit('plesk-1')).toBe('closed');
});

it('leaves other servers alone', async () => {
  const { plesk, fail } = await paused();
  const other = await startMisbehaving();

  expect(await plesk.createSession(serverAt(other, { id: 'plesk-2' }), REQUEST)).toBe(SESSION_ID);

  expect(await fail()).toMatchObject(OPEN);
  expect([plesk.circuit('plesk-1'), plesk.circuit('plesk-2')]).toEqual(['open', 'closed']);
});

it('asks for all that a server is asked for by one count', async () => {
  const { plesk, server } = await paused();

  expect(await failureOf(plesk.identify(serverAt(server)))).toMatchObject(OPEN);
  expect(await failureOf(plesk.terminateSession(serverAt(server), SESSION_ID))).toMatchObject(OPEN);
});

it('says in the log when a server is given a pause, and when it answers again', async () => {
  const { lines, ask, clock } = await paused();

  clock.pass(10);
  await ask();

  expect(lines).toEqual([
    'Plesk server plesk-1 is given a pause of 10000 ms',
    'Plesk server plesk-1 answers again',
  ]);
});

it('takes a server that was never asked for well', async () => {
  const { plesk } = await guarded();

  expect(plesk.circuit('plesk-1')).toBe('closed');
  expect(plesk.circuit('constructor')).toBe('closed');
});

it('asks a server for so much at a time, and refuses the rest at once', async () => {
  const { server, plesk, ask, fail } = await guarded({ inFlight: 2 });
  const other = await startMisbehaving();
  const release = server.hold();
  const asked = [ask(), ask()];

  expect(await Promise.all([fail(), fail(), fail(), fail()])).toMatchObject([BUSY, BUSY, BUSY, BUSY]);
  expect(await plesk.createSession(serverAt(other, { id: 'plesk-2' }), REQUEST)).toBe(SESSION_ID);
  release();

  expect(await Promise.all(asked)).toEqual([SESSION_ID, SESSION_ID]);
  expect(server.requests.length).toBe(2);
  // To be busy is no failure of the server.
  expect(plesk.circuit('plesk-1')).toBe('closed');
  expect(await ask()).toBe(SESSION_ID);
});

it('has room again for each request that failed', async () => {
  const { server, ask, fail } = await guarded({ inFlight: 1, breaker: { failures: 100, pauseMs: 1000 } });
  await server.behave('answers 500', 3);

  for (let count = 0; count < 3; count += 1) expect((await fail()).code).toBe('plesk_bad_response');

  expect(await ask()).toBe(SESSION_ID);
});
