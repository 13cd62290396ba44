import { expect, it } from 'vitest';
import { startSeen } from '../support/seen-service.ts';

const VISITOR = '203.0.113.5';
const SPOOF = '198.51.100.66';
const [FIRST, SECOND, SIXTH] = ['10.0.0.1', '10.0.1.7', 'fd00::1'];
const TRUSTED = [FIRST, '10.0.1.0/24', 'fd00::/64'];

/** A header once, or in several lines. */
type Forwarded = string | readonly string[];

/** Opens a link as this peer says; answers the address in the audit and the one that Plesk was told. */
async function addressesOf(
  trustedProxies: readonly string[],
  peer: string,
  headers: Readonly<Record<string, Forwarded>>,
): Promise<readonly (string | undefined)[]> {
  const { plesk, link, audit, visitFrom } = await startSeen({ trustedProxies: [...trustedProxies] });
  const sent = Object.entries(headers).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : [...value],
  ]);
  const { status } = await visitFrom(peer, await link(), {
    headers: Object.fromEntries(sent) as Record<string, string | string[]>,
  });
  expect(status).toBe(303);
  const [session] = await plesk.sessions.list();
  return [audit.at(-1)?.address, session?.address];
}

it.each([
  ['a visitor', VISITOR, VISITOR],
  ['this machine', '127.0.0.1', '127.0.0.1'],
  ['what would be a proxy elsewhere', FIRST, FIRST],
  ['IPv6', '2001:DB8:0:0::5', '2001:db8::5'],
  ['IPv4 in IPv6', '::ffff:203.0.113.5', VISITOR],
  ['IPv4 in IPv6, in hexadecimal', '::ffff:cb00:7105', VISITOR],
  ['a link-local address with its zone', 'fe80::1%eth0', 'fe80::1'],
])('believes no header without trusted proxies, from %s', async (_who, peer, expected) => {
  const headers = { 'X-Forwarded-For': SPOOF, Forwarded: `for=${SPOOF}`, 'X-Real-IP': SPOOF };
  expect(await addressesOf([], peer, headers)).toEqual([expected, expected]);
});

it.each<readonly [string, string, Forwarded, string]>([
  ['one proxy', FIRST, VISITOR, VISITOR],
  ['one proxy of a range', SECOND, VISITOR, VISITOR],
  ['one proxy by IPv6', SIXTH, VISITOR, VISITOR],
  ['one proxy by IPv4 in IPv6', `::ffff:${FIRST}`, VISITOR, VISITOR],
  ['one proxy that adds to what the visitor made up', FIRST, `${SPOOF}, ${VISITOR}`, VISITOR],
  ['one proxy that adds to much', FIRST, `${`${SPOOF}, `.repeat(300)}${VISITOR}`, VISITOR],
  ['one proxy that adds a line', FIRST, [SPOOF, VISITOR], VISITOR],
  ['one proxy, for a visitor that says it is one', FIRST, `${SECOND}, ${VISITOR}`, VISITOR],
  ['two proxies', FIRST, `${VISITOR}, ${SECOND}`, VISITOR],
  ['two proxies that add to what the visitor made up', FIRST, `${SPOOF}, ${VISITOR}, ${SECOND}`, VISITOR],
  ['two proxies that add a line each', FIRST, [SPOOF, VISITOR, SECOND], VISITOR],
  ['two proxies that write no blanks', FIRST, `${SPOOF},${VISITOR},${SECOND}`, VISITOR],
  ['two proxies that write many blanks', FIRST, ` ${VISITOR} \t,\t ${SECOND} `, VISITOR],
  ['three proxies of both families', FIRST, `${VISITOR}, ${SIXTH}, ${SECOND}`, VISITOR],
  ['a proxy that is not trusted before one that is', FIRST, `${VISITOR}, 192.0.2.99`, '192.0.2.99'],
  ['a proxy that is not trusted', '192.0.2.99', VISITOR, '192.0.2.99'],
  ['proxies alone', FIRST, SECOND, SECOND],
])('believes what trusted proxies say of a visitor by way of %s', async (_way, peer, forwarded, expected) => {
  expect(await addressesOf(TRUSTED, peer, { 'X-Forwarded-For': forwarded })).toEqual([expected, expected]);
});

it.each([
  ['IPv6', '2001:db8::5', '2001:db8::5'],
  ['IPv6 written long and in capitals', '2001:0DB8:0000:0000:0000:0000:0000:0005', '2001:db8::5'],
  ['IPv4 in IPv6', '::ffff:203.0.113.5', VISITOR],
  ['IPv4 in IPv6, in hexadecimal and long', '0:0:0:0:0:FFFF:CB00:7105', VISITOR],
  ['a port', '203.0.113.5:51234', VISITOR],
  ['IPv6 in brackets', '[2001:db8::5]', '2001:db8::5'],
  ['IPv6 in brackets and a port', '[2001:db8::5]:51234', '2001:db8::5'],
  ['IPv4 in IPv6 in brackets', '[::ffff:203.0.113.5]:1', VISITOR],
  ['what could be a port and is the end of IPv6', '2001:db8::5:443', '2001:db8::5:443'],
])('reads %s in X-Forwarded-For', async (_what, entry, expected) => {
  const headers = { 'X-Forwarded-For': `${SPOOF}, ${entry}` };
  expect(await addressesOf(TRUSTED, FIRST, headers)).toEqual([expected, expected]);
});

it.each([
  ...['', ' ', 'unknown', '_hidden', 'localhost', 'visitor.example', '-', 'null'],
  ...['010.0.0.1', '203.0.113.05', '203.0.113', '203.0.113.5.6', '203.0.113.256', '3405803781', '0xcb007105'],
  ...[
    '0xcb.0.0.1',
    '203.0.113.5/32',
    '203.0.113.5 10.0.0.2',
    '"203.0.113.5"',
    'for=203.0.113.5',
    '２０３.0.113.5',
  ],
  ...['203.0.113.5:', '203.0.113.5:x', '203.0.113.5:123456', '203.0.113.5:80:80', ':80', '010.0.0.1:80'],
  ...['[203.0.113.5]', '[2001:db8::5', '2001:db8::5]', '[2001:db8::5]x', '[2001:db8::5]:', '[]', '[unknown]'],
  ...[
    'fe80::1%eth0',
    '[fe80::1%eth0]:80',
    '2001:db8::5%1',
    '2001:db8:::5',
    '1:2:3:4:5:6:7:8:9',
    'g::1',
    '::ffff:256.1.1.1',
  ],
])('takes the proxy for the visitor where that says no address: %j', async (entry) => {
  const headers = { 'X-Forwarded-For': Buffer.from(`${SPOOF}, ${entry}`).toString('latin1') };
  expect(await addressesOf(TRUSTED, FIRST, headers)).toEqual([FIRST, FIRST]);
});

it.each([
  ['an empty entry before the last', `${VISITOR}, , ${SECOND}`, SECOND],
  ['an unknown entry before the last', `${VISITOR}, unknown, ${SECOND}`, SECOND],
  ['an empty entry at the end', `${VISITOR},`, FIRST],
])('believes nothing behind %s', async (_what, forwarded, expected) => {
  const headers = { 'X-Forwarded-For': forwarded };
  expect(await addressesOf(TRUSTED, FIRST, headers)).toEqual([expected, expected]);
});

it.each(['Forwarded', 'X-Real-IP', 'X-Client-IP', 'True-Client-IP', 'CF-Connecting-IP', 'X-Forwarded'])(
  'believes no %s, of trusted proxies neither',
  async (name) => {
    const headers = { [name]: name === 'Forwarded' ? `for=${SPOOF}` : SPOOF };
    expect(await addressesOf(TRUSTED, FIRST, headers)).toEqual([FIRST, FIRST]);
    expect(await addressesOf(TRUSTED, FIRST, { ...headers, 'X-Forwarded-For': VISITOR })).toEqual([
      VISITOR,
      VISITOR,
    ]);
  },
);
