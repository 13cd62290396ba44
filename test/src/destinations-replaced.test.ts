import { expect, it } from 'vitest';
import type { Catalogue } from '../../src/destinations/catalogue.ts';
import { CATALOGUE } from '../../src/destinations/catalogue.ts';
import { readCatalogue } from '../../src/destinations/read-catalogue.ts';
import type { Target } from '../../src/destinations/resolve.ts';
import { resolve } from '../../src/destinations/resolve.ts';

function catalogueOf(json: unknown): Catalogue {
  const read = readCatalogue(json);
  if ('mistakes' in read) throw new Error(read.mistakes.join('\n'));
  return read.catalogue;
}

function mistakesOf(json: unknown): readonly string[] {
  const read = readCatalogue(json);
  return 'mistakes' in read ? read.mistakes : [];
}

const goTo = (json: unknown, name: string, values: readonly unknown[] = []): Target =>
  resolve(name, values, {
    catalogue: catalogueOf(json),
    clientAreaUrl: 'https://billing.example.com/whmcs/',
    allowedOrigins: [],
  });

const AREA = 'https://billing.example.com/whmcs';

it('leaves the catalogue as it is where nothing is replaced', () => {
  expect(catalogueOf({})).toEqual(CATALOGUE);
});

it.each([
  ['a path', { news: '/blog' }, 'news', [], `${AREA}/blog`],
  ['a path with a slash at its end', { news: '/blog/' }, 'news', [], `${AREA}/blog/`],
  ['the root', { news: '/' }, 'news', [], `${AREA}/`],
  ['letters beyond ASCII', { news: '/\u00fcr\u00fcnler' }, 'news', [], `${AREA}/%C3%BCr%C3%BCnler`],
  ['an encoded blank', { news: '/our%20news' }, 'news', [], `${AREA}/our%20news`],
  ['a value in the query', { kbase_detail: '/kb.php?a={0}' }, 'kbase_detail', ['x'], `${AREA}/kb.php?a=x`],
  ['a URL in the query', { news: '/go?to=https://a//b/../c' }, 'news', [], `${AREA}/go?to=https://a//b/../c`],
  ['a fragment', { 'ac-ps-product': '/app#/s/{0}' }, 'ac-ps-product', [7], `${AREA}/app#/s/7`],
  ['a value twice', { normal_detail: '/{0}/{0}.html' }, 'normal_detail', ['x'], `${AREA}/x/x.html`],
  [
    'values in another order',
    { 'order-steps': '/{1}/{0}' },
    'order-steps',
    ['server', 7],
    `${AREA}/7/server`,
  ],
  ['another host', { kbase: 'https://kb.example.net' }, 'kbase', [], 'https://kb.example.net/'],
  [
    'another host and a value',
    { kbase_detail: 'https://kb.example.net:444/a/{0}' },
    'kbase_detail',
    ['x'],
    'https://kb.example.net:444/a/x',
  ],
  ['http on the loopback', { kbase: 'http://127.0.0.1:3000/kb' }, 'kbase', [], 'http://127.0.0.1:3000/kb'],
  ['http on the IPv6 loopback', { kbase: 'http://[::1]:3000/kb' }, 'kbase', [], 'http://[::1]:3000/kb'],
  ['http on localhost', { kbase: 'http://localhost/kb' }, 'kbase', [], 'http://localhost/kb'],
  ['an object with a route', { news: { route: '/blog' } }, 'news', [], `${AREA}/blog`],
  [
    'a value where there was none',
    { 'basket-pay': { route: '/pay/{0}', values: ['{id}'] } },
    'basket-pay',
    [5],
    `${AREA}/pay/5`,
  ],
  [
    'no value where there was one',
    { 'affiliate-link': { route: '/affiliate', values: [] } },
    'affiliate-link',
    [],
    `${AREA}/affiliate`,
  ],
  [
    'words and a slug',
    { news: { route: '/n/{0}', values: [['all', 'year-{id}', '{slug}']] } },
    'news',
    ['year-2026'],
    `${AREA}/n/year-2026`,
  ],
  ['a single word', { news: { route: '/n/{0}', values: ['all'] } }, 'news', ['all'], `${AREA}/n/all`],
  [
    'a row without its exceptions',
    { 'ac-ps-products-t': '/my/{0}' },
    'ac-ps-products-t',
    ['domain'],
    `${AREA}/my/domain`,
  ],
  [
    'exceptions',
    {
      'ac-ps-products-t': {
        route: '/my/{0}',
        exceptions: { domain: '/names', 'special-7': 'https://x.example/{0}' },
      },
    },
    'ac-ps-products-t',
    ['special-7'],
    'https://x.example/special-7',
  ],
  [
    'exceptions that are not met',
    { 'ac-ps-products-t': { route: '/my/{0}', exceptions: { domain: '/names' } } },
    'ac-ps-products-t',
    ['sms'],
    `${AREA}/my/sms`,
  ],
] as const)('replaces a row by %s', (_what, json, name, values, url) => {
  expect(goTo(json, name, values)).toEqual({
    kind: 'url',
    url,
    ...(name === 'ac-ps-product' ? { serviceId: 7 } : {}),
  });
});

it('lets ac-ps-product select the Plesk account by its id wherever its page is', () => {
  const target = { kind: 'url', url: 'https://my.example.net/s/18', serviceId: 18 };
  expect(goTo({ 'ac-ps-product': 'https://my.example.net/s/{0}' }, 'ac-ps-product', ['18'])).toEqual(target);
});

it('says no more of a replaced row that its route is our own choice, and keeps the order', () => {
  const catalogue = catalogueOf({ 'sign-out': '/bye', home: '/start' });

  expect([...catalogue.keys()]).toEqual([...CATALOGUE.keys()]);
  expect(catalogue.get('sign-out')).not.toHaveProperty('isOurChoice');
  expect(catalogue.get('contract1')).toBe(CATALOGUE.get('contract1'));
});

const NO_START = 'it begins neither with one / nor with https://';
const SEGMENT = 'its path has an empty, . or .. segment';
const UNSAFE = 'it has a control character, a blank or a backslash';
const BRACE = 'it has a brace that belongs to no placeholder such as {0}';
const HTTP = 'it is http, which is for loopback only';
const HOST = 'its host cannot be read';

it.each([
  ['', [NO_START]],
  ['blog', [NO_START]],
  ['?blog', [NO_START]],
  ['javascript:alert(1)', [NO_START]],
  ['ftp://kb.example.net/', [NO_START, SEGMENT]],
  ['https:kb.example.net', [NO_START]],
  ['https:/kb.example.net', [NO_START]],
  ['//evil.example', [SEGMENT]],
  ['///', [SEGMENT]],
  ['/a//b', [SEGMENT]],
  ['/a/../b', [SEGMENT]],
  ['/a/..', [SEGMENT]],
  ['/..?x', [SEGMENT]],
  ['/./a', [SEGMENT]],
  ['/%2e%2E/a', [SEGMENT]],
  ['/.%2e/a', [SEGMENT]],
  ['/%2e', [SEGMENT]],
  ['https://kb.example.net//a', [SEGMENT]],
  ['https://kb.example.net/../a', [SEGMENT]],
  ['/a\\b', [UNSAFE]],
  ['/\\evil.example', [UNSAFE]],
  ['/a b', [UNSAFE]],
  ['/a\n', [UNSAFE]],
  ['/\t/evil.example', [UNSAFE]],
  ['/a\u2028', [UNSAFE]],
  ['/a\ufeff', [UNSAFE]],
  ['/a\ud800', [UNSAFE]],
  [' /a', [UNSAFE, NO_START]],
  ['https://kb.example.net\\@evil.example/', [UNSAFE, 'it has user-info before its host']],
  ['https://user@kb.example.net/', ['it has user-info before its host']],
  ['https://@kb.example.net/', ['it has user-info before its host']],
  ['https://', [HOST]],
  ['https:///kb.example.net', [HOST]],
  ['https://kb.example.net:x/', [HOST]],
  ['http://kb.example.net/', [HTTP]],
  ['http://127.0.0.1.evil.example/', [HTTP]],
  ['http://localhost./', [HTTP]],
  ['https://{0}.example.net/', ['it has a brace in its host', '{0} stands for no value']],
  ['/{0}', ['{0} stands for no value']],
  ['/{7}?{1}', ['{7} stands for no value', '{1} stands for no value']],
  ['/{}', [BRACE]],
  ['/{x}', [BRACE]],
  ['/{0', [BRACE]],
  ['/a}', [BRACE]],
  ['/{10}', [BRACE]],
  ['/a%', ['it has a % that begins no encoded byte']],
  ['/a%2', ['it has a % that begins no encoded byte']],
  ['/a%zz', ['it has a % that begins no encoded byte']],
  [`/${'a'.repeat(1024)}`, ['it is longer than 1024 characters']],
])('refuses %j for a route, with all that is wrong in it', (route, mistakes) => {
  const all = mistakes.map((why) => `news: ${why}`);
  expect(mistakesOf({ news: route })).toEqual(all);
  expect(mistakesOf({ news: { route } })).toEqual(all);
});

it('does not let a value become the end of an encoded byte', () => {
  expect(mistakesOf({ normal_detail: '/%{0}', news_detail: '/%2{0}' })).toEqual([
    'normal_detail: it has a % that begins no encoded byte',
    'news_detail: it has a % that begins no encoded byte',
  ]);
});

const VALUES = '.values: a list is needed, of {id}, {slug}, words, and lists of these for any of them';

it.each([
  ['null', null, 'news: a route is needed, a text such as /news/{0}'],
  ['a number', 7, 'news: a route is needed, a text such as /news/{0}'],
  ['a list', ['/x'], 'news: a route is needed, a text such as /news/{0}'],
  ['an object without a route', {}, 'news: a route is needed, a text such as /news/{0}'],
  ['a field too many', { route: '/x', vales: [] }, 'news.vales is not known; do you mean values?'],
  ['a prototype', JSON.parse('{"route":"/x","__proto__":{}}'), 'news.__proto__ is not known'],
  ['values that are no list', { route: '/x', values: '{id}' }, `news${VALUES}`],
  ['an empty list for a value', { route: '/{0}', values: [[]] }, `news${VALUES}`],
  ['a value that is no text', { route: '/{0}', values: [7] }, `news${VALUES}`],
  ['a kind that is not known', { route: '/{0}', values: ['{number}'] }, `news${VALUES}`],
  ['a word with a slash', { route: '/{0}', values: ['a/b'] }, `news${VALUES}`],
  ['a word that climbs', { route: '/{0}', values: ['..'] }, `news${VALUES}`],
  ['an empty word', { route: '/{0}', values: [''] }, `news${VALUES}`],
  ['a kind behind a slash', { route: '/{0}', values: ['a/{id}'] }, `news${VALUES}`],
  ['two kinds in one', { route: '/{0}', values: ['{id}{id}'] }, `news${VALUES}`],
  ['a value that goes nowhere', { route: '/x', values: ['{id}'] }, 'news: {0} is missing'],
  [
    'exceptions in a list',
    { route: '/x', exceptions: [] },
    'news.exceptions: an object is needed, such as { "domain": "/domains" }',
  ],
  [
    'an exception that never comes',
    { route: '/{0}', values: ['a'], exceptions: { b: '/b' } },
    'news.exceptions.b: the first value can never be that',
  ],
  [
    'an exception without values',
    { route: '/x', exceptions: { b: '/b' } },
    'news.exceptions.b: the first value can never be that',
  ],
  [
    'an exception that is no route',
    { route: '/{0}', values: ['a'], exceptions: { a: 7 } },
    'news.exceptions.a: a route is needed, a text such as /news/{0}',
  ],
  [
    'an exception that climbs',
    { route: '/{0}', values: ['a'], exceptions: { a: '/../b' } },
    `news.exceptions.a: ${SEGMENT}`,
  ],
  [
    'an exception with a value too many',
    { route: '/{0}', values: ['a'], exceptions: { a: '/{1}' } },
    'news.exceptions.a: {1} stands for no value',
  ],
] as const)('refuses %s for a row', (_what, row: unknown, mistake) => {
  expect(mistakesOf({ news: row })).toEqual([mistake]);
});

it.each([undefined, null, [], 'news', 7])('refuses %j for a catalogue', (json) => {
  expect(mistakesOf(json)).toEqual(['an object is needed, such as { "news": "/blog" }']);
});

it('keeps the id in ac-ps-product, by which the Plesk account is found', () => {
  const mistake = 'ac-ps-product.values: the first has to be {id}, which selects the Plesk account';
  expect(mistakesOf({ 'ac-ps-product': { route: '/{0}', values: ['{slug}'] } })).toEqual([mistake]);
  expect(mistakesOf({ 'ac-ps-product': { route: '/services', values: [] } })).toEqual([mistake]);
});

it('adds no row, and names every mistake at once', () => {
  const json: unknown = JSON.parse(
    '{"basket_pay":"/x","__proto__":"/x","constructor":"/x","zzz":"/x","news":"//x{0}","order-steps":"/{0}","home":"/ok"}',
  );
  expect(mistakesOf(json)).toEqual([
    'basket_pay is not known; do you mean basket-pay?',
    '__proto__ is not known',
    'constructor is not known',
    'zzz is not known',
    `news: ${SEGMENT}`,
    'news: {0} stands for no value',
    'order-steps: {1} is missing',
  ]);
});
