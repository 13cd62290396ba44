import { describe, expect, it } from 'vitest';
import { ask } from '../../support/agent.ts';
import { browse, doorUrl } from '../../support/browse.ts';
import { BOTH_WAYS } from '../../support/control.ts';
import { credentials, newToken, post, sessionPacket } from '../../support/wire.ts';

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
      name: 'Cora of Rita',
      email: '',
      phone: '',
      locale: 'de-DE',
      remoteApi: true,
    });
  });

  it.each(['admin', 'reseller', 'customer'] as const)(
    'are added as %s, who may log in at once',
    async (role) => {
      const { plesk } = await start();

      const added = await plesk.accounts.add({
        login: 'new',
        password: 'newcomer1Q**',
        role,
        email: 'new@example.com',
      });

      expect(added).toMatchObject({ id: 6, login: 'new', role, status: 'active', email: 'new@example.com' });
      expect('owner' in added).toBe(role !== 'admin');
      const { status, headers } = await browse(`${plesk.url}/login_up.php`, {
        form: String(new URLSearchParams({ login_name: 'new', passwd: 'newcomer1Q**' })),
      });
      expect([status, headers.location]).toEqual([
        303,
        `${plesk.url}${role === 'customer' ? '/smb/' : '/admin/'}`,
      ]);
    },
  );

  it('never have the id of one that was removed', async () => {
    const { plesk } = await start();
    const first = await plesk.accounts.add({ login: 'one', password: 'x', role: 'customer' });
    await plesk.accounts.remove('one');

    const second = await plesk.accounts.add({ login: 'one', password: 'x', role: 'customer' });

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
      { login: 'carl', password: 'x', role: 'customer' },
      /^login: there is another account/,
    ],
    ['an unknown role', { login: 'new', password: 'x', role: 'client' }, /^role: /],
    ['an unknown field', { login: 'new', password: 'x', role: 'customer', mail: '' }, /mail/],
    ['no password', { login: 'new', role: 'customer' }, /^password: /],
    [
      'an owner that is not there',
      { login: 'n', password: 'x', role: 'customer', owner: 'Rita' },
      /do you mean rita\?/,
    ],
    ['a customer for owner', { login: 'n', password: 'x', role: 'customer', owner: 'carl' }, /owns nobody/],
    [
      'a reseller of a reseller',
      { login: 'n', password: 'x', role: 'reseller', owner: 'rita' },
      /to the administrator/,
    ],
    [
      'an administrator of somebody',
      { login: 'n', password: 'x', role: 'admin', owner: 'admin' },
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
    ['the login of the administrator', 'admin', { login: 'root' }, /keeps its login/],
    ['a role', 'carl', { role: 'reseller' }, /role/],
    ['a status that is none', 'carl', { status: 'disabled' }, /^status: /],
  ])('are not changed: %s', async (_what, login, change, message) => {
    const { plesk } = await start();
    const before = await plesk.accounts.list();

    await expect(plesk.accounts.change(login, change as never)).rejects.toThrow(message);

    expect(await plesk.accounts.list()).toEqual(before);
  });

  it('always have the administrator', async () => {
    const { plesk } = await start();

    await expect(plesk.accounts.remove('admin')).rejects.toThrow('the administrator admin always stays');
  });
});
