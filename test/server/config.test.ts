import { expect, it } from 'vitest';
import { flagOf, variableOf } from '../../base/settings.ts';
import type { Settings } from '../../server/config.ts';
import { SettingsError } from '../../base/settings-error.ts';
import { checkSettings, readConfig } from '../../server/config.ts';
import { PREFIX, SETTINGS } from '../../server/settings.ts';

/** A value of each setting that is not its default, as it is typed and as it is read. */
const VALUES: readonly (readonly [name: keyof Settings, text: string, value: unknown])[] = [
  ['plesk', '12.5', '12.5'],
  ['host', '0.0.0.0', '0.0.0.0'],
  ['httpPort', '0', 0],
  ['https', 'false', false],
  ['httpsPort', '0', 0],
  ['hostnames', 'plesk,192.0.2.7', ['plesk', '192.0.2.7']],
  ['caDir', 'ca', 'ca'],
  ['tlsCert', 'cert.pem', 'cert.pem'],
  ['tlsKey', 'key.pem', 'key.pem'],
  ['seed', 'demo', 'demo'],
  ['state', 'state.json', 'state.json'],
  ['trustedRedirectHosts', 'a.example,*.b.example', ['a.example', '*.b.example']],
  ['absoluteRedirects', 'initiating-host', 'initiating-host'],
  ['trustedProxies', '192.0.2.1,2001:db8::/32', ['192.0.2.1', '2001:db8::/32']],
  ['loginTimeout', '5', 5],
  ['tokenTtl', '60', 60],
  ['tokenReuse', 'true', true],
  ['addressCheck', 'false', false],
  ['allowIpChanges', 'true', true],
  ['unopenedSessions', 'true', true],
  ['emptyUserIp', 'refuse', 'refuse'],
  ['suspendedSession', 'make', 'make'],
  ['unknownLogin', '1001', '1001'],
  ['foreignAccount', '1013', '1013'],
  ['passwordStrength', 'very-strong', 'very-strong'],
  ['credentialRules', 'any', 'any'],
  ['accountStatus', 'documented', 'documented'],
  ['resellerWithCustomers', 'refuse', 'refuse'],
  ['keyWithoutAddress', 'any', 'any'],
  ['lockoutAttempts', '3', 3],
  ['lockoutMinutes', '5', 5],
  ['loginByGet', 'false', false],
  ['sameSite', 'lax', 'lax'],
  ['askForContact', 'true', true],
  ['anyContentType', 'false', false],
  ['api', 'false', false],
  ['apiAllowedIps', '192.0.2.1,::1', ['192.0.2.1', '::1']],
  ['maxPacketBytes', '2048', 2048],
  ['journal', '5', 5],
  ['unexpected', 'fail', 'fail'],
  ['idSeed', 'a text', 'a text'],
  ['controlToken', 'a-token-of-some-length', 'a-token-of-some-length'],
  ['timeZone', 'Europe/Berlin', 'Europe/Berlin'],
];

const WRONG: readonly (readonly [name: keyof Settings, text: string])[] = [
  ['plesk', '19'],
  ['plesk', ''],
  ['host', 'no host'],
  ['host', ''],
  ['httpPort', '65536'],
  ['httpPort', '-1'],
  ['httpPort', 'http'],
  ['seed', ''],
  ['trustedRedirectHosts', 'https://a.example'],
  ['trustedRedirectHosts', 'a.*.example'],
  ['absoluteRedirects', 'all'],
  ['trustedProxies', 'proxy.example'],
  ['loginTimeout', '0'],
  ['loginTimeout', '100000'],
  ['tokenTtl', '0'],
  ['tokenTtl', '1.5'],
  ['tokenReuse', 'maybe'],
  ['addressCheck', ''],
  ['emptyUserIp', 'ignore'],
  ['httpsPort', '8880'],
  ['hostnames', 'http://plesk'],
  ['tlsCert', ''],
  ['suspendedSession', 'maybe'],
  ['unknownLogin', '1002'],
  ['foreignAccount', '1015'],
  ['passwordStrength', 'best'],
  ['credentialRules', 'all'],
  ['accountStatus', 'all'],
  ['resellerWithCustomers', 'keep'],
  ['keyWithoutAddress', 'none'],
  ['lockoutAttempts', '0'],
  ['lockoutMinutes', '0'],
  ['sameSite', 'Lax'],
  ['api', '2'],
  ['apiAllowedIps', 'localhost'],
  ['apiAllowedIps', '192.0.2.0/24'],
  ['maxPacketBytes', '1023'],
  ['maxPacketBytes', '99999999999999999999'],
  ['timeZone', 'Mars/Phobos'],
];

const variable = (name: string): string => variableOf(PREFIX, name);
const DEFAULTS = readConfig([], {}).settings;

function mistakesOf(args: readonly string[], env: Readonly<Record<string, string>> = {}): readonly string[] {
  try {
    readConfig(args, env);
  } catch (error) {
    if (error instanceof SettingsError) return error.mistakes;
    throw error;
  }
  throw new Error('the settings were accepted');
}

it('tries every setting that there is', () => {
  expect(VALUES.map(([name]) => name)).toEqual(Object.keys(SETTINGS));
});

it('has the defaults of a fresh Plesk that only this machine can reach', () => {
  expect(DEFAULTS).toMatchObject({
    plesk: '18.0',
    host: '127.0.0.1',
    httpPort: 8880,
    loginTimeout: 30,
    tokenReuse: false,
    addressCheck: true,
    allowIpChanges: false,
    unopenedSessions: false,
    emptyUserIp: 'caller',
    api: true,
    maxPacketBytes: 1_048_576,
    timeZone: 'UTC',
  });
  for (const name of ['seed', 'trustedRedirectHosts', 'tokenTtl', 'apiAllowedIps']) {
    expect(DEFAULTS).not.toHaveProperty(name);
  }
});

/** What has to be set besides. */
const PARTNERS: Readonly<Record<string, Partial<Settings>>> = {
  tlsCert: { tlsKey: 'k.pem' },
  tlsKey: { tlsCert: 'c.pem' },
};
const partnersOf = (name: string): readonly (readonly [string, string])[] =>
  Object.entries(PARTNERS[name] ?? {}).map(([partner, value]) => [partner, String(value)]);

it.each(VALUES)('reads %s by its flag', (name, text, value) => {
  const flags = [...partnersOf(name), [name, text] as const].map(([one, as]) => `--${flagOf(one)}=${as}`);

  expect(readConfig(flags, {}).settings).toEqual({ ...DEFAULTS, ...PARTNERS[name], [name]: value });
});

it.each(VALUES)('reads %s from the environment', (name, text, value) => {
  const env = [...partnersOf(name), [name, text] as const].map(([one, as]) => [variable(one), as] as const);

  expect(readConfig([], Object.fromEntries(env)).settings).toEqual({
    ...DEFAULTS,
    ...PARTNERS[name],
    [name]: value,
  });
});

it.each([
  [['--tls-cert=c.pem'], '--tls-cert: its key is missing (--tls-key)'],
  [['--tls-key=k.pem'], '--tls-key: its certificate is missing (--tls-cert)'],
  [
    ['--tls-cert=c', '--tls-key=k', '--ca-dir=d'],
    '--ca-dir: a certificate of your own (--tls-cert) needs no CA',
  ],
  [['--http-port=1', '--https-port=1'], '--https-port: HTTP has port 1 already'],
])('refuses %j, which do not go together', (args, mistake) => {
  expect(mistakesOf(args)).toEqual([expect.stringContaining(mistake)]);
});

it.each([
  [['--no-address-check'], { addressCheck: false }],
  [['--no-api'], { api: false }],
  [['--token-reuse'], { tokenReuse: true }],
  [['--no-token-reuse'], { tokenReuse: false }],
  [['start', '--http-port', '1'], { httpPort: 1 }],
  [['--http-port', '1', 'start'], { httpPort: 1 }],
  [['--trusted-redirect-hosts='], { trustedRedirectHosts: [] }],
  [['--api-allowed-ips='], { apiAllowedIps: [] }],
])('reads %j', (args, expected) => {
  expect(readConfig(args, {}).settings).toEqual({ ...DEFAULTS, ...expected });
});

it('prefers a flag to a variable', () => {
  const env = { [variable('plesk')]: '12.0', [variable('httpPort')]: '1', [variable('api')]: 'false' };

  expect(readConfig(['--plesk', '17.8', '--api'], env).settings).toEqual({
    ...DEFAULTS,
    plesk: '17.8',
    httpPort: 1,
    api: true,
  });
});

it('leaves variables without its prefix alone', () => {
  expect(readConfig([], { PLESK: '12.0', HTTP_PORT: 'x', PORT: 'x', HOST: '' }).settings).toEqual(DEFAULTS);
});

it.each(WRONG)('refuses %s by flag and by variable where that is %j', (name, text) => {
  const byFlag = mistakesOf([`--${flagOf(name)}=${text}`]);

  for (const mistake of byFlag) expect(mistake).toMatch(new RegExp(`^--${flagOf(name)}(\\.\\d+)?: \\S`));
  // A variable that is empty is as good as none, but for a list.
  if (text !== '') expect(mistakesOf([], { [variable(name)]: text })).toHaveLength(byFlag.length);
});

it('names a wrong variable by its own name, whatever is wrong with it', () => {
  const env = { [variable('api')]: '?', [variable('loginTimeout')]: '0', [variable('plesk')]: '3' };

  expect(
    mistakesOf([], env)
      .map((mistake) => mistake.split(':')[0])
      .sort(),
  ).toEqual(Object.keys(env).sort());
});

it('refuses to fail by a journal that is not kept', () => {
  expect(mistakesOf(['--unexpected', 'fail', '--journal', '0'])).toEqual([
    "--unexpected: 'fail' needs the journal, and --journal is 0",
  ]);
});

it('names everything that is wrong at once', () => {
  const mistakes = mistakesOf(['stop', '--plesk', '3', '--nope', '--token-ttl', 'x'], {
    [variable('api')]: '?',
    [variable('loginTimeout')]: 'x',
  });

  expect(mistakes.map((mistake) => mistake.split(/[: ]/)[0]).sort()).toEqual(
    ['--nope', '--plesk', '--token-ttl', variable('api'), variable('loginTimeout'), 'stop'].sort(),
  );
});

it.each([[['stop']], [['start', 'now']], [['START']]])('does not know the command %j', (args) => {
  expect(mistakesOf(args)).toEqual([expect.stringContaining('is no command')]);
});

it.each([
  [
    ['--https', 'maybe'],
    '--https is a switch and takes no word behind it, such as maybe; there are --https and --no-https',
  ],
  [
    ['--no-https', 'false'],
    '--no-https is a switch and takes no word behind it, such as false; there are --https and',
  ],
  [['start', '--api', 'x'], '--api is a switch and takes no word behind it, such as x'],
  [
    ['--https', 'wait'],
    'wait is no command; there are start, wait, health, env and init, and they come first',
  ],
  [['--no-https=false'], "--no-https takes no value, such as 'false'"],
  [['--https=maybe'], "--https: 'maybe' is no true or false"],
])('says what is wrong with the switch in %j', (args, mistake) => {
  expect(mistakesOf(args)).toEqual([expect.stringContaining(mistake)]);
});

it.each([[['--https', 'start']], [['start', '--https']]])('starts with the switch in %j', (args) => {
  expect(readConfig(args, {}).settings).toEqual(DEFAULTS);
});

it('names the options of a program as the program writes them', () => {
  const wrong = (): unknown => checkSettings({ tlsCert: 'c.pem', htpPort: 1, Https: true, '--help': 1 });

  expect(wrong).toThrow(
    new SettingsError([
      'htpPort is not known; do you mean httpPort?',
      'Https is not known; do you mean https?',
      '--help is not known',
    ]),
  );
  expect(() => checkSettings({ tlsCert: 'c.pem' })).toThrow('tlsCert: its key is missing (tlsKey)');
});

it.each([['192.0.2.1'], ['::1'], ['[::1]'], ['*.example.com'], ['example.com'], ['localhost']])(
  'says whether %s may be trusted in one way for options and flags',
  (host) => {
    const byOption = (): unknown => checkSettings({ trustedRedirectHosts: [host] }).trustedRedirectHosts;
    const byFlag = (): unknown =>
      readConfig(['--trusted-redirect-hosts', host], {}).settings.trustedRedirectHosts;

    if (host === '[::1]') for (const read of [byOption, byFlag]) expect(read).toThrow(SettingsError);
    else expect([byOption(), byFlag()]).toEqual([[host], [host]]);
  },
);
