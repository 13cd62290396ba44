import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Role } from '../../server/state/account.ts';
import { SessionCuts } from '../../server/state/session-cuts.ts';
import { Sessions } from '../../server/state/sessions.ts';
import { browse, doorUrl } from '../support/browse.ts';
import { BOTH_WAYS } from '../support/control.ts';
import { newToken } from '../support/wire.ts';

const IDLE = 1000;
const LOGINS = ['', 'one', 'two', 'three'];

const sessions = (tokenTtl?: number): Sessions =>
  new Sessions({ idleTtl: IDLE, tokenTtl, holderOf: () => undefined });

const add = (to: Sessions, id: string, accountId: number, createdAt: number): void => {
  const account = { id: accountId, login: LOGINS[accountId] ?? '', role: 'customer' as Role };
  to.add({ id, account, address: '192.0.2.1', createdAt, context: undefined, locale: 'en-US' });
};

const idsOf = (all: Sessions, now: number): readonly string[] => all.list(now).map(({ id }) => id);

it('ends those that an account had at the instant of the cut, and none that it gets later', () => {
  const all = sessions();
  add(all, 'a', 1, 0);
  add(all, 'b', 2, 0);
  const found = all.find('a', 10);
  if (found.state !== 'token') throw new Error('there is no token');
  all.open(found.session, 10);

  all.endAll(1, 20);
  add(all, 'c', 1, 20);

  expect(idsOf(all, 20)).toEqual(['b', 'c']);
  expect([all.isIn(1, 20), all.end('a', 'terminated', 20)]).toEqual([false, false]);
  expect(all.find('a', 500)).toMatchObject({ state: 'ended', ending: 'ended by its account', endedAt: 20 });
  expect(all.find('c', 500).state).toBe('token');
  expect(all.expire(5000).map(({ session, ending }) => [session.id, ending])).toEqual([
    ['b', 'expired'],
    ['c', 'expired'],
  ]);
});

it('leaves expired what had expired before the cut', () => {
  const all = sessions();
  add(all, 'a', 1, 0);
  all.endAll(1, IDLE + 1);

  expect(all.find('a', 2 * IDLE)).toMatchObject({ ending: 'expired', endedAt: IDLE });
});

it('does not bring back a session of an account by a clock that is set back', () => {
  const all = sessions();
  add(all, 'a', 1, 0);
  all.endAll(1, 500);

  expect(idsOf(all, 100)).toEqual([]);
  expect(all.find('a', 100)).toMatchObject({ state: 'ended', ending: 'ended by its account', endedAt: 500 });
});

it('does not bring back a session of an account by a longer time to live, however much later', () => {
  const all = sessions();
  add(all, 'a', 1, 0);
  add(all, 'b', 2, 0);
  all.endAll(1, 500);
  for (let at = 600; at < 10 * IDLE; at += 100) all.endAll(3, at);

  all.idleTtl = 100 * IDLE;

  expect(idsOf(all, 10 * IDLE)).not.toContain('a');
});

it('is undone by going back to a mark, and holds again where it was before one', () => {
  const all = sessions();
  add(all, 'a', 1, 0);
  const before = all.view();
  all.endAll(1, 10);
  const after = all.view();
  add(all, 'b', 1, 10);

  before.restore();
  expect(all.find('a', 10).state).toBe('token');
  expect(all.find('b', 10).state).toBe('unknown');

  add(all, 'c', 1, 10);
  all.endAll(1, 20);
  add(all, 'd', 1, 20);
  expect(idsOf(all, 20)).toEqual(['d']);

  after.restore();
  expect(idsOf(all, 20)).toEqual([]);
  expect(all.find('a', 20)).toMatchObject({ ending: 'ended by its account', endedAt: 10 });
});

it('knows the end of each session as a walk over all of them would', () => {
  const act = fc.record({
    does: fc.constantFrom('add', 'open', 'cut', 'look', 'mark', 'back'),
    account: fc.integer({ min: 1, max: 3 }),
    which: fc.nat(9),
    wait: fc.nat(400),
  });
  fc.assert(
    fc.property(
      fc.array(act, { maxLength: 40 }),
      fc.option(fc.constant(300), { nil: undefined }),
      (acts, tokenTtl) => {
        interface Model {
          readonly id: string;
          readonly account: number;
          readonly end: number;
          readonly ending: string;
        }
        const all = sessions(tokenTtl);
        let model: readonly Model[] = [];
        let mark: { readonly back: () => void; readonly model: readonly Model[] } | undefined;
        let [now, made] = [0, 0];
        for (const { does, account, which, wait } of acts) {
          now += wait;
          const picked = model[which % Math.max(1, model.length)];
          if (does === 'add') {
            const id = `s${(made += 1)}`;
            add(all, id, account, now);
            model = [...model, { id, account, end: now + (tokenTtl ?? IDLE), ending: 'expired' }];
          } else if (does === 'open' && picked !== undefined && now < picked.end) {
            const found = all.find(picked.id, now);
            if (found.state !== 'token' && found.state !== 'open')
              throw new Error(`${picked.id} is ${found.state}`);
            all.open(found.session, now);
            model = model.map((one) => (one === picked ? { ...one, end: now + IDLE } : one));
          } else if (does === 'cut') {
            all.endAll(account, now);
            model = model.map((one) =>
              one.account === account && now < one.end
                ? { ...one, end: now, ending: 'ended by its account' }
                : one,
            );
          } else if (does === 'mark') mark = { back: all.view().restore, model };
          else if (does === 'back' && mark !== undefined) {
            mark.back();
            ({ model } = mark);
          }
          expect([...idsOf(all, now)].sort()).toEqual(
            model
              .filter(({ end }) => now < end)
              .map(({ id }) => id)
              .sort(),
          );
          if (does !== 'look') continue;
          for (const { id, end, ending } of model) {
            const found = all.find(id, now);
            if (now < end) expect(['token', 'open']).toContain(found.state);
            else expect(found).toMatchObject({ state: 'ended', ending, endedAt: end });
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});

it('forgets old cuts as new ones come, and none that still has sessions', () => {
  const cuts = new SessionCuts();
  for (let account = 1; account <= 10; account += 1) cuts.add(account, { before: 5, at: account }, 100);
  expect(cuts.at(1, 0)).toBe(1);

  cuts.add(11, { before: 5, at: 101 }, 100);
  expect(cuts.at(1, 0)).toBe(1);

  cuts.add(12, { before: 5, at: 103 }, 100);
  expect([cuts.at(1, 0), cuts.at(2, 0), cuts.at(3, 0)]).toEqual([undefined, undefined, 3]);

  cuts.add(13, { before: 5, at: 1000 }, Infinity);
  expect(cuts.at(3, 0)).toBe(3);
});

it('keeps no more cuts than its sessions may live, whatever comes and goes', () => {
  const cuts = new SessionCuts();
  for (let at = 1; at <= 10_000; at += 1) cuts.add(at, { before: 5, at }, 100);

  const kept = Array.from({ length: 10_000 }, (_, index) => cuts.at(index + 1, 0)).filter(
    (at) => at !== undefined,
  );
  expect(kept.length).toBeLessThan(105);
});

it('is the later of two cuts of one account', () => {
  const cuts = new SessionCuts();
  cuts.add(1, { before: 5, at: 10 }, 100);
  cuts.add(1, { before: 8, at: 20 }, 100);

  expect([cuts.at(1, 7), cuts.at(1, 8), cuts.at(2, 7)]).toEqual([20, undefined, undefined]);
});

describe.each(BOTH_WAYS)('the sessions of an account that is suspended, %s', (_way, start) => {
  it('are over at that instant, told so, and not among those that expire', async () => {
    const { plesk } = await start();
    await plesk.clock.freeze('2026-01-01T10:00:00Z');
    const token = await newToken(plesk, 'carl');
    await plesk.clock.advance('5m');

    await plesk.accounts.suspend('carl');
    await plesk.accounts.activate('carl');
    const next = await newToken(plesk, 'carl');

    const { state, sentences } = await plesk.explain(token);
    expect(state).toBe('ended');
    expect(sentences.at(-1)).toBe('It ended when its account was suspended at 2026-01-01T10:05:00.');
    expect((await plesk.sessions.list()).map(({ id }) => id)).toEqual([next]);
    expect((await plesk.clock.advance('2h')).ended.map(({ id }) => id)).toEqual([next]);
  });

  it('tell that they ended with the reseller, at the door too', async () => {
    const { plesk } = await start();
    await plesk.clock.freeze('2026-01-01T10:00:00Z');
    const token = await newToken(plesk, 'cora');

    await plesk.accounts.suspend('rita');

    const { reason } = await browse(doorUrl(plesk.url, { PLESKSESSID: token }));
    expect(reason).toContain('the account cora is suspended with its reseller rita');
    expect((await plesk.explain(token)).sentences.at(-1)).toBe(
      'It ended when its account was suspended with its reseller rita at 2026-01-01T10:00:00.',
    );
  });

  it('live again after a rollback', async () => {
    const { plesk } = await start();
    const token = await newToken(plesk, 'cora');
    await plesk.mark();
    await plesk.accounts.suspend('rita');
    expect((await plesk.explain(token)).state).toBe('ended');

    await plesk.rollback();

    expect((await plesk.explain(token)).state).toBe('token');
    expect((await browse(doorUrl(plesk.url, { PLESKSESSID: token }))).status).toBe(303);
  });

  it('stay ended when the account is removed, and a browser that comes is told why in the journal', async () => {
    const { plesk } = await start();
    await plesk.clock.freeze('2026-01-01T10:00:00Z');
    const token = await newToken(plesk, 'cora');

    await plesk.accounts.remove('rita');
    await browse(doorUrl(plesk.url, { PLESKSESSID: token }));

    const { sentences } = await plesk.explain(token);
    expect(sentences.slice(-2)).toEqual([
      expect.stringMatching(
        /^At 2026-01-01T10:00:00 a browser from 127\.0\.0\.1 was turned away: .*ended by its account/,
      ),
      'It ended when its account was removed at 2026-01-01T10:00:00.',
    ]);
    expect(sentences[0]).toMatch(/^Made at 2026-01-01T10:00:00 for cora, by create_session of admin /);
    const [visit] = await plesk.journal.find({ kind: 'browser' });
    expect(visit).toMatchObject({ kind: 'browser', outcome: 'login failed' });
    expect(visit?.kind === 'browser' ? visit.reason : '').toContain('ended by its account');
  });
});
