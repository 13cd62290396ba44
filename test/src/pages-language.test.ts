import { expect, it } from 'vitest';
import { languageOf } from '../../src/http/pages/page.ts';

it.each([
  ['no header', undefined, 'en'],
  ['an empty header', '', 'en'],
  ['blanks', ' \t ', 'en'],
  ['German', 'de', 'de'],
  ['Turkish as browsers send it', 'tr-TR,tr;q=0.9,en-US;q=0.8,en;q=0.7', 'tr'],
  ['Austrian German', 'de-AT', 'de'],
  ['Austrian German before any English', 'de-AT, en;q=0.9', 'de'],
  ['a script and a country', 'de-Latn-CH-1996', 'de'],
  ['capitals', 'TR-tr, EN;Q=0.5', 'tr'],
  ['the higher weight, wherever it stands', 'en;q=0.2, de;q=0.9, tr;q=0.5', 'de'],
  ['weights of three digits', 'en;q=0.001, tr;q=0.002', 'tr'],
  ['the first of two that weigh the same', 'tr, de', 'tr'],
  ['the first of two with the same weight written down', 'en;q=0.8, de;q=0.8', 'en'],
  ['the best range of a language', 'de;q=0.1, en;q=0.5, de-AT;q=0.9', 'de'],
  ['its place by the range that counts', 'de;q=0.1, tr, de-AT', 'tr'],
  ['only other languages', 'fr-FR, fr;q=0.9', 'en'],
  ['other languages before one of ours', 'fr, ru;q=0.9, tr;q=0.1', 'tr'],
  ['languages that only begin like ours', 'den, enm, trv, d', 'en'],
  ['any language', '*', 'en'],
  ['any language after another', 'fr, *;q=0.5', 'en'],
  ['any language but English', 'en;q=0, *', 'de'],
  ['any language but English and German', 'de;q=0.0, en;q=0.000, *;q=0.3', 'tr'],
  ['one by its name before any', '*, de', 'de'],
  ['any rather than one by its name', '*;q=0.8, de;q=0.5', 'en'],
  ['a language refused, though not in one country', 'de;q=0, de-AT, tr;q=0.1', 'tr'],
  ['one country refused, and the language not', 'de-AT;q=0, de;q=0.9, en;q=0.5', 'de'],
  ['one country refused, and any language', 'de-AT;q=0, en;q=0, *', 'de'],
  ['nothing but refusals', 'en;q=0, de;q=0, tr;q=0', 'en'],
  ['nothing at all', '*;q=0', 'en'],
  ['blanks around everything', '\tde ;\tq=0.4 , \t tr ; q=0.5\t', 'tr'],
  ['empty entries', ',, ,de,,', 'de'],
])('reads %s', (_case, header, language) => {
  expect(languageOf(header)).toBe(language);
});

it.each([
  ['a weight over 1', 'de;q=1.5, tr;q=0.1'],
  ['a weight of 1 and more', 'de;q=1.001, tr;q=0.1'],
  ['a negative weight', 'de;q=-1, tr;q=0.1'],
  ['four digits', 'de;q=0.9999, tr;q=0.1'],
  ['an exponent', 'de;q=1e0, tr;q=0.1'],
  ['no weight behind q', 'de;q=, tr;q=0.1'],
  ['a blank within the weight', 'de;q= 1, tr;q=0.1'],
  ['another parameter', 'de;level=1, tr;q=0.1'],
  ['two weights', 'de;q=1;q=1, tr;q=0.1'],
  ['an underscore', 'de_DE, tr;q=0.1'],
  ['a hyphen at the end', 'de-, tr;q=0.1'],
  ['nine letters in a subtag', 'de-abcdefghi, tr;q=0.1'],
  ['a star for the country', 'de-*, tr;q=0.1'],
  ['a quoted name', '"de", tr;q=0.1'],
  ['a line feed within', 'de\n-AT, tr;q=0.1'],
  ['letters that only look like it', 'dе, tr;q=0.1'],
  ['markup', '<de>, tr;q=0.1'],
  ['a name of Object.prototype', '__proto__, constructor, tr;q=0.1'],
])('passes over a range with %s, and reads the others', (_case, header) => {
  expect(languageOf(header)).toBe('tr');
});

it('reads a header of a thousand characters', () => {
  expect(languageOf('fr,'.repeat(332) + 'tr')).toBe('tr');
  expect(languageOf('tr'.padEnd(1000))).toBe('tr');
});

it.each([
  ['many ranges', 'tr,'.repeat(400)],
  ['many subtags', `tr${'-a'.repeat(100_000)}`],
  ['many blanks', `tr${' '.repeat(100_000)}x`],
  ['many semicolons', `tr${' ;'.repeat(100_000)}`],
  ['one more character than is read', 'tr'.padEnd(1001)],
])('does not read a header that is too long: %s', (_case, header) => {
  expect(languageOf(header)).toBe('en');
});
