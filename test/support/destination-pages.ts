/** What the values of a destination have to be. */
export type Form = 'none' | 'slug' | 'id' | 'group' | 'order';

/** A destination with right values, and the path below the client area to which it then leads. */
export interface DestinationPage {
  readonly name: string;
  readonly form: Form;
  readonly values: readonly unknown[];
  readonly path: string;
}

const row = (name: string, form: Form, values: readonly unknown[], path: string): DestinationPage => ({
  name,
  form,
  values,
  path,
});

/** The 49 of token-service.md, section 2, in its order. */
export const DESTINATION_PAGES: readonly DestinationPage[] = [
  row('home', 'none', [], '/'),
  row('license', 'none', [], '/license-verify'),
  row('news', 'none', [], '/news'),
  row('articles', 'none', [], '/articles'),
  row('articles_category', 'slug', ['tips'], '/articles/tips'),
  row('references', 'none', [], '/references'),
  row('references_category', 'slug', ['shops'], '/references/shops'),
  row('normal_detail', 'slug', ['about-us'], '/about-us'),
  row('news_detail', 'slug', ['new_servers'], '/new_servers'),
  row('articles_detail', 'slug', ['how.to'], '/how.to'),
  row('software_detail', 'slug', ['shop-2'], '/software/shop-2'),
  row('newsletter-send', 'none', [], '/newsletter'),
  row('kbase', 'none', [], '/knowledgebase'),
  row('kbase_category', 'slug', ['mail'], '/knowledgebase/category/mail'),
  row('kbase_detail', 'slug', ['reset'], '/knowledgebase/article/reset'),
  row('products', 'slug', ['hosting'], '/hosting'),
  row('softwares', 'none', [], '/softwares'),
  row('softwares_cat', 'slug', ['scripts'], '/softwares/scripts'),
  row('domain', 'none', [], '/domain'),
  row('international-sms', 'none', [], '/international-sms'),
  row('contact', 'none', [], '/contact'),
  row('sign-up', 'none', [], '/register'),
  row('sign-in', 'none', [], '/login'),
  row('sign-out', 'none', [], '/logout'),
  row('sign-forget', 'none', [], '/forget-password'),
  row('my-account', 'none', [], '/dashboard'),
  row('ac-ps-info', 'none', [], '/account/info'),
  row('ac-ps-balance', 'none', [], '/balance'),
  row('ac-ps-invoices', 'none', [], '/invoices'),
  row('ac-ps-detail-invoice', 'id', [7], '/invoices/detail/7'),
  row('ac-ps-messages', 'none', [], '/messages'),
  row('ac-ps-message-d', 'id', ['7'], '/messages/detail/7'),
  row('ac-ps-tickets', 'none', [], '/tickets'),
  row('ac-ps-creq-ticket', 'none', [], '/tickets/create'),
  row('ac-ps-detail-ticket', 'id', [2_147_483_647], '/tickets/detail/2147483647'),
  row('ac-ps-products', 'none', [], '/services'),
  row('ac-ps-products-t', 'group', ['special-12'], '/services/special-12'),
  row('ac-ps-product', 'id', [101], '/services/detail/101'),
  row('ac-ps-sms', 'none', [], '/sms'),
  row('order-steps', 'order', ['software', 7], '/configure/software/7'),
  row('basket', 'none', [], '/cart'),
  row('basket-payment', 'none', [], '/checkout'),
  row('basket-pay', 'none', [], '/checkout/pay'),
  row('pay-successful', 'none', [], '/payment/successful'),
  row('pay-failed', 'none', [], '/payment/failed'),
  row('contract1', 'none', [], '/contract1'),
  row('contract2', 'none', [], '/contract2'),
  row('sitemap.xml', 'none', [], '/sitemap.xml'),
  row('affiliate-link', 'id', ['2147483647'], '/aff/2147483647'),
];

/** Further right values of those that take several kinds. */
export const FURTHER_PAGES: readonly DestinationPage[] = [
  row('products', 'slug', ['server'], '/server'),
  row('products', 'slug', ['sms'], '/sms'),
  row('products', 'slug', ['wordpress-hosting'], '/wordpress-hosting'),
  ...['hosting', 'server', 'software', 'sms', 'special'].map((group) =>
    row('ac-ps-products-t', 'group', [group], `/services/${group}`),
  ),
  row('ac-ps-products-t', 'group', ['domain'], '/domains'),
  ...['hosting', 'server', 'domain', 'special'].map((type) =>
    row('order-steps', 'order', [type, '7'], `/configure/${type}/7`),
  ),
];
