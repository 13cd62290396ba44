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
import { normalAddress } from '../../base/addresses.ts';
import { Secret } from '../../base/secret.ts';
import { stateIn, textOf } from '../../server/state/file/state-text.ts';
import type { Instant } from '../../server/state/file/stored.ts';
import type { ResellerTerms } from '../../server/state/reseller-terms.ts';
import { NO_TERMS } from '../../server/state/reseller-terms.ts';
import type { SeededAccount } from '../../server/state/seed-state.ts';
import type { ServerSettings } from '../../server/state/server-settings.ts';
import { folder, openPanel, statePath } from '../support/state-file.ts';

const text = (path: string): string => readFileSync(path, 'utf8');

const GUID = 'cae5b4b7-1f6c-4d0e-9d55-6b4b3c1f0a77';

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
  panel.secretKeys.put(KEY);
  panel.server.change({ externalId: 'x-1', admin: { admin_city: 'Köln' }, prefs: { stat_ttl: '3' } });
  await store.close();

  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(dirname(path))).toEqual(['state.json']);
  expect(text(path)).toMatchInlineSnapshot(`
    "{
    "format": 2,
    "program": "plesk-emulator",
    "settings": {"loginTimeout":30,"adminMultipleSessions":true,"externalId":"x-1","mode":"standard","admin":{"admin_city":"Köln"},"prefs":{"stat_ttl":"3"},"addresses":[{"address":"192.0.2.10","netmask":"255.255.255.0","type":"shared","interface":"eth0","isDefault":true,"publicAddress":""}],"disabledLocales":[],"misc":{},"domainRestriction":{"isOn":false,"names":[]}},
    "secretKeys": [
    {"id":"0a1b2c3d","key":"01234567-89ab-cdef-0123-456789abcdef","accountId":2,"addresses":["192.0.2.1","2001:db8::1"],"description":"for billing"}
    ],
    "accounts": [
    {"id":1,"login":"admin","password":"changeme1Q**","role":"admin","guid":"d0b87864-63e3-4268-a76b-8dde4befef37","status":0,"createdAt":1767261600000,"locale":"en-US"},
    {"id":2,"login":"rita","password":"reseller1Q**","role":"reseller","ownerId":1,"guid":"7f9e1952-a18f-4083-b7ce-6a05d8d7563d","status":0,"createdAt":1767261600000,"locale":"en-US","terms":{"powerUser":false,"oversell":false,"overuse":"normal","limits":{},"permissions":{"remote_access_interface":false,"create_clients":true},"pool":[]}},
    {"id":3,"login":"carl","password":"customer1Q**","role":"customer","ownerId":2,"guid":"2a58a152-1fe0-4a4e-9dca-4f1b32450077","status":0,"createdAt":1767261600000,"locale":"en-US","name":"Carl"},
    {"id":4,"login":"sam","password":"customer1Q**","role":"customer","ownerId":1,"guid":"7b288652-6302-4328-8001-bfd3ed441115","status":16,"createdAt":1767261600000,"locale":"en-US"}
    ]
    }
    "
  `);
});

it('has after a restart what was changed, and not the seed', async () => {
  const path = statePath();
  const before = await openPanel(path);
  before.panel.accounts.update(3, {
    password: new Secret(String.raw`new\one`),
    status: 16,
    email: 'c@d.example',
  });
  before.panel.secretKeys.put(KEY);
  before.panel.server.change({ loginTimeout: 5, mode: 'poweruser', prefs: { stat_ttl: '3' } });
  await before.store.close();

  const { panel } = await openPanel(path, {
    accounts: [{ login: 'other', password: '12345', role: 'customer' }],
  });

  expect([...panel.accounts.all()]).toEqual([...before.panel.accounts.all()]);
  expect(panel.accounts.byLogin('carl')?.password.reveal()).toBe(String.raw`new\one`);
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
  first.panel.secretKeys.put(KEY);
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
  expect(panel.accounts.get(1)?.name).toBe('');
});

it('writes the same state in the same words', async () => {
  const path = statePath();
  const first = await openPanel(path);
  first.panel.secretKeys.put(KEY);
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

const any = fc.string({ unit: 'binary' });
const named = <T>(value: fc.Arbitrary<T>) =>
  // As JSON has it: `__proto__` is a name as any other.
  fc
    .array(fc.tuple(fc.oneof(any, fc.constantFrom('__proto__', 'constructor', 'toString')), value))
    .map((pairs) => Object.fromEntries(pairs) as Readonly<Record<string, T>>);
const type = fc.constantFrom('shared' as const, 'exclusive' as const);
const normal = (address: string): string => normalAddress(address) ?? address;
const addresses = fc.uniqueArray(fc.oneof(fc.ipV4(), fc.ipV6()).map(normal));

const serverState = fc.record<ServerSettings>({
  loginTimeout: fc.integer({ min: 1, max: 99_999 }),
  adminMultipleSessions: fc.boolean(),
  externalId: fc.option(any, { nil: undefined }),
  mode: fc.constantFrom('standard', 'poweruser'),
  admin: named(any),
  prefs: named(any),
  addresses: addresses.chain((own) =>
    fc.tuple(
      ...own.map((address) =>
        fc.record({
          address: fc.constant(address),
          netmask: any,
          type,
          interface: any,
          isDefault: fc.boolean(),
          publicAddress: any,
        }),
      ),
    ),
  ),
  disabledLocales: fc.array(any),
  misc: named(any),
  domainRestriction: fc.record({ isOn: fc.boolean(), names: fc.array(any) }),
});

const resellerTerms = fc.record<ResellerTerms>({
  powerUser: fc.boolean(),
  oversell: fc.boolean(),
  overuse: any,
  limits: named(fc.bigInt({ min: -1n, max: 2n ** 63n - 1n }).map(String)),
  permissions: named(fc.boolean()),
  pool: addresses.chain((pool) =>
    fc.tuple(...pool.map((address) => fc.record({ address: fc.constant(address), type }))),
  ),
});

const accountFields = {
  password: any.map((password) => new Secret(password)),
  guid: any,
  externalId: any,
  status: fc.nat(),
  createdAt: fc.option(fc.integer(), { nil: undefined }),
  locale: any,
  name: any,
  company: any,
  phone: any,
  fax: any,
  email: any,
  address: any,
  city: any,
  state: any,
  postcode: any,
  country: any,
  description: any,
};
const nobody = fc.constant(undefined);
const states = fc.record<Instant>({
  server: serverState,
  accounts: fc.tuple(
    fc.record<SeededAccount>({
      ...accountFields,
      id: fc.constant(1),
      login: fc.constant('admin'),
      role: fc.constant('admin'),
      ownerId: nobody,
      terms: nobody,
    }),
    fc.record<SeededAccount>({
      ...accountFields,
      id: fc.integer({ min: 2 }),
      login: fc.constant('rita'),
      role: fc.constant('reseller'),
      ownerId: fc.constant(1),
      terms: resellerTerms,
    }),
  ),
  secretKeys: fc.tuple(
    fc.record({
      key: any.map((key) => new Secret(`k${key}`)),
      id: fc.constant('0a1b2c3d'),
      addresses,
      description: any,
      accountId: fc.constant(1),
    }),
  ),
});

it('reads everything as it wrote it', () => {
  fc.assert(
    fc.property(states, fc.integer({ min: 1, max: 400 }), (state, length) => {
      const written = [...textOf(state, length)].join('');

      const found = stateIn(Buffer.from(written));

      if ('mistakes' in found) throw new Error(found.mistakes.join());
      const read = found.state;
      expect(read).toEqual(state);
      expect(read.accounts.map(({ password }) => password.reveal())).toEqual(
        state.accounts.map(({ password }) => password.reveal()),
      );
      expect(read.secretKeys[0]?.key.reveal()).toBe(state.secretKeys[0]?.key.reveal());
      // Also what inherits from nothing, which an equality of records does not tell.
      expect(Object.keys(read.server.misc)).toEqual(Object.keys(state.server.misc));
      expect([...textOf(read, length)].join('')).toBe(written);
    }),
  );
});

it('has after a restart what packets and a seed have said of the server and a reseller', async () => {
  const path = statePath();
  const pool = [{ address: '2001:db8::1', type: 'exclusive' }] as const;
  const first = await openPanel(path);
  first.panel.accounts.update(2, {
    ...{ company: 'R & Co.', fax: '1', address: 'A 1', city: 'Köln', state: 'NW', postcode: '50667' },
    ...{
      country: 'DE',
      description: '<b>',
      externalId: 'x-1',
      guid: GUID,
      status: 272,
      createdAt: 86_400_000,
    },
    terms: {
      ...NO_TERMS,
      powerUser: true,
      limits: { max_cl: '-1' },
      permissions: { manage_dns: false },
      pool,
    },
  });
  first.panel.server.change({
    addresses: [],
    disabledLocales: ['tr-TR'],
    misc: Object.fromEntries([
      ['__proto__', 'a'],
      ['b', ''],
    ]),
  });
  await first.store.close();

  const { panel } = await openPanel(path);

  expect([...panel.accounts.all()]).toEqual([...first.panel.accounts.all()]);
  expect(panel.accounts.by('guid', GUID)).toEqual(panel.accounts.byExternalId('reseller', 'x-1'));
  expect(panel.accounts.by('guid', GUID)).toHaveLength(1);
  expect(panel.server.now).toEqual(first.panel.server.now);
  expect(Object.entries(panel.server.now.misc)).toEqual([
    ['__proto__', 'a'],
    ['b', ''],
  ]);
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
