/** Mistakes that billing modules make: where an element may not stand or hold its text, and what is right. */
const MISTAKES: readonly (readonly [path: RegExp, says: string])[] = [
  [/^client(?:\/|$)/, 'from packet version 1.6.3.0 on <client> is called <customer>'],
  [
    /^customer\/.*filter\/all$/,
    'an empty <filter/> means all customers; <all/> is for the filter of reseller',
  ],
  [
    /^customer\/set\/values\/gen_info\/owner-[\w-]+$/,
    'set cannot change the owner: customer/change-owner gives a customer to another',
  ],
  [/^reseller\/.*gen-info\/owner-[\w-]+$/, 'a reseller has no owner in a packet: it is the administrator'],
  [
    /\/limits\/(?!limit$|resource-policy$)\w+$/,
    'limits have names: <limit><name>max_cl</name><value>5</value></limit>',
  ],
  [
    /\/permissions\/(?!permission$)\w+$/,
    'permissions have names: <permission><name>create_clients</name><value>true</value></permission>',
  ],
  [
    /\/gen[_-]info\/status$/,
    'a status is a number: 0 is active, 16 suspended by the administrator, 32 by a reseller',
  ],
  [
    /^(?:customer|reseller|client)\/.*filter\/id$/,
    'to ask for a login or an external id, take <login> or <external-id>',
  ],
  [/\/reseller-id$/, 'the id is in the answer to reseller/add and reseller/get; it is no login'],
];

/** What is known of a wrong element by its path below <packet>. */
export const mistakesAt = (path: readonly string[]): readonly string[] => {
  const way = path.join('/');
  return MISTAKES.flatMap(([pattern, says]) => (pattern.test(way) ? [says] : []));
};
