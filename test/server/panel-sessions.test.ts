import { expect, it } from 'vitest';
import type { EmulatorOptions } from '../../server/emulator.ts';
import { RELEASES } from '../../server/protocol/versions/releases.ts';
import { browse, doorUrl, seenFrom, sentBack } from '../support/browse.ts';
import { start } from '../support/emulator.ts';
import { newToken, post } from '../support/wire.ts';

it.each([
  ['30 minutes', {}, 1800],
  ['the setting loginTimeout', { loginTimeout: 1 }, 60],
] as const)(
  'ends a session after %s without a visit, each starting them anew',
  async (_what, options, idle) => {
    const { plesk, clock } = await start(options);
    const page = await browse(doorUrl(plesk.url, { PLESKSESSID: await newToken(plesk) }));
    const cookie = sentBack(page);
    const visit = async (path: string): Promise<number> =>
      (await browse(`${plesk.url}${path}`, { cookie })).status;

    for (const path of ['/smb/', '/smb/web/view', '/']) {
      clock.pass(idle - 0.001);
      expect(await visit(path)).toBe(path === '/' ? 303 : 200);
    }
    expect((await plesk.sessions.list()).map(({ activeAt }) => activeAt)).toEqual([clock.now()]);
    clock.pass(idle - 0.001);
    expect((await plesk.sessions.list()).length).toBe(1);
    clock.pass(0.001);

    expect(await plesk.sessions.list()).toEqual([]);
    const late = await browse(`${plesk.url}/smb/`, { cookie });
    expect(late.location).toBe(`${plesk.url}/login.php?success_redirect_url=%2Fsmb%2F`);
    expect(late.reason).toMatch(/^session 000001\.\.: expired at 2026-01-01T/);
    expect(await visit('/smb/')).toBe(303);
  },
);

it('ends every session at an instant of its own, tokens and open ones mixed', async () => {
  const { plesk, clock } = await start({ tokenTtl: 600 });
  const open = async (): Promise<string> =>
    sentBack(await browse(doorUrl(plesk.url, { PLESKSESSID: await newToken(plesk) })));
  const alive = async (): Promise<number[]> =>
    (await plesk.sessions.list()).map(({ id }) => parseInt(id.slice(0, 6), 16)).sort((a, b) => a - b);

  await newToken(plesk);
  const visited = await open();
  await open();
  clock.pass(300);
  await newToken(plesk);
  await browse(`${plesk.url}/smb/`, { cookie: visited });

  const seen = [];
  for (const seconds of [299.999, 0.001, 299.999, 0.001, 899.999, 0.001, 299.999, 0.001]) {
    clock.pass(seconds);
    seen.push(await alive());
  }
  expect(seen).toEqual([[1, 2, 3, 4], [2, 3, 4], [2, 3, 4], [2, 3], [2, 3], [2], [2], []]);
});

it('lists sessions in the order of their making, those of one instant besides', async () => {
  const { plesk } = await start();
  const tokens = [await newToken(plesk), await newToken(plesk), await newToken(plesk)];

  for (const PLESKSESSID of tokens.slice(0, 2).reverse()) await browse(doorUrl(plesk.url, { PLESKSESSID }));

  expect((await plesk.sessions.list()).map(({ id }) => id)).toEqual(tokens);
});

it.each([
  ['no cookie', '', 'no cookie PLESKSESSID_INSECURE'],
  ['another cookie', 'PLESKSESSID=1', 'no cookie PLESKSESSID_INSECURE'],
  ['a cookie whose name only ends so', 'X_PLESKSESSID_INSECURE=1', 'no cookie PLESKSESSID_INSECURE'],
  ['an unknown session', `PLESKSESSID_INSECURE=${'e'.repeat(32)}`, 'session eeeeee..: unknown here'],
])('says why a browser with %s is not in', async (_what, cookie, reason) => {
  const { plesk } = await start();

  const page = await browse(`${plesk.url}/smb/`, cookie === '' ? {} : { cookie });

  expect(page).toMatchObject({ status: 303, reason, body: '' });
});

it('ends a session by session/terminate, at once and for good', async () => {
  const { plesk } = await start();
  const token = await newToken(plesk);
  const cookie = sentBack(await browse(doorUrl(plesk.url, { PLESKSESSID: token })));

  const answer = await post(
    plesk,
    `<packet><session><terminate><session-id>${token}</session-id></terminate></session></packet>`,
  );
  const page = await browse(`${plesk.url}/smb/`, { cookie });

  expect(answer).toContain('<result><status>ok</status></result>');
  expect(page).toMatchObject({ status: 303, reason: 'session 000001..: terminated at 2026-01-01T10:00:00' });
  expect(await plesk.sessions.list()).toEqual([]);
});

it.each<[string, EmulatorOptions, number]>([
  ['turns a session away', {}, 303],
  ['lets a session go on with allowIpChanges', { allowIpChanges: true }, 200],
  ['lets a session go on without addressCheck', { addressCheck: false }, 200],
])('%s that comes from another address than it was made for', async (_what, options, status) => {
  const { plesk } = await start(options);
  let from = '::ffff:192.0.2.7';
  const panel = await seenFrom(plesk.app, () => from);
  const PLESKSESSID = await newToken(plesk, 'carl', { user_ip: '192.0.2.7' });
  const cookie = sentBack(await browse(doorUrl(panel, { PLESKSESSID })));

  expect(await browse(`${panel}/smb/`, { cookie })).toMatchObject({ status: 200 });
  from = '192.0.2.8';
  const moved = await browse(`${panel}/smb/`, { cookie });

  expect(moved.status).toBe(status);
  if (status !== 200) {
    expect(moved.reason).toBe('session 000001..: bound to 192.0.2.7, used from 192.0.2.8');
  }
});

it('checks with allowIpChanges still the address of who opens a token', async () => {
  const { plesk } = await start({ allowIpChanges: true });
  const PLESKSESSID = await newToken(plesk, 'carl', { user_ip: '192.0.2.7' });

  const page = await browse(doorUrl(plesk.url, { PLESKSESSID }));

  expect(page.cookies).toEqual([]);
});

it.each([
  [false, 303],
  [true, 200],
])(
  'takes a token for a cookie before it was opened, by the setting unopenedSessions: %s',
  async (setting, status) => {
    const { plesk } = await start({ unopenedSessions: setting });
    const token = await newToken(plesk);

    const page = await browse(`${plesk.url}/smb/`, { cookie: `PLESKSESSID_INSECURE=${token}` });

    expect(page.status).toBe(status);
    if (status !== 200) {
      expect(page.reason).toBe('session 000001..: not opened by rsession_init.php yet');
    }
  },
);

it.each(RELEASES)(
  'shows <title>Plesk on $plesk to who follows the redirects from /',
  async ({ plesk: name, title }) => {
    const { plesk } = await start({ plesk: name });

    const response = await fetch(`${plesk.url}/`, { redirect: 'follow' });

    expect(response.status).toBe(200);
    expect(title).toMatch(/^Plesk /);
    expect(await response.text()).toContain(`<title>${title}</title>`);
  },
);

it('forgets every session by a reset', async () => {
  const { plesk } = await start();
  const page = await browse(doorUrl(plesk.url, { PLESKSESSID: await newToken(plesk) }));
  const cookie = sentBack(page);
  await plesk.reset();

  expect(await plesk.sessions.list()).toEqual([]);
  expect(await browse(`${plesk.url}/smb/`, { cookie })).toMatchObject({
    status: 303,
    reason: 'session 000001..: unknown here',
  });
});
