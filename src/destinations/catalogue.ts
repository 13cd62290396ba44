import type { ValueForm } from './values.ts';

/** A page of the billing system's client area that has a name. */
export interface Destination {
  readonly description: string;
  /** What destination_values have to be, in order. */
  readonly values: readonly ValueForm[];
  /** Its path below the client area, or an https URL; `{0}` stands for the first value. */
  readonly route: string;
  /** Routes in place of that, by the first value. */
  readonly exceptions?: ReadonlyMap<string, string>;
  /** Whether the first value is the id of a service, which selects the Plesk account too. */
  readonly selectsService?: true;
  /** No public route of that page is known: this one is our own choice. */
  readonly isOurChoice?: true;
}

/** Destinations by their names. */
export type Catalogue = ReadonlyMap<string, Destination>;

const ID: ValueForm = ['{id}'];
const SLUG: ValueForm = ['{slug}'];
const GROUP: ValueForm = ['hosting', 'server', 'domain', 'software', 'special-{id}', 'sms', 'special'];
const ORDER: ValueForm = ['hosting', 'server', 'domain', 'software', 'special'];

const page = (description: string, route: string, ...values: readonly ValueForm[]): Destination => ({
  description,
  values,
  route,
});

const ours = (description: string, route: string, ...values: readonly ValueForm[]): Destination => ({
  ...page(description, route, ...values),
  isOurChoice: true,
});

/** The 49 destinations of the public API, in its order; an installation may have other routes, see read-catalogue. */
export const CATALOGUE: Catalogue = new Map([
  ['home', page('the front page', '/')],
  ['license', page('checks a license', '/license-verify')],
  ['news', page('all news', '/news')],
  ['articles', page('all posts', '/articles')],
  ['articles_category', ours('posts of a category', '/articles/{0}', SLUG)],
  ['references', page('all references', '/references')],
  ['references_category', ours('references of a category', '/references/{0}', SLUG)],
  ['normal_detail', page('a page of its own', '/{0}', SLUG)],
  ['news_detail', page('one piece of news', '/{0}', SLUG)],
  ['articles_detail', page('one post', '/{0}', SLUG)],
  ['software_detail', page('one software product', '/software/{0}', SLUG)],
  ['newsletter-send', ours('subscribes to the newsletter', '/newsletter')],
  ['kbase', page('the knowledge base', '/knowledgebase')],
  ['kbase_category', page('a category of the knowledge base', '/knowledgebase/category/{0}', SLUG)],
  ['kbase_detail', page('an article of the knowledge base', '/knowledgebase/article/{0}', SLUG)],
  ['products', page('products of a category', '/{0}', ['hosting', 'server', 'sms', ...SLUG])],
  ['softwares', page('all software', '/softwares')],
  ['softwares_cat', page('software of a category', '/softwares/{0}', SLUG)],
  ['domain', page('finds a domain name', '/domain')],
  ['international-sms', page('SMS to other countries', '/international-sms')],
  ['contact', page('how to reach the company', '/contact')],
  ['sign-up', page('opens an account', '/register')],
  // Its name is blank in the public list; the API's sample URL and its route have it.
  ['sign-in', page('logs in', '/login')],
  ['sign-out', ours('logs out', '/logout')],
  ['sign-forget', page('sets a new password', '/forget-password')],
  ['my-account', page('the start of the client area', '/dashboard')],
  ['ac-ps-info', page("the customer's data", '/account/info')],
  ['ac-ps-balance', page("the customer's credit", '/balance')],
  ['ac-ps-invoices', page('all invoices', '/invoices')],
  ['ac-ps-detail-invoice', page('one invoice', '/invoices/detail/{0}', ID)],
  ['ac-ps-messages', ours('all messages', '/messages')],
  ['ac-ps-message-d', ours('one message', '/messages/detail/{0}', ID)],
  ['ac-ps-tickets', page('all support tickets', '/tickets')],
  ['ac-ps-creq-ticket', page('a new support ticket', '/tickets/create')],
  ['ac-ps-detail-ticket', ours('one support ticket', '/tickets/detail/{0}', ID)],
  ['ac-ps-products', page('all services', '/services')],
  [
    'ac-ps-products-t',
    {
      ...ours('services of one group', '/services/{0}', GROUP),
      exceptions: new Map([['domain', '/domains']]),
    },
  ],
  ['ac-ps-product', { ...page('one service', '/services/detail/{0}', ID), selectsService: true }],
  ['ac-ps-sms', page("the customer's SMS", '/sms')],
  ['order-steps', page('orders a product', '/configure/{0}/{1}', ORDER, ID)],
  ['basket', page('the cart', '/cart')],
  ['basket-payment', page('ways to pay the cart', '/checkout')],
  ['basket-pay', ours('pays the cart', '/checkout/pay')],
  ['pay-successful', ours('a payment went well', '/payment/successful')],
  ['pay-failed', ours('a payment went wrong', '/payment/failed')],
  ['contract1', ours('the terms of service', '/contract1')],
  ['contract2', ours('what becomes of personal data', '/contract2')],
  ['sitemap.xml', page('the site map', '/sitemap.xml')],
  ['affiliate-link', ours('a link that earns an affiliate', '/aff/{0}', ID)],
]);
