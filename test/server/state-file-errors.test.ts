import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { StateError } from '../../server/state/file/state-error.ts';
import { folder, openPanel, statePath } from '../support/state-file.ts';

const ADMIN = {
  id: 1,
  login: 'admin',
  password: 'hunter2',
  role: 'admin',
  guid: 'd0b87864-63e3-4268-a76b-8dde4befef37',
  status: 0,
  locale: 'en-US',
};
const CARL = { ...ADMIN, id: 2, login: 'carl', role: 'customer', ownerId: 1 };
const TERMS = {
  powerUser: false,
  oversell: false,
  overuse: 'normal',
  limits: { max_cl: '2' },
  permissions: {},
  pool: [{ address: '192.0.2.10', type: 'shared' }],
};
const RITA = { ...CARL, id: 3, login: 'rita', role: 'reseller', terms: TERMS };
const KEY = { id: '0a1b2c3d', key: 'hunter2-key', accountId: 1, addresses: [], description: '' };
const ADDRESS = {
  address: '192.0.2.10',
  netmask: '255.255.255.0',
  type: 'shared',
  interface: 'eth0',
  isDefault: true,
  publicAddress: '',
};
const SETTINGS = {
  loginTimeout: 30,
  adminMultipleSessions: true,
  mode: 'standard',
  admin: {},
  prefs: {},
  addresses: [ADDRESS],
  disabledLocales: [],
  misc: {},
  domainRestriction: { isOn: false, names: [] },
};
const STATE = {
  format: 2,
  program: 'plesk-emulator',
  settings: SETTINGS,
  secretKeys: [KEY],
  accounts: [ADMIN, CARL],
};
const WHOLE = JSON.stringify(STATE, undefined, 1);

/** Why a file is refused; it must be as it was, in its content and its time. */
async function mistakesOf(path: string): Promise<readonly string[]> {
  const look = (): unknown => [readFileSync(path), statSync(path).mtimeMs, readdirSync(dirname(path))];
  const before = look();
  const failure = await openPanel(path).catch((error: unknown) => error);
  if (!(failure instanceof StateError)) throw new Error('the file was read');
  expect(look()).toEqual(before);
  expect(failure.message).toContain(`The state file ${path} cannot be used:\n  `);
  expect(failure.message).not.toContain('hunter2');
  return failure.mistakes;
}

it('reads the file that the cases below make their mistakes in', async () => {
  const { panel } = await openPanel(statePath(WHOLE));

  expect(panel.accounts.byLogin('carl')?.password.reveal()).toBe('hunter2');
});

it.each<[string, string | Uint8Array, RegExp]>([
  ['nothing in it', '', /^the file is empty; remove it to begin with the seed$/],
  ['blanks in it', '\n \n', /^line 3: the file ends in the middle, it was cut off$/],
  ['its end cut off', WHOLE.slice(0, -30), /^line 53: the file ends in the middle/],
  ['its end cut off within a word', WHOLE.slice(0, WHOLE.indexOf('hunter2') + 3), /^line 30: .* cut off$/],
  [
    'a comma too many',
    WHOLE.replace('"en-US"', '"en-US",'),
    /^line 45, column 3: .* a name in double quotes/,
  ],
  ['a comma missing', WHOLE.replace('"admin",', '"admin"'), /^line 40, column 4: .* a comma or \}/],
  ['a password without quotes', WHOLE.replace('"hunter2"', 'hunter2'), /^line 40, column 16: .* a value/],
  ['something behind it', `${WHOLE}}`, /^line \d+, column 2: .* the end of the file must stand here$/],
  [
    'bytes that are no text',
    Buffer.from(WHOLE.replace('carl', 'c\u00e9rl'), 'latin1'),
    /^this is no text in UTF-8$/,
  ],
  ['UTF-16 in it', Buffer.from(`\ufeff${WHOLE}`, 'utf16le'), /^this is no text in UTF-8$/],
])('refuses a file with %s, and says where', async (_case, content, mistake) => {
  expect(await mistakesOf(statePath(content))).toEqual([expect.stringMatching(mistake)]);
});

it.each([
  ['a list', [], /^this is no state file of plesk-emulator/],
  ['null', null, /^this is no state file/],
  [
    'a seed',
    { accounts: [{ login: 'carl', password: 'hunter2', role: 'customer' }] },
    /a seed is named by --seed$/,
  ],
  ["another program's file", { ...STATE, program: 'token-service' }, /^this is no state file/],
  ['no format', { ...STATE, format: undefined }, /^this is no state file/],
  [
    'a newer format',
    { ...STATE, format: 3, quotas: [] },
    /^format 3 is newer than this program reads \(2\); upgrade plesk-emulator or name another file$/,
  ],
  ['an older format', { ...STATE, format: 0 }, /^format 0 is not known; this program reads 1 and 2$/],
  ['a format between', { ...STATE, format: 0.5 }, /^format 0\.5 is not known/],
])('refuses %s', async (_case, json, mistake) => {
  expect(await mistakesOf(statePath(JSON.stringify(json)))).toEqual([expect.stringMatching(mistake)]);
});

it.each([
  ['no accounts', { accounts: undefined }, 'accounts'],
  ['accounts that are no list', { accounts: {} }, 'accounts'],
  ['a field that nobody knows', { more: 1 }, 'file'],
  ['no settings', { settings: undefined }, 'settings'],
  ['a setting that is text', { settings: { ...SETTINGS, loginTimeout: '30' } }, 'settings.loginTimeout'],
  ['a mode that is none', { settings: { ...SETTINGS, mode: 'x' } }, 'settings.mode'],
  ['a preference that is no text', { settings: { ...SETTINGS, prefs: { a: 1 } } }, 'settings.prefs.a'],
  [
    'an own address that is none',
    { settings: { ...SETTINGS, addresses: [{ ...ADDRESS, address: 'x' }] } },
    'settings.addresses.0.address',
  ],
  [
    'one address twice',
    { settings: { ...SETTINGS, addresses: [ADDRESS, ADDRESS] } },
    'settings.addresses.1.address',
  ],
  [
    'an address of no type',
    { settings: { ...SETTINGS, addresses: [{ ...ADDRESS, type: 'x' }] } },
    'settings.addresses.0.type',
  ],
  ['a kept property that is no text', { settings: { ...SETTINGS, misc: { a: 1 } } }, 'settings.misc.a'],
  ['kept properties that are a list', { settings: { ...SETTINGS, misc: [] } }, 'settings.misc'],
  [
    'languages that are no list',
    { settings: { ...SETTINGS, disabledLocales: 'tr-TR' } },
    'settings.disabledLocales',
  ],
  ['a status that is a word', { accounts: [ADMIN, { ...CARL, status: 'active' }] }, 'accounts.1.status'],
  ['a status below 0', { accounts: [ADMIN, { ...CARL, status: -1 }] }, 'accounts.1.status'],
  ['an account without guid', { accounts: [ADMIN, { ...CARL, guid: undefined }] }, 'accounts.1.guid'],
  ['a company that is a number', { accounts: [ADMIN, { ...CARL, company: 1 }] }, 'accounts.1.company'],
  [
    'a day that is a text',
    { accounts: [ADMIN, { ...CARL, createdAt: '2026-01-01' }] },
    'accounts.1.createdAt',
  ],
  [
    'a limit that is a number',
    { accounts: [ADMIN, { ...RITA, terms: { ...TERMS, limits: { max_cl: 2 } } }] },
    'accounts.1.terms.limits.max_cl',
  ],
  [
    'a limit that is no number',
    { accounts: [ADMIN, { ...RITA, terms: { ...TERMS, limits: { max_cl: 'two' } } }] },
    'accounts.1.terms.limits.max_cl',
  ],
  [
    'a permission that is a text',
    { accounts: [ADMIN, { ...RITA, terms: { ...TERMS, permissions: { a: 'true' } } }] },
    'accounts.1.terms.permissions.a',
  ],
  [
    'a pool with what is no address',
    { accounts: [ADMIN, { ...RITA, terms: { ...TERMS, pool: [{ address: '', type: 'shared' }] } }] },
    'accounts.1.terms.pool.0.address',
  ],
  ['a customer with terms', { accounts: [ADMIN, { ...CARL, terms: TERMS }] }, 'accounts.1.terms'],
  ['a reseller without terms', { accounts: [ADMIN, { ...RITA, terms: undefined }] }, 'accounts.1.terms'],
  ['an account that is none', { accounts: [ADMIN, null] }, 'accounts.1'],
  ['an account without a login', { accounts: [ADMIN, { ...CARL, login: undefined }] }, 'accounts.1.login'],
  ['an id that is text', { accounts: [ADMIN, { ...CARL, id: '2' }] }, 'accounts.1.id'],
  ['a password that is a number', { accounts: [ADMIN, { ...CARL, password: 1 }] }, 'accounts.1.password'],
  ['a role that is none', { accounts: [ADMIN, { ...CARL, role: 'hunter2' }] }, 'accounts.1.role'],
  ['an account with a field more', { accounts: [ADMIN, { ...CARL, mail: '' }] }, 'accounts.1'],
  [
    'an address that is none',
    { secretKeys: [{ ...KEY, addresses: ['hunter2'] }] },
    'secretKeys.0.addresses.0',
  ],
  ['a key without text', { secretKeys: [{ ...KEY, key: '' }] }, 'secretKeys.0.key'],
  ['nobody', { accounts: [], secretKeys: [] }, 'accounts'],
  ['an administrator with another login', { accounts: [{ ...ADMIN, login: 'root' }] }, 'accounts'],
  [
    'an admin who is no administrator',
    {
      accounts: [
        { ...ADMIN, login: 'root' },
        { ...CARL, login: 'admin' },
      ],
    },
    'accounts',
  ],
  ['two accounts of one id', { accounts: [ADMIN, CARL, { ...RITA, id: 2 }] }, 'accounts.2.id'],
  ['two accounts of one login', { accounts: [ADMIN, CARL, { ...RITA, login: 'carl' }] }, 'accounts.2.login'],
  ['an owner who is not there', { accounts: [ADMIN, { ...CARL, ownerId: 9 }] }, 'accounts.1.ownerId'],
  ['a customer without owner', { accounts: [ADMIN, { ...CARL, ownerId: undefined }] }, 'accounts.1.ownerId'],
  ['an administrator with owner', { accounts: [{ ...ADMIN, ownerId: 2 }, CARL] }, 'accounts.0.ownerId'],
  [
    'a customer who owns',
    { accounts: [ADMIN, CARL, { ...CARL, id: 4, login: 'x', ownerId: 2 }] },
    'accounts.2.ownerId',
  ],
  [
    'a reseller who owns a reseller',
    { accounts: [ADMIN, RITA, { ...RITA, id: 4, login: 'x', ownerId: 3 }] },
    'accounts.2.ownerId',
  ],
  ['two keys of one id', { secretKeys: [KEY, { ...KEY, key: 'x' }] }, 'secretKeys.1.id'],
  ['one key twice', { secretKeys: [KEY, { ...KEY, id: 'x' }] }, 'secretKeys.1.key'],
  ['a key of nobody', { secretKeys: [{ ...KEY, accountId: 9 }] }, 'secretKeys.0.accountId'],
])('refuses %s and names its path', async (_case, change, path) => {
  const mistakes = await mistakesOf(statePath(JSON.stringify({ ...STATE, ...change })));

  expect(mistakes.map((mistake) => mistake.split(': ')[0])).toEqual([path]);
});

it('names all mistakes, and shows the first ten', async () => {
  const accounts = Array.from({ length: 13 }, (_, id) => ({
    ...CARL,
    id: id + 1,
    login: `x${id}`,
    role: 'x',
  }));
  const path = statePath(JSON.stringify({ ...STATE, accounts }));

  expect(await mistakesOf(path)).toHaveLength(13);
  await expect(openPanel(path)).rejects.toThrow(/\n {2}accounts\.9\.role: .*\n {2}and 3 more$/);
});

it('takes an address in its normal form, and the empty one of who called without a port', async () => {
  const key = { ...KEY, addresses: ['2001:DB8:0::1', ''] };

  const { panel } = await openPanel(statePath(JSON.stringify({ ...STATE, secretKeys: [key] })));

  expect(panel.secretKeys.get(KEY.id)?.addresses).toEqual(['2001:db8::1', '']);
});

it('refuses a folder', async () => {
  await expect(openPanel(folder())).rejects.toThrow(/it cannot be read: this is a folder/);
});

it('refuses a device', async () => {
  await expect(openPanel('/dev/null')).rejects.toThrow(/it cannot be read: this is a device, no file/);
});

it('refuses a path below a file', async () => {
  const file = statePath('x');
  await expect(openPanel(join(file, 'state.json'))).rejects.toThrow(/it cannot be read: .*ENOTDIR/);
});

it('refuses a link that leads nowhere', async () => {
  const path = statePath();
  symlinkSync(join(folder(), 'nowhere.json'), path);

  await expect(openPanel(path)).rejects.toThrow(/it cannot be read: this is a link that leads nowhere/);
  expect(readdirSync(dirname(path))).toEqual(['state.json']);
});

it('makes no folder for a file', async () => {
  const path = join(folder(), 'nowhere', 'state.json');

  await expect(openPanel(path)).rejects.toThrow(
    /it cannot be written: the folder that it belongs in is not there/,
  );
  expect(readdirSync(join(path, '..', '..'))).toEqual([]);
});

it('takes no part of a file that is refused', async () => {
  const path = statePath(JSON.stringify({ ...STATE, accounts: [ADMIN, { ...CARL, ownerId: 9 }] }));
  await mistakesOf(path);

  mkdirSync(join(dirname(path), 'other'));
  writeFileSync(path, WHOLE);

  expect((await openPanel(path)).panel.accounts.size).toBe(2);
});
