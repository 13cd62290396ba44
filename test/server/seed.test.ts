import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Emulator, EmulatorOptions, SeedInput } from '../../server/emulator.ts';
import { SeedError, startEmulator } from '../../server/emulator.ts';
import { DEMO } from '../support/emulator.ts';
import { post } from '../support/wire.ts';

const PROTOS = '<packet><server><get_protos/></server></packet>';

async function bare(seed: EmulatorOptions['seed']): Promise<Emulator> {
  const plesk = await startEmulator(seed === undefined ? {} : { seed });
  onTestFinished(() => plesk.close());
  return plesk;
}

/** The errcode that an account gets when it calls, or ok. */
async function call(plesk: Emulator, login: string, password: string): Promise<string> {
  const answer = await post(plesk, PROTOS, { HTTP_AUTH_LOGIN: login, HTTP_AUTH_PASSWD: password });
  return /<errcode>(\d+)/.exec(answer)?.[1] ?? 'ok';
}

async function mistakesOf(seed: unknown): Promise<readonly string[]> {
  const failure = await bare(seed as SeedInput).catch((error: unknown) => error);
  if (!(failure instanceof SeedError)) throw new Error('the seed was accepted');
  for (const mistake of failure.mistakes) expect(failure.message).toContain(mistake);
  return failure.mistakes;
}

function fileWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'seed-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, 'seed.json');
  writeFileSync(file, text);
  return file;
}

it('has the accounts of an object, the administrator besides', async () => {
  const plesk = await bare({ accounts: [{ login: 'carl', password: '12345', role: 'customer' }] });

  expect(plesk.admin).toEqual({ login: 'admin', password: 'changeme1Q**' });
  expect(await call(plesk, 'carl', '12345')).toBe('ok');
  expect(await call(plesk, 'admin', 'changeme1Q**')).toBe('ok');
});

it("takes the administrator's password from the seed", async () => {
  const plesk = await bare({
    accounts: [
      { login: 'carl', password: '12345', role: 'customer' },
      { login: 'admin', password: 'mine5', role: 'admin' },
    ],
  });

  expect(plesk.admin).toEqual({ login: 'admin', password: 'mine5' });
  expect(await call(plesk, 'admin', 'mine5')).toBe('ok');
  expect(await call(plesk, 'admin', 'changeme1Q**')).toBe('1001');
});

it.each([[{}], [{ accounts: [] }], [undefined]])(
  'has the administrator alone with the seed %j',
  async (seed) => {
    const plesk = await bare(seed);

    expect(await call(plesk, 'admin', 'changeme1Q**')).toBe('ok');
  },
);

it('has the accounts of a file', async () => {
  const file = fileWith(
    JSON.stringify({ accounts: [{ login: 'rita', password: '12345', role: 'reseller' }] }),
  );

  expect(await call(await bare(file), 'rita', '12345')).toBe('ok');
});

it('has the accounts of demo by that name, as their file in the package says', async () => {
  const plesk = await bare('demo');
  const file = new URL('../../fixtures/states/demo.json', import.meta.url);
  const { accounts } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly accounts: NonNullable<SeedInput['accounts']>;
  };

  expect(accounts.map(({ login, password }) => ({ login, password }))).toEqual(Object.values(DEMO));
  const answers = await Promise.all(accounts.map(({ login, password }) => call(plesk, login, password)));
  expect(answers).toEqual(accounts.map(({ status }) => (status === 'suspended' ? '1011' : 'ok')));
});

const account = { login: 'x', password: '12345', role: 'customer' };
const rita = { login: 'rita', password: '12345', role: 'reseller' };

it.each([
  ['no object', [], 'seed'],
  ['a field that nobody knows', { users: [] }, 'users'],
  ['accounts that are no list', { accounts: {} }, 'accounts'],
  ['an account that is none', { accounts: ['admin'] }, 'accounts.0'],
  ['no login', { accounts: [{ ...account, login: undefined }] }, 'accounts.0.login'],
  ['an empty login', { accounts: [{ ...account, login: '' }] }, 'accounts.0.login'],
  ['a login of 256 letters', { accounts: [{ ...account, login: 'x'.repeat(256) }] }, 'accounts.0.login'],
  ['an empty password', { accounts: [{ ...account, password: '' }] }, 'accounts.0.password'],
  ['a password that is a number', { accounts: [{ ...account, password: 1 }] }, 'accounts.0.password'],
  ['no role', { accounts: [{ ...account, role: undefined }] }, 'accounts.0.role'],
  ['a role that is none', { accounts: [{ ...account, role: 'owner' }] }, 'accounts.0.role'],
  ['a status that is none', { accounts: [{ ...account, status: 'gone' }] }, 'accounts.0.status'],
  ['a permission that is a word', { accounts: [{ ...account, remoteApi: 'yes' }] }, 'accounts.0.remoteApi'],
  ['a field of an account that nobody knows', { accounts: [{ ...account, mail: 'x' }] }, 'accounts.0.mail'],
  ['two accounts of one login', { accounts: [account, rita, account] }, 'accounts.2.login'],
  ['an admin who is none', { accounts: [{ ...account, login: 'admin' }] }, 'accounts.0.role'],
  ['an owner who is not there', { accounts: [{ ...account, owner: 'rita' }] }, 'accounts.0.owner'],
  [
    'a customer who owns',
    { accounts: [account, { ...account, login: 'y', owner: 'x' }] },
    'accounts.1.owner',
  ],
  [
    'a reseller who owns a reseller',
    { accounts: [rita, { ...rita, login: 'rob', owner: 'rita' }] },
    'accounts.1.owner',
  ],
  [
    'an administrator with an owner',
    { accounts: [rita, { ...account, role: 'admin', owner: 'rita' }] },
    'accounts.1.owner',
  ],
  ['a login that owns itself', { accounts: [{ ...account, owner: 'x' }] }, 'accounts.0.owner'],
])('refuses %s and names its path', async (_case, seed, path) => {
  const mistakes = await mistakesOf(seed);

  expect(mistakes.map((mistake) => mistake.split(': ')[0])).toEqual([path]);
  expect(mistakes[0]).toMatch(/^\S+: \S/);
});

it('names all that is wrong at once', async () => {
  const mistakes = await mistakesOf({
    more: 1,
    accounts: [
      account,
      { ...account, login: 'y', password: '', role: 'x' },
      { ...account, login: '', owner: 1 },
    ],
  });

  expect(mistakes.map((mistake) => mistake.split(': ')[0]).sort()).toEqual([
    'accounts.1.password',
    'accounts.1.role',
    'accounts.2.login',
    'accounts.2.owner',
    'more',
  ]);
});

it('names wrong owners and twins beside wrong fields', async () => {
  const mistakes = await mistakesOf({
    accounts: [
      account,
      account,
      { ...account, login: 'y', owner: 'nobody' },
      { ...account, login: 'z', role: 'x' },
    ],
  });

  expect(mistakes.map((mistake) => mistake.split(': ')[0]).sort()).toEqual([
    'accounts.1.login',
    'accounts.2.owner',
    'accounts.3.role',
  ]);
});

it.each([
  ['a file that is not there', () => 'nowhere/seed.json', /^nowhere\/seed\.json cannot be read: .*ENOENT/],
  ['a folder', () => tmpdir(), /cannot be read: .*EISDIR/],
  ['a file that is no JSON', () => fileWith('accounts: []'), /seed\.json is no JSON: /],
  ['an empty file', () => fileWith(''), /seed\.json is no JSON: /],
])('says what is wrong with %s', async (_case, fileOf, expected) => {
  const mistakes = await mistakesOf(fileOf());

  expect(mistakes).toHaveLength(1);
  expect(mistakes[0]).toMatch(expected);
});

it('says where a file stops being JSON, and shows no password that stands there', async () => {
  const mistakes = await mistakesOf(fileWith('{"accounts":[{"login":"a",\n"password":topsecret}]}'));

  expect(mistakes.join()).toMatch(/seed\.json is no JSON: line 2/);
  expect(mistakes.join()).not.toContain('topsecret');
});

it('never shows a password of a seed that is wrong', async () => {
  const mistakes = await mistakesOf({ accounts: [{ ...account, password: 'hunter2', role: 'x' }] });

  expect(mistakes.join()).not.toContain('hunter2');
});
