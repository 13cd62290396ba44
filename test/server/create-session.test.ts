import { expect, it } from 'vitest';
import type { SessionShown } from '../../server/emulator.ts';
import { NOW } from '../support/clock.ts';
import { idOf, start } from '../support/emulator.ts';
import { inServer, post, sessionPacket } from '../support/wire.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

const ADDRESS = '192.0.2.7';
const V6 = '2001:db8::7';

const answered = (result: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<packet version="1.6.9.1"><server><create_session><result>${result}</result></create_session></server></packet>\n`;

const failure = (errcode: number, errtext: string): string =>
  answered(`<status>error</status><errcode>${errcode}</errcode><errtext>${errtext}</errtext>`);

it('makes a session of 32 hex digits that is there at once, and that nobody has opened', async () => {
  const { plesk } = await start();

  const answer = await post(
    plesk,
    sessionPacket('cora', { user_ip: base64(ADDRESS), source_server: base64('billing.example') }),
  );

  expect(answer).toBe(answered(`<status>ok</status><id>${idOf(1)}</id>`));
  expect(await plesk.sessions.list()).toEqual([
    {
      id: idOf(1),
      serial: 0,
      state: 'token',
      endsAt: NOW + 30 * 60_000,
      accountId: 4,
      login: 'cora',
      role: 'customer',
      address: ADDRESS,
      createdAt: NOW,
      openedAt: undefined,
      activeAt: NOW,
      context: { sourceServer: 'billing.example' },
      locale: 'de-DE',
      logoutUrl: undefined,
      refusals: [],
    } satisfies SessionShown,
  ]);
});

it.each([
  ['plain', ADDRESS, ADDRESS],
  ['base64', base64(ADDRESS), ADDRESS],
  ['base64 with a line end in it', `${base64(ADDRESS).slice(0, 8)}\n${base64(ADDRESS).slice(8)}`, ADDRESS],
  ['blanks around it', `\n  ${ADDRESS}\t`, ADDRESS],
  ['blanks around base64', ` ${base64(ADDRESS)} `, ADDRESS],
  ['IPv6', V6, V6],
  ['IPv6 in base64', base64(V6), V6],
  ['base64 without its padding', base64('192.0.2.77').replace(/=+$/, ''), '192.0.2.77'],
  ['IPv6 written long and in capitals', '2001:0DB8:0000:0000:0000:0000:0000:0007', V6],
  ['IPv6 with a zone', 'fe80::1%eth0', 'fe80::1'],
  ['IPv4 mapped into IPv6', `::ffff:${ADDRESS}`, ADDRESS],
  ['IPv4 mapped into IPv6, in hexadecimal and base64', base64('::FFFF:C000:207'), ADDRESS],
])('binds a session to a user_ip with %s', async (_what, userIp, address) => {
  const { plesk } = await start();

  await post(plesk, sessionPacket('carl', { user_ip: userIp }));

  expect((await plesk.sessions.list()).map((session) => session.address)).toEqual([address]);
});

it.each([
  ['a host', 'localhost'],
  ['base64 of a host', base64('localhost')],
  ['words', 'not an address'],
  ['three numbers', '192.0.2'],
  ['a number too large', '192.0.2.256'],
  ['leading zeros', '192.0.02.7'],
  ['hexadecimal', '0xc0.0.2.7'],
  ['a network', '192.0.2.0/24'],
  ['a port', `${ADDRESS}:80`],
  ['brackets', `[${V6}]`],
  ['two addresses', `${ADDRESS}, ${ADDRESS}`],
  ['base64 twice', base64(base64(ADDRESS))],
  ['base64 of bytes that are no text', Buffer.from([0xff, 0xfe, 0xfd]).toString('base64')],
  ['base64 of nothing but a blank', base64(' ')],
  ['base64 of an address and a line end, as echo makes it', base64(`${ADDRESS}\n`)],
])('answers 1019 to a user_ip with %s', async (_what, userIp) => {
  const { plesk } = await start();

  const answer = await post(plesk, sessionPacket('carl', { user_ip: userIp }));

  expect(answer).toBe(failure(1019, 'user_ip is neither an IP address nor the base64 of one'));
  expect(await plesk.sessions.list()).toEqual([]);
});

const EMPTY = [
  ['data that is absent', inServer('<create_session><login>carl</login></create_session>')],
  ['an empty user_ip', sessionPacket('carl', { user_ip: '' })],
  ['a user_ip of blanks', sessionPacket('carl', { user_ip: ' \n\t' })],
] as const;

it.each(EMPTY)(
  "binds a session to the API caller's address for %s, and says so in the log",
  async (_what, packet) => {
    const { plesk, lines } = await start();

    const answer = await post(plesk, packet);

    expect(answer).toBe(answered(`<status>ok</status><id>${idOf(1)}</id>`));
    expect(await plesk.sessions.list()).toMatchObject([{ address: '127.0.0.1' }]);
    expect(lines).toMatchObject([
      expect.stringContaining("no user_ip: bound to the caller's own address 127.0.0.1"),
    ]);
  },
);

it.each(EMPTY)('answers 1019 to %s by the setting emptyUserIp', async (_what, packet) => {
  const { plesk } = await start({ emptyUserIp: 'refuse' });

  expect(await post(plesk, packet)).toBe(failure(1019, 'user_ip is empty'));
  expect(await plesk.sessions.list()).toEqual([]);
});

it.each([
  ['nothing', '', ''],
  ['a host', 'billing.example', 'billing.example'],
  ['a host in base64', base64('billing.example'), 'billing.example'],
  ['a host that is base64 as well', 'intranet', 'intranet'],
  ['another host that is base64 as well', 'customer', 'customer'],
  ['a host in base64 with blanks around it', `\n ${base64('billing.example')} `, 'billing.example'],
  ['a host and a port in base64', base64('billing.example:8080'), 'billing.example:8080'],
  ['a URL', 'https://billing.example/a?b', 'https://billing.example/a?b'],
  ['a URL in base64', base64('https://billing.example/a?b'), 'https://billing.example/a?b'],
  ['an address', ADDRESS, ADDRESS],
  ['an address in base64, as WHMCS sends it', base64(ADDRESS), ADDRESS],
  ['an IPv6 address in base64', base64(V6), V6],
  ['words', 'the billing system', 'the billing system'],
  ['base64 of words', base64('the billing system'), base64('the billing system')],
  ['base64 of bytes that are no text', '/////w==', '/////w=='],
  ['base64 of a control character', base64('billing\u0001'), base64('billing\u0001')],
])('keeps a source_server that is %s', async (_what, sourceServer, kept) => {
  const { plesk } = await start();

  await post(plesk, sessionPacket('carl', { source_server: sourceServer }));

  expect((await plesk.sessions.list()).map(({ context }) => context)).toEqual([{ sourceServer: kept }]);
});

it.each([
  ['unknown', 'nobody'],
  ['empty', ''],
  ['with a blank before it', ' carl'],
  ['with a line end behind it', 'carl\n'],
  ['in capitals', 'CARL'],
  ['an inherited name', '__proto__'],
])('answers 1013 to a login that is %s', async (_what, login) => {
  const { plesk } = await start();

  expect(await post(plesk, sessionPacket(login))).toBe(failure(1013, 'User does not exist'));
});

it('answers 1011 for a suspended account, and 1013 before 1019', async () => {
  const { plesk } = await start();

  expect(await post(plesk, sessionPacket('sam'))).toBe(failure(1011, 'The account is disabled.'));
  expect(await post(plesk, sessionPacket('nobody', { user_ip: 'x' }))).toBe(
    failure(1013, 'User does not exist'),
  );
  expect(await plesk.sessions.list()).toEqual([]);
});
