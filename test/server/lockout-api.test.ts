import { expect, it } from 'vitest';
import { ask, newKey } from '../support/agent.ts';
import type { Started } from '../support/emulator.ts';
import { DEMO, start } from '../support/emulator.ts';
import { credentials, inServer, post, resultsIn, sessionPacket } from '../support/wire.ts';

const PROTOS = inServer('<get_protos/>');
const WRONG = '1001 You have entered incorrect username or password.';
const LOCKED = '1012 The login is locked.';
const RIGHT = credentials(DEMO.carl);
const GUESS = { ...RIGHT, HTTP_AUTH_PASSWD: 'guess' };

const startLocking = (): Promise<Started> => start({ lockoutAttempts: 3, lockoutMinutes: 10 });

/** What a caller gets that sends these, one after the other. */
async function faults({ plesk }: Started, ...all: readonly Record<string, string>[]): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const headers of all) answers.push((await ask(plesk, PROTOS, headers)).fault);
  return answers;
}

it('locks nobody unless it is told to', async () => {
  const started = await start();

  expect(await faults(started, ...Array<typeof GUESS>(50).fill(GUESS), RIGHT)).toEqual([
    ...Array<string>(50).fill(WRONG),
    undefined,
  ]);
});

it('locks a login after so many wrong passwords, for so many minutes, the right one too', async () => {
  const started = await startLocking();

  expect(await faults(started, GUESS, GUESS, GUESS, GUESS, RIGHT)).toEqual([
    WRONG,
    WRONG,
    WRONG,
    LOCKED,
    LOCKED,
  ]);
  started.clock.pass(599);
  expect(await faults(started, RIGHT)).toEqual([LOCKED]);
  started.clock.pass(1);
  expect(await faults(started, RIGHT)).toEqual([undefined]);
});

it('counts anew after the right password, and after a lock', async () => {
  const started = await startLocking();

  expect(await faults(started, GUESS, GUESS, RIGHT, GUESS, GUESS, RIGHT)).toEqual([
    WRONG,
    WRONG,
    undefined,
    WRONG,
    WRONG,
    undefined,
  ]);
  await faults(started, GUESS, GUESS, GUESS);
  started.clock.pass(600);
  expect(await faults(started, GUESS, GUESS, RIGHT)).toEqual([WRONG, WRONG, undefined]);
});

it('says to the developer until when', async () => {
  const { plesk } = await startLocking();
  await ask(plesk, PROTOS, GUESS);
  await ask(plesk, PROTOS, GUESS);

  const last = await ask(plesk, PROTOS, GUESS);
  const locked = await ask(plesk, PROTOS, RIGHT);

  expect(last.reason).toBe(
    "this is not the password of 'carl', which is locked by it until 2026-01-01T10:10:00",
  );
  expect(locked.reason).toBe('carl is locked until 2026-01-01T10:10:00 by wrong passwords');
});

it('locks that login alone, and none that nobody has', async () => {
  const started = await startLocking();
  const nobody = { HTTP_AUTH_LOGIN: 'nobody', HTTP_AUTH_PASSWD: 'x' };
  await faults(started, GUESS, GUESS, GUESS);

  expect(await faults(started, credentials(DEMO.cora), nobody, nobody, nobody, nobody)).toEqual([
    undefined,
    WRONG,
    WRONG,
    WRONG,
    WRONG,
  ]);
});

it('lets the keys of a locked login go on', async () => {
  const started = await startLocking();
  const KEY = await newKey(started.plesk, '<login>carl</login>');
  await faults(started, GUESS, GUESS, GUESS);

  expect(await faults(started, { KEY }, RIGHT)).toEqual([undefined, LOCKED]);
});

it('makes no session for a locked login', async () => {
  const started = await startLocking();
  await faults(started, GUESS, GUESS, GUESS);

  const made = async (): Promise<string[]> => resultsIn(await post(started.plesk, sessionPacket('carl')));

  expect(await made()).toEqual([LOCKED]);
  expect(await started.plesk.sessions.list()).toEqual([]);
  started.clock.pass(600);
  expect(await made()).toEqual(['ok']);
});

it('unlocks by a reset', async () => {
  const started = await startLocking();
  await faults(started, GUESS, GUESS, GUESS);

  await started.plesk.reset();

  expect(await faults(started, RIGHT)).toEqual([undefined]);
});
