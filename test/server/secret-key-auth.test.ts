import { expect, it } from 'vitest';
import type { SeedInput } from '../../server/emulator.ts';
import { SeedError, startEmulator } from '../../server/emulator.ts';
import { ask, keyFilter, newKey } from '../support/agent.ts';
import { DEMO, start } from '../support/emulator.ts';
import { credentials, inServer, resultsIn } from '../support/wire.ts';

const PROTOS = inServer('<get_protos/>');
const USAGE =
  '11003 PleskAPIInvalidSecretKeyException : Invalid secret key usage. Please check logs for details.';
const UNKNOWN = '11003 PleskAPIInvalidSecretKeyException : key is not found';
const KEY = '1a2b3c4d-0000-4000-8000-1234567890ab';

const SEED: SeedInput = {
  accounts: [
    { login: 'carl', password: '12345', role: 'customer' },
    { login: 'rita', password: '12345', role: 'reseller', remoteApi: false },
    { login: 'sam', password: '12345', role: 'customer', status: 'suspended' },
  ],
  secretKeys: [
    { key: KEY },
    { key: 'bound to two', ipAddresses: ['127.0.0.2', '::ffff:127.0.0.3'], description: 'two' },
    { key: "carl's", login: 'carl' },
    { key: "rita's", login: 'rita' },
    { key: "sam's", login: 'sam' },
    { key: "sam's, bound", login: 'sam', ipAddresses: ['192.0.2.1'] },
  ],
};

it.each([
  ['of the administrator', KEY, 'ok'],
  ['of a customer', "carl's", '1006 Permission denied.'],
])('lets in whoever has a key %s, as its account', async (_whose, key, got) => {
  const { plesk } = await start({ seed: SEED });

  const { body } = await ask(plesk, inServer('<get_protos/><get><session_setup/></get>'), { KEY: key });

  expect(resultsIn(body)).toEqual(['ok', got]);
});

it.each([
  ['12.0', USAGE],
  ['12.5', USAGE],
  ['17.0', USAGE],
  ['17.5', USAGE],
  ['17.8', USAGE],
  ['18.0', UNKNOWN],
] as const)(
  'has two texts for a key that is unknown, and one for a foreign address: %s',
  async (release, text) => {
    const { plesk } = await start({ seed: SEED, plesk: release });

    expect((await ask(plesk, PROTOS, { KEY: 'other' })).fault).toBe(text);
    expect((await ask(plesk, PROTOS, { KEY: 'bound to two' })).fault).toBe(USAGE);
  },
);

it('accepts a key from each of its addresses and from no other', async () => {
  const { plesk } = await start({ seed: SEED });
  const from = async (address: string): Promise<string | undefined> =>
    (await ask(plesk, PROTOS, { KEY: 'bound to two' }, address)).fault;

  expect(await from('127.0.0.2')).toBeUndefined();
  expect(await from('127.0.0.3')).toBeUndefined();
  expect(await from('127.0.0.4')).toBe(USAGE);
});

it.each([
  ['sender', USAGE],
  ['any', undefined],
] as const)('accepts a key without ip_address from %s', async (keyWithoutAddress, elsewhere) => {
  const { plesk } = await start({ keyWithoutAddress });
  const key = await newKey(plesk);

  expect((await ask(plesk, PROTOS, { KEY: key })).fault).toBeUndefined();
  expect((await ask(plesk, PROTOS, { KEY: key }, '127.0.0.2')).fault).toBe(elsewhere);
});

it.each([
  [
    'an unknown key',
    { KEY: KEY.replace('1a', '2a') },
    UNKNOWN,
    /^there is no secret key 2a2b3c\.\.; was it made by/,
  ],
  ['a password in its place', { KEY: 'changeme1Q**' }, UNKNOWN, /^there is no secret key of 12 characters; /],
  ['an empty key', { KEY: '' }, UNKNOWN, /^KEY is empty$/],
  [
    'a foreign address',
    { KEY: 'bound to two' },
    USAGE,
    /^secret key of 12 characters is bound to 127\.0\.0\.2, 127\.0\.0\.3; the packet came from 127\.0\.0\.1$/,
  ],
  ["a suspended account's key", { KEY: "sam's" }, '1011 The account is disabled.', /^sam is suspended$/],
  [
    "a suspended account's key from a foreign address",
    { KEY: "sam's, bound" },
    USAGE,
    /is bound to 192\.0\.2\.1;/,
  ],
  [
    'a reseller without the remote API',
    { KEY: "rita's" },
    '1006 Permission denied.',
    /^the reseller rita may not/,
  ],
  [
    'an unknown key beside the right password',
    { KEY: 'unheard-of', ...credentials(DEMO.admin) },
    UNKNOWN,
    /^there is no secret key of 10 characters/,
  ],
])('refuses %s and says why to the developer', async (_case, headers, fault, reason) => {
  const { plesk, lines } = await start({ seed: SEED });

  const answered = await ask(plesk, PROTOS, headers);

  expect(answered.fault).toBe(fault);
  expect(answered.reason).toMatch(reason);
  expect(lines[0]).toContain(answered.reason);
  expect(lines[0]).not.toContain(headers.KEY === '' ? KEY : headers.KEY);
});

it('says of the id of a key that it is none', async () => {
  const { plesk } = await start();
  const key = await newKey(plesk);
  const { body } = await ask(plesk, keyFilter('get_info', key));
  const id = /<key>([\da-f]{8})<\/key>/.exec(body)?.[1] ?? '';

  const { fault, reason } = await ask(plesk, PROTOS, { KEY: id });

  expect(fault).toBe(UNKNOWN);
  expect(reason).toBe(`secret key ${id} is the id that get_info shows; KEY takes what create answered`);
});

it.each([
  ['a wrong password', { HTTP_AUTH_LOGIN: 'admin', HTTP_AUTH_PASSWD: 'wrong' }],
  ['a login that nobody has', { HTTP_AUTH_LOGIN: 'nobody', HTTP_AUTH_PASSWD: 'x' }],
])('lets a key win over %s', async (_what, pair) => {
  const { plesk } = await start({ seed: SEED });

  expect((await ask(plesk, PROTOS, { ...pair, KEY })).fault).toBeUndefined();
});

it('lets nobody in with a key that was deleted', async () => {
  const { plesk } = await start();
  const key = await newKey(plesk);
  await ask(plesk, keyFilter('delete', key));

  expect((await ask(plesk, PROTOS, { KEY: key })).fault).toBe(UNKNOWN);
});

it('lets a key delete itself, and ends with that packet', async () => {
  const { plesk } = await start();
  const key = await newKey(plesk);

  const { body } = await ask(plesk, keyFilter('delete', key), { KEY: key });

  expect(resultsIn(body)).toEqual(['ok']);
  expect((await ask(plesk, PROTOS, { KEY: key })).fault).toBe(UNKNOWN);
});

const key = { key: 'a' };

it.each([
  ['no key', [{}], ['secretKeys.0.key']],
  ['an empty key', [{ key: '' }], ['secretKeys.0.key']],
  ['a key of 256 characters', [{ key: 'x'.repeat(256) }], ['secretKeys.0.key']],
  [
    'a key that no header can hold',
    [{ key: 'a\nb' }, { key: 'ä' }],
    ['secretKeys.0.key', 'secretKeys.1.key'],
  ],
  ['a key twice', [key, { key: 'b' }, key], ['secretKeys.2.key']],
  ['an address that is none', [{ ...key, ipAddresses: ['::1', 'x'] }], ['secretKeys.0.ipAddresses.1']],
  ['one address for a list', [{ ...key, ipAddresses: '::1' }], ['secretKeys.0.ipAddresses']],
  ['a login that nobody has', [{ ...key, login: 'who' }], ['secretKeys.0.login']],
  ['a field that nobody knows', [{ ...key, ip: '::1' }], ['secretKeys.0.ip']],
  [
    'wrong things of two kinds',
    [{ ...key, login: 'who', description: 1 }],
    ['secretKeys.0.description', 'secretKeys.0.login'],
  ],
])('refuses a seed with %s and names its path', async (_case, secretKeys, paths) => {
  const failure = await startEmulator({ seed: { secretKeys } as SeedInput }).catch((error: unknown) => error);

  if (!(failure instanceof SeedError)) throw new Error('the seed was accepted');
  expect(failure.mistakes.map((mistake) => mistake.split(': ')[0])).toEqual(paths);
});
