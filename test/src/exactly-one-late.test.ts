import { describe, expect, it } from 'vitest';
import { browse } from '../support/browse.ts';
import { testClock } from '../support/clock.ts';
import { endLease } from '../support/held-redis.ts';
import { getsIn, onRedis, outcomeOf, startHeld } from '../support/openings.ts';
import { startRedis, whyNoRedis } from '../support/redis.ts';

/** A request to Plesk takes 9 s at most, so a claim holds for 11 s. */
const PLESK_MS = 9000;
const LEASE = 11;

describe('a worker that comes back after its lease, on the memory store', () => {
  it('sends nothing and ends its session, while the other got in', async () => {
    const clock = testClock();
    const { plesk, held, link, audit } = await startHeld({ clock, pleskTotalMs: PLESK_MS });
    const here = await link();
    held.hold();
    const late = browse(here);
    await held.waiting(1);
    held.pass();
    clock.pass(LEASE);

    const entered = await browse(here);
    held.letGo();

    expect(outcomeOf(entered)).toBe('303');
    expect(await getsIn(entered)).toBe(true);
    const page = await late;
    expect(outcomeOf(page)).toBe('410 token_used');
    expect(page.location).toBeUndefined();
    expect(held.ended).toEqual([held.made[0]]);
    expect(await plesk.sessions.list()).toMatchObject([{ id: held.made[1] }]);
    expect(audit.filter(({ event }) => event === 'opened')).toHaveLength(1);
  });

  it('sends nothing although nobody else has come, and the link still works', async () => {
    const clock = testClock();
    const { plesk, held, link } = await startHeld({ clock, pleskTotalMs: PLESK_MS });
    const here = await link();
    held.hold();
    const late = browse(here);
    await held.waiting(1);
    clock.pass(LEASE);

    held.letGo();

    expect(outcomeOf(await late)).toBe('409 token_in_use');
    expect(held.ended).toEqual(held.made);
    expect(await plesk.sessions.list()).toEqual([]);
    held.pass();
    expect(outcomeOf(await browse(here))).toBe('303');
  });

  it('gets in where it is back a millisecond before its lease ends', async () => {
    const clock = testClock();
    const { held, link } = await startHeld({ clock, pleskTotalMs: PLESK_MS });
    const here = await link();
    held.hold();
    const slow = browse(here);
    await held.waiting(1);
    clock.pass(LEASE - 0.001);

    held.letGo();

    expect(outcomeOf(await slow)).toBe('303');
    expect(held.ended).toEqual([]);
  });

  it('gets in after the life of the link, which was good when it was claimed', async () => {
    const clock = testClock();
    const { held, link } = await startHeld({ clock, pleskTotalMs: PLESK_MS });
    const here = await link();
    clock.pass(59);
    held.hold();
    const slow = browse(here);
    await held.waiting(1);
    clock.pass(2);

    held.letGo();

    expect(outcomeOf(await slow)).toBe('303');
  });

  it('uses up the link with the fifth of its kind, since each may have left a session', async () => {
    const clock = testClock();
    const { plesk, held, link } = await startHeld({ clock, pleskTotalMs: PLESK_MS, pleskInFlight: 10 });
    const here = await link();
    held.hold();
    const late = [];
    for (let time = 1; time <= 5; time++) {
      late.push(browse(here));
      await held.waiting(time);
      clock.pass(LEASE);
    }

    expect(outcomeOf(await browse(here))).toBe('410 token_exhausted');

    held.letGo();
    const outcomes = (await Promise.all(late)).map(outcomeOf);
    expect(outcomes).toEqual(Array(5).fill('410 token_exhausted'));
    expect([...held.ended].sort()).toEqual([...held.made].sort());
    expect(await plesk.sessions.list()).toEqual([]);
  });
});

describe.skipIf(whyNoRedis())('a worker that comes back after its lease, on Redis', () => {
  it('sends nothing and ends its session, while the other got in', async () => {
    const redis = await startRedis();
    const { plesk, held, link } = await startHeld(onRedis(redis));
    const here = await link();
    held.hold();
    const late = browse(here);
    await held.waiting(1);
    held.pass();
    await endLease(redis);

    const entered = await browse(here);
    held.letGo();

    expect(outcomeOf(entered)).toBe('303');
    expect(await getsIn(entered)).toBe(true);
    expect(outcomeOf(await late)).toBe('410 token_used');
    expect(held.ended).toEqual([held.made[0]]);
    expect(await plesk.sessions.list()).toMatchObject([{ id: held.made[1] }]);
  });

  it('sends nothing although nobody else has come, and the link still works', async () => {
    const redis = await startRedis();
    const { plesk, held, link } = await startHeld(onRedis(redis));
    const here = await link();
    held.hold();
    const late = browse(here);
    await held.waiting(1);
    await endLease(redis);

    held.letGo();

    expect(outcomeOf(await late)).toBe('409 token_in_use');
    expect(await plesk.sessions.list()).toEqual([]);
    held.pass();
    expect(outcomeOf(await browse(here))).toBe('303');
  });
});
