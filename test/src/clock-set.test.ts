import { expect, it, vi } from 'vitest';
import type { Clock } from '../../base/clock.ts';
import { steadyClock } from '../../base/clock.ts';
import { browse } from '../support/browse.ts';
import { NOW } from '../support/clock.ts';
import { outcomeOf } from '../support/openings.ts';
import type { StartedService } from '../support/service.ts';
import { startBoth } from '../support/service.ts';

const HOUR = 3_600_000;
const CREATE = 'Clients/CreateClientSsoToken';

/** The two clocks of a machine: one is set, and time passes on both. */
function machine() {
  let [passed, set] = [0, 0];
  const clock: Clock = { now: () => NOW + passed + set };
  const steady: Clock = { now: () => NOW + passed };
  return {
    clocks: { clock, steady },
    setClock: (ms: number): void => {
      set += ms;
    },
    pass: (ms: number): void => {
      passed += ms;
    },
  };
}

it('the steady clock of a service goes on where the clock of the machine is set back', () => {
  const steady = steadyClock();
  const before = steady.now();
  vi.useFakeTimers({ toFake: ['Date'], now: before - HOUR });

  const after = steady.now();
  vi.useRealTimers();

  expect(after).toBeGreaterThanOrEqual(before);
});

it.each([
  ['back', -HOUR],
  ['forward', HOUR],
])('a link lives 60 s where the clock is set %s by an hour', async (_way, ms) => {
  const { clocks, setClock, pass } = machine();
  const { link } = await startBoth({}, clocks);
  const [inTime, tooLate] = [await link(), await link()];

  setClock(ms);
  pass(59_999);
  expect(outcomeOf(await browse(inTime))).toBe('303');
  pass(1);

  expect(outcomeOf(await browse(tooLate))).toBe('410 token_expired');
});

it.each([
  ['back', -HOUR],
  ['forward', HOUR],
])('limits and repeated answers last 60 s where the clock is set %s by an hour', async (_way, ms) => {
  const { clocks, setClock, pass } = machine();
  const { call } = await startBoth({}, { ...clocks, issueLimit: 2 });
  const create = (): ReturnType<StartedService['call']> =>
    call(CREATE, { user_id: 18 }, { 'Idempotency-Key': 'one-order-of-one-customer' });
  const first = (await create()).body.data;

  setClock(ms);
  pass(59_999);
  expect((await create()).body.data?.['token']).toBe(first?.['token']);
  expect((await create()).status).toBe(429);
  pass(1);

  const later = await create();
  expect(later.status).toBe(200);
  expect(later.body.data?.['token']).not.toBe(first?.['token']);
});

it.each([
  ['back', -HOUR],
  ['forward', HOUR],
])(
  'a Plesk that is down is asked again after its pause where the clock is set %s by an hour',
  async (_way, ms) => {
    const { clocks, setClock, pass } = machine();
    const { plesk, link } = await startBoth({}, { ...clocks, breakerFailures: 1, breakerPauseMs: 5000 });
    const url = await link();
    await plesk.close();
    expect(outcomeOf(await browse(url))).toBe('503 plesk_unreachable');

    setClock(ms);
    pass(4999);
    expect(outcomeOf(await browse(url))).toBe('503 plesk_circuit_open');
    pass(1);

    expect(outcomeOf(await browse(url))).toBe('503 plesk_unreachable');
  },
);

it('answers tell the time of the clock as it is set now', async () => {
  const { clocks, setClock, pass } = machine();
  const { call } = await startBoth({}, clocks);
  const { id } = (await call(CREATE, { user_id: 18 })).body.data ?? {};

  setClock(-HOUR);
  pass(1000);

  const now = clocks.clock.now();
  expect((await call('Clients/GetClientSsoToken', { id })).body.data).toMatchObject({
    issued_at: new Date(now - 1000).toISOString(),
    expires_at: new Date(now + 59_000).toISOString(),
  });
  expect((await call(CREATE, { user_id: 18 })).body.data).toMatchObject({
    expires_at: new Date(now + 60_000).toISOString(),
  });
});
