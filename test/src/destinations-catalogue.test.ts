import { expect, it } from 'vitest';
import type { Catalogue } from '../../src/destinations/catalogue.ts';
import { CATALOGUE } from '../../src/destinations/catalogue.ts';
import { resolve } from '../../src/destinations/resolve.ts';
import { mistakesInRoute, placeholdersIn } from '../../src/destinations/route.ts';
import { Problem } from '../../src/problems.ts';

/** The public list in its order, its one blank name filled in as `sign-in`; right values, and where they lead. */
const PAGES: readonly (readonly [name: string, values: readonly unknown[], path: string])[] = [
  ['home', [], '/'],
  ['license', [], '/license-verify'],
  ['news', [], '/news'],
  ['articles', [], '/articles'],
  ['articles_category', ['hosting-tips'], '/articles/hosting-tips'],
  ['references', [], '/references'],
  ['references_category', ['shops'], '/references/shops'],
  ['normal_detail', ['about-us'], '/about-us'],
  ['news_detail', ['new-servers'], '/new-servers'],
  ['articles_detail', ['how-to-move'], '/how-to-move'],
  ['software_detail', ['shop.pro_2'], '/software/shop.pro_2'],
  ['newsletter-send', [], '/newsletter'],
  ['kbase', [], '/knowledgebase'],
  ['kbase_category', ['email'], '/knowledgebase/category/email'],
  ['kbase_detail', ['reset-a-password'], '/knowledgebase/article/reset-a-password'],
  ['products', ['hosting'], '/hosting'],
  ['softwares', [], '/softwares'],
  ['softwares_cat', ['scripts'], '/softwares/scripts'],
  ['domain', [], '/domain'],
  ['international-sms', [], '/international-sms'],
  ['contact', [], '/contact'],
  ['sign-up', [], '/register'],
  ['sign-in', [], '/login'],
  ['sign-out', [], '/logout'],
  ['sign-forget', [], '/forget-password'],
  ['my-account', [], '/dashboard'],
  ['ac-ps-info', [], '/account/info'],
  ['ac-ps-balance', [], '/balance'],
  ['ac-ps-invoices', [], '/invoices'],
  ['ac-ps-detail-invoice', [18], '/invoices/detail/18'],
  ['ac-ps-messages', [], '/messages'],
  ['ac-ps-message-d', ['18'], '/messages/detail/18'],
  ['ac-ps-tickets', [], '/tickets'],
  ['ac-ps-creq-ticket', [], '/tickets/create'],
  ['ac-ps-detail-ticket', [1], '/tickets/detail/1'],
  ['ac-ps-products', [], '/services'],
  ['ac-ps-products-t', ['hosting'], '/services/hosting'],
  ['ac-ps-product', [2_147_483_647], '/services/detail/2147483647'],
  ['ac-ps-sms', [], '/sms'],
  ['order-steps', ['software', 7], '/configure/software/7'],
  ['basket', [], '/cart'],
  ['basket-payment', [], '/checkout'],
  ['basket-pay', [], '/checkout/pay'],
  ['pay-successful', [], '/payment/successful'],
  ['pay-failed', [], '/payment/failed'],
  ['contract1', [], '/contract1'],
  ['contract2', [], '/contract2'],
  ['sitemap.xml', [], '/sitemap.xml'],
  ['affiliate-link', ['2147483647'], '/aff/2147483647'],
];

const FURTHER: typeof PAGES = [
  ['products', ['server'], '/server'],
  ['products', ['sms'], '/sms'],
  ['products', ['wordpress-hosting'], '/wordpress-hosting'],
  ['ac-ps-products-t', ['server'], '/services/server'],
  ['ac-ps-products-t', ['domain'], '/domains'],
  ['ac-ps-products-t', ['software'], '/services/software'],
  ['ac-ps-products-t', ['special'], '/services/special'],
  ['ac-ps-products-t', ['special-12'], '/services/special-12'],
  ['ac-ps-products-t', ['sms'], '/services/sms'],
  ['order-steps', ['hosting', '7'], '/configure/hosting/7'],
  ['order-steps', ['server', 1], '/configure/server/1'],
  ['order-steps', ['domain', 7], '/configure/domain/7'],
  ['order-steps', ['special', 7], '/configure/special/7'],
  ['normal_detail', ['a'.repeat(190)], `/${'a'.repeat(190)}`],
  ['normal_detail', ['0'], '/0'],
  ['normal_detail', ['..a'], '/..a'],
  ['normal_detail', ['-A_.'], '/-A_.'],
  ['normal_detail', ['__proto__'], '/__proto__'],
];

const contextOf = (clientAreaUrl: string): Parameters<typeof resolve>[2] => ({
  catalogue: CATALOGUE,
  clientAreaUrl,
  allowedOrigins: [],
});

it('has the 49 names of the public list, in its order', () => {
  expect([...CATALOGUE.keys()]).toEqual(PAGES.map(([name]) => name));
  expect(CATALOGUE.size).toBe(49);
});

it('says of each route that no public source has that it is our own choice', () => {
  const ours = [...CATALOGUE].flatMap(([name, { isOurChoice }]) => (isOurChoice === true ? [name] : []));

  expect(ours).toEqual([
    'articles_category',
    'references_category',
    'newsletter-send',
    'sign-out',
    'ac-ps-messages',
    'ac-ps-message-d',
    'ac-ps-detail-ticket',
    'ac-ps-products-t',
    'basket-pay',
    'pay-successful',
    'pay-failed',
    'contract1',
    'contract2',
    'affiliate-link',
  ]);
});

it.each([...CATALOGUE])('has a description and a route of %s that uses all its values', (_name, row) => {
  expect(row.description).not.toBe('');
  expect(mistakesInRoute(row.route)).toEqual([]);
  expect([...placeholdersIn(row.route)]).toEqual([...row.values.keys()]);
});

it.each([
  ['https://billing.example.com', 'https://billing.example.com'],
  ['https://billing.example.com/', 'https://billing.example.com'],
  ['https://billing.example.com/whmcs', 'https://billing.example.com/whmcs'],
  ['https://billing.example.com/a/whmcs/', 'https://billing.example.com/a/whmcs'],
  ['http://127.0.0.1:3000/whmcs/', 'http://127.0.0.1:3000/whmcs'],
])('puts each page below the client area %s', (clientAreaUrl, start) => {
  for (const [name, values, path] of [...PAGES, ...FURTHER]) {
    const { kind, ...target } = resolve(name, values, contextOf(clientAreaUrl));
    const service = name === 'ac-ps-product' ? { serviceId: Number(values[0]) } : {};
    expect([name, kind, target]).toEqual([name, 'url', { url: `${start}${path}`, ...service }]);
  }
});

it('takes the service that ac-ps-product names from a number and from its text alike', () => {
  const context = contextOf('https://billing.example.com/');
  const target = { kind: 'url', url: 'https://billing.example.com/services/detail/18', serviceId: 18 };

  expect(resolve('ac-ps-product', [18], context)).toEqual(target);
  expect(resolve('ac-ps-product', ['18'], context)).toEqual(target);
});

it.each([undefined, ''])('leads to the panel itself where the destination is %j', (destination) => {
  expect(resolve(destination, undefined, contextOf('https://billing.example.com/'))).toEqual({
    kind: 'home',
  });
});

it.each([
  'constructor',
  '__proto__',
  'prototype',
  'toString',
  'hasOwnProperty',
  'size',
  'Home',
  'home ',
  ' home',
  'ho\nme',
  'home\0',
  'homes',
  'ac_ps_products',
  'smb/web/view',
  '../admin/',
  '?x=1',
  '#x',
  '   ',
  'billing.example.com',
  'a'.repeat(100_000),
])('does not know a destination such as %j', (destination) => {
  expect(() => resolve(destination, undefined, contextOf('https://billing.example.com/'))).toThrow(
    new Problem('destination_unknown'),
  );
});

/** A catalogue with one row that no reader would have let pass. */
const oddCatalogue = (route: string, ...words: readonly string[]): Catalogue =>
  new Map([['x', { description: 'x', values: words.map((word) => [word]), route }]]);

it.each([
  ['climbs out of the client area', '/../../admin', []],
  ['climbs out of it encoded', '/%2e%2e/%2E%2e/admin', []],
  ['climbs out of it by its value', '/{0}/{0}/admin', ['..']],
])('is a bug, and no answer, where a route %s', (_what, route, values) => {
  const context = {
    ...contextOf('https://billing.example.com/whmcs/'),
    catalogue: oddCatalogue(route, ...values),
  };

  expect(() => resolve('x', values, context)).toThrow(
    `the route ${route} leaves https://billing.example.com/whmcs/`,
  );
});

it('is a bug, and no answer, where a value makes another host', () => {
  const catalogue = oddCatalogue('https://kb.example{0}/x', '.evil.example');
  const context = { ...contextOf('https://billing.example.com/'), catalogue };

  expect(() => resolve('x', ['.evil.example'], context)).toThrow('the route https://kb.example{0}/x leaves');
});

it('encodes a value, though none needs that', () => {
  const context = {
    ...contextOf('https://billing.example.com/'),
    catalogue: oddCatalogue('/{0}', 'a/../b?c#d&%\u00e4'),
  };

  expect(resolve('x', ['a/../b?c#d&%\u00e4'], context)).toEqual({
    kind: 'url',
    url: 'https://billing.example.com/a%2F..%2Fb%3Fc%23d%26%25%C3%A4',
  });
});
