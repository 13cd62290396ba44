import { describe, expect, it } from 'vitest';
import { browse, doorUrl } from '../../support/browse.ts';
import { BOTH_WAYS } from '../../support/control.ts';
import { post, sessionPacket, tokenIn } from '../../support/wire.ts';

const GONE = { fault: 'status', status: 502 } as const;

const door = ({ url }: { readonly url: string }, token: string): string =>
  doorUrl(url, { PLESKSESSID: token });

describe.each(BOTH_WAYS)('faults at the doors, %s', (_way, start) => {
  it('turns a browser away with a fault, and leaves its token good', async () => {
    const { plesk } = await start();
    const token = tokenIn(await post(plesk, sessionPacket('carl')));
    await plesk.faults.add({ ...GONE, path: '/enterprise/rsession_init.php', times: 1 });

    const first = await browse(door(plesk, token));
    const second = await browse(door(plesk, token));

    expect([first.status, second.status]).toEqual([502, 303]);
    expect(first.cookies).toEqual([]);
    expect(first.reason).toBe('a test wants it: fault-1, HTTP 502');
    expect(await plesk.journal.find({ kind: 'browser' })).toMatchObject([
      { outcome: 'unanswered', faults: ['fault-1'], reason: 'a test wants it: fault-1, HTTP 502' },
      { outcome: 'logged in', faults: [] },
    ]);
  });

  it('spends a token and loses the answer', async () => {
    const { plesk } = await start();
    const token = tokenIn(await post(plesk, sessionPacket('carl')));
    await plesk.faults.add({ fault: 'reset', afterChange: true, login: 'carl', times: 1 });

    await expect(browse(door(plesk, token))).rejects.toThrow(/ECONNRESET|socket hang up/);

    expect(await plesk.sessions.list()).toMatchObject([{ id: token, state: 'open' }]);
    expect(await plesk.journal.find({ kind: 'browser' })).toMatchObject([
      { outcome: 'unanswered', faults: ['fault-1'] },
    ]);
  });

  it('knows a browser by its token, by its session and by the name that it logs in with', async () => {
    const { plesk } = await start();
    const carl = tokenIn(await post(plesk, sessionPacket('carl')));
    const cora = tokenIn(await post(plesk, sessionPacket('cora')));
    const { cookies } = await browse(door(plesk, carl));
    const cookie = String(cookies[0]).split(';', 1)[0] ?? '';
    await plesk.faults.add({ ...GONE, login: 'carl' });

    expect((await browse(`${plesk.url}/smb/`, { cookie })).status).toBe(502);
    expect((await browse(door(plesk, carl))).status).toBe(502);
    expect((await browse(door(plesk, cora))).status).toBe(303);
    const form = (login: string): string =>
      new URLSearchParams({ login_name: login, passwd: 'x' }).toString();
    expect((await browse(`${plesk.url}/login_up.php`, { form: form('carl') })).status).toBe(502);
    expect((await browse(`${plesk.url}/login_up.php`, { form: form('sam') })).status).toBe(200);
  });

  it('spoils a page and a redirect', async () => {
    const { plesk } = await start();
    const token = tokenIn(await post(plesk, sessionPacket('carl')));
    const whole = await browse(`${plesk.url}/login_up.php`);
    await plesk.faults.add({ fault: 'truncated', path: '/login_up.php' });
    await plesk.faults.add({ fault: 'reset', at: 'middle', path: '/enterprise/rsession_init.php' });

    const half = await browse(`${plesk.url}/login_up.php`);

    expect(half.body).toBe(whole.body.slice(0, half.body.length));
    expect(half.body.length).toBeLessThan(whole.body.length);
    await expect(browse(door(plesk, token))).rejects.toThrow(/ECONNRESET|hang up|Parse Error|aborted/);
    expect(await plesk.sessions.list()).toMatchObject([{ id: token, state: 'open' }]);
  });
});
