import { expect, it } from 'vitest';
import { decode } from '../../server/protocol/decode.ts';
import type { Shape } from '../../server/protocol/shape.ts';
import {
  all,
  any,
  anything,
  choice,
  empty,
  inline,
  optional,
  optionalInline,
  seq,
  some,
  text,
} from '../../server/protocol/shape.ts';
import { between, id, int, oneOf, string, verbatim } from '../../server/protocol/simple-types.ts';
import type { XmlElement } from '../../server/protocol/xml.ts';
import { readXml, Unreadable } from '../../server/protocol/xml.ts';

const word = text(string);
const ordered = seq({ a: word, b: optional(word), c: any(word), d: some(word) });
const nested = seq({
  head: word,
  inner: inline(choice('some', { x: word, y: empty })),
  tail: optional(word),
});

const whole = seq({ pair: optionalInline(seq({ a: word, b: word })), c: optional(word) });

const CASES: readonly (readonly [string, Shape, string, unknown])[] = [
  ['a sequence', ordered, '<r><a>1</a><d>2</d></r>', { a: '1', c: [], d: ['2'] }],
  [
    'all that a sequence may have',
    ordered,
    '<r> <a>1</a><b>2</b><c>3</c><c>4</c><d>5</d><d>6</d></r>',
    { a: '1', b: '2', c: ['3', '4'], d: ['5', '6'] },
  ],
  ['a sequence of nothing', seq({ a: optional(word) }), '<r/>', {}],
  ['sequences within each other', seq({ a: seq({ b: word }) }), '<r><a><b>x</b></a></r>', { a: { b: 'x' } }],
  ['one choice', choice('once', { a: word, b: empty }), '<r><b/></r>', { b: true }],
  [
    'one choice of something repeated',
    choice('once', { a: any(word), b: any(word) }),
    '<r><b>1</b><b>2</b></r>',
    { b: ['1', '2'] },
  ],
  ['one choice that may be empty', choice('once', { a: any(word) }), '<r/>', {}],
  [
    'choices in their order',
    choice('some', { a: word, b: empty }),
    '<r><b/><a>1</a><b/></r>',
    [
      { name: 'b', value: true },
      { name: 'a', value: '1' },
      { name: 'b', value: true },
    ],
  ],
  ['no choice at all', choice('any', { a: word }), '<r/>', []],
  ['all in any order', all({ a: word, b: optional(word) }), '<r><b>1</b><a>2</a></r>', { a: '2', b: '1' }],
  [
    'a group within a group',
    nested,
    '<r><head>h</head><y/><x>1</x><tail>t</tail></r>',
    {
      head: 'h',
      tail: 't',
      inner: [
        { name: 'y', value: true },
        { name: 'x', value: '1' },
      ],
    },
  ],
  [
    'a group that is there as a whole',
    whole,
    '<r><a>1</a><b>2</b><c>3</c></r>',
    { pair: { a: '1', b: '2' }, c: '3' },
  ],
  ['a group that is not there', whole, '<r><c>3</c></r>', { pair: {}, c: '3' }],
  ['nothing', empty, '<r/>', true],
  ['a comment where nothing may be', empty, '<r><!-- x --></r>', true],
  [
    'blanks and comments between',
    ordered,
    '<r>\n <a>1</a><!-- x -->\n<d/>\t</r>',
    { a: '1', c: [], d: [''] },
  ],
  ['text with its blanks collapsed', word, '<r>\n x \t y\r\n</r>', 'x y'],
  ['other blanks as characters', word, '<r>\u00a0x\u2003</r>', '\u00a0x\u2003'],
  ['text as it is', text(verbatim), '<r> x </r>', ' x '],
  ['CDATA', word, '<r><![CDATA[ <a> ]]></r>', '<a>'],
  ['text around a comment', word, '<r>x<!-- -->y</r>', 'xy'],
  ['an id', text(id), '<r> +007 </r>', '+007'],
  ['the largest id', text(id), `<r>${'9'.repeat(24)}</r>`, '9'.repeat(24)],
  ['a number below zero', text(int), '<r>-1</r>', '-1'],
  ['a number between two bounds', text(between(1, 3)), '<r>3</r>', '3'],
  ['one of some words', text(oneOf('on', 'off')), '<r> off </r>', 'off'],
  ['an attribute that there is', seq({}, ['version']), '<r version="1"/>', {}],
  [
    'hints for a validator',
    seq({ a: word }),
    '<r xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:noNamespaceSchemaLocation="x"><a/></r>',
    { a: '' },
  ],
];

it.each(CASES)('decodes %s', (_case, shape, document, expected) => {
  expect(decode(rootOf(document), shape)).toEqual(expected);
});

it('decodes anything to the element itself', () => {
  const root = rootOf('<r x="1">text<a/></r>');

  expect(decode(root, anything)).toBe(root);
});

function rootOf(document: string): XmlElement {
  const root = readXml(document);
  if (root instanceof Unreadable) throw new Error(root.why);
  return root;
}
