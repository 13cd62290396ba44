import { expect, it } from 'vitest';
import {
  filterBy,
  getting,
  inCustomer,
  shown,
  startFamily,
  tell,
  adding,
  FAMILY,
} from '../support/customers.ts';
import { browse } from '../support/browse.ts';
import { DEMO } from '../support/emulator.ts';
import { logInAs } from '../support/login-form.ts';
import { post } from '../support/wire.ts';

const give = (login: string, to: string, more = ''): string =>
  `<change-owner>${filterBy('login', login)}<new-owner-login>${to}</new-owner-login>${more}</change-owner>`;
const convert = (filter: string, plan = ''): string =>
  `<convert-to-reseller>${filter}${plan}</convert-to-reseller>`;

it('gives a customer to a reseller, back, and on; id, guid and all else stay', async () => {
  const { plesk } = await startFamily();
  const before = await plesk.accounts.get('carl');

  for (const owner of ['rita', 'ralf', 'ralf', 'admin'] as const) {
    expect(await tell(plesk, give('carl', owner))).toEqual(['carl = 4']);
    expect(await plesk.accounts.get('carl')).toEqual({ ...before, owner });
    expect(await shown(plesk, 'carl', 'vendor-guid')).toBe((await plesk.accounts.get(owner)).guid);
    if (owner === 'admin') continue;
    expect(await tell(plesk, getting(filterBy('login', 'carl')), owner)).toEqual(['carl = 4']);
    expect(await shown(plesk, 'carl', 'owner-login')).toBeUndefined();
  }
});

it('moves everybody of an owner at once, those whom it moves being taken before', async () => {
  const { plesk } = await startFamily();

  expect(
    await tell(
      plesk,
      `<change-owner>${filterBy('owner-login', 'rita', 'ralf')}<new-owner-login>ralf</new-owner-login></change-owner>`,
    ),
  ).toEqual(['rita = 5', 'rita = 6', 'ralf = 5', 'ralf = 6', 'ralf = 7']);
});

it.each([
  ['nobody', '1015'],
  ['', '1015'],
  ['cora', '1015'],
  ['carl', '1015'],
])('refuses the new owner %j by %s, and leaves the owner', async (owner, errcode) => {
  const { plesk } = await startFamily();

  expect(await tell(plesk, give('carl', owner) + give('nobody', owner))).toEqual([
    `carl: ${errcode}`,
    'nobody: 1013',
  ]);
  expect((await plesk.accounts.get('carl')).owner).toBe('admin');
});

it('gives a reseller as many as max_cl lets it have, and what it has once more', async () => {
  const accounts = FAMILY.map((one) => (one.login === 'ralf' ? { ...one, limits: { max_cl: 2 } } : one));
  const { plesk } = await startFamily({
    seed: { accounts: [{ ...DEMO.admin, role: 'admin' }, ...accounts] },
  });

  expect(
    await tell(plesk, `<change-owner><filter/><new-owner-login>ralf</new-owner-login></change-owner>`),
  ).toEqual(['4 = 4', '5: 1024', '6: 1024', '7 = 7']);
  expect((await plesk.accounts.get('cora')).owner).toBe('rita');
});

it('keeps out who comes to a suspended reseller, and lets in who leaves it', async () => {
  const { plesk } = await startFamily();
  const cookie = await logInAs(plesk, { login: 'carl', password: 'customer1Q**' });
  await plesk.accounts.suspend('rita');

  await tell(plesk, give('carl', 'rita') + give('cora', 'ralf'));

  expect((await browse(`${plesk.url}/smb/`, { cookie })).status).toBe(303);
  expect([await shown(plesk, 'carl', 'status'), await shown(plesk, 'cora', 'status')]).toEqual(['2', '0']);
  expect(await logInAs(plesk, { login: 'cora', password: 'customer1Q**' })).toMatch(/^PLESKSESSID/);
  await plesk.accounts.activate('rita');
  expect((await browse(`${plesk.url}/smb/`, { cookie })).status).toBe(303);
  expect(await logInAs(plesk, { login: 'carl', password: 'customer1Q**' })).toMatch(/^PLESKSESSID/);
});

it('has no use for addresses and a plan, and says so', async () => {
  const { plesk } = await startFamily();
  await post(plesk, inCustomer(give('carl', 'rita')));
  await post(
    plesk,
    inCustomer(
      give(
        'carl',
        'ralf',
        '<ipV4-address>192.0.2.10</ipV4-address><ipV6-address>2001:db8::1</ipV6-address><plan-name/>',
      ),
    ),
  );

  expect((await plesk.unexpected()).map(({ id }) => id)).toEqual([2]);
});

it('makes a customer a reseller: id, guid, login, password and external-id stay, and it is a customer no more', async () => {
  const { plesk } = await startFamily();
  const before = await plesk.accounts.get('carl');
  const cookie = await logInAs(plesk, { login: 'carl', password: 'customer1Q**' });

  expect(await tell(plesk, convert(filterBy('id', 4)))).toEqual(['4 = 4']);

  expect(await plesk.accounts.get('carl')).toEqual({
    ...before,
    role: 'reseller',
    remoteApi: false,
    permissions: {},
    limits: {},
    ipPool: [],
  });
  expect(await tell(plesk, getting(filterBy('id', 4)))).toEqual(['4: 1013']);
  expect(await tell(plesk, convert(filterBy('id', 4)))).toEqual(['4: 1013']);
  expect(await tell(plesk, getting('<filter/>'))).toEqual(['5 = 5', '6 = 6', '7 = 7']);
  expect((await browse(`${plesk.url}/admin/`, { cookie })).status).toBe(200);
  const reseller = await post(
    plesk,
    `<packet><reseller><get>${filterBy('external-id', 'x-1')}<dataset><gen-info/></dataset></get></reseller></packet>`,
  );
  expect(reseller).toContain('<filter-id>x-1</filter-id><id>4</id>');
});

it('lets a new reseller call nothing until it may, and have customers from then on', async () => {
  const { plesk } = await startFamily();
  await tell(plesk, convert(filterBy('id', 4)));
  expect(await tell(plesk, adding({}), 'carl')).toEqual([]);
  expect(await tell(plesk, adding({ 'owner-login': 'carl' }) + give('cora', 'carl'))).toEqual([
    '= 8',
    'cora = 5',
  ]);

  await plesk.accounts.change('carl', { permissions: { remote_access_interface: true } });

  expect(await tell(plesk, getting('<filter/>'), 'carl')).toEqual(['5 = 5', '8 = 8']);
  expect(await tell(plesk, adding({ login: 'n2' }), 'carl')).toEqual(['1006']);
});

it('makes none of a customer of a reseller, nor by a plan that is not there', async () => {
  const { plesk } = await startFamily();
  const before = await plesk.accounts.list();

  expect(await tell(plesk, convert('<filter/>', '<reseller-plan-name>Gold</reseller-plan-name>'))).toEqual([
    '4: 1013',
    '5: 1023',
    '6: 1023',
    '7: 1023',
  ]);
  expect(await plesk.accounts.list()).toEqual(before);
  expect(await tell(plesk, convert(filterBy('login', 'cora', 'nobody', 'rita')))).toEqual([
    'cora: 1023',
    'nobody: 1013',
    'rita: 1013',
  ]);
});

it.each(['rita', 'cora'] as const)('lets %s neither convert nor give away', async (caller) => {
  const { plesk } = await startFamily();
  const before = await plesk.accounts.list();

  expect(await tell(plesk, convert(filterBy('id', 5)) + give('cora', 'rita'), caller)).toEqual([
    '1006',
    '1006',
  ]);
  expect(await plesk.accounts.list()).toEqual(before);
});

it('keeps no billing figures, and says so', async () => {
  const { plesk } = await startFamily({ plesk: '12.0' });
  const figures = '<income><value><currency>EUR</currency><sum>1</sum></value></income>';

  const billing = (values: string): string =>
    `<set-billing-info>${filterBy('id', 4)}<values>${values}</values></set-billing-info>`;
  expect(await tell(plesk, billing(figures) + billing(''))).toEqual(['4 = 4', '4 = 4']);

  await expect(plesk.verify()).resolves.toBeUndefined();
  expect(await plesk.unexpected()).toHaveLength(1);
});
