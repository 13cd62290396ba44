import { expect, it } from 'vitest';
import { withoutSecretElements } from '../../../server/control/xml-secrets.ts';

const SHOWN = '[secret]';

it.each([
  ['comments that do not end', '<name><!--'.repeat(6000)],
  ['comments that end together', `${'<name>a</name><!--'.repeat(3000)}-->`],
  ['CDATA sections that do not end', '<key><![CDATA['.repeat(4000)],
])('hides what follows the first of many %s, and reads it once', (_what, xml) => {
  expect(withoutSecretElements(xml, SHOWN).length).toBeLessThan(50);
});

it('masks a secret in pieces, with comments and CDATA sections in it', () => {
  const secret = `a${'<!-- x -->'.repeat(30)}<![CDATA[b]]>${'<!-- <!-- -->'.repeat(30)}`;

  expect(withoutSecretElements(`<r><passwd>${secret}</passwd><x>y</x></r>`, SHOWN)).toBe(
    `<r><passwd>${SHOWN}</passwd><x>y</x></r>`,
  );
});
