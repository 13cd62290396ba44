import {
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { Secret } from '../../base/secret.ts';
import { guidOfLogin, NO_CONTACT } from '../../server/state/account.ts';
import { stateIn, textOf } from '../../server/state/file/state-text.ts';
import { folder, openPanel, statePath } from '../support/state-file.ts';

const text = (path: string): string => readFileSync(path, 'utf8');

const KEY = {
  key: new Secret('01234567-89ab-cdef-0123-456789abcdef'),
  id: '0a1b2c3d',
  addresses: ['192.0.2.1', '2001:db8::1'],
  description: 'for billing',
  accountId: 2,
};

it('writes the seed at once where there is no file, a record a line, for its owner only', async () => {
  const path = statePath();

  const { panel, store } = await openPanel(path);
  panel.secretKeys.add(KEY);
  panel.server.change({ externalId: 'x-1', admin: { admin_city: 'Köln' }, prefs: { stat_ttl: '3' } });
  await store.close();

  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(dirname(path))).toEqual(['state.json']);
  expect(text(path)).toMatchInlineSnapshot(`
    "{
    "format": 1,
    "program": "plesk-emulator",
    "settings": {"loginTimeout":30,"adminMultipleSessions":true,"externalId":"x-1","mode":"standard","admin":{"admin_city":"Köln"},"prefs":{"stat_ttl":"3"}},
    "secretKeys": [
    {"id":"0a1b2c3d","key":"01234567-89ab-cdef-0123-456789abcdef","accountId":2,"addresses":["192.0.2.1","2001:db8::1"],"description":"for billing"}
    ],
    "accounts": [
    {"id":1,"login":"admin","password":"changeme1Q**","role":"admin","status":"active","remoteApi":true,"name":"","email":"","phone":"","locale":"en-US"},
    {"id":2,"login":"rita","password":"reseller1Q**","role":"reseller","ownerId":1,"status":"active","remoteApi":false,"name":"","email":"","phone":"","locale":"en-US"},
    {"id":3,"login":"carl","password":"customer1Q**","role":"customer","ownerId":2,"status":"active","remoteApi":true,"name":"Carl","email":"","phone":"","locale":"en-US"},
    {"id":4,"login":"sam","password":"customer1Q**","role":"customer","ownerId":1,"status":"suspended","remoteApi":true,"name":"","email":"","phone":"","locale":"en-US"}
    ]
    }
    "
  `);
});

it('has after a restart what was changed, and not the seed', async () => {
  const path = statePath();
  const before = await openPanel(path);
  before.panel.accounts.update(3, {
    password: new Secret('new "one"\n'),
    status: 16,
    email: 'c@d.example',
  });
  before.panel.secretKeys.add(KEY);
  before.panel.server.change({ loginTimeout: 5, mode: 'poweruser', prefs: { stat_ttl: '3' } });
  await before.store.close();

  const { panel } = await openPanel(path, {
    accounts: [{ login: 'other', password: 'x', role: 'customer' }],
  });

  expect([...panel.accounts.all()]).toEqual([...before.panel.accounts.all()]);
  expect(panel.accounts.byLogin('carl')?.password.reveal()).toBe('new "one"\n');
  expect(panel.accounts.byLogin('other')).toBeUndefined();
  expect(panel.secretKeys.byKey(KEY.key.reveal())).toEqual(KEY);
  expect(panel.server.now).toEqual(before.panel.server.now);
});

it('goes back to the seed by a reset, and keeps that', async () => {
  const path = statePath();
  const other = statePath();
  await openPanel(other);
  const first = await openPanel(path);
  first.panel.accounts.update(1, { name: 'Anna' });
  first.panel.secretKeys.add(KEY);
  await first.store.close();

  const second = await openPanel(path);
  second.seed.restore();
  await second.store.close();

  expect(text(path)).toBe(text(other));
});

it('leaves a file that it has read as it is until something changes', async () => {
  const path = statePath();
  const first = await openPanel(path);
  await first.store.close();
  utimesSync(path, 1, 1);

  const { panel, store } = await openPanel(path);
  await store.close();
  expect(statSync(path).mtimeMs).toBe(1000);

  const third = await openPanel(path);
  third.panel.accounts.update(1, { name: 'Anna' });
  await third.store.close();
  expect(statSync(path).mtimeMs).not.toBe(1000);
  expect(panel.accounts.byId(1)?.name).toBe('');
});

it('writes the same state in the same words', async () => {
  const path = statePath();
  const first = await openPanel(path);
  first.panel.secretKeys.add(KEY);
  first.panel.server.change({ externalId: 'x', admin: { admin_city: 'Berlin' } });
  await first.store.close();
  const before = text(path);

  const second = await openPanel(path);
  second.panel.accounts.update(1, { name: 'Anna' });
  second.panel.accounts.update(1, { name: '' });
  await second.store.close();

  expect(text(path)).toBe(before);
});

it('writes a change without being asked to', async () => {
  const path = statePath();
  const { panel } = await openPanel(path);

  panel.accounts.update(1, { name: 'Anna' });

  await expect.poll(() => text(path)).toContain('"name":"Anna"');
  panel.accounts.update(1, { name: 'Berta' });
  await expect.poll(() => text(path)).toContain('"name":"Berta"');
});

it('keeps nothing that changes after it was closed, and may be closed twice', async () => {
  const path = statePath();
  const { panel, store } = await openPanel(path);
  panel.accounts.update(1, { name: 'Anna' });
  await Promise.all([store.close(), store.close()]);

  panel.accounts.update(1, { name: 'Berta' });
  await store.close();

  expect(text(path)).toContain('"name":"Anna"');
});

it('reads every text as it wrote it', () => {
  const any = fc.string({ unit: 'binary' });
  // zod leaves __proto__ out, which no element that is kept is called.
  const names = any.filter((name) => name !== '__proto__');
  const texts = fc.dictionary(names, any);
  fc.assert(
    fc.property(any, any, texts, fc.integer({ min: 1, max: 400 }), (password, name, prefs, length) => {
      const admin = { id: 1, login: 'admin', role: 'admin', ownerId: undefined } as const;
      const rest = {
        ...NO_CONTACT,
        guid: guidOfLogin('admin'),
        externalId: name,
        status: 0,
        createdAt: undefined,
        locale: 'en-US',
        terms: undefined,
      };
      const state = {
        server: {
          loginTimeout: 30,
          adminMultipleSessions: true,
          externalId: name,
          mode: 'standard',
          admin: {},
          prefs,
          addresses: [],
          disabledLocales: [name],
          misc: prefs,
        },
        accounts: [{ ...admin, ...rest, password: new Secret(password), name }],
        secretKeys: [{ ...KEY, key: new Secret(`k${password}`), accountId: 1, description: name }],
      } as const;
      const written = [...textOf(state, length)].join('');

      const found = stateIn(Buffer.from(written));

      if ('mistakes' in found) throw new Error(found.mistakes.join());
      expect(found.state).toEqual(state);
      expect(found.state.accounts[0]?.password.reveal()).toBe(password);
      expect(found.state.secretKeys[0]?.key.reveal()).toBe(`k${password}`);
      expect([...textOf(found.state, length)].join('')).toBe(written);
    }),
  );
});

it('reads a file with a byte order mark, and one that was laid out by hand', async () => {
  const path = statePath();
  const first = await openPanel(path);
  await first.store.close();
  writeFileSync(path, `\ufeff${JSON.stringify(JSON.parse(text(path)), undefined, 4)}`);

  const { panel } = await openPanel(path);

  expect([...panel.accounts.all()].map(({ login }) => login)).toEqual(['admin', 'rita', 'carl', 'sam']);
});

it('writes where a link leads, and leaves the link', async () => {
  const path = statePath();
  await (await openPanel(path)).store.close();
  const link = join(folder(), 'link.json');
  symlinkSync(path, link);

  const { panel, store } = await openPanel(link);
  panel.accounts.update(1, { name: 'Anna' });
  await store.close();

  expect(text(path)).toContain('"name":"Anna"');
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
});

it('removes what was left by one who was killed while writing, and nothing else', async () => {
  const path = statePath();
  const beside = (name: string): string => join(dirname(path), name);
  const others = ['state.json.bak', 'state.json.tmp', 'other.json.0a1b2c3d.tmp', 'state.json.0a1b2c3.tmp'];
  for (const name of [...others, 'state.json.0a1b2c3d.tmp']) writeFileSync(beside(name), 'x');

  await openPanel(path);

  expect(readdirSync(dirname(path)).sort()).toEqual([...others, 'state.json'].sort());
});
