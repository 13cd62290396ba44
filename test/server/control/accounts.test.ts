import { describe, expect, it } from 'vitest';
import type { AccountsWanted } from '../../../server/emulator.ts';
import { ask } from '../../support/agent.ts';
import { browse, doorUrl } from '../../support/browse.ts';
import { BOTH_WAYS } from '../../support/control.ts';
import { start } from '../../support/emulator.ts';
import { credentials, newToken, post, sessionPacket } from '../../support/wire.ts';

const GUID = 'cae5b4b7-1f6c-4d0e-9d55-6b4b3c1f0a77';
/** The guid that follows from the login cora. */
const CORA = 'c8a62e55-97d2-4a6a-8a24-44a755992e64';

describe.each(BOTH_WAYS)('accounts, %s', (_way, start) => {
  it('are listed as the seed has them, without passwords', async () => {
    const { plesk } = await start();

    const accounts = await plesk.accounts.list();

    expect(accounts.map(({ login }) => login)).toEqual(['admin', 'rita', 'carl', 'cora', 'sam']);
    expect(JSON.stringify(accounts)).not.toContain('1Q**');
    expect(await plesk.accounts.get('cora')).toEqual({
      id: 4,
      login: 'cora',
      role: 'customer',
      owner: 'rita',
      status: 'active',
      statusBits: 0,
      name: 'Cora of Rita',
      company: '',
      email: '',
      phone: '',
      fax: '',
      address: '',
      city: '',
      state: '',
      postcode: '',
      country: '',
      description: '',
      locale: 'de-DE',
      externalId: '',
      guid: 'c8a62e55-97d2-4a6a-8a24-44a755992e64',
      created: '2026-01-01',
      remoteApi: true,
    });
    expect(await plesk.accounts.get('rita')).toMatchObject({
      remoteApi: true,
      permissions: { remote_access_interface: true, create_clients: true },
      limits: {},
      ipPool: [],
    });
  });

  it.each<[AccountsWanted, readonly string[]]>([
    [{}, ['admin', 'rita', 'carl', 'cora', 'sam']],
    [{ role: 'customer' }, ['carl', 'cora', 'sam']],
    [{ owner: 'rita' }, ['cora']],
    [{ owner: 'admin' }, ['rita', 'carl', 'sam']],
    [{ owner: 'admin', role: 'customer' }, ['carl', 'sam']],
    [{ owner: 'carl' }, []],
    [{ externalId: 'whmcs-1' }, ['carl', 'cora']],
    [{ externalId: 'whmcs-1', owner: 'rita' }, ['cora']],
    [{ externalId: 'whmcs-2' }, []],
    [{ externalId: '' }, []],
  ])('are listed by role, owner and external id: %j', async (wanted, logins) => {
    const { plesk } = await start();
    for (const login of ['carl', 'cora']) await plesk.accounts.change(login, { externalId: 'whmcs-1' });

    expect((await plesk.accounts.list(wanted)).map(({ login }) => login)).toEqual(logins);
  });

  it.each([
    [{ owner: 'Rita' }, /^owner: there is no account 'Rita'; do you mean rita\?/],
    [{ role: 'client' }, /^role: /],
    [{ login: 'carl' }, /^login: there is no such field/],
  ])('are not listed by %j', async (wanted, message) => {
    const { plesk } = await start();

    await expect(plesk.accounts.list(wanted as never)).rejects.toThrow(message);
  });

  it('are added and changed with all that is known of an account', async () => {
    const { plesk } = await start();
    const one = {
      ...{ name: 'N', company: 'C', email: 'n@example.com', phone: '1', fax: '2', address: 'A 1' },
      ...{ city: 'Köln', state: 'NW', postcode: '50667', country: 'DE', description: '<d>', locale: 'de-DE' },
      ...{ externalId: 'x-1', guid: GUID, created: '2024-02-29' },
    };
    const other = {
      ...{ name: 'M', company: '', email: '', phone: '3', fax: '', address: 'B', city: 'Bern', state: '' },
      ...{ postcode: '', country: 'CH', description: '', locale: 'fr-FR', externalId: 'x-2' },
      ...{ guid: GUID.replace('c', 'd'), created: '2025-12-31' },
    };

    const added = await plesk.accounts.add({ login: 'new', password: '12345', role: 'customer', ...one });
    expect(added).toMatchObject(one);
    for (const [field, value] of Object.entries(other)) {
      const before = await plesk.accounts.get('new');
      expect(await plesk.accounts.change('new', { [field]: value })).toEqual({ ...before, [field]: value });
    }
    expect(await plesk.accounts.get('new')).toMatchObject(other);
  });

  it('have the day they were made in the zone of the server', async () => {
    const { plesk } = await start({ timeZone: 'America/Los_Angeles' });
    await plesk.clock.set('2026-03-01T02:00:00Z');

    const { created } = await plesk.accounts.add({ login: 'new', password: '12345', role: 'customer' });

    expect(created).toBe('2026-02-28');
    expect((await plesk.accounts.change('new', { created: '2024-02-29' })).created).toBe('2024-02-29');
  });

  it('change the terms of a reseller by name, and its addresses as a whole', async () => {
    const { plesk } = await start();
    await plesk.accounts.change('rita', {
      permissions: { manage_log: true },
      limits: { max_cl: 2, max_dom: 5 },
      ipPool: [{ address: '192.0.2.10' }],
    });

    const after = await plesk.accounts.change('rita', {
      remoteApi: false,
      permissions: { create_clients: false },
      limits: { max_dom: -1 },
    });

    expect(after).toMatchObject({
      remoteApi: false,
      permissions: { remote_access_interface: false, create_clients: false, manage_log: true },
      limits: { max_cl: 2, max_dom: -1 },
      ipPool: [{ address: '192.0.2.10', type: 'shared' }],
    });
    expect((await plesk.accounts.change('rita', { ipPool: [] })).ipPool).toEqual([]);
  });

  it('have a status by word or by number', async () => {
    const { plesk } = await start();

    expect(await plesk.accounts.change('carl', { status: 'suspended' })).toMatchObject({ statusBits: 16 });
    expect(await plesk.accounts.change('carl', { status: 'active' })).toMatchObject({ statusBits: 0 });
    expect(await plesk.accounts.change('carl', { status: 272 })).toMatchObject({
      status: 'suspended',
      statusBits: 272,
    });
  });

  it('of a reseller are suspended with it, lose their sessions, and are active again with it', async () => {
    const { plesk } = await start();
    await newToken(plesk, 'rita');
    const token = await newToken(plesk, 'cora');
    await newToken(plesk, 'carl');

    expect(await plesk.accounts.suspend('rita')).toMatchObject({ status: 'suspended', statusBits: 16 });

    expect(await plesk.accounts.get('cora')).toMatchObject({ status: 'suspended', statusBits: 2 });
    expect((await plesk.sessions.list()).map(({ login }) => login)).toEqual(['carl']);
    expect((await browse(doorUrl(plesk.url, { PLESKSESSID: token }))).reason).toContain(
      'ended by its account',
    );
    expect(await post(plesk, sessionPacket('cora'))).toContain('<errcode>1011</errcode>');
    expect(await plesk.accounts.activate('cora')).toMatchObject({ status: 'suspended', statusBits: 2 });

    await plesk.accounts.activate('rita');

    expect(await plesk.accounts.get('cora')).toMatchObject({ status: 'active', statusBits: 0 });
    expect((await plesk.sessions.list()).map(({ login }) => login)).toEqual(['carl']);
    expect(await post(plesk, sessionPacket('cora'))).toContain('<status>ok</status>');
  });

  it('lose their sessions where they are given to a reseller who is suspended', async () => {
    const { plesk } = await start();
    await plesk.accounts.suspend('rita');
    await newToken(plesk, 'carl');

    expect(await plesk.accounts.change('carl', { owner: 'rita' })).toMatchObject({ status: 'suspended' });

    expect(await plesk.sessions.list()).toEqual([]);
  });

  it('have a guid of their own where one that is gone had the same login', async () => {
    const { plesk } = await start();
    const { guid } = await plesk.accounts.get('carl');
    await plesk.accounts.change('carl', { login: 'carlos' });

    const other = await plesk.accounts.add({ login: 'carl', password: '12345', role: 'customer' });

    expect((await plesk.accounts.get('carlos')).guid).toBe(guid);
    expect(other.guid).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(other.guid).not.toBe(guid);
  });

  it.each(['admin', 'reseller', 'customer'] as const)(
    'are added as %s, who may log in at once',
    async (role) => {
      const { plesk } = await start();

      const added = await plesk.accounts.add({
        login: 'new',
        password: 'arrival1Q**',
        role,
        email: 'new@example.com',
      });

      expect(added).toMatchObject({ id: 6, login: 'new', role, status: 'active', email: 'new@example.com' });
      expect('owner' in added).toBe(role !== 'admin');
      const { status, headers } = await browse(`${plesk.url}/login_up.php`, {
        form: String(new URLSearchParams({ login_name: 'new', passwd: 'arrival1Q**' })),
      });
      expect([status, headers.location]).toEqual([
        303,
        `${plesk.url}${role === 'customer' ? '/smb/' : '/admin/'}`,
      ]);
    },
  );

  it('never have the id of one that was removed', async () => {
    const { plesk } = await start();
    const first = await plesk.accounts.add({ login: 'one', password: '12345', role: 'customer' });
    await plesk.accounts.remove('one');

    const second = await plesk.accounts.add({ login: 'one', password: '12345', role: 'customer' });

    expect(second.id).toBeGreaterThan(first.id);
  });

  it('change what is named and nothing else', async () => {
    const { plesk } = await start();
    const before = await plesk.accounts.get('carl');

    const after = await plesk.accounts.change('carl', {
      phone: '+49 1',
      owner: 'rita',
      password: 'other1Q**',
    });

    expect(after).toEqual({ ...before, phone: '+49 1', owner: 'rita' });
    expect(
      (await ask(plesk, sessionPacket('carl'), credentials({ login: 'carl', password: 'other1Q**' }))).fault,
    ).toBe(undefined);
    const old = { login: 'carl', password: 'customer1Q**' };
    expect((await ask(plesk, sessionPacket('carl'), credentials(old))).fault).toMatch(/^1001 /);
  });

  it('may change their login, and are found by the new one alone', async () => {
    const { plesk } = await start();

    await plesk.accounts.change('carl', { login: 'carlos' });

    expect(await post(plesk, sessionPacket('carlos'))).toContain('<status>ok</status>');
    expect(await post(plesk, sessionPacket('carl'))).toContain('<errcode>1013</errcode>');
  });

  it('lose their sessions where they are suspended, and get none until they are active again', async () => {
    const { plesk } = await start();
    const token = await newToken(plesk, 'carl');

    expect(await plesk.accounts.suspend('carl')).toMatchObject({ status: 'suspended' });

    expect(await plesk.sessions.list()).toEqual([]);
    const door = await browse(doorUrl(plesk.url, { PLESKSESSID: token }));
    expect(door.reason).toContain('ended by its account');
    expect(await post(plesk, sessionPacket('carl'))).toContain('<errcode>1011</errcode>');
    expect(await plesk.accounts.activate('carl')).toMatchObject({ status: 'active' });
    expect(await post(plesk, sessionPacket('carl'))).toContain('<status>ok</status>');
  });

  it("take a reseller's customers with them, and everybody's sessions and keys", async () => {
    const { plesk } = await start();
    await newToken(plesk, 'cora');
    await newToken(plesk, 'carl');
    const { key } = await plesk.secretKeys.add({ login: 'rita' });

    expect(await plesk.accounts.remove('rita')).toEqual(['rita', 'cora']);

    expect((await plesk.accounts.list()).map(({ login }) => login)).toEqual(['admin', 'carl', 'sam']);
    expect((await plesk.sessions.list()).map(({ login }) => login)).toEqual(['carl']);
    expect(await plesk.secretKeys.list()).toEqual([]);
    expect((await ask(plesk, sessionPacket('carl'), { KEY: key })).fault).toMatch(/^11003 /);
  });

  it.each([
    [
      'a login that is taken',
      { login: 'carl', password: '12345', role: 'customer' },
      /^login: there is another account/,
    ],
    ['an unknown role', { login: 'new', password: '12345', role: 'client' }, /^role: /],
    [
      'a guid that is taken',
      { login: 'new', password: '12345', role: 'customer', guid: CORA },
      /^guid: there is another account with the guid c8a62e55/,
    ],
    [
      'limits for a customer',
      { login: 'new', password: '12345', role: 'customer', limits: {} },
      /^limits: only a reseller/,
    ],
    [
      'a limit that is misspelt',
      { login: 'new', password: '12345', role: 'reseller', limits: { max_clx: 1 } },
      /^limits\.max_clx: there is no such limit; do you mean max_cl\?$/,
    ],
    [
      'a permission that the release lacks',
      { login: 'new', password: '12345', role: 'reseller', permissions: { manage_dns: true } },
      /^permissions\.manage_dns: the release has no such permission; /,
    ],
    [
      'an address that the server lacks',
      { login: 'new', password: '12345', role: 'reseller', ipPool: [{ address: '192.0.2.11' }] },
      /^ipPool\.0\.address: the server has no address 192\.0\.2\.11; there are 192\.0\.2\.10$/,
    ],
    [
      'a language that is not there',
      { login: 'new', password: '12345', role: 'customer', locale: 'de' },
      /^locale: the release has no language 'de'; do you mean de-DE\?/,
    ],
    ['an unknown field', { login: 'new', password: '12345', role: 'customer', mail: '' }, /mail/],
    ['no password', { login: 'new', role: 'customer' }, /^password: /],
    [
      'an owner that is not there',
      { login: 'n', password: '12345', role: 'customer', owner: 'Rita' },
      /do you mean rita\?/,
    ],
    [
      'a customer for owner',
      { login: 'n', password: '12345', role: 'customer', owner: 'carl' },
      /owns nobody/,
    ],
    [
      'a reseller of a reseller',
      { login: 'n', password: '12345', role: 'reseller', owner: 'rita' },
      /to the administrator/,
    ],
    [
      'an administrator of somebody',
      { login: 'n', password: '12345', role: 'admin', owner: 'admin' },
      /to nobody/,
    ],
  ])('are not added with %s', async (_what, account, message) => {
    const { plesk } = await start();
    const before = await plesk.accounts.list();

    await expect(plesk.accounts.add(account as never)).rejects.toThrow(message);

    expect(await plesk.accounts.list()).toEqual(before);
  });

  it.each([
    ['an account that is not there', 'carla', {}, /there is no account 'carla'; do you mean carl\?/],
    ['a login that is taken', 'carl', { login: 'cora' }, /there is another account/],
    ['a guid that is taken', 'carl', { guid: CORA }, /^guid: there is another account/],
    ['a guid that is none', 'carl', { guid: 'x' }, /^guid: /],
    ['permissions of a customer', 'carl', { permissions: { a: true } }, /^permissions: only a reseller/],
    [
      'a misspelt permission',
      'rita',
      { permissions: { create_client: true } },
      /^permissions\.create_client: the release has no such permission; do you mean create_clients\?$/,
    ],
    ['a misspelt limit', 'rita', { limits: { maxcl: 1 } }, /^limits\.maxcl: .*; do you mean max_cl\?$/],
    ['a limit that is a word', 'rita', { limits: { max_cl: 'ten' } }, /^limits\.max_cl: a whole number/],
    ['a customer kept from the API', 'carl', { remoteApi: false }, /^remoteApi: only a reseller/],
    ['an address that the server lacks', 'rita', { ipPool: [{ address: '::1' }] }, /^ipPool\.0\.address: /],
    ['a language that is not there', 'carl', { locale: 'xx' }, /^locale: /],
    ['a day that is none', 'carl', { created: '2025-02-29' }, /^created: /],
    ['a country in full', 'carl', { country: 'Germany' }, /^country: two upper-case letters/],
    ['the login of the administrator', 'admin', { login: 'root' }, /keeps its login/],
    ['a role', 'carl', { role: 'reseller' }, /role/],
    ['a status that is none', 'carl', { status: 'disabled' }, /^status: /],
  ])('are not changed: %s', async (_what, login, change, message) => {
    const { plesk } = await start();
    const before = await plesk.accounts.list();

    await expect(plesk.accounts.change(login, change as never)).rejects.toThrow(message);

    expect(await plesk.accounts.list()).toEqual(before);
  });

  it('take back every limit that they show', async () => {
    const { plesk } = await start();
    const packet = (most: string): string =>
      `<packet><reseller><set><filter><login>rita</login></filter><values><limits><limit><name>max_cl</name><value>${most}</value></limit></limits></values></set></reseller></packet>`;
    await post(plesk, packet('9223372036854775807'));

    const { limits = {} } = await plesk.accounts.get('rita');
    expect(limits).toEqual({ max_cl: '9223372036854775807' });
    await post(plesk, packet('1'));
    await plesk.accounts.change('rita', { limits });

    expect((await plesk.accounts.get('rita')).limits).toEqual({ max_cl: '9223372036854775807' });
    const asked =
      '<packet><reseller><get><filter><login>rita</login></filter><dataset><limits/></dataset></get></reseller></packet>';
    expect(await post(plesk, asked)).toContain('<name>max_cl</name><value>9223372036854775807</value>');
  });

  it('always have the administrator', async () => {
    const { plesk } = await start();

    await expect(plesk.accounts.remove('admin')).rejects.toThrow('the administrator admin always stays');
  });
});

it.each([
  ['POST', '/accounts', { login: 'carl', password: '12345', role: 'customer' }],
  ['POST', '/accounts', { login: 'new', password: '12345', role: 'customer', guid: CORA }],
  ['PATCH', '/accounts/carl', { login: 'cora' }],
  ['PATCH', '/accounts/carl', { guid: CORA }],
  ['DELETE', '/accounts/admin', {}],
])('answers 409 to what is taken, over HTTP: %s %s %j', async (method, path, form) => {
  const { plesk } = await start();

  const { status } = await browse(`${plesk.url}/_emulator${path}`, { method, form: JSON.stringify(form) });

  expect(status).toBe(409);
});
