import { describe, expect, it } from 'vitest';
import type { SeedInput } from '../../server/emulator.ts';
import { SeedError } from '../../server/emulator.ts';
import { start } from '../support/emulator.ts';
import { post } from '../support/wire.ts';

const GUID = 'cae5b4b7-1f6c-4d0e-9d55-6b4b3c1f0a77';
const carl = { login: 'carl', password: '12345', role: 'customer' } as const;
const rita = { login: 'rita', password: '12345', role: 'reseller' } as const;

const FIELDS = {
  name: 'Carl',
  company: 'Carl & Co.',
  email: 'carl@example.com',
  phone: '+49 30 1',
  fax: '+49 30 2',
  address: 'Unter den Linden 1',
  city: 'Berlin',
  state: 'BE',
  postcode: '10117',
  country: 'DE',
  description: 'pays <late>',
  locale: 'de-DE',
  externalId: 'whmcs-42',
  guid: GUID,
  created: '2024-02-29',
} as const;

it('gives an account every field that a seed has, and the API answers them', async () => {
  const { plesk } = await start({ seed: { accounts: [{ ...carl, ...FIELDS }] } });

  expect(await plesk.accounts.get('carl')).toMatchObject(FIELDS);
  const answer = await post(
    plesk,
    `<packet><customer><get><filter><guid>${GUID}</guid></filter><dataset><gen_info/></dataset></get></customer></packet>`,
  );
  for (const element of [
    '<cr_date>2024-02-29</cr_date>',
    '<cname>Carl &amp; Co.</cname>',
    '<pname>Carl</pname>',
    '<phone>+49 30 1</phone>',
    '<fax>+49 30 2</fax>',
    '<email>carl@example.com</email>',
    '<address>Unter den Linden 1</address>',
    '<city>Berlin</city>',
    '<state>BE</state>',
    '<pcode>10117</pcode>',
    '<country>DE</country>',
    '<locale>de-DE</locale>',
    `<guid>${GUID}</guid>`,
    '<external-id>whmcs-42</external-id>',
    '<description>pays &lt;late&gt;</description>',
  ])
    expect(answer).toContain(element);
});

it('leaves empty what a seed does not say, and gives the same login the same guid each time', async () => {
  const [one, other] = await Promise.all([
    start({ seed: { accounts: [carl] } }),
    start({ seed: { accounts: [rita, carl] } }),
  ]);

  const shown = await one.plesk.accounts.get('carl');

  expect(shown).toMatchObject({
    ...{ name: '', company: '', fax: '', address: '', city: '', state: '', postcode: '', country: '' },
    ...{ description: '', externalId: '', locale: 'en-US', created: '2026-01-01', statusBits: 0 },
  });
  expect(shown.guid).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect((await other.plesk.accounts.get('carl')).guid).toBe(shown.guid);
});

it.each([
  ['active', 0, 'active'],
  ['suspended', 16, 'suspended'],
  [0, 0, 'active'],
  [16, 16, 'suspended'],
  [1, 1, 'suspended'],
  [256, 256, 'suspended'],
  [272, 272, 'suspended'],
  [4, 4, 'active'],
] as const)('takes the status %j as the bits %i, which is %s', async (status, bits, word) => {
  const { plesk } = await start({ seed: { accounts: [{ ...carl, status }] } });

  expect(await plesk.accounts.get('carl')).toMatchObject({ statusBits: bits, status: word });
});

it.each([
  ['America/Los_Angeles', '2024-02-29'],
  ['UTC', '1999-12-31'],
  ['Pacific/Kiritimati', '2024-02-29'],
  ['Europe/Berlin', '2024-03-31'],
])('has the day of an account in the zone %s', async (timeZone, created) => {
  const { plesk } = await start({ timeZone, seed: { accounts: [{ ...carl, created }] } });

  expect((await plesk.accounts.get('carl')).created).toBe(created);
});

describe('a reseller of a seed', () => {
  it('may use the API and have customers, without limits and addresses, unless it is said otherwise', async () => {
    const { plesk } = await start({ seed: { accounts: [rita] } });

    expect(await plesk.accounts.get('rita')).toMatchObject({
      remoteApi: true,
      permissions: { remote_access_interface: true, create_clients: true },
      limits: {},
      ipPool: [],
    });
  });

  it('has the permissions, limits and addresses that are written', async () => {
    const seed: SeedInput = {
      ipAddresses: [{ address: '192.0.2.1' }, { address: '2001:db8::1', type: 'exclusive' }],
      accounts: [
        {
          ...rita,
          remoteApi: false,
          permissions: { create_clients: false, manage_log: true },
          limits: { max_cl: 3, disk_space: -1 },
          ipPool: [{ address: '2001:DB8:0::1', type: 'exclusive' }, { address: '192.0.2.1' }],
        },
      ],
    };
    const { plesk } = await start({ seed });

    expect(await plesk.accounts.get('rita')).toMatchObject({
      remoteApi: false,
      permissions: { remote_access_interface: false, create_clients: false, manage_log: true },
      limits: { max_cl: 3, disk_space: -1 },
      ipPool: [
        { address: '2001:db8::1', type: 'exclusive' },
        { address: '192.0.2.1', type: 'shared' },
      ],
    });
  });

  it('that is suspended suspends its customers', async () => {
    const { plesk } = await start({
      seed: {
        accounts: [
          { ...rita, status: 'suspended' },
          { ...carl, owner: 'rita' },
        ],
      },
    });

    expect(await plesk.accounts.get('carl')).toMatchObject({ statusBits: 2, status: 'suspended' });
  });

  it.each(['limits', 'permissions'])('has no %s by names that objects have', async (field) => {
    const named = JSON.parse(`{"${field}":{"__proto__":2,"constructor":2,"toString":3}}`) as object;
    const seed = { accounts: [{ ...rita, ...named }] } as never;
    const failure = await start({ seed }).catch((error: unknown) => error);

    const paths = (failure as SeedError).mistakes.map((mistake) => mistake.split(': ')[0]);
    for (const name of ['__proto__', 'constructor', 'toString'])
      expect(paths).toContain(`accounts.0.${field}.${name}`);
  });

  it.each([
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
    ['9007199254740992', '9007199254740992'],
    ['9223372036854775807', '9223372036854775807'],
    ['-1', -1],
    ['007', 7],
  ])('has the limit %j, which is shown as %j', async (written, shown) => {
    const { plesk } = await start({ seed: { accounts: [{ ...rita, limits: { max_cl: written } }] } });

    expect((await plesk.accounts.get('rita')).limits).toEqual({ max_cl: shown });
  });

  it('may have permissions that another release has not', async () => {
    const seed: SeedInput = { accounts: [{ ...rita, permissions: { manage_dns: true, cp_access: false } }] };

    const { plesk } = await start({ plesk: '12.0', seed });
    expect((await plesk.accounts.get('rita')).permissions).toMatchObject({ manage_dns: true });
    await expect(start({ plesk: '17.8', seed })).rejects.toThrow(
      'accounts.0.permissions.manage_dns: the release has no such permission; ',
    );
  });
});

const address = { address: '192.0.2.1' };

it.each<[string, unknown, string, RegExp]>([
  ['a status below 0', { accounts: [{ ...carl, status: -1 }] }, 'accounts.0.status', /./],
  ['half a status', { accounts: [{ ...carl, status: 1.5 }] }, 'accounts.0.status', /./],
  ['a company that is a number', { accounts: [{ ...carl, company: 1 }] }, 'accounts.0.company', /in quotes/],
  [
    'a postcode that is a number',
    { accounts: [{ ...carl, postcode: 10117 }] },
    'accounts.0.postcode',
    /in quotes/,
  ],
  [
    'a country in full',
    { accounts: [{ ...carl, country: 'Germany' }] },
    'accounts.0.country',
    /two upper-case letters/,
  ],
  [
    'a country in small letters',
    { accounts: [{ ...carl, country: 'de' }] },
    'accounts.0.country',
    /two upper-case/,
  ],
  [
    'a guid without dashes',
    { accounts: [{ ...carl, guid: GUID.replaceAll('-', '') }] },
    'accounts.0.guid',
    /8-4-4-4-12/,
  ],
  [
    'one guid twice',
    {
      accounts: [
        { ...carl, guid: GUID },
        { ...rita, guid: GUID },
      ],
    },
    'accounts.1.guid',
    /another account/,
  ],
  ['a day that is none', { accounts: [{ ...carl, created: '2025-02-29' }] }, 'accounts.0.created', /./],
  [
    'a day with a time',
    { accounts: [{ ...carl, created: '2025-02-28T10:00:00Z' }] },
    'accounts.0.created',
    /./,
  ],
  [
    'an external id that is a number',
    { accounts: [{ ...carl, externalId: 42 }] },
    'accounts.0.externalId',
    /in quotes/,
  ],
  [
    'permissions of a customer',
    { accounts: [{ ...carl, permissions: {} }] },
    'accounts.0.permissions',
    /only a reseller/,
  ],
  ['limits of a customer', { accounts: [{ ...carl, limits: {} }] }, 'accounts.0.limits', /only a reseller/],
  ['a pool of a customer', { accounts: [{ ...carl, ipPool: [] }] }, 'accounts.0.ipPool', /only a reseller/],
  [
    'a customer kept from the API',
    { accounts: [{ ...carl, remoteApi: false }] },
    'accounts.0.remoteApi',
    /only a reseller/,
  ],
  [
    'limits of an administrator',
    { accounts: [{ ...carl, role: 'admin', limits: {} }] },
    'accounts.0.limits',
    /only a reseller/,
  ],
  [
    'a permission that is a word',
    { accounts: [{ ...rita, permissions: { create_clients: 'yes' } }] },
    'accounts.0.permissions.create_clients',
    /./,
  ],
  [
    'a permission with a blank',
    { accounts: [{ ...rita, permissions: { 'a b': true } }] },
    'accounts.0.permissions.a b',
    /./,
  ],
  [
    'a limit that is a word',
    { accounts: [{ ...rita, limits: { max_cl: 'three' } }] },
    'accounts.0.limits.max_cl',
    /^a whole number from -1 on/,
  ],
  [
    'a limit below -1',
    { accounts: [{ ...rita, limits: { max_cl: -2 } }] },
    'accounts.0.limits.max_cl',
    /^a whole number from -1 on/,
  ],
  [
    'a limit that is a number beyond those of JavaScript',
    { accounts: [{ ...rita, limits: { max_cl: 2 ** 53 } }] },
    'accounts.0.limits.max_cl',
    /beyond 9007199254740991 as a text/,
  ],
  [
    'a limit of more than 64 bits',
    { accounts: [{ ...rita, limits: { max_cl: '9223372036854775808' } }] },
    'accounts.0.limits.max_cl',
    /at most 9223372036854775807/,
  ],
  [
    'a limit that is misspelt',
    { accounts: [carl, { ...rita, limits: { max_clx: 3 } }] },
    'accounts.1.limits.max_clx',
    /^there is no such limit; do you mean max_cl\?$/,
  ],
  [
    'a limit like no other',
    { accounts: [{ ...rita, limits: { qqqqqq: 3 } }] },
    'accounts.0.limits.qqqqqq',
    /^there is no such limit; there are max_cl, max_dom, .*, expiration$/,
  ],
  [
    'a permission that is misspelt',
    { accounts: [{ ...rita, permissions: { createClients: true } }] },
    'accounts.0.permissions.createClients',
    /^the release has no such permission; do you mean create_clients\?$/,
  ],
  [
    'a pool with what is no address',
    { accounts: [{ ...rita, ipPool: [{ address: 'x' }] }] },
    'accounts.0.ipPool.0.address',
    /'x' is no IP address/,
  ],
  [
    'a pool of no type',
    { accounts: [{ ...rita, ipPool: [{ address: '192.0.2.10', type: 'own' }] }] },
    'accounts.0.ipPool.0.type',
    /./,
  ],
  [
    'a pool with an address that the server lacks',
    { accounts: [{ ...rita, ipPool: [{ address: '192.0.2.10' }, { address: '192.0.2.11' }] }] },
    'accounts.0.ipPool.1.address',
    /the server has no address 192\.0\.2\.11; there are 192\.0\.2\.10$/,
  ],
  [
    'a pool of a server with other addresses',
    { ipAddresses: [address], accounts: [{ ...rita, ipPool: [{ address: '192.0.2.10' }] }] },
    'accounts.0.ipPool.0.address',
    /there are 192\.0\.2\.1$/,
  ],
  [
    'a pool of a server without addresses',
    { ipAddresses: [], accounts: [{ ...rita, ipPool: [{ address: '192.0.2.10' }] }] },
    'accounts.0.ipPool.0.address',
    /it has none$/,
  ],
  [
    'a pool with one address twice',
    { accounts: [{ ...rita, ipPool: [{ address: '192.0.2.10' }, { address: '::ffff:192.0.2.10' }] }] },
    'accounts.0.ipPool.1.address',
    /another has the same/,
  ],
  [
    'a language in two letters',
    { accounts: [{ ...carl, locale: 'de' }] },
    'accounts.0.locale',
    /no language 'de'; do you mean de-DE\?/,
  ],
  [
    'a language in small letters',
    { accounts: [{ ...carl, locale: 'de-de' }] },
    'accounts.0.locale',
    /do you mean de-DE\?/,
  ],
  ['no language', { accounts: [{ ...carl, locale: '' }] }, 'accounts.0.locale', /there are ar, /],
  [
    'an administrator of no language',
    { server: { admin: { admin_locale: 'xx-XX' } } },
    'server.admin.admin_locale',
    /no language/,
  ],
  [
    'an own address that is none',
    { ipAddresses: [{ address: '192.0.2' }] },
    'ipAddresses.0.address',
    /'192\.0\.2' is no IP address/,
  ],
  [
    'an own address twice',
    { ipAddresses: [address, address] },
    'ipAddresses.1.address',
    /another has the same/,
  ],
  [
    'two defaults',
    {
      ipAddresses: [
        { ...address, default: true },
        { address: '192.0.2.2', default: true },
      ],
    },
    'ipAddresses.1.default',
    /another is the default/,
  ],
  [
    'an interface without a name',
    { ipAddresses: [{ ...address, interface: '' }] },
    'ipAddresses.0.interface',
    /./,
  ],
  ['a type that is none', { ipAddresses: [{ ...address, type: 'dedicated' }] }, 'ipAddresses.0.type', /./],
  [
    'a netmask that is none',
    { ipAddresses: [{ ...address, netmask: '24' }] },
    'ipAddresses.0.netmask',
    /'24' is no IP address/,
  ],
  [
    'a public address that is none',
    { ipAddresses: [{ ...address, publicAddress: 'x' }] },
    'ipAddresses.0.publicAddress',
    /./,
  ],
  [
    'a field of an address that nobody knows',
    { ipAddresses: [{ ...address, mask: '' }] },
    'ipAddresses.0.mask',
    /no such field/,
  ],
  [
    'the default language switched off',
    { disabledLocales: ['de-DE', 'en-US'] },
    'disabledLocales.1',
    /cannot be switched off/,
  ],
  [
    'a language switched off that is not there',
    { disabledLocales: ['tr'] },
    'disabledLocales.0',
    /do you mean tr-TR\?/,
  ],
  ['a language that is a number', { disabledLocales: [1] }, 'disabledLocales.0', /./],
])('refuses %s and names its path', async (_case, seed, path, words) => {
  const failure = await start({ seed: seed as SeedInput }).catch((error: unknown) => error);
  if (!(failure instanceof SeedError)) throw new Error('the seed was accepted');

  expect(failure.mistakes.map((mistake) => mistake.split(': ')[0])).toEqual([path]);
  expect(failure.mistakes[0]?.slice(path.length + 2)).toMatch(words);
});

it('knows the languages of the release that it starts with', async () => {
  const seed: SeedInput = { accounts: [{ ...carl, locale: 'ar' }] };

  expect((await (await start({ plesk: '18.0', seed })).plesk.accounts.get('carl')).locale).toBe('ar');
  await expect(start({ plesk: '12.0', seed })).rejects.toThrow(
    "accounts.0.locale: the release has no language 'ar'",
  );
});

it('counts no address of the server that is none', async () => {
  const accounts = [{ ...rita, ipPool: [{ address: '192.0.2.77' }] }];
  const mistakes = async (...ipAddresses: readonly { readonly address: string }[]): Promise<unknown> =>
    ((await start({ seed: { accounts, ipAddresses } }).catch((error: unknown) => error)) as SeedError)
      .mistakes;

  expect(await mistakes({ address: '192.0.2' })).toContain(
    'accounts.0.ipPool.0.address: the server has no address 192.0.2.77; it has none',
  );
  expect(await mistakes({ address: '192.0.2' }, address)).toContain(
    'accounts.0.ipPool.0.address: the server has no address 192.0.2.77; there are 192.0.2.1',
  );
});

it('names what is wrong between accounts and addresses beside what is wrong within them', async () => {
  const accounts = [{ ...rita, company: 1, ipPool: [{ address: '192.0.2.11', type: 'x' }] }];
  const failure = await start({ seed: { accounts } as never }).catch((error: unknown) => error);

  expect((failure as SeedError).mistakes.map((mistake) => mistake.split(': ')[0]).sort()).toEqual([
    'accounts.0.company',
    'accounts.0.ipPool.0.address',
    'accounts.0.ipPool.0.type',
  ]);
});
