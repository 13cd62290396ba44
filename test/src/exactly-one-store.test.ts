import { describe, expect, it } from 'vitest';
import { browse } from '../support/browse.ts';
import { endLease, loadScripts, startHeldRedis } from '../support/held-redis.ts';
import { getsIn, linkAt, onRedis, openAtOnce, outcomeOf, startHeld, tally } from '../support/openings.ts';
import { startRedis, whyNoRedis } from '../support/redis.ts';
import { startService } from '../support/service.ts';
import { PERSON, startFaults } from '../support/trouble.ts';

/** Times for tests in which a lease has to run out by the clock of a Redis. */
const SOON = { pleskTotalMs: 4000, claimWaitMs: 15_000 };
const PATIENCE = { timeout: 30_000 };

describe.skipIf(whyNoRedis())('a Redis', { timeout: 90_000 }, () => {
  it.each([
    { when: 'before its first opening', isKnown: false },
    { when: 'after other openings', isKnown: true },
  ])(
    'that stalls at the commit $when lets nobody in, the session is ended, and later one gets in at most',
    async ({ isKnown }) => {
      const redis = await startRedis();
      if (isKnown) await loadScripts(redis);
      const { plesk, held, link, audit } = await startHeld({ ...onRedis(redis), ...SOON });
      const here = await link();
      held.hold();
      const first = browse(here);
      await held.waiting(1);
      redis.pause();

      held.letGo();

      const page = await first;
      expect(outcomeOf(page)).toBe('503 store_unavailable');
      expect(page).toMatchObject({ location: undefined, headers: { 'retry-after': '2' } });
      expect(held.ended).toEqual(held.made);
      expect(await plesk.sessions.list()).toEqual([]);
      expect(audit.at(-1)).toMatchObject({ event: 'refused', outcome: 'store_unavailable', userId: 18 });
      held.pass();
      redis.resume();
      // Whether Redis still did what it was asked is its affair.
      await expect.poll(async () => (await browse(here)).status, PATIENCE).not.toBe(503);
      expect(tally(await openAtOnce(10, here))).toEqual({ '410 token_used': 10 });
      expect(audit.filter(({ event }) => event === 'opened').length).toBeLessThanOrEqual(1);
      expect(await plesk.sessions.list()).toHaveLength(held.made.length - 1);
    },
  );

  it('whose answer to the commit is lost lets nobody in, then or later', async () => {
    const redis = await startRedis();
    await loadScripts(redis);
    const way = await startHeldRedis(redis);
    const { plesk, directory, held, link } = await startHeld(onRedis(way));
    const other = await startService(directory, onRedis(redis));
    const here = await link();
    held.hold();
    const first = browse(here);
    await held.waiting(1);
    held.pass();
    way.hold('answers');

    held.letGo();

    expect(outcomeOf(await first)).toBe('503 store_unavailable');
    expect(outcomeOf(await browse(linkAt(other.url, here)))).toBe('410 token_used');
    expect(held.ended).toEqual(held.made);
    expect(await plesk.sessions.list()).toEqual([]);
  });

  it('to which a commit comes too late stays with the newer claim', async () => {
    const redis = await startRedis();
    await loadScripts(redis);
    const way = await startHeldRedis(redis);
    const { plesk, directory, held, link } = await startHeld(onRedis(way));
    const other = await startService(directory, onRedis(redis));
    const here = await link();
    held.hold();
    const first = browse(here);
    await held.waiting(1);
    way.hold('questions');
    held.letGo();
    expect(outcomeOf(await first)).toBe('503 store_unavailable');
    await endLease(redis);
    const second = browse(linkAt(other.url, here));
    await held.waiting(1);

    way.letGo();
    await redis.client.ping();
    held.letGo();

    const page = await second;
    expect(outcomeOf(page)).toBe('303');
    expect(await getsIn(page)).toBe(true);
    expect(await plesk.sessions.list()).toMatchObject([{ id: held.made[1] }]);
    const { body } = await other.call('Clients/RevokeClientSsoToken', { user_id: 18 });
    expect(body).toMatchObject({ data: { revoked: 1, plesk_session: 'ended' } });
    expect(held.ended).toEqual(held.made);
  });

  it('lets nobody in with a claim whose link another process has revoked', async () => {
    const redis = await startRedis();
    const { plesk, directory, held, link } = await startHeld(onRedis(redis));
    const other = await startService(directory, onRedis(redis));
    const here = await link();
    held.hold();
    const opening = browse(here);
    await held.waiting(1);

    const { body } = await other.call('Clients/RevokeClientSsoToken', { user_id: 18 });
    held.letGo();

    expect(body).toMatchObject({ data: { revoked: 1 } });
    expect(outcomeOf(await opening)).toBe('410 token_revoked');
    expect(held.ended).toEqual(held.made);
    expect(await plesk.sessions.list()).toEqual([]);
  });

  it('that is gone with all its links lets nobody in', async () => {
    const redis = await startRedis();
    const { plesk, held, link } = await startHeld({ ...onRedis(redis), ...SOON });
    const [here, untouched] = [await link(), await link()];
    held.hold();
    const first = browse(here);
    await held.waiting(1);
    await redis.kill();
    held.letGo();
    expect(outcomeOf(await first)).toBe('503 store_unavailable');
    expect(outcomeOf(await browse(untouched))).toBe('503 store_unavailable');
    const page = await browse(untouched, { headers: PERSON });
    expect(page).toMatchObject({ status: 503, location: undefined, headers: { 'retry-after': '2' } });
    expect(page.body).toContain('href="">Try again</a>');
    held.pass();

    await redis.start();

    await expect.poll(async () => outcomeOf(await browse(here)), PATIENCE).toBe('404 token_unknown');
    expect(outcomeOf(await browse(untouched))).toBe('404 token_unknown');
    expect(held.made).toHaveLength(1);
    expect(await plesk.sessions.list()).toEqual([]);
  });

  it('to which a claim cannot be given back leaves a link that works when its lease is over', async () => {
    const redis = await startRedis();
    const { plesk, link, lines } = await startFaults({ ...onRedis(redis), ...SOON });
    const here = await link();
    await plesk.faults.add({ fault: 'hang', times: 1 });
    const first = browse(here);
    await plesk.journal.waitFor({ kind: 'packet' }, PATIENCE);

    redis.pause();

    expect(outcomeOf(await first)).toBe('504 plesk_timeout');
    expect(lines.filter((line) => line.includes('could not be given back'))).toHaveLength(1);
    redis.resume();
    await expect.poll(async () => outcomeOf(await browse(here)), PATIENCE).toBe('303');
    expect(outcomeOf(await browse(here))).toBe('410 token_used');
  });
});
