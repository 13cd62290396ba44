import { expect, it } from 'vitest';
import { RELEASE_NAMES } from '../../server/protocol/versions/releases.ts';
import { ask } from '../support/agent.ts';
import { adding, as, inCustomer, saidIn, startFamily, tell } from '../support/customers.ts';
import { start } from '../support/emulator.ts';
import {
  addingReseller,
  gettingReseller,
  inReseller,
  limiting,
  NEW,
  permitting,
  settingReseller,
  tellResellers,
} from '../support/resellers.ts';
import { credentials, inServer, post } from '../support/wire.ts';

const FILTER = '<filter><login>rita</login></filter>';
const POOL = '<reseller-id>2</reseller-id>';

/** Every operation that is emulated, as whoever may call it would send it about rita. */
const OPERATIONS = {
  add: addingReseller(),
  set: settingReseller('rita', '<gen-info><city>Bonn</city></gen-info>'),
  get: gettingReseller('rita', '<gen-info/>'),
  'ippool-add-ip': `<ippool-add-ip>${POOL}<ip><ip-address>192.0.2.10</ip-address></ip></ippool-add-ip>`,
  'ippool-set-ip': `<ippool-set-ip>${POOL}<filter><ip-address>192.0.2.10</ip-address></filter><values><ip-type>shared</ip-type></values></ippool-set-ip>`,
  'ippool-del-ip': `<ippool-del-ip>${POOL}<ip-address>192.0.2.10</ip-address></ippool-del-ip>`,
  'get-limit-descriptor': `<get-limit-descriptor>${FILTER}</get-limit-descriptor>`,
  'get-permission-descriptor': `<get-permission-descriptor>${FILTER}</get-permission-descriptor>`,
  'switch-subscription': `<switch-subscription>${FILTER}<no-plan/></switch-subscription>`,
  'sync-subscription': `<sync-subscription>${FILTER}</sync-subscription>`,
  'get-domain-list': `<get-domain-list>${FILTER}</get-domain-list>`,
  'convert-to-customer': '<convert-to-customer><filter><login>ron</login></filter></convert-to-customer>',
  del: `<del>${FILTER}</del>`,
} as const;

const ALL = Object.values(OPERATIONS).join('');
const OWN: readonly string[] = ['set', 'get'];

it('lets the administrator call every operation', async () => {
  const { plesk } = await startFamily();

  const said = await tellResellers(plesk, ALL);

  expect(said).toHaveLength(Object.keys(OPERATIONS).length);
  for (const one of said) expect(one).not.toMatch(/\d{4}$/);
});

it('lets a reseller get and set itself, and do nothing else', async () => {
  const { plesk } = await startFamily();

  const said = await tellResellers(plesk, ALL, 'rita');

  expect(said).toEqual(Object.keys(OPERATIONS).map((name) => (OWN.includes(name) ? 'rita = 2' : '1006')));
  expect((await plesk.accounts.list()).map(({ login }) => login)).toContain('rita');
});

it.each(['carl', 'cora'] as const)('lets the customer %s call none of them', async (caller) => {
  const { plesk } = await startFamily();

  const said = await tellResellers(plesk, ALL, caller);

  expect(said).toEqual(Object.keys(OPERATIONS).map(() => '1006'));
});

it('shows a reseller itself alone, where it asks for all', async () => {
  const { plesk } = await startFamily();
  const all = '<get><filter><all/></filter><dataset/></get>';

  expect(await tellResellers(plesk, all, 'rita')).toEqual(['2 = 2']);
  expect(await tellResellers(plesk, all)).toEqual(['2 = 2', '3 = 3']);
  expect(await tellResellers(plesk, gettingReseller('ralf', ''), 'rita')).toEqual(['ralf: 1006']);
  expect(await tellResellers(plesk, settingReseller('ralf', ''), 'rita')).toEqual(['ralf: 1006']);
});

it.each(RELEASE_NAMES)(
  'lets a reseller into the API of %s from the packet on that gives it the permission, and no longer',
  async (release) => {
    const { plesk } = await start({ plesk: release });
    const caller = credentials(NEW);
    const mayCall = async (): Promise<string | undefined> =>
      (await ask(plesk, inServer('<get_protos/>'), caller)).fault;
    const set = (permissions: Readonly<Record<string, boolean>>): Promise<readonly string[]> =>
      tellResellers(plesk, settingReseller('ron', permitting(permissions)));

    expect(await tellResellers(plesk, addingReseller())).toEqual(['= 6']);
    expect(await mayCall()).toBe('1006 Permission denied.');

    expect(await set({ remote_access_interface: true })).toEqual(['ron = 6']);
    expect(await mayCall()).toBeUndefined();

    expect(await set({ remote_access_interface: false })).toEqual(['ron = 6']);
    expect(await mayCall()).toBe('1006 Permission denied.');
  },
);

it('lets a reseller add customers once it has the permission to', async () => {
  const { plesk } = await startFamily();
  const permitted = permitting({ remote_access_interface: true });
  const add = async (): Promise<readonly string[]> =>
    saidIn(await post(plesk, inCustomer(adding({})), credentials(NEW)));

  await tellResellers(plesk, addingReseller(permitted));
  expect(await add()).toEqual(['1006']);

  await tellResellers(plesk, settingReseller('ron', permitting({ create_clients: true })));
  expect(await add()).toEqual(['= 9']);
});

it('keeps a reseller at as many customers as max_cl says, whoever adds them', async () => {
  const { plesk } = await startFamily();
  const limit = (max_cl: number): Promise<readonly string[]> =>
    tellResellers(plesk, settingReseller('rita', limiting({ max_cl })));
  const own = (login: string): Promise<readonly string[]> => tell(plesk, adding({ login }), 'rita');

  expect(await limit(3)).toEqual(['rita = 2']);
  expect(await own('one')).toEqual(['= 8']);
  expect(await own('two')).toEqual(['1024']);
  expect(await tell(plesk, adding({ login: 'two', 'owner-login': 'rita' }))).toEqual(['1024']);
  expect(await tell(plesk, adding({ login: 'two', 'owner-login': 'ralf' }))).toEqual(['= 9']);

  await tell(plesk, '<del><filter><login>one</login></filter></del>', 'rita');
  expect(await own('three')).toEqual(['= 10']);
  expect(await own('four')).toEqual(['1024']);

  await limit(-1);
  expect(await own('four')).toEqual(['= 11']);

  await limit(0);
  expect(await own('five')).toEqual(['1024']);
});

it('takes a password and a login that a reseller gives itself from the next packet on', async () => {
  const { plesk } = await startFamily();
  const protos = inServer('<get_protos/>');
  const values = '<gen-info><login>rosa</login><passwd>Changed1Q**</passwd></gen-info>';

  expect(await tellResellers(plesk, settingReseller('rita', values), 'rita')).toEqual(['rita = 2']);

  const rosa = credentials({ login: 'rosa', password: 'Changed1Q**' });
  expect((await ask(plesk, protos, rosa)).fault).toBeUndefined();
  expect((await ask(plesk, protos, as('rita'))).fault).toMatch(/^1001 /);
  expect(saidIn(await post(plesk, inReseller(gettingReseller('rosa', '')), rosa))).toEqual(['rosa = 2']);
});
