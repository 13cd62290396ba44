import { expect, it } from 'vitest';
import type { Caller } from '../support/customers.ts';
import { as, filterBy, getting, ID, inCustomer, saidIn, startFamily, tell } from '../support/customers.ts';
import { post } from '../support/wire.ts';

const GUID = { carl: guid(4), cora: guid(5) };
const SEED = {
  accounts: [
    { login: 'admin', password: 'changeme1Q**', role: 'admin' },
    { login: 'rita', password: '12345', role: 'reseller', externalId: 'r' },
    { login: 'ralf', password: '12345', role: 'reseller' },
    { login: 'carl', password: '12345', role: 'customer', guid: GUID.carl, externalId: 'same' },
    {
      login: 'cora',
      password: '12345',
      role: 'customer',
      owner: 'rita',
      guid: GUID.cora,
      externalId: 'same',
    },
    { login: 'cleo', password: '12345', role: 'customer', owner: 'rita', externalId: 'own' },
  ],
} as const;

function guid(last: number): string {
  return `00000000-0000-4000-8000-00000000000${last}`;
}

const FILTERS: readonly (readonly [kind: string, values: readonly (string | number)[], said: string[]])[] = [
  ['id', [4], ['4 = 4']],
  ['id', ['0004', '+4', ' 4\n'], ['0004 = 4', '+4 = 4', '4 = 4']],
  ['id', [99, 6, 5], ['99: 1013', '6 = 6', '5 = 5']],
  ['id', ['999999999999999999999999'], ['999999999999999999999999: 1013']],
  ['id', [1, 2], ['1: 1013', '2: 1013']],
  ['login', ['cora', 'carl'], ['cora = 5', 'carl = 4']],
  ['login', [' carl ', 'nobody', '', 'carl'], ['carl = 4', 'nobody: 1013', ': 1013', 'carl = 4']],
  ['login', ['Carl', 'CORA'], ['Carl: 1013', 'CORA: 1013']],
  ['login', ['admin', 'rita'], ['admin: 1013', 'rita: 1013']],
  ['login', ['constructor', '__proto__'], ['constructor: 1013', '__proto__: 1013']],
  ['guid', [GUID.cora, GUID.carl], [`${GUID.cora} = 5`, `${GUID.carl} = 4`]],
  ['guid', [guid(9), ''], [`${guid(9)}: 1013`, ': 1013']],
  ['external-id', ['own', 'same'], ['own = 6', 'same = 4', 'same = 5']],
  ['external-id', ['Own'], ['Own: 1013']],
  ['external-id', ['', 'none', 'r'], [': 1013', 'none: 1013', 'r: 1013']],
  ['owner-id', [2], ['2 = 5', '2 = 6']],
  ['owner-id', [1, 3, 2], ['1 = 4', '3: ok', '2 = 5', '2 = 6']],
  ['owner-id', [99, 0, -1, 4], ['99: 1015', '0: 1015', '-1: 1015', '4: 1015']],
  ['owner-login', ['rita', 'admin', 'rita'], ['rita = 5', 'rita = 6', 'admin = 4', 'rita = 5', 'rita = 6']],
  ['owner-login', ['ralf', 'nobody', '', 'carl'], ['ralf: ok', 'nobody: 1015', ': 1015', 'carl: 1015']],
  ['', [], ['4 = 4', '5 = 5', '6 = 6']],
];

it.each(FILTERS)(
  'finds by %s of %j the same for get, set and get-domain-list, in the order of the filter',
  async (kind, values, said) => {
    const { plesk } = await startFamily({ seed: SEED });
    const filter = filterBy(kind, ...values);

    expect(await tell(plesk, getting(filter))).toEqual(said);
    expect(await tell(plesk, `<set>${filter}<values/></set>`)).toEqual(said);
    expect(await tell(plesk, `<get-domain-list>${filter}</get-domain-list>`)).toEqual(said);
  },
);

it.each([
  ['id', [4, 99, 4, 5], ['4 = 4', '99: 1013', '4: 1013', '5 = 5'], ['cleo']],
  ['login', ['cora', 'cora'], ['cora = 5', 'cora: 1013'], ['carl', 'cleo']],
  ['external-id', ['same', 'same'], ['same = 4', 'same = 5', 'same: 1013'], ['cleo']],
  ['owner-id', [2, 2], ['2 = 5', '2 = 6', '2: ok'], ['carl']],
  ['', [], ['4 = 4', '5 = 5', '6 = 6'], []],
] as const)('removes by %s of %j each once, and nobody else', async (kind, values, said, left) => {
  const { plesk } = await startFamily({ seed: SEED });

  expect(await tell(plesk, `<del>${filterBy(kind, ...values)}</del>`)).toEqual(said);

  const logins = (await plesk.accounts.list()).map(({ login }) => login);
  expect(logins).toEqual(['admin', 'rita', 'ralf', ...left]);
});

it('says nothing but ok of an empty filter where nobody is, for every operation that has one', async () => {
  const { plesk } = await startFamily();
  await tell(plesk, '<del><filter/></del>');

  const answer = await post(
    plesk,
    inCustomer(
      `${getting('<filter/>')}<set><filter/><values/></set><del><filter/></del><convert-to-reseller><filter/></convert-to-reseller><change-owner><filter/><new-owner-login>rita</new-owner-login></change-owner><get-domain-list><filter/></get-domain-list>`,
    ),
  );

  expect(answer.match(/<result>.*?<\/result>/g)).toEqual(
    Array.from({ length: 6 }, () => '<result><status>ok</status></result>'),
  );
});

/** Whom each sees without a filter, by login. */
const SEEN: Readonly<Record<Caller, readonly Caller[]>> = {
  admin: ['carl', 'cora', 'cleo', 'rolf'],
  rita: ['cora', 'cleo'],
  ralf: ['rolf'],
  carl: ['carl'],
  cora: ['cora'],
  cleo: ['cleo'],
  rolf: ['rolf'],
};
const CALLERS = Object.keys(SEEN) as Caller[];
const CUSTOMERS = SEEN.admin;

it.each(CALLERS)('shows %s without a filter its own, ascending, each by its own id', async (caller) => {
  const { plesk } = await startFamily();

  expect(await tell(plesk, getting('<filter/>'), caller)).toEqual(
    SEEN[caller].map((login) => `${ID[login]} = ${ID[login]}`),
  );
});

it.each(
  CALLERS.flatMap((caller) => (['1006', '1013'] as const).map((errcode) => [caller, errcode] as const)),
)(
  'lets %s reach its own, and answers others by %s where foreignAccount says so',
  async (caller, foreignAccount) => {
    const { plesk } = await startFamily({ foreignAccount });
    const said = (filterId: string | number, login: Caller): string =>
      SEEN[caller].includes(login) ? `${filterId} = ${ID[login]}` : `${filterId}: ${foreignAccount}`;

    const ids = CUSTOMERS.map((login) => ID[login]);
    expect(await tell(plesk, getting(filterBy('id', ...ids, 99)), caller)).toEqual([
      ...CUSTOMERS.map((login) => said(ID[login], login)),
      '99: 1013',
    ]);
    expect(await tell(plesk, `<set>${filterBy('login', ...CUSTOMERS)}<values/></set>`, caller)).toEqual(
      CUSTOMERS.map((login) => said(login, login)),
    );
  },
);

it.each([
  ['1006', '1006'],
  ['1013', '1015'],
] as const)(
  'answers a reseller who asks for the customers of another, where foreignAccount is %s, by %s',
  async (foreignAccount, errcode) => {
    const { plesk } = await startFamily({ foreignAccount });

    expect(await tell(plesk, getting(filterBy('owner-login', 'rita', 'ralf', 'admin', 'x')), 'rita')).toEqual(
      ['rita = 5', 'rita = 6', `ralf: ${errcode}`, `admin: ${errcode}`, 'x: 1015'],
    );
  },
);

it('leaves out of an external-id that several have those of others', async () => {
  const { plesk } = await startFamily();
  const asked = getting(filterBy('external-id', 'x-1'));

  expect(await tell(plesk, asked)).toEqual(['x-1 = 4', 'x-1 = 6', 'x-1 = 7']);
  expect(await tell(plesk, asked, 'rita')).toEqual(['x-1 = 6']);
  expect(await tell(plesk, asked, 'cora')).toEqual(['x-1: 1006']);
});

it.each([
  ['del', '<filter/>'],
  ['convert-to-reseller', '<filter/>'],
  ['change-owner', '<filter/><new-owner-login>rita</new-owner-login>'],
  ['add', '<gen_info><pname>N</pname><login>nora</login><passwd>customer1Q**</passwd></gen_info>'],
])('lets no customer do %s', async (name, inner) => {
  const { plesk } = await startFamily();
  const before = await plesk.accounts.list();

  expect(await tell(plesk, `<${name}>${inner}</${name}>`, 'carl')).toEqual(['1006']);

  expect(await plesk.accounts.list()).toEqual(before);
});

it('lets a reseller remove its own alone', async () => {
  const { plesk } = await startFamily();

  expect(saidIn(await post(plesk, inCustomer(`<del>${filterBy('id', 4, 5)}</del>`), as('rita')))).toEqual([
    '4: 1006',
    '5 = 5',
  ]);
  expect(await tell(plesk, '<del><filter/></del>', 'rita')).toEqual(['6 = 6']);
});
