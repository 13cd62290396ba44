import { expect, it } from 'vitest';
import { RELEASE_NAMES } from '../../server/protocol/versions/releases.ts';
import {
  adding,
  as,
  everybody,
  FAMILY,
  filterBy,
  getting,
  inCustomer,
  shown,
  startFamily,
  tell,
  textIn,
} from '../support/customers.ts';
import { DEMO } from '../support/emulator.ts';
import { post } from '../support/wire.ts';

const GUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

it.each(RELEASE_NAMES)('gives on %s a customer of three words what a new account has', async (release) => {
  const { plesk } = await startFamily({ plesk: release });

  const answer = await post(plesk, inCustomer(adding({ pname: 'Nora N.' })));
  expect(textIn(answer, 'id')).toBe('8');
  expect(textIn(answer, 'guid')).toMatch(GUID);

  expect(await plesk.accounts.get('nora')).toEqual({
    id: 8,
    login: 'nora',
    role: 'customer',
    owner: 'admin',
    status: 'active',
    statusBits: 0,
    name: 'Nora N.',
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
    locale: 'en-US',
    externalId: '',
    guid: textIn(answer, 'guid'),
    created: '2026-01-01',
    remoteApi: true,
  });
});

it.each([
  ['pname', ' A   B\n C ', 'A B C'],
  ['cname', '\t', ''],
  ['country', 'de', 'DE'],
  ['country', '', ''],
  ['country', 'XY', 'XY'],
  ['locale', 'en', 'en-US'],
  ['locale', '', 'en-US'],
  ['locale', 'de-DE', 'de-DE'],
  ['status', '', '0'],
  ['status', '+016', '16'],
  ['status', ' 1 ', '1'],
  ['status', '2147483647', '2147483647'],
  ['external-id', 'a &amp; b &lt;c&gt;', 'a &amp; b &lt;c&gt;'],
  ['description', '"\'ü€😀', "&quot;'ü€😀"],
  ['email', 'a@b', 'a@b'],
  ['pcode', '1234567890', '1234567890'],
  ['city', 'ü'.repeat(255), 'ü'.repeat(255)],
])('keeps of a %s of %j in add and in set what get shows', async (name, given, kept) => {
  const { plesk } = await startFamily();

  expect(await tell(plesk, adding({ [name]: given }))).toEqual(['= 8']);
  expect(await tell(plesk, settingOf(name, given))).toEqual(['carl = 4']);

  expect(await shown(plesk, 'nora', name)).toBe(kept);
  expect(await shown(plesk, 'carl', name)).toBe(kept);
});

const settingOf = (name: string, given: string): string =>
  `<set>${filterBy('login', 'carl')}<values><gen_info><${name}>${given}</${name}></gen_info></values></set>`;

const REFUSED: readonly (readonly [name: string, given: string, errcode: string])[] = [
  ['pname', '', '1019'],
  ['pname', ' ', '1019'],
  ['pname', 'x'.repeat(256), '1019'],
  ['login', '', '1019'],
  ['login', '_nora', '1019'],
  ['login', 'no ra', '1019'],
  ['login', '-nora', '1019'],
  ['login', `n${'x'.repeat(255)}`, '1019'],
  ['login', 'cora', '1007'],
  ['login', ' rita ', '1007'],
  ['login', 'admin', '1007'],
  ['passwd', '', '1019'],
  ['passwd', '  ', '1019'],
  ['passwd', 'simple-password', '1019'],
  ['status', '-1', '1025'],
  ['status', '2147483648', '1025'],
  ['email', 'nobody', '1019'],
  ['email', '@', '1019'],
  ['email', 'a b@c', '1019'],
  ['pcode', '12345678901', '1019'],
  ['country', 'D', '1019'],
  ['country', 'DEU', '1019'],
  ['country', '49', '1019'],
  ['locale', 'xx-XX', '1019'],
  ['locale', 'EN-US', '1019'],
  ['external-id', 'x'.repeat(256), '1019'],
  ['description', 'x'.repeat(256), '1019'],
];

it.each(REFUSED)(
  'refuses a %s of %j in add and in set, and changes nothing',
  async (name, given, errcode) => {
    const { plesk } = await startFamily();
    const before = await everybody({ plesk });

    expect(await tell(plesk, adding({ [name]: given }))).toEqual([errcode]);
    expect(await tell(plesk, settingOf(name, given))).toEqual([`carl: ${errcode}`]);

    expect(await everybody({ plesk })).toEqual(before);
  },
);

it('checks owner, right, login, password, texts, status and limit in this order', async () => {
  const accounts = FAMILY.map((one) =>
    one.login === 'rita' ? { ...one, limits: { max_cl: 2 }, permissions: { create_clients: true } } : one,
  );
  const { plesk } = await startFamily({
    seed: { accounts: [{ ...DEMO.admin, role: 'admin' }, ...accounts] },
  });
  const wrong = { login: 'carl', passwd: 'x', email: 'x', status: '-1' };
  const add = (mended: Readonly<Record<string, string>>): Promise<readonly string[]> =>
    tell(plesk, adding({ ...wrong, 'owner-login': 'rita', ...mended }), 'rita');

  expect(await add({ 'owner-login': 'nobody' })).toEqual(['1015']);
  expect(await add({ 'owner-login': 'ralf' })).toEqual(['1006']);
  expect(await add({})).toEqual(['1007']);
  expect(await add({ login: 'nora' })).toEqual(['1019']);
  const strong = { login: 'nora', passwd: 'customer1Q**' };
  expect(await add(strong)).toEqual(['1019']);
  expect(await add({ ...strong, email: 'a@b' })).toEqual(['1025']);
  expect(await add({ ...strong, email: 'a@b', status: '0' })).toEqual(['1024']);
  await tell(plesk, `<del>${filterBy('login', 'cora')}</del>`);
  expect(await add({ ...strong, email: 'a@b', status: '0' })).toEqual(['= 8']);
});

it('counts max_cl whoever adds, from none to unlimited', async () => {
  const reseller = (login: string, most: number) =>
    ({ login, password: 'reseller1Q**', role: 'reseller', limits: { max_cl: most } }) as const;
  const { plesk } = await startFamily({
    seed: { accounts: [reseller('rita', 0), reseller('ralf', 1), reseller('rosa', -1)] },
  });
  const add = (login: string, owner: string): Promise<readonly string[]> =>
    tell(plesk, adding({ login, 'owner-login': owner }));

  expect(await add('anna', 'rita')).toEqual(['1024']);
  expect(await add('bert', 'ralf')).toEqual(['= 5']);
  expect(await add('cleo', 'ralf')).toEqual(['1024']);
  expect(await add('dora', 'rosa')).toEqual(['= 6']);
  expect(await add('emil', 'rosa')).toEqual(['= 7']);
});

it('lets a reseller without create_clients change its customers, and add none', async () => {
  const { plesk } = await startFamily();
  await plesk.accounts.change('rita', { permissions: { create_clients: false } });

  expect(await tell(plesk, adding({}), 'rita')).toEqual(['1006']);
  expect(await tell(plesk, adding({ 'owner-login': 'rita' }))).toEqual(['= 8']);
  expect(await tell(plesk, `<set>${filterBy('id', 5)}<values/></set>`, 'rita')).toEqual(['5 = 5']);
});

it.each([
  ['owner-id', '2', 'rita'],
  ['owner-id', '0', 'admin'],
  ['owner-id', '1', 'admin'],
  ['owner-login', 'ralf', 'ralf'],
  ['owner-login', 'admin', 'admin'],
  ['owner-external-id', 'of-ralf', 'ralf'],
])('gives a customer to whom %s %s names, and shows it', async (name, value, owner) => {
  const { plesk } = await startFamily();
  await plesk.accounts.change('ralf', { externalId: 'of-ralf' });
  await plesk.accounts.change('carl', { externalId: 'of-ralf' });

  expect(await tell(plesk, adding({ [name]: value }))).toEqual(['= 8']);

  const kept = await plesk.accounts.get(owner);
  expect((await plesk.accounts.get('nora')).owner).toBe(owner);
  expect(await shown(plesk, 'nora', 'vendor-guid')).toBe(kept.guid);
  const [id, login] = [await shown(plesk, 'nora', 'owner-id'), await shown(plesk, 'nora', 'owner-login')];
  expect([id, login]).toEqual(owner === 'admin' ? [undefined, 'admin'] : [String(kept.id), undefined]);
});

it('passes over customers where an owner-external-id names the owner', async () => {
  const { plesk } = await startFamily({
    seed: {
      accounts: [
        { login: 'carl', password: '12345', role: 'customer', externalId: 'both' },
        { login: 'cora', password: '12345', role: 'customer', externalId: 'one' },
        { login: 'rita', password: '12345', role: 'reseller', externalId: 'both' },
      ],
    },
  });

  expect(await tell(plesk, adding({ 'owner-external-id': 'both' }))).toEqual(['= 5']);
  expect((await plesk.accounts.get('nora')).owner).toBe('rita');
  for (const none of ['one', 'neither', '']) {
    expect(await tell(plesk, adding({ login: 'n', 'owner-external-id': none }))).toEqual(['1015']);
  }
});

it('gives what another administrator adds to admin, and lets it see everything', async () => {
  const { plesk } = await startFamily();
  await plesk.accounts.add({ login: 'boss', password: '12345', role: 'admin' });
  const boss = { HTTP_AUTH_LOGIN: 'boss', HTTP_AUTH_PASSWD: '12345' };

  await post(plesk, inCustomer(adding({})), boss);

  const answer = await post(plesk, inCustomer(getting(filterBy('login', 'nora'))), boss);
  expect(textIn(answer, 'owner-login')).toBe('admin');
  expect(textIn(answer, 'password_type')).toBe('crypt');
});

it('never gives an id twice, whoever had it and however it went', async () => {
  const { plesk } = await startFamily();

  expect(await tell(plesk, adding({ login: 'a' }))).toEqual(['= 8']);
  expect(await tell(plesk, `<del>${filterBy('login', 'a')}</del>`)).toEqual(['a = 8']);
  expect(await tell(plesk, adding({ login: 'a' }))).toEqual(['= 9']);
  expect(await tell(plesk, '<del><filter/></del>')).toHaveLength(5);
  await plesk.accounts.remove('rita');
  expect(await tell(plesk, adding({ login: 'a' }))).toEqual(['= 10']);
  expect(await tell(plesk, adding({ login: 'a' }))).toEqual(['1007']);
  expect(await tell(plesk, adding({ login: 'b' }))).toEqual(['= 11']);
});

it('shows the administrator alone a password, as a hash that tells passwords apart', async () => {
  const { plesk } = await startFamily();
  const hashOf = (login: string): Promise<string | undefined> => shown(plesk, login, 'password');
  const hash = await hashOf('carl');
  expect(hash).toMatch(/^\$5\$[\w./]{16}\$[\w./]{43}$/);
  expect(await hashOf('cleo')).not.toBe(hash);

  await tell(plesk, settingOf('passwd', 'another1Q**'));
  expect(await hashOf('carl')).not.toBe(hash);

  for (const caller of ['rita', 'cora'] as const) {
    const answer = await post(plesk, inCustomer(getting(filterBy('login', 'cora'))), as(caller));
    expect(textIn(answer, 'login')).toBe('cora');
    expect(answer).not.toContain('password');
  }
});
