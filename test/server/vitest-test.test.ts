import { afterAll, describe, expect as plain } from 'vitest';
import type { Emulator } from '../../server/emulator.ts';
import { expect, pleskTest, test as freshTest } from '../../server/vitest.ts';
import { newToken, post } from '../support/wire.ts';

const demo = pleskTest({ seed: 'demo', plesk: '12.0' });
const shared = pleskTest({ seed: 'demo', per: 'file' });

const silent = pleskTest({ journal: 0, per: 'file' });

const GET = '<packet><server><get_protos/></server></packet>';

describe('an emulator for each test', () => {
  const seen: Emulator[] = [];

  for (const time of ['first', 'second']) {
    freshTest(`is new in the ${time} test`, async ({ plesk }) => {
      plain(seen.includes(plesk)).toBe(false);
      seen.push(plesk);
      plain(await plesk.accounts.list()).toHaveLength(1);
      await plesk.accounts.add({ login: 'mine', password: 'customer1Q**', role: 'customer' });
      await newToken(plesk, 'mine');
    });
  }

  // Each test's emulator is closed when it is over.
  afterAll(async () => {
    plain(seen).toHaveLength(2);
    for (const { url } of seen) await plain(fetch(url)).rejects.toThrow('fetch failed');
  });

  demo('is started as it is asked for', async ({ plesk }) => {
    plain(plesk.release.plesk).toBe('12.0');
    plain((await plesk.accounts.list()).map(({ login }) => login)).toContain('carl');
  });

  demo('may have been closed by its test', async ({ plesk }) => {
    await plesk.close();
  });

  const fixtures = demo.extend<{ token: string }>({
    token: async ({ plesk }, use) => {
      await use(await newToken(plesk, 'carl'));
    },
  });

  fixtures("is there for fixtures of one's own", async ({ plesk, token }) => {
    plain((await plesk.sessions.list()).map(({ id }) => id)).toEqual([token]);
  });
});

describe('an emulator for the file', () => {
  const seen = new Set<Emulator>();

  for (const time of ['first', 'second']) {
    shared(`is as it was in the ${time} test, whatever the others did`, async ({ plesk }) => {
      seen.add(plesk);
      plain(await plesk.sessions.list()).toEqual([]);
      plain((await plesk.accounts.get('cora')).status).toBe('active');
      await expect(plesk).not.toHaveReceived('server/create_session');

      await newToken(plesk, 'carl');
      await plesk.accounts.suspend('cora');

      await expect(plesk).toHaveReceived('server/create_session', { times: 1 });
    });
  }

  // It is one for all of them, and still open.
  afterAll(async () => {
    plain(seen.size).toBe(1);
    for (const plesk of seen) plain(await post(plesk, GET)).toContain('<status>ok</status>');
  });
});

describe('an emulator for the file without a journal', () => {
  for (const time of ['first', 'second']) {
    silent(`is as it was in the ${time} test, and has nothing to be asked for`, async ({ plesk }) => {
      await plesk.accounts.add({ login: 'mine', password: 'customer1Q**', role: 'customer' });
      await newToken(plesk, 'mine');

      const off = 'the journal is off (setting journal is 0)';
      await plain(expect(plesk).toHaveReceived('server/create_session')).rejects.toThrow(off);
      await plain(expect(plesk).not.toHaveLoggedIn('mine')).rejects.toThrow(off);
    });
  }
});

describe('what pleskTest is asked for', () => {
  freshTest('cannot be chosen for an emulator that runs already', () => {
    const options = { url: 'http://127.0.0.1:8880', seed: 'demo', plesk: '12.0' };
    plain(() => pleskTest(options)).toThrow(
      'the emulator at http://127.0.0.1:8880 runs already: seed, plesk cannot be chosen here',
    );
  });

  freshTest('is an emulator per test or per file', () => {
    plain(() => pleskTest({ per: 'suite' as 'file' })).toThrow("per is 'suite', but it is 'test' or 'file'");
  });
});
