import { describe, expect, it } from 'vitest';
import type { Emulator, EmulatorOptions } from '../../../server/emulator.ts';
import { ask } from '../../support/agent.ts';
import { DEMO, start } from '../../support/emulator.ts';
import { postForm } from '../../support/login-form.ts';
import { credentials, sessionPacket } from '../../support/wire.ts';

const { admin, rita, carl, cora } = DEMO;
const TINA = '<pname>Tina Tea</pname><login>tina</login><passwd>First-pass-w0rd!</passwd>';

const customer = (inner: string): string => `<packet><customer>${inner}</customer></packet>`;
const reseller = (inner: string): string => `<packet><reseller>${inner}</reseller></packet>`;
const add = (genInfo: string): string => customer(`<add><gen_info>${genInfo}</gen_info></add>`);
const set = (login: string, genInfo: string): string =>
  customer(
    `<set><filter><login>${login}</login></filter><values><gen_info>${genInfo}</gen_info></values></set>`,
  );
const get = (filter: string): string =>
  customer(`<get><filter>${filter}</filter><dataset><gen_info/></dataset></get>`);

/** The help for a packet, which is refused or fails with this errcode. */
async function helpFor(
  plesk: Emulator,
  packet: string,
  errcode: number,
  caller: Parameters<typeof credentials>[0] = admin,
): Promise<readonly string[]> {
  const { body } = await ask(plesk, packet, credentials(caller));
  expect(body).toContain(`<errcode>${errcode}</errcode>`);
  const [entry] = await plesk.journal.packets({ last: 1 });
  return entry?.help ?? [];
}

describe('help for a packet of a billing module that is not valid', () => {
  it.each<[string, string, string]>([
    ['the login first', add('<login>tina</login><pname>a</pname>'), '<pname> comes before <login>'],
    ['cname behind pname', add('<pname>a</pname><cname>b</cname>'), '<cname> comes before <pname>'],
    ['phone behind email', add(`${TINA}<email/><phone/>`), '<phone> comes before <email>'],
    [
      "a reseller's spelling for a customer",
      customer(`<add><gen-info>${TINA}</gen-info></add>`),
      'there is no <gen-info> in <add>: do you mean <gen_info>?',
    ],
    [
      "a customer's spelling for a reseller",
      reseller(`<add><gen_info>${TINA}</gen_info></add>`),
      'there is no <gen_info> in <add>: do you mean <gen-info>?',
    ],
    [
      'a filter of two kinds',
      get('<id>3</id><login>carl</login>'),
      '<filter> takes one of <id>, <login>, <owner-id>, <owner-login>, <guid> or <external-id>, and <id> is there already',
    ],
    [
      'an owner of two kinds',
      add(`${TINA}<owner-id>2</owner-id><owner-login>rita</owner-login>`),
      '<gen_info> takes one of <owner-id>, <owner-login> or <owner-external-id>, and <owner-id> is there already',
    ],
    ['an empty id', get('<id/>'), "<id> takes a whole number from 1 on, found is ''"],
    [
      'a login as id',
      get('<id>carl</id>'),
      'to ask for a login or an external id, take <login> or <external-id>',
    ],
    ['all', get('<all/>'), 'an empty <filter/> means all customers; <all/> is for the filter of reseller'],
    [
      'an owner in set',
      set('carl', '<owner-id>2</owner-id>'),
      'set cannot change the owner: customer/change-owner gives a customer to another',
    ],
    [
      'an owner of a reseller',
      reseller(`<add><gen-info>${TINA}<owner-id>2</owner-id></gen-info></add>`),
      'a reseller has no owner in a packet: it is the administrator',
    ],
    [
      'limits as elements',
      reseller(`<add><gen-info>${TINA}</gen-info><limits><max_cl>5</max_cl></limits></add>`),
      'limits have names: <limit><name>max_cl</name><value>5</value></limit>',
    ],
    [
      'permissions as elements',
      reseller(
        `<add><gen-info>${TINA}</gen-info><permissions><create_clients>true</create_clients></permissions></add>`,
      ),
      'permissions have names: <permission><name>create_clients</name><value>true</value></permission>',
    ],
    [
      'a word as status',
      set('carl', '<status>disabled</status>'),
      'a status is a number: 0 is active, 16 suspended by the administrator, 32 by a reseller',
    ],
    [
      'the operator of old packets',
      '<packet><client><get><filter/><dataset/></get></client></packet>',
      'from packet version 1.6.3.0 on <client> is called <customer>',
    ],
  ])('with %s', async (_what, packet, says) => {
    const { plesk } = await start();

    expect(await helpFor(plesk, packet, 1014)).toContain(says);
  });

  it('does not send an owner of set into a filter', async () => {
    const { plesk } = await start();

    const help = await helpFor(plesk, set('carl', '<owner-login>rita</owner-login>'), 1014);

    expect(help.join()).not.toContain('belongs into');
  });
});

it.each<
  [string, EmulatorOptions, number, string, typeof admin | typeof rita | typeof carl, readonly string[]]
>([
  [
    'a weak password',
    {},
    1019,
    set('carl', '<passwd>teapot</passwd>'),
    admin,
    [
      'the password is very weak; 8 characters with letters of both cases, a digit and two of !@#$%^&*?_~ would be strong',
      "settings.set({ passwordStrength: 'very-weak' }) takes any password",
    ],
  ],
  [
    "a customer's login",
    {},
    1007,
    add(TINA.replace('tina', 'cora')),
    admin,
    ["'cora' is a customer of 'rita', with the id 4: customer/get finds it"],
  ],
  [
    "a reseller's login",
    {},
    1007,
    set('carl', '<login>rita</login>'),
    admin,
    ["'rita' is a reseller: customers, resellers and administrators share one series of logins"],
  ],
  [
    "the administrator's login for a reseller",
    {},
    1019,
    reseller(`<add><gen-info>${TINA.replace('tina', 'admin')}</gen-info></add>`),
    admin,
    ["'admin' is an administrator: customers, resellers and administrators share one series of logins"],
  ],
  [
    'a misspelt owner',
    {},
    1015,
    add(`${TINA}<owner-login>Rita</owner-login>`),
    admin,
    ["do you mean 'rita'?"],
  ],
  [
    'an unknown owner',
    {},
    1015,
    add(`${TINA}<owner-login>nobody</owner-login>`),
    admin,
    ["who may own customers: 1 ('admin') or 2 ('rita')"],
  ],
  [
    'an unknown id of an owner in a filter',
    {},
    1015,
    get('<owner-id>77</owner-id>'),
    admin,
    ["who may own customers: 1 ('admin') or 2 ('rita')"],
  ],
  [
    'an unknown external id of an owner',
    {},
    1015,
    add(`${TINA}<owner-external-id>r-1</owner-external-id>`),
    admin,
    ["no reseller has the external-id 'r-1'"],
  ],
  [
    'an empty owner',
    {},
    1015,
    add(`${TINA}<owner-login/>`),
    admin,
    ["<owner-login> is empty: leave it out, and the customer is its adder's own"],
  ],
  [
    'a customer as owner',
    {},
    1015,
    add(`${TINA}<owner-id>3</owner-id>`),
    admin,
    ["'carl' is a customer; customer/convert-to-reseller makes a reseller of one"],
  ],
  [
    'another owner than the calling reseller',
    {},
    1006,
    add(`${TINA}<owner-login>admin</owner-login>`),
    rita,
    ["'rita' can have customers of its own alone: leave the owner out, or call as admin"],
  ],
  [
    'a status that is none',
    {},
    1025,
    set('carl', '<status>-1</status>'),
    admin,
    ['0 is active, 16 suspended by the administrator, 32 by its reseller, 64 by itself'],
  ],
  [
    'a status that is not documented',
    { accountStatus: 'documented' },
    1025,
    set('carl', '<status>1</status>'),
    admin,
    [
      '0 is active, 16 suspended by the administrator, 32 by its reseller, 64 by itself',
      "settings.set({ accountStatus: 'any' }) takes other numbers too, as Plesk was seen to do",
    ],
  ],
  [
    'the own status',
    {},
    1006,
    set('carl', '<status>16</status>'),
    carl,
    ['who owns an account suspends it, or activates it: call as the administrator or its reseller'],
  ],
  [
    'a country that is no code',
    {},
    1019,
    set('carl', '<country>Germany</country>'),
    admin,
    ['country takes a code of ISO 3166, such as DE or US; empty is none'],
  ],
  [
    'an e-mail with a name',
    {},
    1019,
    set('carl', '<email>Carl &lt;carl@example.com&gt;</email>'),
    admin,
    ['email takes the address alone: carl@example.com'],
  ],
  [
    'a login that is none',
    {},
    1019,
    set('carl', '<login>42 carls</login>'),
    admin,
    ["'42carls' would do", "settings.set({ credentialRules: 'any' }) takes any login and password"],
  ],
  [
    'an empty password',
    {},
    1019,
    set('carl', '<passwd/>'),
    admin,
    ['leave <passwd> out of set where it is not to change'],
  ],
  [
    'a reseller among the customers',
    {},
    1013,
    get('<login>rita</login>'),
    admin,
    ["'rita' is a reseller: ask for it by reseller/get"],
  ],
  [
    'a customer among the resellers',
    {},
    1013,
    reseller('<get><filter><id>3</id></filter><dataset/></get>'),
    admin,
    ["'carl' is a customer: ask for it by customer/get"],
  ],
  [
    'the administrator among the customers',
    {},
    1013,
    get('<id>1</id>'),
    admin,
    ["'admin' is the administrator: server/get tells of it"],
  ],
  ['an unknown login', {}, 1013, get('<login>crl</login>'), admin, ["do you mean 'carl'?"]],
  ['an id as login', {}, 1013, get('<login>3</login>'), admin, ["3 is the id of 'carl': ask for it by <id>"]],
  [
    'a login as external id',
    {},
    1013,
    get('<external-id>carl</external-id>'),
    admin,
    ["'carl' is a login: ask for it by <login>"],
  ],
  [
    'an unknown external id',
    {},
    1013,
    get('<external-id>shop-1</external-id>'),
    admin,
    ["no customer has the external-id 'shop-1'"],
  ],
  [
    'an empty external id',
    {},
    1013,
    get('<external-id/>'),
    admin,
    ['an empty <external-id> finds nobody: an empty <filter/> finds everybody'],
  ],
  [
    'an unknown id',
    {},
    1013,
    get('<id>99</id>'),
    admin,
    ["ids that are there: 3 ('carl'), 4 ('cora') or 5 ('sam')"],
  ],
  [
    "another's customer",
    {},
    1006,
    get('<login>carl</login>'),
    rita,
    [
      "'carl' belongs to 'admin': call as the administrator",
      "settings.set({ foreignAccount: '1013' }) answers as if it were not there",
    ],
  ],
  [
    "another's customer, by 1013",
    { foreignAccount: '1013' },
    1013,
    get('<login>carl</login>'),
    rita,
    [
      "'carl' belongs to 'admin': call as the administrator",
      "settings.set({ foreignAccount: '1006' }) answers that permission is denied",
    ],
  ],
  [
    "another's customers, by 1015",
    { foreignAccount: '1013' },
    1015,
    get('<owner-login>admin</owner-login>'),
    rita,
    ["'rita' can have customers of its own alone: leave the owner out, or call as admin"],
  ],
  [
    'a plan',
    {},
    1013,
    customer(
      '<convert-to-reseller><filter><id>3</id></filter><reseller-plan-name>Gold</reseller-plan-name></convert-to-reseller>',
    ),
    admin,
    ['plans are not emulated: leave the plan out, and the account has none'],
  ],
  [
    'an address that the server has not',
    {},
    1018,
    reseller(
      '<ippool-add-ip><reseller-id>2</reseller-id><ip><ip-address>192.0.2.99</ip-address></ip></ippool-add-ip>',
    ),
    admin,
    ['the server has 192.0.2.10; ip/add adds one'],
  ],
  [
    'an address that is not in the pool',
    {},
    1018,
    reseller(
      '<ippool-del-ip><reseller-id>2</reseller-id><ip-address>192.0.2.10</ip-address></ippool-del-ip>',
    ),
    admin,
    ['reseller/ippool-add-ip puts an address into it'],
  ],
  [
    'a reseller with customers',
    { resellerWithCustomers: 'refuse' },
    1023,
    reseller('<del><filter><login>rita</login></filter></del>'),
    admin,
    ['customer/del removes them, or customer/change-owner gives them to another'],
  ],
  [
    'the credentials of a customer',
    {},
    1006,
    add(TINA),
    carl,
    ['customer/add wants the credentials of the administrator or of a reseller; carl is a customer'],
  ],
])('helps with %s', async (_what, options, errcode, packet, caller, says) => {
  const { plesk } = await start(options);

  expect(await helpFor(plesk, packet, errcode, caller)).toEqual(says);
});

it('says which password would do, and it does', async () => {
  const { plesk } = await start();
  const examples = {
    weak: 'teapot42',
    medium: 'Teapot42',
    strong: 'Teapot4*!',
    'very-strong': 'Teapot-on-fire-123*!',
  };
  for (const [passwordStrength, password] of Object.entries(examples)) {
    await plesk.settings.set({ passwordStrength: passwordStrength as keyof typeof examples });
    const [says] = await helpFor(plesk, set('carl', '<passwd>teapot</passwd>'), 1019);

    expect(says).toContain(` would be ${passwordStrength.replace('-', ' ')}`);
    const { body } = await ask(plesk, set('carl', `<passwd>${password}</passwd>`));
    expect(body, password).toContain('<status>ok</status>');
  }
});

it('says which permission a reseller has not, and which call gives it', async () => {
  const { plesk } = await start();
  await plesk.accounts.change('rita', { permissions: { create_clients: false } });

  expect(await helpFor(plesk, add(TINA), 1006, rita)).toEqual([
    "accounts.change('rita', { permissions: { create_clients: true } }) or reseller/set with <permissions> gives it",
  ]);
  await plesk.accounts.change('rita', { permissions: { create_clients: true } });
  expect((await ask(plesk, add(TINA), credentials(rita))).body).toContain('<status>ok</status>');
});

it.each([
  ['the reseller itself', add(TINA), rita],
  ['the administrator', add(`${TINA}<owner-login>rita</owner-login>`), admin],
  ['the administrator, by id', add(`${TINA}<owner-id>2</owner-id>`), admin],
  [
    'the administrator, who gives it another customer',
    customer(
      '<change-owner><filter><login>carl</login></filter><new-owner-login>rita</new-owner-login></change-owner>',
    ),
    admin,
  ],
])('says whose limit is reached, and how to raise it, to %s', async (_who, packet, caller) => {
  const { plesk } = await start();
  await plesk.accounts.change('rita', { limits: { max_cl: 1 } });

  expect(await helpFor(plesk, packet, 1024, caller)).toEqual([
    "max_cl of 'rita' is 1, and so many customers it has: accounts.change('rita', { limits: { max_cl: -1 } }) or reseller/set with <limits> raises it; -1 is no limit",
  ]);
  await plesk.accounts.change('rita', { limits: { max_cl: -1 } });
  expect((await ask(plesk, packet, credentials(caller))).body).toContain('<status>ok</status>');
});

it('names the locales that are there, and the one that is switched off', async () => {
  const { plesk } = await start();
  const [unknown] = await helpFor(plesk, set('carl', '<locale>de-de</locale>'), 1019);
  expect(unknown).toMatch(/^Plesk 18\.0 has .*de-DE.*; do you mean de-DE\?$/);
  const enable = '<packet><locale><enable><filter><id>german</id></filter></enable></locale></packet>';
  expect((await helpFor(plesk, enable, 1013))[0]).toContain('Plesk 18.0 has ar, ca-ES, ');
  await ask(plesk, '<packet><locale><disable><filter><id>de-DE</id></filter></disable></locale></packet>');

  expect(await helpFor(plesk, set('carl', '<locale>de-DE</locale>'), 1019)).toEqual([
    "'de-DE' is switched off: locale/enable switches it on",
  ]);
});

it('says whose suspension it is that keeps a customer out', async () => {
  const { plesk } = await start();
  await plesk.accounts.suspend('rita');
  const says = "accounts.activate('rita') ends its suspension, which is that of its reseller";

  expect(await helpFor(plesk, sessionPacket('cora'), 1011)).toEqual([says]);
  await postForm(plesk, { login_name: 'cora', passwd: cora.password });
  const [visit] = await plesk.journal.find({ kind: 'browser', last: 1 });
  expect(visit?.help).toEqual([says]);
  await plesk.accounts.activate('rita');
  expect((await ask(plesk, sessionPacket('cora'))).body).toContain('<status>ok</status>');
});
