import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { browse } from '../support/browse.ts';
import { outcomeOf } from '../support/openings.ts';
import type { StartedService } from '../support/service.ts';
import { startBoth } from '../support/service.ts';

const HOUR = 3_600_000;
const CREATE = 'Clients/CreateClientSsoToken';

// The clocks of the machine: `Date` can be set, and what is advanced is time itself.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const setClock = (ms: number): void => void vi.setSystemTime(Date.now() + ms);
const pass = (ms: number): void => void vi.advanceTimersByTime(ms);

it.each([
  ['back', -HOUR],
  ['forward', HOUR],
])('a link lives 60 s where the clock is set %s by an hour', async (_way, ms) => {
  const { link } = await startBoth();
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
  const { call } = await startBoth({}, { issueLimit: 2, openLimit: 1 });
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
    const { plesk, link } = await startBoth({}, { breakerFailures: 1, breakerPauseMs: 5000 });
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
  const { call } = await startBoth();
  const { id } = (await call(CREATE, { user_id: 18 })).body.data ?? {};

  setClock(-HOUR);
  pass(1000);

  const now = Date.now();
  expect((await call('Clients/GetClientSsoToken', { id })).body.data).toMatchObject({
    issued_at: new Date(now - 1000).toISOString(),
    expires_at: new Date(now + 59_000).toISOString(),
  });
  expect((await call(CREATE, { user_id: 18 })).body.data).toMatchObject({
    expires_at: new Date(now + 60_000).toISOString(),
  });
});
