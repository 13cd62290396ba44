import { expect, it } from 'vitest';
import { nearestName } from '../../base/nearest.ts';

const KNOWN = ['plesk', 'host', 'httpPort', 'https', 'httpsPort', 'api', 'apiAllowedIps', 'tokenTtl'];

it.each([
  ['httpPort', 'httpPort'],
  ['HTTP_PORT', 'httpPort'],
  ['HTP_PORT', 'httpPort'],
  ['http-prot', 'httpPort'],
  ['htttpsPort', 'httpsPort'],
  ['plsek', 'plesk'],
  ['hosts', 'host'],
  ['apiAllowedIp', 'apiAllowedIps'],
  ['allowedIps', 'apiAllowedIps'],
  ['ttl', 'tokenTtl'],
  ['port', 'httpPort'],
  ['apiKey', 'api'],
])('takes %s for %s', (name, nearest) => {
  expect(nearestName(name, KNOWN)).toBe(nearest);
});

it.each(['', '-', 'a', 'ps', 'colour', 'release', '__proto__', '%&$', 'x'.repeat(1000)])(
  'takes %j for nothing',
  (name) => {
    expect(nearestName(name, KNOWN)).toBeUndefined();
  },
);
