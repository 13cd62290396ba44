import { describe, expect, it } from 'vitest';
import { browse } from '../support/browse.ts';
import { testClock } from '../support/clock.ts';
import { outcomeOf, startHeld } from '../support/openings.ts';
import { startFaults } from '../support/trouble.ts';

describe('validity is judged at the claim', () => {
  it.each([
    { age: 0, outcome: '303' },
    { age: 59.999, outcome: '303' },
    { age: 60, outcome: '410 token_expired' },
    { age: 60.001, outcome: '410 token_expired' },
    { age: 86_000, outcome: '410 token_expired' },
  ])('a link of $age s: $outcome', async ({ age, outcome }) => {
    const clock = testClock();
    const { held, link, audit } = await startHeld({ clock });
    const here = await link();
    clock.pass(age);

    const page = await browse(here);

    expect(outcomeOf(page)).toBe(outcome);
    expect(held.made).toHaveLength(outcome === '303' ? 1 : 0);
    expect(audit[1]).toMatchObject(
      outcome === '303'
        ? { event: 'opened', outcome: 'successful' }
        : { event: 'expired', outcome: 'token_expired' },
    );
  });

  it('by a shorter life where the settings say so', async () => {
    const clock = testClock();
    const { link } = await startHeld({ clock, ttl: 10 });
    const [good, dead] = [await link(), await link()];
    clock.pass(9.999);
    expect(outcomeOf(await browse(good))).toBe('303');
    clock.pass(0.001);
    expect(outcomeOf(await browse(dead))).toBe('410 token_expired');
  });

  it('of a second opening too, which waited past the end', async () => {
    const clock = testClock();
    const { held, front, link } = await startHeld({ clock, pleskTotalMs: 9000 });
    const here = await link();
    clock.pass(55);
    held.hold();
    const first = browse(here);
    await held.waiting(1);
    const second = browse(here);
    await front.came(2);
    clock.pass(11);

    expect(outcomeOf(await second)).toBe('410 token_expired');

    held.letGo();
    expect(outcomeOf(await first)).toBe('410 token_expired');
    expect(held.ended).toEqual(held.made);
  });
});

describe('attempts', () => {
  it('of which five count use up a link, and Plesk is not asked again', async () => {
    const { plesk, link, audit } = await startFaults();
    const here = await link();
    await plesk.faults.add({ fault: 'reset' });
    for (let time = 1; time <= 5; time++)
      expect(outcomeOf(await browse(here))).toBe('502 plesk_bad_response');
    await plesk.faults.clear();

    for (let time = 1; time <= 2; time++) expect(outcomeOf(await browse(here))).toBe('410 token_exhausted');

    expect(await plesk.journal.packets()).toHaveLength(5);
    expect(audit.slice(-2)).toMatchObject([
      { event: 'refused', outcome: 'token_exhausted' },
      { event: 'refused', outcome: 'token_exhausted' },
    ]);
  });

  it('of which four count, and any number does not, leave a link that works', async () => {
    const { plesk, link } = await startFaults();
    const here = await link();
    for (let round = 1; round <= 4; round++) {
      await plesk.faults.add({ fault: 'reset', afterChange: true, times: 1 });
      expect(outcomeOf(await browse(here))).toBe('502 plesk_bad_response');
      await plesk.faults.add({ fault: 'certificate', certificate: 'expired', times: 5 });
      for (let time = 1; time <= 5; time++) expect(outcomeOf(await browse(here))).toBe('502 plesk_tls_error');
    }

    const page = await browse(here);

    expect(outcomeOf(page)).toBe('303');
    // Plesk made four more, whose ids nobody knows: they run out by its idle time.
    const sessions = await plesk.sessions.list();
    expect(sessions).toHaveLength(5);
    expect(sessions.filter(({ id }) => page.location?.includes(id) === true)).toHaveLength(1);
  });
});
