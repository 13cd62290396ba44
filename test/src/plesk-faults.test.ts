import { expect, it } from 'vitest';
import type { PleskOptions } from '../../src/plesk/client.ts';
import { idOf } from '../support/emulator.ts';
import { failureOf, newPlesk, REQUEST } from '../support/plesk-client.ts';
import type { PleskFaultName } from '../support/plesk-faults.ts';
import { PLESK_FAULT_NAMES, PLESK_FAULTS, startFaulty } from '../support/plesk-faults.ts';

/** A limit that is reached soon where it has to be, and never where not. */
const limitsFor = (name: PleskFaultName): Partial<PleskOptions> =>
  PLESK_FAULTS[name].code === 'plesk_timeout' ? { totalMs: 500 } : {};

/** Over http nothing else goes another way. */
const PLAIN = ['never answers', 'resets before the answer', 'answers 500', 'answers 10 MB'] as const;

const cases = [
  ...PLESK_FAULT_NAMES.map((name) => ({ scheme: 'https' as const, name })),
  ...PLAIN.map((name) => ({ scheme: 'http' as const, name })),
].map((one) => ({ ...one, ...PLESK_FAULTS[one.name] }));

it.each(cases)(
  'says $code, $attempt, where a Plesk over $scheme $name, and asks no more than it may',
  async ({ scheme, name, code, attempt, fault }) => {
    const { emulator, server, goWrong, asked } = await startFaulty(scheme);
    await goWrong(name);
    // Never due, it counts the connections over TLS.
    if (scheme === 'https')
      await emulator.faults.add({ fault: 'certificate', certificate: 'expired', after: 1000 });
    const plesk = newPlesk(limitsFor(name));

    const failure = await failureOf(plesk.createSession(server, REQUEST));

    expect(failure).toMatchObject({ code, attempt, errcode: undefined });
    expect(failure.detail).toMatch(/^[ -~]{2,200}$/);
    // Nothing is left that might go on asking.
    await plesk.close();
    const once = { seen: 1, fired: 1 };
    const connections = scheme === 'https' ? [{ seen: 1, fired: 0 }] : [];
    expect(await emulator.faults.list()).toMatchObject([once, ...connections]);
    // What was sent once is never sent again, and nothing goes to whom nobody trusts.
    expect(await asked()).toBe(fault.fault === 'certificate' ? 0 : 1);
  },
);

it.each([
  'shows an expired certificate',
  'never answers',
  'resets in the body',
  'answers 10 MB',
  'answers HTML',
] as const)('gets a session from a Plesk that %s once it is well', async (name) => {
  const { server, goWrong } = await startFaulty('https');
  const plesk = newPlesk(limitsFor(name));
  await goWrong(name, 1);
  await failureOf(plesk.createSession(server, REQUEST));

  expect(await plesk.createSession(server, REQUEST)).toMatch(/^[\da-f]{32}$/);
});

it.each([
  { name: 'makes the session and never answers', made: 1 },
  { name: 'makes the session and loses the answer', made: 1 },
  { name: 'makes the session and answers 502', made: 1 },
  { name: 'resets in the body', made: 1 },
  { name: 'resets before the answer', made: 0 },
  { name: 'answers 500', made: 0 },
] as const)('asks once where a Plesk $name; sessions that are made: $made', async (row) => {
  const { emulator, server, goWrong, asked } = await startFaulty();
  const plesk = newPlesk(limitsFor(row.name));
  await goWrong(row.name);

  await failureOf(plesk.createSession(server, REQUEST));
  await plesk.close();

  expect(await emulator.sessions.list()).toHaveLength(row.made);
  expect(await asked()).toBe(1);
});

it.each(['never answers', 'resets before the answer', 'answers 500', 'answers truncated XML'] as const)(
  'counts nothing where a Plesk %s and no session was asked for',
  async (name) => {
    const { server, goWrong } = await startFaulty();
    const plesk = newPlesk(limitsFor(name));
    await goWrong(name);
    const { code } = PLESK_FAULTS[name];

    const failures = await Promise.all([
      failureOf(plesk.identify(server)),
      failureOf(plesk.terminateSession(server, idOf(1))),
    ]);

    expect(failures).toMatchObject([
      { code, attempt: 'uncounted' },
      { code, attempt: 'uncounted' },
    ]);
  },
);
