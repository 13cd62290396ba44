import { describe, expect, it } from 'vitest';
import { checkXsd, xsdIsMissing } from '../support/check-xsd.ts';
import { allSamples } from '../support/samples.ts';

const LATER_OPERATORS = 'the operators that 1.6.9.1 lists are others';

const EXTRAS = 'from 17.0 on admin and updates have elements that 1.6.6.0 has not';
const LATER_ELEMENTS = 'what 1.6.8.0 and 1.6.9.0 have besides';

/** Where the schema of API 1.6.6.0 and the samples part, and why. */
export const EXCEPTIONS: readonly (readonly [of: 'request' | 'response', sample: string, why: string])[] = [
  ['request', 'packet/validity/client-of-plesk-8', LATER_OPERATORS],
  ['request', 'packet/validity/customer-in-1-4-2-0', 'an old packet version'],
  ['request', 'packet/validity/customer-in-1-4-2-0-pretty', 'an old packet version'],
  ['request', 'packet/validity/empty-packet', LATER_OPERATORS],
  ['request', 'packet/validity/server-get-out-of-order', '1.6.9.1 has two datasets more'],
  ['request', 'packet/validity/unknown-operator', LATER_OPERATORS],
  ['request', 'packet/validity/unknown-operator-after-request-settings', LATER_OPERATORS],
  ['request', 'packet/validity/unknown-operator-pretty', LATER_OPERATORS],
  ['request', 'server/get/myadmin', LATER_ELEMENTS],
  ['request', 'server/set/admin-later', LATER_ELEMENTS],
  ['request', 'server/set/admin-locale-is-not-installed', LATER_ELEMENTS],
  ['response', 'server/get/admin-that-was-set-later', EXTRAS],
  ['response', 'server/get/all-on-17-0', EXTRAS],
  ['response', 'server/get/api-php-lib-admin', EXTRAS],
  ['response', 'server/get/api-php-lib-updates', EXTRAS],
  ['response', 'server/get/myadmin', LATER_ELEMENTS],
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
