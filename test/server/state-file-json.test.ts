import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { brokenJson } from '../../base/broken-json.ts';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

it.each([
  ['[1 2]', 'line 1, column 4: this is no JSON, a comma or ] must stand here'],
  ['[,1]', 'line 1, column 2: this is no JSON, a value or ] must stand here'],
  ['[1,]', 'line 1, column 4: this is no JSON, a value must stand here'],
  ['{"a" 1}', 'line 1, column 6: this is no JSON, a colon must stand here'],
  ['{"a":}', 'line 1, column 6: this is no JSON, a value must stand here'],
  ['{"a":1,\n 2}', 'line 2, column 2: this is no JSON, a name in double quotes must stand here'],
  ['{a:1}', 'line 1, column 2: this is no JSON, a name in double quotes or } must stand here'],
  ['{"a":1]', 'line 1, column 7: this is no JSON, a comma or } must stand here'],
  ['1 1', 'line 1, column 3: this is no JSON, the end of the file must stand here'],
  ["['a']", 'line 1, column 2: this is no JSON, a value or ] must stand here'],
  ['["a\nb"]', 'line 1, column 2: this is no JSON, a value or ] must stand here'],
  ['["\\x"]', 'line 1, column 2: this is no JSON, a value or ] must stand here'],
  ['[01]', 'line 1, column 3: this is no JSON, a comma or ] must stand here'],
  ['[\n"a', 'line 2: the file ends in the middle, it was cut off'],
  ['[\n"a\\', 'line 2: the file ends in the middle, it was cut off'],
  ['[\n1', 'line 2: the file ends in the middle, it was cut off'],
  ['', 'line 1: the file ends in the middle, it was cut off'],
])('says where %j stops being JSON', (text, mistake) => {
  expect(brokenJson(text)).toBe(mistake);
});

it('has nothing to say of JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, space) => {
      expect(brokenJson(JSON.stringify(value, undefined, space))).toBeUndefined();
    }),
  );
});

it('finds a mistake in what JSON.parse refuses, and in nothing else', () => {
  const pieces = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    'u00e9',
    '"a"',
    '-',
    '0',
    '1e5',
    '.',
    'true',
    'nul',
    ' ',
    '\n',
    '\u007f',
    '\u0001',
    '\ud800',
  ];
  const near = fc.tuple(fc.json(), fc.nat(), fc.constantFrom(...pieces), fc.nat({ max: 2 }));
  const edited = near.map(([json, place, piece, cut]) => {
    const at = place % (json.length + 1);
    return json.slice(0, at) + piece + json.slice(at + cut);
  });
  const random = fc.array(fc.constantFrom(...pieces)).map((found) => found.join(''));

  fc.assert(
    fc.property(fc.oneof(edited, random), (text) => {
      expect(brokenJson(text) === undefined).toBe(isJson(text));
    }),
    { numRuns: 2000 },
  );
});

it('reads a long string and deep lists in one go', () => {
  expect(brokenJson(`["${'\\"'.repeat(500_000)}`)).toMatch(/cut off$/);
  expect(brokenJson('['.repeat(100_000))).toMatch(/cut off$/);
});
