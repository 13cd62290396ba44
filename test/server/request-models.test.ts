import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { decode, Violation } from '../../server/protocol/decode.ts';
import { ModelError } from '../../server/protocol/model-error.ts';
import { modelReader } from '../../server/protocol/model.ts';
import type { NamedModels } from '../../server/protocol/model.ts';
import { readXml, Unreadable } from '../../server/protocol/xml.ts';
import { schemaOperations } from '../support/shaped-operations.ts';

const NAMED = { filter: 'id:id+ | name', pair: 'x y?' } as const;

/** What decoding gives, or the sentence of the first violation. */
function decoded(model: string, content: string, models: NamedModels = NAMED): unknown {
  const root = readXml(`<r>${content}</r>`);
  if (root instanceof Unreadable) throw new Error(`${content} cannot be read`);
  const read = decode(root, modelReader(models)(model));
  return read instanceof Violation ? read.sentence : read;
}

it.each<[model: string, content: string, expected: unknown]>([
  ['a b', '<a>1</a><b>2</b>', { a: '1', b: '2' }],
  ['a | b', '<b>2</b>', { b: '2' }],
  ['a? & b', '<b>2</b><a>1</a>', { a: '1', b: '2' }],
  ['a* b+', '<b>2</b><b>3</b>', { a: [], b: ['2', '3'] }],
  ['a[0..2]', '<a>1</a><a>2</a>', { a: ['1', '2'] }],
  ['a:on|off', '<a>on</a>', { a: 'on' }],
  ['a:bool=true?', '<a/>', { a: 'true' }],
  ['a=en?', '<a/>', { a: 'en' }],
  ['a( b c? )', '<a><b>1</b></a>', { a: { b: '1' } }],
  ['a()', '<a/>', { a: true }],
  ['a{filter}', '<a><id>1</id><id>2</id></a>', { a: { id: ['1', '2'] } }],
  ['{pair} b', '<x>1</x><b>2</b>', { x: '1', b: '2' }],
  ['{pair}? b', '<b>2</b>', { b: '2' }],
  ['a ( b | c )? d', '<a>1</a><c>2</c><d>3</d>', { a: '1', c: '2', d: '3' }],
  ['( b c? )* d', '<b>1</b><b>2</b><c>3</c><d>4</d>', { b: ['1', '2'], c: ['3'], d: '4' }],
  ['( b c? )* d', '<d>4</d>', { b: [], c: [], d: '4' }],
  [
    '( b | ( c | d )? )+',
    '<b>1</b><d>2</d>',
    [
      { name: 'b', value: '1' },
      { name: 'd', value: '2' },
    ],
  ],
  [
    'a( ( b | c )[1..2] )',
    '<a><b>1</b><b>2</b></a>',
    {
      a: [
        { name: 'b', value: '1' },
        { name: 'b', value: '2' },
      ],
    },
  ],
  ['( a & b )?', '', {}],
  ['()', '', true],
  [':int', '7', '7'],
])('decodes by %s', (model, content, expected) => {
  expect(decoded(model, content)).toEqual(expected);
});

it.each([
  ['a[0..2]', '<a/><a/><a/>', "Element 'a': This element is not expected."],
  ['a[2..3]', '<a/>', "Element 'r': Missing child element(s). Expected is ( a )."],
  [
    '( b c? )[1..2] d',
    '<b/><b/><b/>',
    "Element 'b': This element is not expected. Expected is one of ( c, d ).",
  ],
  ['( b c )* d', '<b/><d/>', "Element 'd': This element is not expected. Expected is ( c )."],
  ['( a & b )?', '<a/>', "Element 'r': Missing child element(s). Expected is ( b )."],
  ['( | a )+', '<a/><x/>', "Element 'x': This element is not expected."],
  ['a+', '<a/><x/>', "Element 'x': This element is not expected. Expected is ( a )."],
  ['()', 'x', "Element 'r': Character content is not allowed, because the content type is empty."],
])('refuses by %s what is wrong in %s', (model, content, sentence) => {
  expect(decoded(model, content)).toBe(sentence);
});

it('has the elements of a packet version and no others', () => {
  const model = 'a | b@1.6.8.0 | c@..1.6.9.0 | d:on|off@..1.6.7.0 | d@1.6.8.0';
  const of1670 = modelReader({}, ({ since }) => since === undefined)(model);
  const of1691 = modelReader({}, ({ until }) => until === undefined)(model);

  expect(of1670).toMatchObject({ kind: 'choice' });
  expect('members' in of1670 && Object.keys(of1670.members)).toEqual(['a', 'c', 'd']);
  expect('members' in of1691 && Object.keys(of1691.members)).toEqual(['a', 'b', 'd']);
});

it.each<[model: string, column: number, says: string]>([
  ['a b | c', 5, 'elements in order and one of (|) in one group: put ( ) around one of them'],
  ['a | b & c', 7, 'one of (|) and any order (&) in one group'],
  ['a b:strin', 3, "there is no type 'strin': do you mean string?"],
  ['a{fliter}', 1, "there is no model named 'fliter': do you mean filter?"],
  ['a( b', 1, 'a( is not closed'],
  ['a b )', 5, 'nothing is open that ) closes'],
  ['a( )', 1, 'an element that holds nothing is a()'],
  ['a (b | c)', 3, 'cannot read (b: put blanks around brackets and separators'],
  ['a | | b', 5, '| needs something before it'],
  ['a |', 3, '| needs something behind it'],
  ['a b a', 5, 'a is in this group already'],
  ['a* & b', 1, 'a group with & holds elements that come once or are optional'],
  ['a ( b & c )', 3, 'a group with & is all that an element holds'],
  ['( a* | b )+', 1, 'a* in a choice that repeats: the choice repeats it already'],
  ['a[2..1]', 1, '[2..1] allows nothing'],
  ['a:any=x', 1, 'a has no text that could have a default'],
  ['{loop}', 1, "the model 'loop' holds itself"],
  ['', 1, 'the model is empty'],
])('says where %j is wrong', (model, column, says) => {
  const read = modelReader({ ...NAMED, loop: 'a{loop}' });

  expect(() => read(model)).toThrow(ModelError);
  expect(() => read(model)).toThrow(`column ${column}: `);
  expect(() => read(model)).toThrow(says);
});

it('shows the line of the place in a model of several lines', () => {
  expect(() => modelReader()('\n      a b\n      c:strin d')).toThrow(
    "model, line 3, column 7: there is no type 'strin': do you mean string?\n        c:strin d\n        ^",
  );
});

it('reads each operation of 1.6.6.0', () => {
  for (const { shape } of schemaOperations())
    expect(shape.kind === 'deferred' && shape.shape().kind).toBeTypeOf('string');
});

it('reads every example of docs/request-models.md', () => {
  const page = readFileSync(new URL('../../docs/request-models.md', import.meta.url), 'utf8');
  const examples = [...page.matchAll(/^\| `(.+?)` +\| /gm)].map(([, model = '']) =>
    model.replaceAll('\\|', '|'),
  );

  expect(examples.length).toBeGreaterThan(15);
  for (const example of examples) expect(modelReader(NAMED)(example)).toHaveProperty('kind');
});
