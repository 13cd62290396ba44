import { expect, it } from 'vitest';
import type { Log } from '../../base/log.ts';
import type { FaultInput } from '../../server/emulator.ts';
import type { PleskOptions } from '../../src/plesk/client.ts';
import type { Plesk } from '../../src/plesk/plesk.ts';
import type { TestClock } from '../support/clock.ts';
import { testClock } from '../support/clock.ts';
import { idOf } from '../support/emulator.ts';
import type { HeldPlesk } from '../support/held-plesk.ts';
import { startHeldPlesk } from '../support/held-plesk.ts';
import { MISBEHAVIOURS, startMisbehaving } from '../support/misbehaving.ts';
import type { Failure } from '../support/plesk-client.ts';
import { failureOf, newPlesk, REQUEST, serverAt } from '../support/plesk-client.ts';
import type { FaultyPlesk } from '../support/plesk-faults.ts';
import { PLESK_FAULTS, startFaulty } from '../support/plesk-faults.ts';

const BAD = { code: 'plesk_bad_response', attempt: 'counted', errcode: undefined };
const OPEN = { code: 'plesk_circuit_open', attempt: 'uncounted', errcode: undefined };
const BUSY = { code: 'plesk_busy', attempt: 'uncounted', errcode: undefined };

interface Guarded extends FaultyPlesk {
  readonly held: HeldPlesk;
  readonly plesk: Plesk;
  readonly clock: TestClock;
  readonly lines: readonly string[];
  readonly ask: () => Promise<string>;
  readonly fail: () => Promise<Failure>;
}

/** A client that gives a server a pause of ten seconds after three failures, and a server that can be held. */
async function guarded(options: Partial<PleskOptions> = {}): Promise<Guarded> {
  const faulty = await startFaulty();
  const held = await startHeldPlesk(faulty.emulator);
  const server = { ...faulty.server, origin: held.url };
  const clock = testClock();
  const lines: string[] = [];
  const keep = (_fields: object, message: string): void => void lines.push(message);
  const log: Log = { isOn: true, info: keep, warn: keep, error: keep };
  const plesk = newPlesk({ clock, log, breaker: { failures: 3, pauseMs: 10_000 }, ...options });
  const ask = () => plesk.createSession(server, REQUEST);
  return { ...faulty, server, held, plesk, clock, lines, ask, fail: () => failureOf(ask()) };
}

/** The same, once three failures have come. */
async function paused(options: Partial<PleskOptions> = {}): Promise<Guarded> {
  const started = await guarded(options);
  await started.goWrong('answers HTML', 3);
  for (let count = 0; count < 3; count += 1) await started.fail();
  return started;
}

it('gives a server a pause after so many failures in a row, and asks it nothing in it', async () => {
  const { plesk, asked, fail, clock } = await paused();

  expect(plesk.circuit('plesk-1')).toBe('open');
  expect(await fail()).toMatchObject(OPEN);
  clock.pass(9.999);
  expect(await fail()).toMatchObject(OPEN);
  expect(await asked()).toBe(3);
});

it('asks once when the pause is over, and goes on where that went well', async () => {
  const { plesk, asked, ask, clock } = await paused();

  clock.pass(10);

  expect(plesk.circuit('plesk-1')).toBe('half-open');
  expect(await ask()).toBe(idOf(1));
  expect(plesk.circuit('plesk-1')).toBe('closed');
  expect(await asked()).toBe(4);
});

it('asks once when the pause is over, and gives another one where that failed', async () => {
  const { plesk, goWrong, fail, ask, clock } = await paused();
  await goWrong('answers HTML', 1);

  clock.pass(10);
  expect(await fail()).toMatchObject({ code: 'plesk_bad_response' });

  expect(plesk.circuit('plesk-1')).toBe('open');
  clock.pass(9.999);
  expect(await fail()).toMatchObject(OPEN);
  clock.pass(0.001);
  expect(await ask()).toBe(idOf(1));
});

it('lets nobody else ask while it is tried whether a server is well', async () => {
  const { held, plesk, asked, fail, ask, clock } = await paused();
  held.hold();
  clock.pass(10);

  const trial = ask();
  expect(plesk.circuit('plesk-1')).toBe('half-open');
  expect(await Promise.all([fail(), fail()])).toMatchObject([OPEN, OPEN]);
  await held.waiting(1);
  held.letGo();

  expect(await trial).toBe(idOf(1));
  expect(await asked()).toBe(4);
});

it('takes a refusal for a sign that a server is well', async () => {
  const { emulator, plesk, fail, clock } = await paused();
  await emulator.faults.add(REFUSAL);
  clock.pass(10);

  expect(await fail()).toMatchObject({ code: 'plesk_user_not_found', errcode: 1013 });

  expect(plesk.circuit('plesk-1')).toBe('closed');
});

it('gives no longer pause where the clock is set back', async () => {
  const { ask, clock } = await paused();

  clock.pass(-3600);

  expect(await ask()).toBe(idOf(1));
});

const REFUSAL: FaultInput = { fault: 'errcode', errcode: 1013, times: 1 };

it.each([
  ['in its result', 'operation', 1013],
  ['as a whole', 'packet', 1001],
] as const)('gives no pause to a server that refuses, %s', async (_case, on, errcode) => {
  const { emulator, plesk, fail } = await guarded();
  await emulator.faults.add({ fault: 'errcode', errcode, on });

  for (let count = 0; count < 10; count += 1) expect((await fail()).errcode).toBe(errcode);

  expect(plesk.circuit('plesk-1')).toBe('closed');
});

it.each([
  ['an answer', []],
  ['a refusal', [REFUSAL]],
])('counts failures anew after %s', async (_case, faults) => {
  const { emulator, plesk, goWrong, ask, fail } = await guarded();
  const failTwice = async (): Promise<void> => {
    await goWrong('answers HTML', 2);
    expect(await Promise.all([fail(), fail()])).toMatchObject([BAD, BAD]);
  };

  await failTwice();
  for (const fault of faults) await emulator.faults.add(fault);
  await ask().catch(() => undefined);
  await failTwice();

  expect(plesk.circuit('plesk-1')).toBe('closed');
});

const AFTER_ONE = { breaker: { failures: 1, pauseMs: 10_000 } };

it.each(['shows an expired certificate', 'never answers', 'resets in the body', 'answers 500'] as const)(
  'gives a pause to a Plesk that %s',
  async (name) => {
    const { server, goWrong } = await startFaulty('https');
    await goWrong(name);
    const plesk = newPlesk({ ...AFTER_ONE, ...(name === 'never answers' ? { totalMs: 500 } : {}) });
    const ask = () => failureOf(plesk.createSession(server, REQUEST));

    expect((await ask()).code).toBe(PLESK_FAULTS[name].code);

    expect(await ask()).toMatchObject(OPEN);
  },
);

it.each(['refuses connections', 'never ends the handshake', 'answers no id'] as const)(
  'gives a pause to a server that %s',
  async (name) => {
    const server = await startMisbehaving({ scheme: 'https', behaviour: name });
    const limits = name.startsWith('never') ? { connectMs: 300, totalMs: 500 } : {};
    const plesk = newPlesk({ ...AFTER_ONE, ...limits });
    const ask = () => failureOf(plesk.createSession(serverAt(server), REQUEST));

    expect((await ask()).code).toBe(MISBEHAVIOURS[name].code);

    expect(await ask()).toMatchObject(OPEN);
  },
);

it('gives no pause for what was never sent', async () => {
  const { server, plesk } = await guarded();

  for (let count = 0; count < 10; count += 1) {
    await failureOf(plesk.createSession(server, { ...REQUEST, login: '\0' }));
  }

  expect(plesk.circuit('plesk-1')).toBe('closed');
});

it('leaves other servers alone', async () => {
  const { plesk, fail } = await paused();
  const { server: other } = await startFaulty();

  expect(await plesk.createSession({ ...other, id: 'plesk-2' }, REQUEST)).toBe(idOf(1));

  expect(await fail()).toMatchObject(OPEN);
  expect([plesk.circuit('plesk-1'), plesk.circuit('plesk-2')]).toEqual(['open', 'closed']);
});

it('asks for all that a server is asked for by one count', async () => {
  const { plesk, server } = await paused();

  expect(await failureOf(plesk.identify(server))).toMatchObject(OPEN);
  expect(await failureOf(plesk.terminateSession(server, idOf(1)))).toMatchObject(OPEN);
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
  const { held, plesk, asked, ask, fail } = await guarded({ inFlight: 2 });
  const { server: other } = await startFaulty();
  held.hold();
  const both = [ask(), ask()];

  expect(await Promise.all([fail(), fail(), fail(), fail()])).toMatchObject([BUSY, BUSY, BUSY, BUSY]);
  expect(await plesk.createSession({ ...other, id: 'plesk-2' }, REQUEST)).toBe(idOf(1));
  await held.waiting(2);
  held.pass();
  held.letGo();

  expect((await Promise.all(both)).toSorted()).toEqual([idOf(1), idOf(2)]);
  expect(await asked()).toBe(2);
  // To be busy is no failure of the server.
  expect(plesk.circuit('plesk-1')).toBe('closed');
  expect(await ask()).toBe(idOf(3));
});

it('has room again for each request that failed', async () => {
  const { goWrong, ask, fail } = await guarded({ inFlight: 1, breaker: { failures: 100, pauseMs: 1000 } });
  await goWrong('answers 500', 3);

  for (let count = 0; count < 3; count += 1) expect((await fail()).code).toBe('plesk_bad_response');

  expect(await ask()).toBe(idOf(1));
});
