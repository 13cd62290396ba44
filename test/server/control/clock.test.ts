import { describe, expect, it } from 'vitest';
import { browse, doorUrl, sentBack } from '../../support/browse.ts';
import { NOW } from '../../support/clock.ts';
import { BOTH_WAYS } from '../../support/control.ts';
import { idOf } from '../../support/emulator.ts';
import { newToken, post } from '../../support/wire.ts';

const GET_SESSIONS = '<packet><session><get/></session></packet>';

describe.each(BOTH_WAYS)('the clock, %s', (_way, start) => {
  it('goes as the one below it until somebody stops it', async () => {
    const { plesk, clock } = await start();
    clock.pass(60);
    expect(await plesk.clock.get()).toEqual({
      now: NOW + 60_000,
      iso: '2026-01-01T10:01:00.000Z',
      isFrozen: false,
    });

    await plesk.clock.freeze();
    clock.pass(3600);

    expect(await plesk.clock.get()).toMatchObject({ now: NOW + 60_000, isFrozen: true });
    await plesk.clock.run();
    clock.pass(1);
    expect(await plesk.clock.get()).toMatchObject({ now: NOW + 61_000, isFrozen: false });
  });

  it.each([
    ['a text', '2030-02-03T04:05:06Z'],
    ['a text with an offset', '2030-02-03T05:05:06+01:00'],
    ['milliseconds', Date.UTC(2030, 1, 3, 4, 5, 6)],
    ['a Date', new Date(Date.UTC(2030, 1, 3, 4, 5, 6))],
  ])('is set to %s, and frozen there', async (_what, at) => {
    const { plesk, clock } = await start();

    expect(await plesk.clock.set(at)).toMatchObject({ iso: '2030-02-03T04:05:06.000Z', isFrozen: false });
    clock.pass(5);
    expect((await plesk.clock.get()).iso).toBe('2030-02-03T04:05:11.000Z');
    expect(await plesk.clock.freeze(at)).toMatchObject({ iso: '2030-02-03T04:05:06.000Z', isFrozen: true });
  });

  it.each([
    [90_000, 90_000],
    ['500ms', 500],
    ['90s', 90_000],
    ['31m', 31 * 60_000],
    ['1.5h', 5_400_000],
    ['1d', 86_400_000],
  ])('is moved on by %s', async (by, milliseconds) => {
    const { plesk } = await start();

    expect((await plesk.clock.advance(by)).now).toBe(NOW + milliseconds);
  });

  it('ends tokens and sessions in the order of their ends while it moves', async () => {
    const { plesk } = await start({ tokenTtl: 600 });
    const first = await newToken(plesk, 'carl');
    const opened = await newToken(plesk, 'cora');
    await browse(doorUrl(plesk.url, { PLESKSESSID: opened }));
    await plesk.clock.advance('1m');
    const second = await newToken(plesk, 'rita');

    const { ended, now } = await plesk.clock.advance('40m');

    expect(ended).toEqual([
      { id: first, login: 'carl', endedAt: NOW + 10 * 60_000 },
      { id: second, login: 'rita', endedAt: NOW + 11 * 60_000 },
      { id: opened, login: 'cora', endedAt: NOW + 30 * 60_000 },
    ]);
    expect(now).toBe(NOW + 41 * 60_000);
    expect(await plesk.sessions.list()).toEqual([]);
  });

  it('shows in every Date header, in cookies and in the times of answers', async () => {
    const { plesk } = await start();
    const token = await newToken(plesk, 'carl');
    await plesk.clock.freeze('2031-05-06T07:08:09Z');
    const other = await newToken(plesk, 'cora');

    const door = await browse(doorUrl(plesk.url, { PLESKSESSID: other }));
    const page = await browse(`${plesk.url}/smb/`, { cookie: sentBack(door) });
    const health = await browse(`${plesk.url}/_emulator/health`);
    const packet = await fetch(`${plesk.url}/enterprise/control/agent.php`, { method: 'POST', body: '' });

    const date = 'Tue, 06 May 2031 07:08:09 GMT';
    expect([door, page, health].map(({ headers }) => headers.date)).toEqual([date, date, date]);
    expect(packet.headers.get('date')).toBe(date);
    expect(packet.headers.get('set-cookie')).toContain('2032');
    expect(await post(plesk, GET_SESSIONS)).toContain('<login-time>2031-05-06T07:08:09</login-time>');
    expect((await browse(doorUrl(plesk.url, { PLESKSESSID: token }))).reason).toContain(
      'expired at 2026-01-01',
    );
  });

  it.each([
    ['backwards', { by: -1 }, 'time goes forward'],
    ['by no span', { by: '3 weeks' }, 'a span is a number of milliseconds'],
    ['by nothing at all', { by: null }, 'by: '],
    ['beyond the last date', { by: '99999999999d' }, 'a span is'],
  ])('is not moved %s', async (_what, { by }, message) => {
    const { plesk } = await start();

    await expect(plesk.clock.advance(by as never)).rejects.toThrow(message);

    expect((await plesk.clock.get()).now).toBe(NOW);
  });

  it.each(['tomorrow', '2026-01-01', 1e20, Number.NaN])('is not set to %s', async (at) => {
    const { plesk } = await start();

    await expect(plesk.clock.set(at)).rejects.toThrow('an instant is a number of milliseconds');
  });

  it('may be set back: what has ended stays so, and a new token lives as long as any', async () => {
    const { plesk } = await start();
    const token = await newToken(plesk, 'carl');
    await plesk.clock.advance('1h');

    await plesk.clock.set(NOW - 3_600_000);

    expect(await newToken(plesk, 'cora')).toBe(idOf(2));
    expect((await browse(doorUrl(plesk.url, { PLESKSESSID: token }))).reason).toContain('expired');
    const { ended } = await plesk.clock.advance('31m');
    expect(ended.map(({ login }) => login)).toEqual(['cora']);
  });
});
