import { expect, it } from 'vitest';
import { CATALOGUE } from '../../src/destinations/catalogue.ts';
import { resolve } from '../../src/destinations/resolve.ts';
import type { Detail } from '../../src/problems.ts';
import { Problem } from '../../src/problems.ts';

const CONTEXT = {
  catalogue: CATALOGUE,
  clientAreaUrl: 'https://billing.example.com/whmcs/',
  allowedOrigins: [],
};

/** The details of a refusal for its values; any other outcome fails the test. */
function detailsOf(destination: string | undefined, values: unknown): readonly Detail[] {
  try {
    throw new Error(`it is taken: ${JSON.stringify(resolve(destination, values, CONTEXT))}`);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'destination_values_invalid') throw error;
    return error.parts.details ?? [];
  }
}

const ID = 'an id, 1 to 2147483647';
const SLUG = "a slug, 1 to 190 of A-Z, a-z, 0-9, '.', '_' and '-', one of them a letter or digit";
const GROUP = 'hosting or server or domain or software or special-{id} or sms or special';
const ORDER = 'hosting or server or domain or software or special';

/** What takes values: one that is right for each, and what each has to be. */
const TAKING: Readonly<Record<string, readonly (readonly [right: unknown, words: string])[]>> = {
  articles_category: [['a', SLUG]],
  references_category: [['a', SLUG]],
  normal_detail: [['a', SLUG]],
  news_detail: [['a', SLUG]],
  articles_detail: [['a', SLUG]],
  software_detail: [['a', SLUG]],
  kbase_category: [['a', SLUG]],
  kbase_detail: [['a', SLUG]],
  products: [['a', `hosting or server or sms or ${SLUG}`]],
  softwares_cat: [['a', SLUG]],
  'ac-ps-detail-invoice': [[1, ID]],
  'ac-ps-message-d': [[1, ID]],
  'ac-ps-detail-ticket': [[1, ID]],
  'ac-ps-products-t': [['sms', GROUP]],
  'ac-ps-product': [[1, ID]],
  'order-steps': [
    ['hosting', ORDER],
    [1, ID],
  ],
  'affiliate-link': [[1, ID]],
};
const takes = Object.entries(TAKING);
const all = [...CATALOGUE.keys()].map((name) => ({ name, forms: TAKING[name] ?? [] }));
const rightOf = (name: string): readonly unknown[] => (TAKING[name] ?? []).map(([right]) => right);

/** Wrong wherever a value is expected. */
const NEVER: readonly unknown[] = [
  '',
  ' ',
  '.',
  '..',
  '...',
  '-',
  '_',
  'a/b',
  '/a',
  'a/',
  '../admin',
  'a%2fb',
  'a%2Fb',
  '%2e%2e',
  'a?b',
  'a#b',
  'a&b',
  'a\\b',
  'a;b',
  'a:b',
  'a@b',
  'a+b',
  "a'b",
  'a"b',
  '<b>',
  '{0}',
  '$&',
  '\0',
  'a\0',
  'a\nb',
  'a\n',
  '1\n',
  '1\r\nSet-Cookie: a=b',
  'a\tb',
  ' a',
  'a ',
  'a\u00a0',
  'gr\u00f6\u00dfe',
  '\uff11\uff18',
  '\u0661',
  'a\u2028',
  '\u202ea',
  '\ud800',
  'a'.repeat(191),
  '1'.repeat(191),
  'a'.repeat(100_000),
  null,
  true,
  false,
  0,
  -1,
  18.5,
  2_147_483_648,
  1e21,
  [],
  [1],
  ['hosting'],
  {},
  { id: 1 },
  { toString: 'hosting' },
];

const NO_ID: readonly unknown[] = [
  ...[
    '0',
    '-1',
    '+18',
    '018',
    ' 18',
    '18 ',
    '1e1',
    '18.0',
    '18.5',
    '0x12',
    '1_000',
    '2147483648',
    '9'.repeat(30),
  ],
  ...['a', 'hosting', 'NaN', 'Infinity', 'constructor', '__proto__'],
];
const NO_SLUG: readonly unknown[] = [1, 18];
const NO_GROUP: readonly unknown[] = [
  ...[
    'Hosting',
    'hostings',
    'special-',
    'special-0',
    'special-018',
    'special-x',
    'special-1.5',
    'special-2147483648',
  ],
  ...['special-{id}', 'xspecial-1', 'sms-1', 'constructor', '__proto__', '1', 1],
];
const NO_ORDER: readonly unknown[] = [...NO_GROUP, 'sms', 'special-1'];

const wrongFor = (words: string): readonly unknown[] => [
  ...NEVER,
  ...(words === ID ? NO_ID : words === GROUP ? NO_GROUP : words === ORDER ? NO_ORDER : NO_SLUG),
];

it('knows of each of the 49 names whether it takes values', () => {
  for (const [name, { values }] of CATALOGUE)
    expect([name, values.length]).toEqual([name, rightOf(name).length]);
});

it.each(all)('refuses one value more than $name takes, and names its index', ({ name, forms }) => {
  const reason = `too many values: ${forms.length + 1} instead of ${forms.length}`;
  expect(detailsOf(name, [...rightOf(name), 'x'])).toEqual([{ index: forms.length, reason }]);
});

it.each(takes)('refuses %s without values, however their absence is written', (name, forms) => {
  const details = forms.map(([, words], index) => ({
    index,
    reason: `a value is missing, which has to be ${words}`,
  }));
  for (const none of [undefined, null, [], {}]) expect(detailsOf(name, none)).toEqual(details);
});

it.each(takes)('refuses each value that %s cannot have, and says what it has to be', (name, forms) => {
  for (const [index, [, words]] of forms.entries()) {
    for (const wrong of wrongFor(words)) {
      const values = rightOf(name).with(index, wrong);
      expect([wrong, detailsOf(name, values)]).toEqual([
        wrong,
        [{ index, reason: `the value has to be ${words}` }],
      ]);
    }
  }
});

it.each(all)('refuses for $name what is no array', ({ name }) => {
  for (const none of ['', 'hosting', 18, 0, true, false, { 0: 1 }, { length: 1 }]) {
    expect(detailsOf(name, none)).toEqual([{ index: 0, reason: 'destination_values is no array' }]);
  }
});

it('names all that is wrong at once', () => {
  expect(detailsOf('order-steps', ['../x', '018', 'y', 'z'])).toEqual([
    { index: 0, reason: `the value has to be ${ORDER}` },
    { index: 1, reason: `the value has to be ${ID}` },
    { index: 2, reason: 'too many values: 4 instead of 2' },
  ]);
  expect(detailsOf('order-steps', ['sms'])).toEqual([
    { index: 0, reason: `the value has to be ${ORDER}` },
    { index: 1, reason: `a value is missing, which has to be ${ID}` },
  ]);
});

it('says nothing of the values themselves', () => {
  const reasons = detailsOf('order-steps', ['s3cret', 's3cret', 's3cret']);

  expect(JSON.stringify(reasons)).not.toContain('s3cret');
});

const UNNAMED: readonly (string | undefined)[] = [
  undefined,
  '',
  '/smb/web/view',
  'https://billing.example.com/x',
];

it.each(UNNAMED)('takes no values for the destination %j', (destination) => {
  const target = resolve(destination, undefined, CONTEXT);

  for (const none of [null, [], {}]) expect(resolve(destination, none, CONTEXT)).toEqual(target);
  expect(detailsOf(destination, ['x'])).toEqual([{ index: 0, reason: 'too many values: 1 instead of 0' }]);
  expect(detailsOf(destination, 'x')).toEqual([{ index: 0, reason: 'destination_values is no array' }]);
});
