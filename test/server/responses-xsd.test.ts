import { describe, expect, it } from 'vitest';
import { checkXsd, xsdIsMissing } from '../support/check-xsd.ts';
import { allSamples } from '../support/samples.ts';

const LATER_OPERATORS = 'the operators that 1.6.9.1 lists are others';

const DOMAIN_LIST = 'get-domain-list came with 1.6.7.0';
const LATER_OPERATIONS = 'later packet versions list other operations';
const NO_WEBAPPS = 'from 1.6.9.1 on webapps are counted no more';
const EXTRAS = 'from 17.0 on admin and updates have elements that 1.6.6.0 has not';
const PREFS = 'from 17.0 on prefs has elements that 1.6.6.0 has not';
const VALUES = 'from 17.0 on a property of the site isolation may have several values';
const LATER_ELEMENTS = 'what 1.6.8.0 and 1.6.9.0 have besides';

const OLD_OPERATOR = 'client is an operator of old packet versions';

/** Where the schema of API 1.6.6.0 and the samples part, and why. */
export const EXCEPTIONS: readonly (readonly [of: 'request' | 'response', sample: string, why: string])[] = [
  ['request', 'client/add/as-a-reseller', OLD_OPERATOR],
  ['request', 'client/add/taken-login', OLD_OPERATOR],
  ['request', 'client/add/whmcs', OLD_OPERATOR],
  ['request', 'client/del/not-there', OLD_OPERATOR],
  ['request', 'client/del/whmcs', OLD_OPERATOR],
  ['request', 'client/get/old-datasets', OLD_OPERATOR],
  ['request', 'client/get/whmcs-by-login', OLD_OPERATOR],
  ['request', 'client/get/whmcs-not-there', OLD_OPERATOR],
  ['request', 'client/ippool_add_ip/as-a-reseller', OLD_OPERATOR],
  ['request', 'client/ippool_add_ip/to-a-reseller', OLD_OPERATOR],
  ['request', 'client/ippool_add_ip/to-the-second-reseller', OLD_OPERATOR],
  ['request', 'client/ippool_add_ip/unknown-address', OLD_OPERATOR],
  ['request', 'client/ippool_add_ip/unknown-client', OLD_OPERATOR],
  ['request', 'client/ippool_add_ip/whmcs', OLD_OPERATOR],
  ['request', 'client/ippool_del_ip/unsupported', OLD_OPERATOR],
  ['request', 'client/set/as-a-reseller-of-another', OLD_OPERATOR],
  ['request', 'client/set/whmcs-password', OLD_OPERATOR],
  ['request', 'customer/get-domain-list/all', DOMAIN_LIST],
  ['request', 'customer/get-domain-list/in-1-6-6-0', DOMAIN_LIST],
  ['request', 'customer/get-domain-list/on-12-5', DOMAIN_LIST],
  ['request', 'packet/validity/client-add-without-login', OLD_OPERATOR],
  ['request', 'packet/validity/client-get-two-kinds-of-filter', OLD_OPERATOR],
  ['request', 'packet/validity/client-of-plesk-8', LATER_OPERATORS],
  ['request', 'packet/validity/client-pool-without-address', OLD_OPERATOR],
  ['request', 'packet/validity/customer-billing-in-1-6-9-1', LATER_OPERATIONS],
  ['request', 'packet/validity/customer-in-1-4-2-0', 'an old packet version'],
  ['request', 'packet/validity/customer-in-1-4-2-0-pretty', 'an old packet version'],
  ['request', 'packet/validity/customer-unknown-operation-1-6-7-0', LATER_OPERATIONS],
  ['request', 'packet/validity/customer-unknown-operation-1-6-8-0', LATER_OPERATIONS],
  ['request', 'packet/validity/customer-unknown-operation-1-6-9-0', LATER_OPERATIONS],
  ['request', 'packet/validity/customer-unknown-operation-1-6-9-1', LATER_OPERATIONS],
  ['request', 'packet/validity/empty-packet', LATER_OPERATORS],
  ['request', 'packet/validity/locale-install-on-12-5', LATER_OPERATIONS],
  ['request', 'packet/validity/server-get-out-of-order', '1.6.9.1 has two datasets more'],
  ['request', 'packet/validity/unknown-operator', LATER_OPERATORS],
  ['request', 'packet/validity/unknown-operator-after-request-settings', LATER_OPERATORS],
  ['request', 'packet/validity/unknown-operator-pretty', LATER_OPERATORS],
  ['request', 'reseller/get-domain-list/later-than-the-packet', DOMAIN_LIST],
  ['request', 'reseller/get-domain-list/on-12-5', DOMAIN_LIST],
  ['request', 'reseller/get-domain-list/on-17-0', DOMAIN_LIST],
  ['request', 'reseller/get-domain-list/on-18-0', DOMAIN_LIST],
  ['request', 'server/get/myadmin', LATER_ELEMENTS],
  ['request', 'server/set/admin-later', LATER_ELEMENTS],
  ['request', 'server/set/admin-locale-is-not-installed', LATER_ELEMENTS],
  ['response', 'client/add/as-a-reseller', OLD_OPERATOR],
  ['response', 'client/add/taken-login', OLD_OPERATOR],
  ['response', 'client/add/whmcs', OLD_OPERATOR],
  ['response', 'client/del/not-there', OLD_OPERATOR],
  ['response', 'client/del/whmcs', OLD_OPERATOR],
  ['response', 'client/get/old-datasets', OLD_OPERATOR],
  ['response', 'client/get/whmcs-by-login', OLD_OPERATOR],
  ['response', 'client/get/whmcs-not-there', OLD_OPERATOR],
  ['response', 'client/ippool_add_ip/as-a-reseller', OLD_OPERATOR],
  ['response', 'client/ippool_add_ip/to-a-reseller', OLD_OPERATOR],
  ['response', 'client/ippool_add_ip/to-the-second-reseller', OLD_OPERATOR],
  ['response', 'client/ippool_add_ip/unknown-address', OLD_OPERATOR],
  ['response', 'client/ippool_add_ip/unknown-client', OLD_OPERATOR],
  ['response', 'client/ippool_add_ip/whmcs', OLD_OPERATOR],
  ['response', 'client/ippool_del_ip/unsupported', OLD_OPERATOR],
  ['response', 'client/set/as-a-reseller-of-another', OLD_OPERATOR],
  ['response', 'client/set/whmcs-password', OLD_OPERATOR],
  ['response', 'customer/get-domain-list/all', DOMAIN_LIST],
  ['response', 'customer/get-domain-list/in-1-6-6-0', DOMAIN_LIST],
  ['response', 'customer/get-domain-list/on-12-5', DOMAIN_LIST],
  ['response', 'customer/get/myadmin', NO_WEBAPPS],
  ['response', 'customer/get/php-plesk', NO_WEBAPPS],
  ['response', 'ip/get/whmcs-1-0-0-0', 'up to 1.3.4.0 ip/get lists ip'],
  ['response', 'reseller/get-domain-list/later-than-the-packet', DOMAIN_LIST],
  ['response', 'reseller/get-domain-list/on-12-5', DOMAIN_LIST],
  ['response', 'reseller/get-domain-list/on-17-0', DOMAIN_LIST],
  ['response', 'reseller/get-domain-list/on-18-0', DOMAIN_LIST],
  ['response', 'reseller/get/all-datasets-on-18-0', NO_WEBAPPS],
  ['response', 'reseller/get/all-that-was-given', NO_WEBAPPS],
  ['response', 'server/domain-restriction-list/as-a-customer', 'no place for a fault'],
  ['response', 'server/get/admin-that-was-set-later', EXTRAS],
  ['response', 'server/get/all-on-17-0', EXTRAS],
  ['response', 'server/get/api-php-lib-admin', EXTRAS],
  ['response', 'server/get/api-php-lib-prefs', PREFS],
  ['response', 'server/get/api-php-lib-site-isolation-config', VALUES],
  ['response', 'server/get/api-php-lib-updates', EXTRAS],
  ['response', 'server/get/myadmin', LATER_ELEMENTS],
  ['response', 'server/get/prefs-that-were-set', PREFS],
  ['response', 'server/get/recorded-17-0-admin', EXTRAS],
  ['response', 'server/get/recorded-17-0-prefs', PREFS],
  ['response', 'server/get/recorded-17-0-site-isolation-config', VALUES],
  ['response', 'server/get/recorded-17-0-updates', EXTRAS],
];

/** The exceptions among the samples of a folder, or among all. */
const exceptionsOf = (
  kind: 'request' | 'response',
  isMeant: (sample: string) => boolean,
): readonly string[] =>
  EXCEPTIONS.filter(([of, sample]) => of === kind && isMeant(sample)).map(([, sample]) => sample);

const isOfPacket = (sample: string): boolean => sample.startsWith('packet/');

const missing = xsdIsMissing();

describe.skipIf(missing !== undefined)(
  `Plesk's own schema of API 1.6.6.0${missing === undefined ? '' : ` (skipped: ${missing})`}`,
  () => {
    it('accepts the answer of every sample', () => {
      const samples = allSamples();

      const violations = checkXsd(
        'response',
        samples.map(({ response }) => response),
      );

      const refused = samples.filter((_, index) => violations[index] !== undefined);
      expect(refused.map(({ name }) => name)).toEqual(exceptionsOf('response', () => true));
    });

    it('refuses the packets of the samples in the words of their answers', () => {
      const samples = allSamples().filter(({ name }) => name.startsWith('packet/validity/'));
      const invalid = samples.flatMap(({ name, request, response }) => {
        const [, sentence] = /<errtext>.*is invalid\. Error in (line.*)<\/errtext>/.exec(response) ?? [];
        return sentence === undefined ? [] : [{ name, request, sentence: unescaped(sentence) }];
      });

      const violations = checkXsd(
        'request',
        invalid.map(({ request }) => request),
      );

      const others = invalid.filter(({ sentence }, index) => violations[index] !== sentence);
      expect(invalid.length).toBeGreaterThan(40);
      expect(others.map(({ name }) => name)).toEqual(exceptionsOf('request', isOfPacket));
    });

    it('accepts the packet of every sample that is answered', () => {
      const samples = allSamples().filter(({ name }) => !isOfPacket(name));

      const violations = checkXsd(
        'request',
        samples.map(({ request }) => request),
      );

      const refused = samples.filter((_, index) => violations[index] !== undefined);
      expect(refused.map(({ name }) => name)).toEqual(exceptionsOf('request', (name) => !isOfPacket(name)));
    });

    it('tells the first violation of a document, and of each in its place', () => {
      expect(
        checkXsd('response', [
          '<packet>\n<server><create_session/><nothing/></server></packet>',
          '<packet>',
          '<packet><session><get><result><status>ok</status></result></get></session></packet>',
        ]),
      ).toEqual([
        "line 2: Element 'create_session': Missing child element(s). Expected is ( result ).",
        'line 1: parser error : Premature end of data in tag packet line 1',
        undefined,
      ]);
    });
  },
);

/** A fault says by number what ASCII cannot. */
const unescaped = (text: string): string =>
  text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
