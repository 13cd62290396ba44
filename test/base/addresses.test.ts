import { expect, it } from 'vitest';
import { inUrl, isHostName, isLoopback, normalAddress, reachableHost } from '../../base/addresses.ts';

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['0.0.0.0', '0.0.0.0'],
  ['2001:DB8::1', '2001:db8::1'],
  ['2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8::1'],
  ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['0:0:0:0:0:0:0:1', '::1'],
  ['::', '::'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:192.0.2.1', '192.0.2.1'],
  ['::ffff:c000:201', '192.0.2.1'],
  ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
  ['0000:0000:0000:0000:0000:ffff:c000:0201', '192.0.2.1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['::ffff:0:1', '0.0.0.1'],
])('has %s in its one normal form', (address, expected) => {
  expect(normalAddress(address)).toBe(expected);
});

it.each([
  '',
  ' ',
  'localhost',
  '1.2.3',
  '1.2.3.4.5',
  '256.0.0.1',
  '01.2.3.4',
  '1.2.3.4 ',
  '1.2.3.4/32',
  '1.2.3.4:80',
  '[::1]',
  ':::1',
  '1::2::3',
  'g::1',
  '::ffff:256.0.0.1',
  '2130706433',
  '0x7f.0.0.1',
])('takes %j for no address', (text) => {
  expect(normalAddress(text)).toBeUndefined();
});

it('leaves a normal address as it is', () => {
  for (const address of ['192.0.2.1', '2001:db8::1', '::1', 'fe80::1']) {
    expect(normalAddress(address)).toBe(address);
  }
});

it.each([
  ['localhost', true],
  ['plesk.example.com', true],
  ['plesk.example.com.', true],
  ['PLESK.Example', true],
  ['xn--bcher-kva.example', true],
  ['a-b.c', true],
  ['_dmarc.example', true],
  ['123', true],
  ['a'.repeat(63), true],
  [`${'a.'.repeat(126)}a`, true],
  ['', false],
  ['.', false],
  ['a..b', false],
  ['.a', false],
  ['-a.b', false],
  ['a-.b', false],
  ['a b', false],
  ['a/b', false],
  ['a:80', false],
  ['a@b', false],
  ['bücher.example', false],
  ['a\n', false],
  ['*.example.com', false],
  ['a'.repeat(64), false],
  [`${'a.'.repeat(127)}a`, false],
])('says of the host name %j: %s', (text, expected) => {
  expect(isHostName(text)).toBe(expected);
});

it.each([
  ['::1', '[::1]'],
  ['127.0.0.1', '127.0.0.1'],
  ['plesk.example', 'plesk.example'],
])('puts %s into a URL as %s', (host, expected) => {
  expect(inUrl(host)).toBe(expected);
});

it.each([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '::1'],
  ['0:0:0:0:0:0:0:0', '::1'],
  ['::ffff:0.0.0.0', '127.0.0.1'],
  ['127.0.0.1', '127.0.0.1'],
  ['192.0.2.1', '192.0.2.1'],
  ['plesk.test', 'plesk.test'],
])('says where this machine reaches what listens on %s: %s', (host, expected) => {
  expect(reachableHost(host)).toBe(expected);
});

it.each([
  ['http://localhost:8880', true],
  ['http://plesk.localhost:8880/', true],
  ['http://127.0.0.1', true],
  ['http://127.9.9.9', true],
  ['http://[::1]:80', true],
  ['http://localhost.example.com', false],
  ['http://notlocalhost', false],
  ['http://plesk.localhost.', false],
  ['http://128.0.0.1', false],
  ['http://127.0.0.1.example.com', false],
])('says whether traffic to %s stays on this machine: %j', (url, expected) => {
  expect(isLoopback(new URL(url))).toBe(expected);
});
