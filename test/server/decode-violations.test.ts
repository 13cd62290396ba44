import { expect, it } from 'vitest';
import { decode, Violation } from '../../server/protocol/decode.ts';
import type { Shape } from '../../server/protocol/shape.ts';
import { all, any, choice, empty, inline, optional, seq, some, text } from '../../server/protocol/shape.ts';
import { between, id, int, oneOf, string } from '../../server/protocol/simple-types.ts';
import type { XmlElement } from '../../server/protocol/xml.ts';
import { readXml, Unreadable } from '../../server/protocol/xml.ts';

const word = text(string);
const LETTERS = 'abcdefghijkl'.split('');
const twelve = seq(Object.fromEntries(LETTERS.map((letter) => [letter, optional(word)])));
const ordered = seq({ a: word, b: optional(word), c: any(word), d: some(word) });
const nested = seq({
  head: word,
  inner: inline(choice('some', { x: word, y: empty })),
  tail: optional(word),
});

const NO_TEXT =
  "Character content other than whitespace is not allowed because the content type is 'element-only'.";

const WRONG: readonly (readonly [string, Shape, string, string])[] = [
  ['one name', ordered, '<r><x/></r>', "Element 'x': This element is not expected. Expected is ( a )."],
  [
    'several names',
    ordered,
    '<r><a/><x/></r>',
    "Element 'x': This element is not expected. Expected is one of ( b, c, d ).",
  ],
  [
    'a name after a repeated one',
    ordered,
    '<r><a/><d/><x/></r>',
    "Element 'x': This element is not expected. Expected is ( d ).",
  ],
  [
    'no name where none is left',
    seq({ a: word }),
    '<r><a/><a/></r>',
    "Element 'a': This element is not expected.",
  ],
  [
    'what is missing',
    ordered,
    '<r><a/></r>',
    "Element 'r': Missing child element(s). Expected is one of ( b, c, d ).",
  ],
  ['the one that is missing', ordered, '<r/>', "Element 'r': Missing child element(s). Expected is ( a )."],
  [
    'ten of twelve names',
    twelve,
    '<r><x/></r>',
    `Element 'x': This element is not expected. Expected is one of ( ${LETTERS.slice(0, 10).join(', ')} ).`,
  ],
  [
    'ten of the eleven that are left',
    twelve,
    '<r><a/><x/></r>',
    `Element 'x': This element is not expected. Expected is one of ( ${LETTERS.slice(1, 11).join(', ')} ).`,
  ],
  [
    'two of the twelve',
    twelve,
    '<r><j/><a/></r>',
    "Element 'a': This element is not expected. Expected is one of ( k, l ).",
  ],
  [
    'a choice',
    choice('some', { a: word, b: empty }),
    '<r><x/></r>',
    "Element 'x': This element is not expected. Expected is one of ( a, b ).",
  ],
  [
    'no other round of a choice',
    choice('some', { a: word, b: empty }),
    '<r><a/><x/></r>',
    "Element 'x': This element is not expected.",
  ],
  [
    'a choice that is missing',
    choice('some', { a: word, b: empty }),
    '<r/>',
    "Element 'r': Missing child element(s). Expected is one of ( a, b ).",
  ],
  [
    'a second choice',
    choice('once', { a: word, b: empty }),
    '<r><a/><b/></r>',
    "Element 'b': This element is not expected.",
  ],
  [
    'the group within a group',
    nested,
    '<r><head/><tail/></r>',
    "Element 'tail': This element is not expected. Expected is one of ( x, y ).",
  ],
  [
    'what follows that group',
    nested,
    '<r><head/><x/><head/></r>',
    "Element 'head': This element is not expected. Expected is ( tail ).",
  ],
  [
    'those of all that are left',
    all({ a: word, b: word, c: optional(word) }),
    '<r><b/><b/></r>',
    "Element 'b': This element is not expected. Expected is one of ( a, c ).",
  ],
  [
    'an inner element',
    seq({ a: seq({ b: word }) }),
    '<r><a/></r>',
    "Element 'a': Missing child element(s). Expected is ( b ).",
  ],
  ['text between elements', seq({ a: optional(word) }), '<r>x<a/></r>', `Element 'r': ${NO_TEXT}`],
  ['text after elements', seq({ a: optional(word) }), '<r><a/>x</r>', `Element 'r': ${NO_TEXT}`],
  ['an empty CDATA section', seq({ a: optional(word) }), '<r><![CDATA[]]></r>', `Element 'r': ${NO_TEXT}`],
  [
    'an element in text',
    word,
    '<r>x<a/></r>',
    "Element 'r': Element content is not allowed, because the type definition is simple.",
  ],
  [
    'an element in what is empty',
    empty,
    '<r><a/></r>',
    "Element 'r': Element content is not allowed, because the content type is empty.",
  ],
  [
    'a blank in what is empty',
    empty,
    '<r> </r>',
    "Element 'r': Character content is not allowed, because the content type is empty.",
  ],
  ['an attribute', seq({}), '<r x="1"/>', "Element 'r', attribute 'x': The attribute 'x' is not allowed."],
  [
    'an attribute of text',
    word,
    '<r x="1"/>',
    "Element 'r', attribute 'x': The attribute 'x' is not allowed.",
  ],
  ['an empty id', text(id), '<r/>', "Element 'r': '' is not a valid value of the atomic type 'id_type'."],
  [
    'an id of zero',
    text(id),
    '<r>0</r>',
    "Element 'r': '0' is not a valid value of the atomic type 'id_type'.",
  ],
  ['an empty number', text(int), '<r/>', "Element 'r': '' is not a valid value of the atomic type 'int'."],
  [
    'a number that is too small',
    text(between(1, 99_999)),
    '<r>0</r>',
    "Element 'r': [facet 'minInclusive'] The value '0' is less than the minimum value allowed ('1').",
  ],
  [
    'a number that is too large',
    text(between(1, 99_999)),
    '<r>100000</r>',
    "Element 'r': [facet 'maxInclusive'] The value '100000' is greater than the maximum value allowed ('99999').",
  ],
  [
    'another word',
    text(oneOf('on', 'off')),
    '<r>On</r>',
    "Element 'r': [facet 'enumeration'] The value 'On' is not an element of the set {'on', 'off'}.",
  ],
];

it.each(WRONG)('offers %s in the words of libxml2', (_case, shape, document, sentence) => {
  const read = decode(rootOf(document), shape);

  expect(read).toBeInstanceOf(Violation);
  expect(read).toHaveProperty('sentence', sentence);
});

function rootOf(document: string): XmlElement {
  const root = readXml(document);
  if (root instanceof Unreadable) throw new Error(root.why);
  return root;
}
