import { expect, it } from 'vitest';
import { Secret } from '../../base/secret.ts';
import { checkFailureUrl } from '../../src/commands/check-failure-url.ts';
import type { PleskServer } from '../../src/directory/directory.ts';

const SERVICE = 'https://sso.example.com';
const SERVER: PleskServer = {
  id: 'plesk-1',
  origin: 'https://plesk.example.com:8443',
  release: '18.0',
  credentials: { kind: 'key', key: new Secret('key') },
  ca: undefined,
  fingerprint: undefined,
  trustedRedirectHosts: undefined,
  absoluteRedirects: 'any',
  failureRedirectUrl: undefined,
  sendsPhpSessionId: false,
};

it.each<readonly [what: string, server: Partial<PleskServer>, publicUrl: string]>([
  ['the service is named', { failureRedirectUrl: `${SERVICE}/` }, SERVICE],
  ['the service is the default of Plesk', {}, SERVICE],
  ['the release ends no sessions', { release: '11.5' }, SERVICE],
  ['the service is named, with its port', { failureRedirectUrl: `${SERVICE}:9443/` }, `${SERVICE}:9443`],
  ['the initiating host is named on 12.0', { release: '12.0', failureRedirectUrl: `${SERVICE}/` }, SERVICE],
])('says nothing where %s', (_what, server, publicUrl) => {
  expect(checkFailureUrl({ ...SERVER, ...server }, publicUrl)).toEqual([]);
});

const SET = 'run: plesk-sso servers set plesk-1 --failure-redirect-url';

it.each<readonly [what: string, server: Partial<PleskServer>, publicUrl: string, advice: string]>([
  [
    'another page is named',
    { failureRedirectUrl: 'https://billing.example.com/' },
    SERVICE,
    `${SET} ${SERVICE}/`,
  ],
  ['a page of the panel is named', { failureRedirectUrl: '/login' }, SERVICE, `${SET} ${SERVICE}/`],
  ['none is named on 12.5', { release: '12.5' }, SERVICE, `${SET} ${SERVICE}/`],
  ['none is named and the port is not 443', {}, `${SERVICE}:9443`, `${SET} ${SERVICE}:9443/`],
  ['none is named and the service has no host name', {}, 'https://192.0.2.1', `${SET} https://192.0.2.1/`],
  [
    'trustedRedirectHosts lacks the service',
    { failureRedirectUrl: `${SERVICE}/`, trustedRedirectHosts: ['billing.example.com'] },
    SERVICE,
    'trustedRedirectHosts lacks sso.example.com',
  ],
])('advises where %s', (_what, server, publicUrl, advice) => {
  expect(checkFailureUrl({ ...SERVER, ...server }, publicUrl)).toEqual([
    {
      level: 'note',
      code: 'failure_redirect_elsewhere',
      text: expect.stringContaining(advice) as unknown,
    },
  ]);
});
