import { expect, it } from 'vitest';
import { browse, doorUrl } from '../support/browse.ts';
import { NOW } from '../support/clock.ts';
import { DEMO, idOf, start } from '../support/emulator.ts';
import { newToken, post } from '../support/wire.ts';

const OTHER = `beefed${'0'.repeat(26)}`;

it.each([
  ['a plain login', {}, 'to URL/smb/'],
  [
    'a refused success_redirect_url',
    { success_redirect_url: '/\\evil.example' },
    "to URL/smb/; success_redirect_url '/\\evil.example' refused by redirect/form: it has a backslash",
  ],
  [
    'a locale that is not installed',
    { locale_id: 'xx-XX' },
    "to URL/smb/; locale_id 'xx-XX' is not installed",
  ],
])('says in one line and in the header what became of %s', async (_what, params, said) => {
  const { plesk, lines } = await start();
  const PLESKSESSID = await newToken(plesk);
  const count = lines.length;

  const page = await browse(doorUrl(plesk.url, { PLESKSESSID, ...params }));

  const reason = `session 000001..: logged in as carl, ${said.replace('URL', plesk.url)}`;
  expect(page.reason).toBe(reason);
  expect(lines.slice(count)).toEqual([
    `info login from 127.0.0.1: ${reason} {"peer":"127.0.0.1","login":"carl","isIn":true}`,
  ]);
});

it('says that starting_url is not used from 17.0 on', async () => {
  const { plesk } = await start({ plesk: '17.0' });
  const PLESKSESSID = await newToken(plesk, 'carl', { starting_url: '/smb/start' });

  const { reason } = await browse(doorUrl(plesk.url, { PLESKSESSID }));

  expect(reason).toBe(
    `session 000001..: logged in as carl, to ${plesk.url}/smb/; starting_url is not used from 17.0 on`,
  );
});

it('keeps the last eight refusals of a session, oldest first, each with its instant', async () => {
  const { plesk, clock } = await start();
  const PLESKSESSID = await newToken(plesk, 'carl', { user_ip: '10.50.1.71' });
  for (let time = 1; time <= 10; time += 1) {
    clock.pass(1);
    await browse(doorUrl(plesk.url, { PLESKSESSID }));
  }

  const [session] = await plesk.sessions.list();

  expect(session?.refusals.map(({ at }) => at)).toEqual([3, 4, 5, 6, 7, 8, 9, 10].map((s) => NOW + s * 1000));
});

it.each([
  ['\u00f6', 'two bytes'],
  ['\u20ac', 'three bytes'],
  ['\u{1f600}', 'four bytes'],
  ['x\u00f6', 'two bytes among ASCII'],
  ['%', 'per cent signs'],
  ['a', 'ASCII'],
])('keeps the header in ASCII, at most 1 KB, and decodable, with much of %s (%s)', async (character) => {
  const { plesk } = await start();
  // Wherever the header is cut, it has to be between characters: `browse` decodes it.
  for (let shift = 0; shift < 12; shift += 1) {
    const url = `/\\${'-'.repeat(shift)}${character.repeat(900)}`;
    const { headers } = await browse(
      doorUrl(plesk.url, { PLESKSESSID: await newToken(plesk), success_redirect_url: url }),
    );
    const header = String(headers['emulator-reason']);

    expect(header).toMatch(/^[ -~]+$/);
    expect(header.length).toBeLessThanOrEqual(1024);
  }
});

it('logs a session from its making to its use without a whole token or a password', async () => {
  const { plesk, lines } = await start();
  const PLESKSESSID = await newToken(plesk);
  await browse(doorUrl(plesk.url, { PLESKSESSID }));
  await browse(doorUrl(plesk.url, { PLESKSESSID }));
  await browse(doorUrl(plesk.url, { PLESKSESSID: OTHER }));
  await post(plesk, '<packet/>', { HTTP_AUTH_PASSWD: 'a wrong password' });

  expect(lines.length).toBe(5);
  const log = lines.join('\n');
  for (const secret of [idOf(1), OTHER, DEMO.admin.password, 'a wrong password']) {
    expect(log).not.toContain(secret);
  }
  expect(log).toContain('000001..');
});

it.each([
  [
    '18.0',
    'is in success_redirect_url',
    (token: string) => ({ PLESKSESSID: token, success_redirect_url: `/smb/?t=${token}` }),
  ],
  [
    '12.0',
    'is in a success_redirect_url that is refused',
    (token: string) => ({ PLESKSESSID: token, success_redirect_url: `/smb/?t=${token}` }),
  ],
  [
    '18.0',
    'is in a failure_redirect_url that is refused',
    (token: string) => ({ failure_redirect_url: `//x/?PLESKSESSID=${token}` }),
  ],
] as const)('masks on %s a token that %s, in the log and in the header', async (name, _where, paramsFor) => {
  const { plesk, lines } = await start({ plesk: name });

  const { reason } = await browse(doorUrl(plesk.url, paramsFor(await newToken(plesk))));

  expect(lines.join('\n')).not.toContain(idOf(1));
  expect(reason).not.toContain(idOf(1));
});
