import { expect, it } from 'vitest';
import type { EmulatorOptions } from '../../server/emulator.ts';
import { createApp } from '../../server/app.ts';
import { createControl } from '../../server/control/control.ts';
import { checkSettings } from '../../server/config.ts';
import { createPanel } from '../../server/state/panel.ts';
import { seedState } from '../../server/state/seed/seed.ts';
import { silentLog } from '../../base/log.ts';
import type { Page } from '../support/browse.ts';
import { browse, doorUrl, seenFrom, sentBack, serve } from '../support/browse.ts';
import { testClock } from '../support/clock.ts';
import { countingIds, DEMO, start } from '../support/emulator.ts';
import { newToken, post, sessionPacket, tokenIn } from '../support/wire.ts';

const open = (panel: string, token: string): Promise<Page> => browse(doorUrl(panel, { PLESKSESSID: token }));
const isIn = ({ location = '' }: Page): boolean => location.endsWith('/smb/');

it.each<[string, EmulatorOptions, number]>([
  ['the idle time of 30 minutes', {}, 1800],
  ['another idle time', { loginTimeout: 5 }, 300],
  ['tokenTtl', { tokenTtl: 60 }, 60],
  ['a tokenTtl beyond the idle time', { tokenTtl: 7200 }, 7200],
])('keeps a token good for %s, and not a millisecond longer', async (_what, options, seconds) => {
  const { plesk, clock } = await start(options);
  const [early, late] = [await newToken(plesk), await newToken(plesk)];

  clock.pass(seconds - 0.001);
  const before = await open(plesk.url, early);
  clock.pass(0.001);
  const after = await open(plesk.url, late);

  expect(isIn(before)).toBe(true);
  expect(after).toMatchObject({ location: `${plesk.url}/login.php`, cookies: [] });
  expect(await plesk.sessions.list()).toMatchObject([{ id: early }]);
});

it.each([60, 7200])(
  'ends an open session after its idle time, whatever the tokenTtl: %s',
  async (tokenTtl) => {
    const { plesk, clock } = await start({ tokenTtl });
    const page = await open(plesk.url, await newToken(plesk));
    const visit = async (): Promise<number> =>
      (await browse(`${plesk.url}/smb/`, { cookie: sentBack(page) })).status;

    clock.pass(1799.999);
    expect(await visit()).toBe(200);
    clock.pass(1800);
    expect(await visit()).toBe(303);
  },
);

it.each([
  ['192.0.2.7', '192.0.2.7', true],
  ['192.0.2.7', '::ffff:192.0.2.7', true],
  ['::ffff:192.0.2.7', '192.0.2.7', true],
  ['::FFFF:C000:0207', '192.0.2.7', true],
  ['2001:DB8:0:0::7', '2001:db8::7', true],
  ['fe80::1', 'fe80::1%eth0', true],
  ['192.0.2.7', '192.0.2.8', false],
  ['192.0.2.7', '2001:db8::7', false],
  ['127.0.0.1', '::1', false],
  ['2001:db8::7', '2001:db8::70', false],
])('of a session for %s, a browser at %s gets in: %s', async (userIp, from, isLetIn) => {
  const { plesk } = await start();
  const panel = await seenFrom(plesk.app, () => from);

  const page = await open(panel, await newToken(plesk, 'carl', { user_ip: userIp }));

  expect(isIn(page)).toBe(isLetIn);
  expect(page.cookies.length).toBe(isLetIn ? 1 : 0);
});

it('lets in from anywhere without the setting addressCheck', async () => {
  const { plesk } = await start({ addressCheck: false });
  const page = await open(plesk.url, await newToken(plesk, 'carl', { user_ip: '192.0.2.7' }));

  expect(isIn(page)).toBe(true);
  expect(await browse(`${plesk.url}/smb/`, { cookie: sentBack(page) })).toMatchObject({ status: 200 });
});

it('trusts no header about the address of a browser', async () => {
  const { plesk } = await start();
  const token = await newToken(plesk, 'carl', { user_ip: '192.0.2.7' });
  const headers = {
    'X-Forwarded-For': '192.0.2.7',
    'X-Real-IP': '192.0.2.7',
    Forwarded: 'for=192.0.2.7',
  };

  const page = await browse(doorUrl(plesk.url, { PLESKSESSID: token }), { headers });

  expect(isIn(page)).toBe(false);
});

it('keeps a token for its browser when another one has tried it', async () => {
  const { plesk } = await start();
  let from = '192.0.2.8';
  const panel = await seenFrom(plesk.app, () => from);
  const token = await newToken(plesk, 'carl', { user_ip: '192.0.2.7' });

  const stranger = await open(panel, token);
  from = '192.0.2.7';
  const browser = await open(panel, token);

  expect([stranger, browser].map(isIn)).toEqual([false, true]);
});

it('lets a token in once, whatever its browser does', async () => {
  const { plesk } = await start();
  const token = await newToken(plesk);
  const first = await open(plesk.url, token);

  const again = await open(plesk.url, token);
  const withCookie = await browse(doorUrl(plesk.url, { PLESKSESSID: token }), { cookie: sentBack(first) });

  expect([first, again, withCookie].map(isIn)).toEqual([true, false, false]);
  expect(await browse(`${plesk.url}/smb/`, { cookie: sentBack(first) })).toMatchObject({ status: 200 });
});

it('lets no token in that session/terminate has ended', async () => {
  const { plesk } = await start();
  const token = await newToken(plesk);
  await post(
    plesk,
    `<packet><session><terminate><session-id>${token}</session-id></terminate></session></packet>`,
  );

  expect(isIn(await open(plesk.url, token))).toBe(false);
});

it('lets no token in that was made before a reset', async () => {
  const { plesk } = await start();
  const token = await newToken(plesk);
  await plesk.reset();

  expect(isIn(await open(plesk.url, token))).toBe(false);
});

it('lets nobody in whose account was suspended after create_session', async () => {
  // No packet that is emulated suspends an account, so the panel is put together here.
  const settings = checkSettings({});
  const panel = createPanel({
    settings,
    seed: seedState({ accounts: [{ ...DEMO.carl, role: 'customer' }] }, settings),
    clock: testClock(),
    ids: countingIds(),
    log: silentLog,
  });
  const url = await serve(createApp(createControl(panel), { ca: undefined, isReady: () => true }));
  const admin = { url, admin: DEMO.admin };
  const token = tokenIn(await post(admin, sessionPacket('carl')));
  const second = tokenIn(await post(admin, sessionPacket('carl')));
  const page = await open(url, token);
  panel.accounts.update(panel.accounts.byLogin('carl')?.id ?? 0, { status: 16 });

  const refused = await open(url, second);
  const visit = await browse(`${url}/smb/`, { cookie: sentBack(page) });

  expect([page, refused].map(isIn)).toEqual([true, false]);
  expect(refused.reason).toBe('session 000002..: the account carl is suspended');
  expect(visit.location).toBe(`${url}/login.php?success_redirect_url=%2Fsmb%2F`);
});
