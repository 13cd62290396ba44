import { expect, it } from 'vitest';
import { checkSettings, readConfig } from '../../src/config.ts';

const NEEDED = {
  publicUrl: 'https://login.example.com',
  clientAreaUrl: 'https://billing.example.com',
  directory: '/etc/plesk-sso/directory.json',
};

it('has defaults that guard', () => {
  expect(checkSettings(NEEDED)).toMatchObject({
    ...NEEDED,
    host: '127.0.0.1',
    trustedProxies: [],
    allowedOrigins: [],
    store: 'memory',
    ttl: 60,
    mode: 'auto',
    issueLimit: 60,
    openLimit: 30,
    failedLimit: 10,
  });
});

it('takes URLs as browsers write them', () => {
  const { publicUrl, clientAreaUrl, allowedOrigins } = checkSettings({
    ...NEEDED,
    publicUrl: 'HTTPS://Login.Example.com:443/',
    clientAreaUrl: 'https://billing.example.com/whmcs/',
    allowedOrigins: ['https://Docs.Example.com/'],
  });

  expect({ publicUrl, clientAreaUrl, allowedOrigins }).toEqual({
    publicUrl: 'https://login.example.com',
    clientAreaUrl: 'https://billing.example.com/whmcs',
    allowedOrigins: ['https://docs.example.com'],
  });
});

it.each<readonly [name: string, value: unknown]>([
  ['publicUrl', 'http://login.example.com'],
  ['publicUrl', 'http://127.0.0.1.evil.example'],
  ['publicUrl', 'https://user@login.example.com'],
  ['publicUrl', 'https://login.example.com?x'],
  ['publicUrl', 'login.example.com'],
  ['publicUrl', 'javascript:alert(1)'],
  ['clientAreaUrl', 'http://billing.example.com'],
  ['allowedOrigins', ['https://docs.example.com/path']],
  ['allowedOrigins', ['*']],
  ['allowedOrigins', ['https://*.example.com']],
  ['panelPaths', ['']],
  ['panelPaths', ['/']],
  ['panelPaths', ['my-extension/']],
  ['panelPaths', ['/my-extension']],
  ['panelPaths', ['/a//b/']],
  ['panelPaths', ['/../']],
  ['panelPaths', ['/a%2fb/']],
  ['panelPaths', ['/a?b/']],
  ['panelPaths', ['/enterprise/']],
  ['panelPaths', ['/Login_up.php/']],
  ['ttl', 9],
  ['ttl', 61],
  ['ttl', 30.5],
  ['trustedProxies', ['0.0.0.0/0']],
  ['trustedProxies', ['::/0']],
  ['trustedProxies', ['0.0.0.0/1', '128.0.0.0/1']],
  ['trustedProxies', ['*']],
  ['trustedProxies', ['true']],
  ['trustedProxies', ['010.0.0.1']],
  ['store', 'redis'],
  ['store', 'http://127.0.0.1:6379'],
  ['mode', 'once'],
  ['language', 'english'],
  ['port', 65_536],
  ['metricsPort', 9080],
  ['drainMs', 8001],
  ['tlsCert', 'cert.pem'],
  ['tlsKey', 'key.pem'],
  ['pepperKeys', ['short']],
])('refuses %s of %j', (name, value) => {
  expect(() => checkSettings({ ...NEEDED, [name]: value })).toThrow(
    expect.objectContaining({
      name: 'SettingsError',
      mistakes: expect.arrayContaining([expect.stringMatching(new RegExp(`^${name}`))]) as unknown,
    }) as Error,
  );
});

it('names all that is missing and wrong at once, where it was set, and shows no secret', () => {
  const secret = 'geheim-geheim';
  const read = (): unknown =>
    readConfig(
      ['--ttl', '90', '--mdoe', 'confirm', 'word'],
      { PLESK_SSO_PEPPER_KEYS: secret, PLESK_SSO_STORE: `redis//:${secret}@x` },
      { port: 'x', colour: 1 },
      {},
    );

  expect(read).toThrow(
    expect.objectContaining({
      mistakes: expect.arrayContaining([
        'word is not expected here',
        '--mdoe is not known; do you mean --mode?',
        expect.stringMatching(/^--public-url is missing/),
        expect.stringMatching(/^--client-area-url is missing/),
        expect.stringMatching(/^--directory is missing/),
        expect.stringMatching(/^--ttl: 90 is not within 10 and 60/),
        expect.stringMatching(/^PLESK_SSO_PEPPER_KEYS\.0: what stands there is no key/),
        expect.stringMatching(/^PLESK_SSO_STORE: what stands there is no memory/),
        expect.stringMatching(/^port in the file: 'x' is no whole number/),
        expect.stringMatching(/^colour in the file is not known/),
      ]) as unknown,
      message: expect.not.stringContaining(secret) as unknown,
    }) as Error,
  );
});

it('wants a pepper of its own where links are shared', () => {
  expect(() => checkSettings({ ...NEEDED, store: 'redis://127.0.0.1:6379' })).toThrow(
    /pepperKeys is missing/,
  );
  expect(
    checkSettings({ ...NEEDED, store: 'redis://127.0.0.1:6379', pepperKeys: ['env:PEPPER'] }).store,
  ).toBe('redis://127.0.0.1:6379');
});

it('takes flags before the environment, and that before a file', () => {
  const { settings } = readConfig(
    ['--ttl', '20'],
    { PLESK_SSO_TTL: '30', PLESK_SSO_MODE: 'confirm', PLESK_SSO_DIRECTORY: '/env' },
    { ...NEEDED, ttl: 40, mode: 'direct', issueLimit: 5 },
    {},
  );

  expect(settings).toMatchObject({ ttl: 20, mode: 'confirm', directory: '/env', issueLimit: 5 });
});
