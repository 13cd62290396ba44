import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EmulatorControl } from '../../../server/emulator.ts';
import { startEmulator } from '../../../server/emulator.ts';
import { browse, doorUrl, sentBack } from '../../support/browse.ts';
import { NOW } from '../../support/clock.ts';
import { BOTH_WAYS } from '../../support/control.ts';
import { idOf } from '../../support/emulator.ts';
import { newToken, post, tokenIn } from '../../support/wire.ts';

/** All that a test can see of an emulator. */
const all = async (plesk: EmulatorControl): Promise<unknown> => ({
  accounts: await plesk.accounts.list(),
  keys: await plesk.secretKeys.list(),
  settings: await plesk.settings.get(),
  sessions: await plesk.sessions.list(),
  clock: await plesk.clock.get(),
  entries: await plesk.journal.find(),
});

describe.each(BOTH_WAYS)('going back, %s', (_way, start) => {
  const changeAll = async ({ plesk }: Awaited<ReturnType<typeof start>>): Promise<void> => {
    await plesk.accounts.add({ login: 'new', password: '12345', role: 'customer' });
    await plesk.accounts.remove('rita');
    await plesk.accounts.change('carl', { login: 'carlos', phone: '1' });
    await plesk.accounts.suspend('carlos');
    await plesk.secretKeys.add({ description: 'late' });
    await plesk.settings.set({ plesk: '12.0', tokenTtl: 7, loginTimeout: 3, adminMultipleSessions: false });
    await newToken(plesk, 'new');
    await plesk.clock.advance('1m');
    await plesk.clock.freeze();
  };

  it('leads from a rollback to the mark, whatever was done', async () => {
    const started = await start();
    const { plesk } = started;
    await plesk.secretKeys.add({ key: 'early' });
    const open = await newToken(plesk, 'cora');
    const cookie = sentBack(await browse(doorUrl(plesk.url, { PLESKSESSID: open })));
    const token = await newToken(plesk, 'carl');
    const before = await all(plesk);
    await plesk.mark();

    await plesk.sessions.end(open);
    await changeAll(started);
    await plesk.rollback();

    expect(await all(plesk)).toEqual(before);
    expect((await browse(`${plesk.url}/smb/`, { cookie })).status).toBe(200);
    expect((await browse(doorUrl(plesk.url, { PLESKSESSID: token }))).location).toBe(`${plesk.url}/smb/`);
  });

  it('is by a stack of marks: each rollback undoes one', async () => {
    const { plesk } = await start();
    const logins = async (): Promise<number> => (await plesk.accounts.list()).length;
    await plesk.mark();
    await plesk.accounts.add({ login: 'one', password: '12345', role: 'customer' });
    await plesk.mark();
    await plesk.accounts.add({ login: 'two', password: '12345', role: 'customer' });

    await plesk.rollback();
    expect(await logins()).toBe(6);
    await plesk.rollback();
    expect(await logins()).toBe(5);
    await expect(plesk.rollback()).rejects.toThrow('there is no mark to go back to: call mark first');
  });

  it('leads to a snapshot by its name, as often as one likes', async () => {
    const started = await start();
    const { plesk } = started;
    const seed = await all(plesk);
    await plesk.snapshot('seeded');
    await plesk.accounts.add({ login: 'one', password: '12345', role: 'customer' });
    await plesk.snapshot('one-more');
    const more = await all(plesk);
    expect(await plesk.snapshots.list()).toEqual(['seeded', 'one-more']);

    for (const [name, expected] of [
      ['seeded', seed],
      ['one-more', more],
      ['seeded', seed],
      ['one-more', more],
    ] as const) {
      await changeAll(started).catch(() => undefined);
      await plesk.restore(name);
      expect(await all(plesk)).toEqual(expected);
    }
    await plesk.snapshots.remove('seeded');
    await expect(plesk.restore('seeded')).rejects.toThrow(
      "there is no snapshot 'seeded'; there are one-more",
    );
  });

  it('leads from a reset to the seed, its settings and its clock', async () => {
    const started = await start();
    const { plesk } = started;
    const before = await all(plesk);
    await changeAll(started);

    await plesk.reset();

    expect(await all(plesk)).toEqual(before);
    expect((await plesk.clock.get()).now).toBe(NOW);
    expect(plesk.release.plesk).toBe('18.0');
  });

  it('makes ids of a seed come again, the same in every emulator', async () => {
    const options = { idSeed: 'a text', ids: undefined };
    const { plesk } = await start(options as never);
    const first = await newToken(plesk, 'carl');
    await plesk.mark();
    const second = await newToken(plesk, 'carl');
    await plesk.rollback();

    expect(await newToken(plesk, 'cora')).toBe(second);
    await plesk.reset();
    expect(await newToken(plesk, 'carl')).toBe(first);
    await using other = await startEmulator({ idSeed: 'a text', seed: 'demo' });
    expect(await newToken(other, 'carl')).toBe(first);
    await using another = await startEmulator({ idSeed: 'another', seed: 'demo' });
    expect(await newToken(another, 'carl')).not.toBe(first);
  });

  it('never makes an id of chance come again', async () => {
    const { plesk } = await start();
    await plesk.mark();
    expect(await newToken(plesk, 'carl')).toBe(idOf(1));
    await plesk.rollback();

    expect(await newToken(plesk, 'carl')).toBe(idOf(2));
  });

  it('names what stands in the way', async () => {
    const { plesk } = await start();

    await expect(plesk.snapshot('a/b')).rejects.toThrow('a name is 1 to 64 letters');
    await expect(plesk.snapshots.remove('none')).rejects.toThrow(
      "there is no snapshot 'none'; there are none",
    );
    for (let made = 0; made < 100; made += 1) await plesk.mark();
    await expect(plesk.mark()).rejects.toThrow('100 snapshots and marks are there already');
  });
});

it('comes back to every mark after any changes, nested as they may be', async () => {
  const step = fc.oneof(
    fc.constantFrom('mark', 'rollback', 'reset' as const).map((what) => ({ what, login: '' })),
    fc.record({
      what: fc.constantFrom('add', 'remove', 'suspend', 'activate' as const),
      login: fc.constantFrom('ann', 'bob', 'cyd'),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      await using plesk = await startEmulator({ listen: false, journal: 0 });
      const seen = async (): Promise<unknown> => [
        await plesk.accounts.list(),
        (await plesk.sessions.list()).map(({ id, login }) => [id, login]),
      ];
      const seed = await seen();
      const stack: unknown[] = [];
      for (const { what, login } of steps) {
        if (what === 'mark') {
          await plesk.mark();
          stack.push(await seen());
        } else if (what === 'rollback') {
          if (stack.length === 0) continue;
          await plesk.rollback();
          expect(await seen()).toEqual(stack.pop());
        } else if (what === 'reset') {
          await plesk.reset();
          expect(await seen()).toEqual(seed);
        } else {
          const calls = {
            add: () => plesk.accounts.add({ login, password: '12345', role: 'customer' }),
            remove: () => plesk.accounts.remove(login),
            suspend: () => plesk.accounts.suspend(login),
            activate: () => plesk.accounts.activate(login),
          };
          await (calls[what] as () => Promise<unknown>)().catch(() => undefined);
        }
      }
    }),
    { numRuns: 60 },
  );
});

it('brings a session back that packets made and ended', async () => {
  await using plesk = await startEmulator({ seed: 'demo' });
  const token = await newToken(plesk, 'carl');
  await plesk.mark();
  const answer = await post(
    plesk,
    `<packet><session><terminate><session-id>${token}</session-id></terminate></session></packet>`,
  );
  expect(answer).toContain('<status>ok</status>');
  expect(tokenIn(`<id>${token}</id>`)).toBe(token);

  await plesk.rollback();

  expect((await browse(doorUrl(plesk.url, { PLESKSESSID: token }))).location).toBe(`${plesk.url}/smb/`);
});
