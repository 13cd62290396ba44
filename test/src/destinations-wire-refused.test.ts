import { expect, it } from 'vitest';
import { browse } from '../support/browse.ts';
import type { DestinationPage, Form } from '../support/destination-pages.ts';
import { DESTINATION_PAGES } from '../support/destination-pages.ts';
import { CLIENT_AREA, startBoth } from '../support/service.ts';

const SLUG = "a slug, 1 to 190 of A-Z, a-z, 0-9, '.', '_' and '-', one of them a letter or digit";
const ID = 'an id, 1 to 2147483647';
const GROUP = 'hosting or server or domain or software or special-{id} or sms or special';
const ORDER = 'hosting or server or domain or software or special';

/** What destinations of each form ask for, by index; products alone has words besides. */
const wordsOf = ({ name, form }: DestinationPage): readonly string[] => {
  const words = { none: [], slug: [SLUG], id: [ID], group: [GROUP], order: [ORDER, ID] } as const;
  return name === 'products' ? [`hosting or server or sms or ${SLUG}`] : words[form];
};

const NO_TEXTS = [null, true, {}, [], ['x'], 1.5, -1, 0, '', ' ', '\0', 'a\n'] as const;
const PATHS = [
  ...['.', '..', '/', 'a/b', '../x', '..\\x', 'a\\b', '%2e%2e', '%2F', 'a?b', 'a#b', 'a b', '\u00fc', '{0}'],
  ...['//evil.example', 'https://evil.example', '\ta', 'a\u2028', '-', '_.'],
] as const;

/** Values that destinations of each form cannot have for their first, beyond those that none can have. */
const WRONG: Readonly<Record<Exclude<Form, 'none'>, readonly unknown[]>> = {
  slug: [7, 'a'.repeat(191)],
  id: ['x', '07', '1e3', '+7', ' 7', '7 ', '-1', '0', 2_147_483_648, '2147483648', 1e21, '1/../2'],
  group: [7, 'Hosting', 'hosting ', 'special-', 'special-0', 'special-07', 'special-x', 'special-1/2', 'x'],
  order: [7, 'sms', 'hosting/server', 'special-7', 'Domain'],
};

it('refuses every wrong value of each of the 49 destinations with 422 and says which it is', async () => {
  const { call, audit, plesk } = await startBoth({}, { issueLimit: 100_000 });
  const wrongOf = (page: DestinationPage): readonly (readonly [unknown, unknown])[] => {
    const words = wordsOf(page);
    const { form, values } = page;
    const missing = words.map((word, index) => ({
      index,
      reason: `a value is missing, which has to be ${word}`,
    }));
    const tooMany = (count: number) => ({
      index: words.length,
      reason: `too many values: ${count} instead of ${words.length}`,
    });
    const noArray = [{ index: 0, reason: 'destination_values is no array' }];
    const first = form === 'none' ? [] : [...NO_TEXTS, ...PATHS, ...WRONG[form]];
    return [
      ...(words.length === 0 ? [] : [[], {}, null, undefined].map((values) => [values, missing] as const)),
      [[...values, 'one-more'], [tooMany(words.length + 1)]],
      [[...values, 7, null], [tooMany(words.length + 2)]],
      ...['x', 7, true, { '0': 'x' }, { length: 1 }].map((values) => [values, noArray] as const),
      ...first.map(
        (value) =>
          [
            [value, ...values.slice(1)],
            [{ index: 0, reason: `the value has to be ${words[0] ?? ''}` }],
          ] as const,
      ),
    ];
  };

  let asked = 0;
  for (const page of DESTINATION_PAGES) {
    const found: unknown[] = [];
    const wrong = wrongOf(page);
    for (const [destination_values] of wrong) {
      const { status, body } = await call('Clients/CreateClientSsoToken', {
        user_id: 18,
        destination: page.name,
        destination_values,
      });
      found.push([destination_values, status, body['code'], body['details']]);
      asked += 1;
    }
    expect([page.name, found]).toEqual([
      page.name,
      wrong.map(([values, details]) => [values, 422, 'destination_values_invalid', details]),
    ]);
  }
  expect(asked).toBeGreaterThan(1000);
  expect(audit.filter(({ event }) => event !== 'refused')).toEqual([]);
  expect(await plesk.sessions.list()).toEqual([]);
}, 120_000);

it('names each wrong value of a destination that takes several, in the whole answer', async () => {
  const { call } = await startBoth();

  const { status, body } = await call('Clients/CreateClientSsoToken', {
    user_id: 18,
    destination: 'order-steps',
    destination_values: ['sms', '../7', 'x'],
  });

  expect({ status, body }).toEqual({
    status: 422,
    body: {
      status: 'error',
      message: 'destination_values do not match the destination.',
      code: 'destination_values_invalid',
      request_id: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/) as string,
      details: [
        { index: 0, reason: `the value has to be ${ORDER}` },
        { index: 1, reason: `the value has to be ${ID}` },
        { index: 2, reason: 'too many values: 3 instead of 2' },
      ],
    },
  });
});

it.each([
  ['no destination', {}],
  ['a page of the panel', { destination: '/smb/web/view' }],
  ['a URL', { destination: `${CLIENT_AREA}/services` }],
])('refuses values for %s, which takes none', async (_what, body) => {
  const { call } = await startBoth();

  const answer = await call('Clients/CreateClientSsoToken', {
    user_id: 18,
    destination_values: [7],
    ...body,
  });

  expect(answer).toMatchObject({
    status: 422,
    body: {
      code: 'destination_values_invalid',
      details: [{ index: 0, reason: 'too many values: 1 instead of 0' }],
    },
  });
});

const FOREIGN = [
  'https://evil.example/',
  'https://billing.example.com.evil.example/',
  'https://billing.example.com@evil.example/',
  'https://evil.example@billing.example.com/',
  'https://billing.example.com./services',
  'https://billing.example.com:444/services',
  'http://billing.example.com/services',
  'https:billing.example.com/services',
  'https:\\\\billing.example.com/services',
  'https:///billing.example.com/services',
  ' https://billing.example.com/services',
  'https://billing.example.com/services\n',
  'https://billing.example.com/\\evil.example',
  'https://sub.billing.example.com/',
  'ftp://billing.example.com/',
  'javascript:alert(1)',
  'data:text/html,x',
  '//evil.example',
  '//billing.example.com/services',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.tld',
  '/..//evil.example',
  '/smb/\u0000',
  '/smb/web\\view',
  '/smb/web/view#top',
  ` /smb/web/view`,
  `/${'a'.repeat(2048)}`,
] as const;

it('refuses URLs of other origins, and all that parsers read in different ways', async () => {
  const { call, plesk } = await startBoth({}, { issueLimit: 1000 });

  for (const destination of FOREIGN) {
    const { status, body } = await call('Clients/CreateClientSsoToken', { user_id: 18, destination });
    expect([destination, status, body['code']]).toEqual([destination, 422, 'destination_url_not_allowed']);
    expect(body['reason']).toMatch(/^\S.{10,}/);
  }
  expect(await plesk.sessions.list()).toEqual([]);
});

it.each(['services', 'Home', 'home ', 'ac_ps_products', 'constructor', '__proto__', 'billing.example.com'])(
  'does not know a destination %j',
  async (destination) => {
    const { call } = await startBoth();

    const answer = await call('Clients/CreateClientSsoToken', { user_id: 18, destination });

    expect(answer).toMatchObject({ status: 422, body: { code: 'destination_unknown' } });
  },
);

it.each([
  ['/smb/web/view?returnUrl=//evil.example', '/smb/web/view?returnUrl=//evil.example'],
  ['/admin/%2e%2e/smb/x', '/smb/x'],
  ['/a/../../smb/', '/smb/'],
])('sends the page of the panel that a browser reads in %s', async (destination, path) => {
  const started = await startBoth();

  const { location = '' } = await browse(await started.link({ destination }));

  expect(new URL(location).searchParams.get('success_redirect_url')).toBe(path);
});
