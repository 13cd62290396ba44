import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isNetmask, networkOf, networksOf, parseNetwork } from '../../base/networks.ts';

it.each([
  ['192.0.2.1', { address: '192.0.2.1', family: 'ipv4', prefix: 32 }],
  ['192.0.2.0/24', { address: '192.0.2.0', family: 'ipv4', prefix: 24 }],
  ['0.0.0.0/0', { address: '0.0.0.0', family: 'ipv4', prefix: 0 }],
  ['2001:DB8::/32', { address: '2001:db8::', family: 'ipv6', prefix: 32 }],
  ['::1', { address: '::1', family: 'ipv6', prefix: 128 }],
  ['::ffff:192.0.2.1', { address: '192.0.2.1', family: 'ipv4', prefix: 32 }],
  ['::ffff:10.0.0.0/104', { address: '10.0.0.0', family: 'ipv4', prefix: 8 }],
])('reads %s', (text, network) => {
  expect(parseNetwork(text)).toEqual(network);
});

it.each([
  ['bits beyond the prefix', '192.0.2.7/24'],
  ['bits beyond the prefix of IPv6', '2001:db8::1/32'],
  ['a nought in front, which some read as octal', '010.0.0.1'],
  ['hex digits', '0x7f.0.0.1'],
  ['fewer than four parts', '127.1'],
  ['one number', '2130706433'],
  ['a zone', 'fe80::1%eth0'],
  ['a port', '192.0.2.1:80'],
  ['brackets', '[::1]'],
  ['too long a prefix', '192.0.2.0/33'],
  ['too long a prefix of IPv6', '::/129'],
  ['a prefix with a nought in front', '10.0.0.0/08'],
  ['a prefix with a sign', '10.0.0.0/+8'],
  ['an empty prefix', '10.0.0.0/'],
  ['two prefixes', '10.0.0.0/8/8'],
  ['a mask', '10.0.0.0/255.0.0.0'],
  ['a blank', ' 10.0.0.1'],
  ['an asterisk', '*'],
  ['nothing', ''],
])('refuses %s', (_case, text) => {
  expect(parseNetwork(text)).toBeUndefined();
});

it.each([
  ['192.0.2.200', ['192.0.2.0/24'], true],
  ['192.0.3.1', ['192.0.2.0/24'], false],
  ['::ffff:192.0.2.200', ['192.0.2.0/24'], true],
  ['2001:db8:ffff::1', ['2001:db8::/32'], true],
  ['2001:db9::1', ['2001:db8::/32'], false],
  ['192.0.2.1', ['198.51.100.1', '192.0.2.1'], true],
  ['192.0.2.1', [], false],
  ['unknown', ['0.0.0.0/0', '::/0'], false],
  ['', ['0.0.0.0/0', '::/0'], false],
  ['010.0.0.1', ['8.0.0.0/8', '10.0.0.0/8'], false],
])('%s within %j: %s', (address, networks, isWithin) => {
  expect(networksOf(networks)(address)).toBe(isWithin);
});

it('holds every address of a range, and none outside of it', () => {
  const octet = fc.nat(255);
  fc.assert(
    fc.property(octet, octet, octet, octet, fc.integer({ min: 1, max: 32 }), (a, b, c, d, prefix) => {
      const value = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
      const mask = (0xffffffff << (32 - prefix)) >>> 0;
      const text = (one: number): string => [24, 16, 8, 0].map((shift) => (one >>> shift) & 255).join('.');
      const within = networksOf([`${text((value & mask) >>> 0)}/${prefix}`]);
      const outside = (value ^ (1 << (32 - prefix))) >>> 0;
      return within(text(value)) && !within(text(outside));
    }),
  );
});

it('takes the first 64 bits of an IPv6 address, and the whole of an IPv4 address', () => {
  expect(networkOf('2001:db8:1:2:3:4:5:6', 64)).toBe(networkOf('2001:db8:1:2::', 64));
  expect(networkOf('2001:db8:1:2::', 64)).not.toBe(networkOf('2001:db8:1:3::', 64));
  expect(networkOf('192.0.2.1', 64)).toBe('192.0.2.1');
});

it.each(['0.0.0.0', '255.255.255.0', '255.255.128.0', '255.255.255.255', '::', 'ffff:ffff:8000::'])(
  'takes %s for a netmask',
  (address) => {
    expect(isNetmask(address)).toBe(true);
  },
);

it.each(['255.0.255.0', '0.0.0.1', '255.255.255.253', '192.0.2.1', '::1', 'ffff:0:ffff::'])(
  'takes %s for none',
  (address) => {
    expect(isNetmask(address)).toBe(false);
  },
);
