import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ControlError, SeedError, startEmulator } from '../../server/emulator.ts';
import { adding, filterBy, setting, startFamily, tell, textIn } from '../support/customers.ts';
import { start } from '../support/emulator.ts';
import { credentials, inServer, post, resultsIn } from '../support/wire.ts';

const STRONG = '8Zy!!#xw';

const REFUSED_LOGINS = [
  ['longer than 60 characters', `a${'b'.repeat(60)}`],
  ['that begins with another character', '-nora'],
  ['with a blank', 'no ra'],
  ['of the system user root', 'root'],
  ['of the system user Administrator', 'Administrator'],
] as const;
const REFUSED_PASSWORDS = [
  ['of 4 characters', 'q-1Z'],
  ['of 256 characters', `${STRONG}${'9'.repeat(248)}`],
  ['with the login', '1@nora2$Q'],
  ['with a blank', 'Zy!!8 #xwV'],
  ['with a quotation mark', 'Zy!!8"#xwV'],
  ['with an apostrophe', "Zy!!8'#xwV"],
  ['with an umlaut', 'Zy!!8ü#xwV'],
] as const;

const escaped = (text: string): string => text.replaceAll('"', '&quot;');

describe.each(['customer', 'reseller'] as const)('%s/add', (operator) => {
  const add = (login: string, passwd: string): string => {
    const info = operator === 'customer' ? 'gen_info' : 'gen-info';
    return `<packet><${operator}><add><${info}><pname>N</pname><login>${login}</login><passwd>${escaped(passwd)}</passwd></${info}></add></${operator}></packet>`;
  };

  it.each([
    ['a digit first', '4shop', STRONG],
    ['one character', 'q', STRONG],
    ['60 characters', `a${'b'.repeat(59)}`, STRONG],
    ['5 characters of password', 'nora', '8Zy!#'],
    ['255 characters of password', 'nora', `${STRONG}${'9'.repeat(247)}`],
    ['the login in another case in the password', 'nora', 'NORA-8z!!'],
  ])('accepts %s', async (_what, login, passwd) => {
    const { plesk } = await start({ passwordStrength: 'very-weak' });

    expect(resultsIn(await post(plesk, add(login, passwd)))).toEqual(['ok']);
  });

  it.each(REFUSED_LOGINS)('refuses a login %s', async (_what, login) => {
    const { plesk } = await start();

    expect(textIn(await post(plesk, add(login, STRONG)), 'errcode')).toBe('1019');

    await plesk.settings.set({ credentialRules: 'any' });
    expect(resultsIn(await post(plesk, add(login, STRONG)))).toEqual(['ok']);
  });

  it.each(REFUSED_PASSWORDS)('refuses a password %s', async (_what, passwd) => {
    const { plesk } = await start({ passwordStrength: 'very-weak' });

    expect(textIn(await post(plesk, add('nora', passwd)), 'errcode')).toBe('1019');

    await plesk.settings.set({ credentialRules: 'any' });
    expect(resultsIn(await post(plesk, add('nora', passwd)))).toEqual(['ok']);
  });
});

it('names the setting and keeps the password to itself', async () => {
  const { plesk } = await start();

  await tell(plesk, adding({ login: 'qwerty', passwd: '1@qwerty2$Q' }));

  const [entry] = await plesk.journal.find();
  const shown = JSON.stringify(entry);
  expect(shown).toContain('credentialRules');
  expect(shown).not.toContain('1@qwerty2$Q');
});

it('holds for set too: the new password, the new login, and both together', async () => {
  const { plesk } = await startFamily();
  const carl = filterBy('login', 'carl');

  expect(await tell(plesk, setting(carl, { passwd: 'Zy!!8carl#' }))).toEqual(['carl: 1019']);
  expect(await tell(plesk, setting(carl, { login: 'customer' }))).toEqual(['carl: 1019']);
  expect(await tell(plesk, setting(carl, { login: 'customer', passwd: STRONG }))).toEqual(['carl = 4']);
});

it('holds for the administrator of server/set', async () => {
  const { plesk } = await start();
  const set = (password: string): string => inServer(`<set><password>${password}</password></set>`);

  expect(resultsIn(await post(plesk, set('8Zy!!admin#')))[0]).toMatch(/^1019 /);
  expect(resultsIn(await post(plesk, set(STRONG)))).toEqual(['ok']);
  expect(
    resultsIn(await post(plesk, set(STRONG), credentials({ login: 'admin', password: STRONG }))),
  ).toEqual(['ok']);
});

describe('seeds', () => {
  const seedOf = (login: string, password: string) => ({
    accounts: [{ login, password, role: 'customer' as const }],
  });
  const mistakesOf = async (login: string, password: string): Promise<readonly string[]> => {
    const error = await startEmulator({ seed: seedOf(login, password) }).catch((thrown: unknown) => thrown);
    if (!(error instanceof SeedError)) throw new Error('the seed was accepted');
    return error.mistakes;
  };

  it.each(REFUSED_LOGINS)('refuse a login %s, and name the setting that accepts it', async (_what, login) => {
    expect(await mistakesOf(login, STRONG)).toEqual([
      expect.stringMatching(/^accounts\.0\.login: .*credentialRules/),
    ]);
    await start({ credentialRules: 'any', seed: seedOf(login, STRONG) });
  });

  it.each(REFUSED_PASSWORDS)('refuse a password %s', async (_what, password) => {
    expect(await mistakesOf('nora', password)).toEqual([
      expect.stringMatching(/^accounts\.0\.password: .*credentialRules/),
    ]);
    await start({ credentialRules: 'any', seed: seedOf('nora', password) });
  });
});

describe('the control API', () => {
  it.each(REFUSED_LOGINS)('refuses a login %s', async (_what, login) => {
    const { plesk } = await start();
    const rejected = { status: 400, message: expect.stringContaining('credentialRules') as string };

    await expect(plesk.accounts.add({ login, password: STRONG, role: 'customer' })).rejects.toMatchObject(
      rejected,
    );
    await expect(plesk.accounts.change('carl', { login })).rejects.toBeInstanceOf(ControlError);

    await plesk.settings.set({ credentialRules: 'any' });
    expect((await plesk.accounts.change('carl', { login })).login).toBe(login);
  });

  it.each(REFUSED_PASSWORDS)('refuses a password %s', async (_what, password) => {
    const { plesk } = await start();
    await plesk.accounts.change('carl', { login: 'nora' });

    await expect(plesk.accounts.change('nora', { password })).rejects.toMatchObject({ status: 400 });

    await plesk.settings.set({ credentialRules: 'any' });
    await plesk.accounts.change('nora', { password });
  });

  it('refuses a login that the password which stays contains', async () => {
    const { plesk } = await start();

    await expect(plesk.accounts.change('carl', { login: 'customer' })).rejects.toMatchObject({ status: 400 });
    expect((await plesk.accounts.change('carl', { login: 'customer', password: STRONG })).login).toBe(
      'customer',
    );
  });
});

it('holds for state files, which are left as they are', async () => {
  const state = join(mkdtempSync(join(tmpdir(), 'credential-rules-')), 'state.json');
  const first = await startEmulator({ seed: 'demo', state });
  await first.close();
  const edited = readFileSync(state, 'utf8').replaceAll('customer1Q**', 'x');
  writeFileSync(state, edited);

  await expect(startEmulator({ state })).rejects.toThrow(/accounts\.2\.password: .*credentialRules/);

  expect(readFileSync(state, 'utf8')).toBe(edited);
  await start({ state, credentialRules: 'any' });
});

it('reads what an emulator with the setting any wrote, with the same setting alone', async () => {
  const state = join(mkdtempSync(join(tmpdir(), 'credential-rules-')), 'state.json');
  const first = await startEmulator({ state, credentialRules: 'any' });
  await first.accounts.add({ login: '-nora', password: 'x', role: 'customer' });
  await first.close();

  const second = await start({ state, credentialRules: 'any' });
  expect((await second.plesk.accounts.get('-nora')).login).toBe('-nora');
  await second.plesk.close();

  await expect(startEmulator({ state })).rejects.toMatchObject({
    file: state,
    mistakes: [
      expect.stringMatching(/^accounts\.1\.login: .*credentialRules 'any'/),
      expect.stringMatching(/^accounts\.1\.password: .*credentialRules 'any'/),
    ],
  });
});
