import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Catalogue } from '../../src/destinations/catalogue.ts';
import { CATALOGUE } from '../../src/destinations/catalogue.ts';
import { readCatalogue } from '../../src/destinations/read-catalogue.ts';
import type { Target } from '../../src/destinations/resolve.ts';
import { resolve } from '../../src/destinations/resolve.ts';
import type { ValueForm } from '../../src/destinations/values.ts';
import { Problem } from '../../src/problems.ts';

const AREA = 'https://billing.example.com/whmcs/';
const CONTEXT = {
  catalogue: CATALOGUE,
  clientAreaUrl: AREA,
  allowedOrigins: ['https://shop.example.net:8443', 'http://127.0.0.1:3000'],
};
const ORIGINS = ['https://billing.example.com', ...CONTEXT.allowedOrigins];

/** What hostile URLs are made of. */
const PIECES = [
  ...[
    'https:',
    'http:',
    'javascript:',
    '//',
    '/',
    '\\',
    '@',
    ':',
    '?',
    '#',
    '..',
    '.',
    '%2e',
    '%2f',
    '%5c',
    '%00',
    '&',
  ],
  ...[
    'billing.example.com',
    'shop.example.net:8443',
    '127.0.0.1:3000',
    'evil.example',
    'whmcs',
    'smb',
    '[::1]',
  ],
  ...[
    ' ',
    '\t',
    '\n',
    '\r',
    '\0',
    '\u0085',
    '\u00a0',
    '\u00ad',
    '\u2028',
    '\u3002',
    '\uff0f',
    '\ufeff',
    '\ud800',
    '\u00e4',
  ],
];
const ours = fc.constantFrom(...ORIGINS, '/', '');
const hostile = fc
  .tuple(ours, fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }))
  .map(([start, pieces]) => start + pieces.join(''));
const destination = fc.oneof(
  { arbitrary: hostile, weight: 4 },
  fc.webUrl(),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(...CATALOGUE.keys()),
);

/** Where it leads, or `undefined` where a Problem refuses it; whatever else is thrown is a bug. */
function targetOf(text: string | undefined, values: unknown, context = CONTEXT): Target | undefined {
  try {
    return resolve(text, values, context);
  } catch (error) {
    if (error instanceof Problem && error.code.startsWith('destination_')) return undefined;
    throw error;
  }
}

it('leads to the panel or to an allowed origin, whatever the destination is', () => {
  const kinds = new Set<string>();
  fc.assert(
    fc.property(destination, (text) => {
      const target = targetOf(text, []);
      kinds.add(target?.kind ?? 'refused');
      if (target?.kind === 'url') {
        const url = new URL(target.url);
        expect(ORIGINS).toContain(url.origin);
        expect([url.href, url.username, url.password]).toEqual([target.url, '', '']);
      }
      if (target?.kind === 'panel') {
        expect(target.path).toMatch(/^\/(?!\/)[!-~]*$/);
        const url = new URL(target.path, 'https://panel.example:8443/enterprise/rsession_init.php');
        expect(url.href).toBe(`https://panel.example:8443${target.path}`);
      }
    }),
    { numRuns: 5000 },
  );
  expect([...kinds].sort()).toEqual(['home', 'panel', 'refused', 'url']);
});

/** Texts that are nearly right, or quite. */
const word = fc.oneof(
  fc.constantFrom('hosting', 'domain', 'special-7', 'sms', '18', 'a', '..', '.', '', '%2e%2e', '__proto__'),
  fc
    .array(fc.constantFrom('a', 'B', '7', '.', '-', '_', '/', '%', '2', 'e', '?', '#'), { maxLength: 6 })
    .map((all) => all.join('')),
  fc.string({ unit: 'binary' }),
);
const value = fc.oneof(
  word,
  fc.integer({ min: -1, max: 100 }),
  fc.double(),
  fc.jsonValue() as fc.Arbitrary<unknown>,
);
const values = fc.oneof(fc.array(value, { maxLength: 3 }), value);

/** As many values as are asked for, most of them right. */
const valuesFor = (forms: readonly ValueForm[]): fc.Arbitrary<readonly unknown[]> =>
  fc.tuple(...forms.map((form) => fc.oneof({ arbitrary: rightFor(form), weight: 3 }, value)));

const rightFor = (form: ValueForm): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...form),
      fc.integer({ min: 1, max: 99 }),
      fc.stringMatching(/^[A-Za-z\d._-]{0,5}[a-z]$/),
    )
    .map(([text, id, slug]) => text.replace('{id}', String(id)).replace('{slug}', slug));

/** Routes in place of the catalogue's, in which dots and percent signs stand next to values. */
const ODD = readCatalogue({
  normal_detail: '/.{0}',
  news_detail: '/{0}.',
  kbase_detail: '/a/.{0}./{0}{0}',
  'order-steps': '/.{1}/{0}{1}?x={0}&y=//{1}#{0}',
});
const CATALOGUES: readonly Catalogue[] = [CATALOGUE, ...('catalogue' in ODD ? [ODD.catalogue] : [])];

const segmentsOf = (path: string): readonly string[] =>
  path
    .replace(/[?#].*/, '')
    .split('/')
    .slice(1);

it('stays below the client area, with the segments of the route, whatever the values are', () => {
  expect(ODD).toHaveProperty('catalogue');
  const taken = new Set<string>();
  const asking = fc
    .constantFrom(...CATALOGUE)
    .chain(([name, { values: forms }]) => fc.tuple(fc.constant(name), fc.oneof(valuesFor(forms), values)));
  fc.assert(
    fc.property(asking, fc.constantFrom(...CATALOGUES), ([asked, given], catalogue) => {
      const target = targetOf(asked, given, { ...CONTEXT, catalogue });
      if (target?.kind !== 'url') return;
      taken.add(asked);
      const { origin, pathname } = new URL(target.url);
      const { route = '', exceptions = new Map<string, string>() } = catalogue.get(asked) ?? {};
      const numbers = [route, ...exceptions.values()].map((one) => segmentsOf(one).length);
      const segments = segmentsOf(pathname.slice('/whmcs'.length));
      expect(`${origin}${pathname}`.slice(0, AREA.length)).toBe(AREA);
      expect(numbers).toContain(segments.length);
      if (route === '/') expect(segments).toEqual(['']);
      else for (const segment of segments) expect(segment).toMatch(/^(?!\.{1,2}$)[\w.-]+$/);
    }),
    { numRuns: 10_000 },
  );
  expect([...taken]).toEqual(
    expect.arrayContaining(['home', 'normal_detail', 'ac-ps-product', 'order-steps']),
  );
});

it('throws nothing but Problems, whatever destination and values are', () => {
  fc.assert(
    fc.property(fc.option(destination, { nil: undefined }), values, (text, given) => {
      targetOf(text, given);
    }),
    { numRuns: 3000 },
  );
});

it('reads any JSON as a catalogue, or says what is wrong with it', () => {
  const pieces = fc.constantFrom(
    '/',
    '{0}',
    '{1}',
    '..',
    'a',
    '%2e',
    'https://',
    'x.example',
    '@',
    '?',
    '\\',
    '{',
  );
  const route = fc
    .tuple(fc.constantFrom('/', '/{0}', 'https://x.example/', ''), fc.array(pieces, { maxLength: 4 }))
    .map(([start, rest]) => start + rest.join(''));
  const form = fc.constantFrom('{id}', '{slug}', 'a', 'b', '..', ['a', 'b-{id}'], ['{slug}', 'a']);
  const likely = fc.record(
    {
      route,
      values: fc.array(form, { maxLength: 2 }),
      exceptions: fc.dictionary(fc.constantFrom('a', 'b', '7'), route, { maxKeys: 1 }),
    },
    { requiredKeys: ['route'] },
  );
  const odd = fc.record(
    { route: fc.jsonValue(), values: fc.jsonValue(), exceptions: fc.jsonValue() },
    { requiredKeys: [] },
  );
  const row: fc.Arbitrary<unknown> = fc.oneof(route, likely, odd, fc.jsonValue());
  const name = fc.oneof({ arbitrary: fc.constantFrom(...CATALOGUE.keys()), weight: 4 }, fc.string());
  const json = fc.dictionary(name, row, { maxKeys: 3 });
  let taken = 0;
  fc.assert(
    fc.property(json, (given) => {
      const read = readCatalogue(given);
      if ('mistakes' in read) {
        expect(read.mistakes.length).toBeGreaterThan(0);
        return;
      }
      if (Object.keys(given).length > 0) taken += 1;
      // What was taken can be filled, and leads where it says.
      for (const [
        one,
        { route: to, exceptions = new Map<string, string>(), values: forms },
      ] of read.catalogue) {
        const right = forms.map(([text]) => text?.replace('{id}', '7').replace('{slug}', 'a'));
        const target = targetOf(one, right, { ...CONTEXT, catalogue: read.catalogue });
        const bases = [to, ...exceptions.values()].map((base) => (base.startsWith('/') ? AREA : base));
        expect(bases.map((base) => new URL(base).origin)).toContain(
          target?.kind === 'url' && new URL(target.url).origin,
        );
      }
    }),
    { numRuns: 3000 },
  );
  expect(taken).toBeGreaterThan(0);
});
