import { readFileSync, utimesSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { NO_CONTACT } from '../../server/state/account.ts';
import { NO_TERMS } from '../../server/state/reseller-terms.ts';
import { STANDARD_ADDRESSES } from '../../server/state/server-settings.ts';
import { NOW } from '../support/clock.ts';
import { openPanel, statePath } from '../support/state-file.ts';

/** As the program wrote it that knew no other format. */
const FORMAT_1 = `{
"format": 1,
"program": "plesk-emulator",
"settings": {"loginTimeout":45,"adminMultipleSessions":false,"externalId":"x-1","mode":"poweruser","admin":{"admin_city":"Köln"},"prefs":{"stat_ttl":"6"}},
"secretKeys": [
{"id":"0a1b2c3d","key":"01234567-89ab-cdef-0123-456789abcdef","accountId":3,"addresses":["192.0.2.1"],"description":"for billing"}
],
"accounts": [
{"id":1,"login":"admin","password":"changeme1Q**","role":"admin","status":"active","remoteApi":true,"name":"Ann","email":"","phone":"","locale":"en-US"},
{"id":3,"login":"rita","password":"reseller1Q**","role":"reseller","ownerId":1,"status":"active","remoteApi":true,"name":"","email":"","phone":"","locale":"en-US"},
{"id":4,"login":"rob","password":"reseller1Q**","role":"reseller","ownerId":1,"status":"active","remoteApi":false,"name":"","email":"","phone":"","locale":"en-US"},
{"id":9,"login":"carl","password":"customer1Q**","role":"customer","ownerId":3,"status":"suspended","remoteApi":true,"name":"Carl","email":"carl@example.com","phone":"+49 30 1","locale":"de-DE"}
]
}
`;

it('reads a file of the first format with all that it has', async () => {
  const { panel } = await openPanel(statePath(FORMAT_1));

  expect(panel.server.now).toEqual({
    loginTimeout: 45,
    adminMultipleSessions: false,
    externalId: 'x-1',
    mode: 'poweruser',
    admin: { admin_city: 'Köln' },
    prefs: { stat_ttl: '6' },
    addresses: STANDARD_ADDRESSES,
    disabledLocales: [],
    misc: {},
    domainRestriction: { isOn: false, names: [] },
  });
  expect(panel.secretKeys.get('0a1b2c3d')).toMatchObject({
    accountId: 3,
    addresses: ['192.0.2.1'],
    description: 'for billing',
  });
  expect([...panel.accounts.all()].map(({ id, login, ownerId }) => [id, login, ownerId])).toEqual([
    [1, 'admin', undefined],
    [3, 'rita', 1],
    [4, 'rob', 1],
    [9, 'carl', 3],
  ]);
  expect(panel.accounts.byLogin('carl')).toMatchObject({
    ...NO_CONTACT,
    name: 'Carl',
    email: 'carl@example.com',
    phone: '+49 30 1',
    locale: 'de-DE',
    status: 16,
    externalId: '',
    guid: '2a58a152-1fe0-4a4e-9dca-4f1b32450077',
    createdAt: NOW,
    terms: undefined,
  });
  expect(panel.accounts.byLogin('carl')?.password.reveal()).toBe('customer1Q**');
  expect(panel.accounts.byLogin('admin')).toMatchObject({ name: 'Ann', terms: undefined });
});

it('gives a reseller of the first format what it could do then', async () => {
  const { panel } = await openPanel(statePath(FORMAT_1));

  const could = { remote_access_interface: true, create_clients: true };
  expect(panel.accounts.byLogin('rita')?.terms).toEqual({ ...NO_TERMS, permissions: could });
  expect(panel.accounts.byLogin('rob')?.terms).toEqual({
    ...NO_TERMS,
    permissions: { ...could, remote_access_interface: false },
  });
});

it('writes a file of the first format in the second with the next change, and not before', async () => {
  const path = statePath(FORMAT_1);
  utimesSync(path, 1, 1);
  await (await openPanel(path)).store.close();
  expect(readFileSync(path, 'utf8')).toBe(FORMAT_1);
  expect(statSync(path).mtimeMs).toBe(1000);

  const { panel, store } = await openPanel(path);
  panel.accounts.update(9, { fax: '+49 30 2' });
  await store.close();

  expect(readFileSync(path, 'utf8')).toMatch(/^\{\n"format": 2,\n/);
  const after = await openPanel(path);
  expect([...after.panel.accounts.all()]).toEqual([...panel.accounts.all()]);
  expect([...after.panel.secretKeys.all()]).toEqual([...panel.secretKeys.all()]);
  expect(after.panel.server.now).toEqual(panel.server.now);
});

it.each([
  ['the number of a status', '"status":"suspended"', '"status":16', /\n {2}accounts\.3\.status: /],
  ['a field of the second', '"name":"Ann"', '"name":"Ann","guid":"x"', /\n {2}accounts\.0: .*guid/],
  ['no word of the API', ',"remoteApi":false', '', /\n {2}accounts\.2\.remoteApi: /],
  ['settings of the second', '"mode":', '"misc":{},"mode":', /\n {2}settings: .*misc/],
])('refuses the first format with %s', async (_case, from, to, mistake) => {
  const broken = FORMAT_1.replace(from, to);
  expect(broken).not.toBe(FORMAT_1);

  await expect(openPanel(statePath(broken))).rejects.toThrow(mistake);
});
