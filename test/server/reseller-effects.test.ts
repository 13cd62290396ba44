import { expect, it } from 'vitest';
import { ask, inSecretKey, textsOf } from '../support/agent.ts';
import {
  as,
  everybody,
  filterBy,
  getting,
  inCustomer,
  shown,
  startFamily,
  tell,
} from '../support/customers.ts';
import type { Started } from '../support/emulator.ts';
import { postForm } from '../support/login-form.ts';
import {
  addingReseller,
  gettingReseller,
  inReseller,
  limiting,
  NEW,
  permitting,
  settingReseller,
  tellResellers,
  valueOf,
} from '../support/resellers.ts';
import { credentials, inServer, newToken, post, resultsIn, sessionPacket } from '../support/wire.ts';

const PROTOS = inServer('<get_protos/>');

type Plesk = Started['plesk'];

/** Who has a session, by the order of their making. */
const inside = async (plesk: Plesk): Promise<readonly string[]> =>
  textsOf(await post(plesk, '<packet><session><get/></session></packet>'), 'login');

const suspend = (plesk: Plesk, status: number): Promise<readonly string[]> =>
  tellResellers(plesk, settingReseller('rita', `<gen-info><status>${status}</status></gen-info>`));

const deleting = (login: string): string => `<del><filter><login>${login}</login></filter></del>`;
const converting = (login: string): string =>
  `<convert-to-customer><filter><login>${login}</login></filter></convert-to-customer>`;

it.each([1, 16, 256])(
  'with status %i takes the sessions of a reseller and of its customers, and of nobody else',
  async (status) => {
    const { plesk } = await startFamily();
    for (const login of ['rita', 'cora', 'ralf', 'rolf', 'carl', 'cleo']) await newToken(plesk, login);

    expect(await suspend(plesk, status)).toEqual(['rita = 2']);

    expect(await inside(plesk)).toEqual(['ralf', 'rolf', 'carl']);
    for (const login of ['rita', 'cora', 'cleo'])
      expect(resultsIn(await post(plesk, sessionPacket(login))), login).toEqual([
        '1011 The account is disabled.',
      ]);
    expect((await ask(plesk, PROTOS, as('rita'))).fault).toMatch(/^1011 /);
    expect((await ask(plesk, PROTOS, as('cora'))).fault).toMatch(/^1011 /);
    expect((await ask(plesk, PROTOS, as('rolf'))).fault).toBeUndefined();
  },
);

it('with a status that locks nobody out leaves all sessions as they are', async () => {
  const { plesk } = await startFamily();
  for (const login of ['rita', 'cora']) await newToken(plesk, login);

  await suspend(plesk, 4);

  expect(await inside(plesk)).toEqual(['rita', 'cora']);
  expect(await shown(plesk, 'cora', 'status')).toBe('0');
});

it('shows the suspension of a reseller in the status of its customers, and says so where they log in', async () => {
  const { plesk } = await startFamily();
  await tell(
    plesk,
    '<set><filter><login>cleo</login></filter><values><gen_info><status>16</status></gen_info></values></set>',
  );

  await suspend(plesk, 16);

  expect(await shown(plesk, 'cora', 'status')).toBe('2');
  expect(await shown(plesk, 'cleo', 'status')).toBe('18');
  expect(await shown(plesk, 'carl', 'status')).toBe('0');
  const refused = await postForm(plesk, { login_name: 'cora', passwd: 'customer1Q**' });
  expect(refused.status).toBe(200);
  expect(refused.reason).toContain('suspended');

  await suspend(plesk, 0);

  expect(await shown(plesk, 'cora', 'status')).toBe('0');
  expect(await shown(plesk, 'cleo', 'status')).toBe('16');
  const entered = await postForm(plesk, { login_name: 'cora', passwd: 'customer1Q**' });
  expect(entered.status).toBe(303);
});

it('removes the customers, sessions and keys of a reseller with it, and gives no id again', async () => {
  const { plesk } = await startFamily();
  for (const login of ['rita', 'cora', 'rolf']) await newToken(plesk, login);
  const key = (login: string): string => `<create><login>${login}</login></create>`;
  const [ofCora = '', ofRolf = ''] = textsOf(
    await post(plesk, inSecretKey(key('cora') + key('rolf'))),
    'key',
  );

  expect(await tellResellers(plesk, deleting('rita'))).toEqual(['rita = 2']);

  expect((await everybody({ plesk })).map(({ login }) => login)).toEqual(['admin', 'ralf', 'carl', 'rolf']);
  expect(await inside(plesk)).toEqual(['rolf']);
  expect((await ask(plesk, PROTOS, { KEY: ofCora })).fault).toMatch(/^11003 /);
  expect((await ask(plesk, PROTOS, { KEY: ofRolf })).fault).toBeUndefined();
  expect((await ask(plesk, PROTOS, as('cora'))).fault).toMatch(/^1001 /);
  expect(await tell(plesk, getting(filterBy('id', 5)))).toEqual(['5: 1013']);
  expect(await tellResellers(plesk, addingReseller('', 'cora'))).toEqual(['= 8']);
});

it('keeps a reseller with customers where resellerWithCustomers is refuse, and tells why', async () => {
  const { plesk, lines } = await startFamily({ resellerWithCustomers: 'refuse' });

  expect(await tellResellers(plesk, deleting('ralf'))).toEqual(['ralf: 1023']);
  expect(await everybody({ plesk })).toHaveLength(7);
  expect(lines.join('\n')).toContain('ralf has 1 (setting resellerWithCustomers)');

  await tell(plesk, deleting('rolf'));
  expect(await tellResellers(plesk, deleting('ralf'))).toEqual(['ralf = 3']);
});

it('makes a reseller a customer of the administrator, with nothing left of what it was granted', async () => {
  const { plesk } = await startFamily();
  const granted = limiting({ max_cl: 7 }) + permitting({ manage_log: true });
  const pool =
    '<ippool-add-ip><reseller-id>8</reseller-id><ip><ip-address>192.0.2.10</ip-address></ip></ippool-add-ip>';
  expect(await tellResellers(plesk, addingReseller(granted) + pool)).toEqual(['= 8', 'ok']);
  const guid = (await everybody({ plesk })).find(({ login }) => login === 'ron')?.guid;

  expect(await tellResellers(plesk, converting('ron'))).toEqual(['ron = 8']);

  expect(await tellResellers(plesk, gettingReseller('ron', ''))).toEqual(['ron: 1013']);
  expect(await shown(plesk, 'ron', 'owner-login')).toBe('admin');
  expect(await shown(plesk, 'ron', 'guid')).toBe(guid);
  // Only a reseller needs a permission for the API, and it had none.
  expect((await ask(plesk, PROTOS, credentials(NEW))).fault).toBeUndefined();

  const back = '<convert-to-reseller><filter><login>ron</login></filter></convert-to-reseller>';
  expect(await tell(plesk, back)).toEqual(['ron = 8']);
  const answer = await post(plesk, inReseller(gettingReseller('ron', '<permissions/><limits/><ippool/>')));
  expect([valueOf(answer, 'max_cl'), valueOf(answer, 'manage_log')]).toEqual(['-1', 'false']);
  expect(answer).toContain('<ippool></ippool>');
});

it('makes no customer of a reseller who has some, and one of it when they are gone', async () => {
  const { plesk } = await startFamily();

  expect(await tellResellers(plesk, converting('ralf'))).toEqual(['ralf: 1023']);
  await tell(
    plesk,
    '<change-owner><filter><login>rolf</login></filter><new-owner-login>rita</new-owner-login></change-owner>',
  );

  expect(await tellResellers(plesk, converting('ralf'))).toEqual(['ralf = 3']);
  expect(await tell(plesk, getting(filterBy('owner-login', 'ralf')))).toEqual(['ralf: 1015']);
});

it('changes nothing by an operation that is refused, and the rest by the others', async () => {
  const { plesk } = await startFamily();
  const info = '<gen-info><city>Bonn</city></gen-info>';
  const refused = [
    settingReseller('rita', info + limiting({ max_cl: 1, foo: 1 })),
    settingReseller('rita', info + limiting({ max_cl: 1 }) + permitting({ foo: true })),
    settingReseller(
      'rita',
      '<gen-info><city>Bonn</city><locale>xx</locale></gen-info>' + limiting({ max_cl: 1 }),
    ),
    addingReseller(limiting({ foo: 1 })),
    addingReseller('<plan-name>Gold</plan-name>'),
  ];

  const said = await tellResellers(plesk, refused.join('') + addingReseller());

  expect(said).toEqual(['rita: 1019', 'rita: 1019', 'rita: 1019', '1019', '1013', '= 8']);
  const answer = await post(plesk, inReseller(gettingReseller('rita', '<gen-info/><limits/>')));
  expect(answer).toContain('<city></city>');
  expect(valueOf(answer, 'max_cl')).toBe('-1');
});

it('gives a reseller another guid where it is asked to, and finds it by no other', async () => {
  const { plesk } = await startFamily();
  const guid = async (): Promise<string> =>
    (await everybody({ plesk })).find(({ login }) => login === 'rita')?.guid ?? '';
  const before = await guid();

  expect(await tellResellers(plesk, settingReseller('rita', '<gen-info><guid/></gen-info>'))).toEqual([
    'rita = 2',
  ]);

  const after = await guid();
  expect(after).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  const by = (one: string): string => `<get><filter><guid>${one}</guid></filter><dataset/></get>`;
  expect(await tellResellers(plesk, by(before) + by(after))).toEqual([`${before}: 1013`, `${after} = 2`]);
  expect(await post(plesk, inCustomer(getting(filterBy('login', 'cora'))))).toContain(
    `<vendor-guid>${after}</vendor-guid>`,
  );
});

it('counts the customers of a reseller, and those of them that are active', async () => {
  const { plesk } = await startFamily();
  const counts = async (): Promise<readonly (readonly string[])[]> => {
    const answer = await post(plesk, inReseller(gettingReseller('rita', '<stat/>')));
    return [textsOf(answer, 'active-clients'), textsOf(answer, 'clients')];
  };

  expect(await counts()).toEqual([['2'], ['2']]);
  await tell(
    plesk,
    '<set><filter><login>cleo</login></filter><values><gen_info><status>16</status></gen_info></values></set>',
  );
  expect(await counts()).toEqual([['1'], ['2']]);
  await suspend(plesk, 16);
  expect(await counts()).toEqual([['0'], ['2']]);
});

it('knows an address of a pool in whatever form it is written, and answers the form that was sent', async () => {
  const { plesk } = await startFamily({
    seed: {
      accounts: [{ login: 'rita', password: '12345', role: 'reseller' }],
      ipAddresses: [{ address: '192.0.2.10' }, { address: '2001:db8::1', type: 'exclusive' }],
    },
  });
  const add = (address: string): string =>
    `<ippool-add-ip><reseller-id>2</reseller-id><ip><ip-address>${address}</ip-address></ip></ippool-add-ip>`;
  const remove = (address: string): string =>
    `<ippool-del-ip><reseller-id>2</reseller-id><ip-address>${address}</ip-address></ippool-del-ip>`;
  const pool = async (): Promise<string | undefined> =>
    /<ippool>(.*)<\/ippool>/.exec(await post(plesk, inReseller(gettingReseller('rita', '<ippool/>'))))?.[1];

  const answer = await post(
    plesk,
    inReseller(add('2001:DB8:0:0::0001') + add('2001:db8::1') + add('192.0.2.010')),
  );

  expect(resultsIn(answer)).toEqual([
    'ok',
    "1023 Ip address is already in client's pool",
    '1018 Ip address does not exist',
  ]);
  expect(textsOf(answer, 'ip-address')).toEqual(['2001:DB8:0:0::0001', '2001:db8::1', '192.0.2.010']);
  expect(await pool()).toBe('<ip><ip-address>2001:db8::1</ip-address><ip-type>exclusive</ip-type></ip>');

  expect(await tellResellers(plesk, remove('2001:0db8::0:1'))).toEqual(['ok']);
  expect(await pool()).toBe('');
});
