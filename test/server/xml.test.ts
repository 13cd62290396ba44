import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AnswerElement } from '../../server/protocol/answer-xml.ts';
import { element, escapeText, renderCompact, renderPretty } from '../../server/protocol/answer-xml.ts';
import type { XmlElement } from '../../server/protocol/xml.ts';
import { lineOf, readXml, Unreadable } from '../../server/protocol/xml.ts';

const name = fc.constantFrom('packet', 'a', 'b-c', '_d', 'constructor', '__proto__', 'é', 'x.1');
/** What XML 1.0 can hold; a carriage return too, since it is written by number. */
const characters = fc
  .string({ unit: 'binary' })
  .map((text) => text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ''));
const { tree } = fc.letrec<{ tree: AnswerElement }>((tie) => ({
  tree: fc.record({
    name,
    content: fc.oneof({ maxDepth: 4 }, characters, fc.array(tie('tree'), { maxLength: 4 })),
  }),
}));

it('reads back what the writer of answers has written', () => {
  fc.assert(
    fc.property(tree, (written) => {
      expect(plain(readXml(`<?xml version="1.0"?>\n${renderCompact(written)}`))).toEqual(merged(written));
    }),
  );
});

it('reads back what is written with indents, but for the blanks between elements', () => {
  fc.assert(
    fc.property(tree, fc.constantFrom('  ', '\t'), (written, indent) => {
      expect(plain(readXml(renderPretty(written, indent)))).toEqual(merged(written));
    }),
  );
});

it('writes what XML cannot hold so that it can be read', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const read = readXml(`<a b="${escapeText(text).replace(/[\t\n]/g, ' ')}">${escapeText(text)}</a>`);
      expect(read).not.toBeInstanceOf(Unreadable);
    }),
  );
});

it.each([
  ['any text', fc.string({ unit: 'binary' })],
  [
    'what looks like XML',
    fc
      .array(
        fc.constantFrom(
          ...Array.from('<>/&;!?[]-="\' \r\n'),
          '<a>',
          '</a>',
          '<!--',
          '<![CDATA[',
          ']]>',
          '<?x',
          '?>',
          '<!DOCTYPE',
          '&amp;',
          '&#',
          'xmlns:a="',
          ':',
        ),
      )
      .map((parts) => parts.join('')),
  ],
])('throws at nothing that is read: %s', (_case, texts) => {
  fc.assert(
    fc.property(texts, (text) => {
      const read = readXml(text);
      if (read instanceof Unreadable) expect(read.why).toMatch(/./);
    }),
    { numRuns: 1000 },
  );
});

it.each([
  ['comments', '<a><!-- <b/> --></a>'],
  ['a comment before the root', '<!-- x --><a/>'],
  ['a comment and blanks behind the root', '<a/>\n<!-- x -->\n'],
  ['processing instructions', '<?php echo 1 ?><a><?x y?></a><?z?>'],
  ['a declaration', '<?xml version="1.0"?><a/>'],
  ['a declaration with all there is', "<?xml version='1.0' encoding='utf-8' standalone='no' ?>\r\n<a/>"],
  ['a version 1.1 that it reads as 1.0', '<?xml version="1.1"?><a/>'],
  ['blanks before the root', '\r\n\t <a/>'],
  ['a byte order mark', '\ufeff<a/>'],
])('accepts %s', (_case, document) => {
  expect(readXml(document)).toMatchObject({ name: 'a', children: [] });
});

it.each([
  ['nothing', ''],
  ['blanks alone', ' \n'],
  ['a comment alone', '<!-- x -->'],
  ['text', 'hello'],
  ['a declaration after a newline', '\n<?xml version="1.0"?><a/>'],
  ['a declaration after a blank', ' <?xml version="1.0"?><a/>'],
  ['a declaration after a comment', '<!-- x --><?xml version="1.0"?><a/>'],
  ['a second declaration', '<?xml version="1.0"?><?xml version="1.0"?><a/>'],
  ['a declaration without a version', '<?xml encoding="utf-8"?><a/>'],
  ['an end without a start', '</a>'],
  ['a start without an end', '<a>'],
  ['ends in the wrong order', '<a><b></a></b>'],
  ['a name in other capitals', '<a></A>'],
  ['an ampersand', '<a>&</a>'],
  ['an attribute without quotes', '<a b=c/>'],
  ['an attribute without a value', '<a b/>'],
  ['an attribute twice', '<a b="1" b="1"/>'],
  ['a less-than in an attribute', '<a b="<"/>'],
  ['attributes without a blank between', '<a b="1"c="2"/>'],
  ['the end of CDATA without its start', '<a>]]></a>'],
  ['CDATA outside the root', '<![CDATA[x]]><a/>'],
  ['two hyphens in a comment', '<a><!-- -- --></a>'],
  ['a name that begins with a digit', '<1/>'],
  ['control characters that only XML 1.1 has', '<?xml version="1.1"?><a>&#1;</a>'],
  ['text before the root', 'x<a/>'],
  ['a document type', '<!DOCTYPE a><a/>'],
])('cannot read %s', (_case, document) => {
  expect(readXml(document)).toBeInstanceOf(Unreadable);
});

it.each([
  [
    'text, with what stands for something else',
    '<a>&lt;&amp;&gt;&quot;&apos;&#65;&#x1F600;</a>',
    '<&>"\'A😀',
  ],
  ['CDATA', '<a>x<![CDATA[<b>&amp;]]]]>y</a>', 'x<b>&amp;]]y'],
  ['text around comments', '<a>x<!-- y -->z</a>', 'xz'],
  ['line ends as one character', '<a>1\r\n2\r3\n4</a>', '1\n2\n3\n4'],
  ['a carriage return by number', '<a>1&#13;\n2</a>', '1\r\n2'],
  ['line ends of XML 1.1 as characters', '<?xml version="1.1"?><a>1\u00852\u2028</a>', '1\u00852\u2028'],
  ['blanks', '<a> x </a>', ' x '],
])('reads %s', (_case, document, text) => {
  expect(readXml(document)).toMatchObject({ text });
});

it.each([
  ['<a/>', 1],
  ['<a\n/>', 2],
  ['<a\n\n\nb="1"\n>\n\n</a>', 5],
  ['\n\n<a>\n</a>', 3],
  ['\r\n\r\n<a/>', 3],
  ['\r\r\r<a/>', 1],
  ['\r\n\r<a\r/>', 2],
  ['<!--\n\n--><a/>', 3],
  ['<?xml version="1.0"?>\n<a b="\n\n"/>', 4],
  ['<a b=">\n"/>', 2],
  [`<!--${'x'.repeat(70_000)}\n--><a\n/>`, 3],
  [`<!--${'😀'.repeat(40_000)}\n--><a\n/>`, 3],
])('gives the line on which the start tag of %j closes', (document, line) => {
  const read = readXml(document);

  expect(read).not.toBeInstanceOf(Unreadable);
  expect(lineOf(document, (read as XmlElement).end)).toBe(line);
});

it('reads 256 elements within each other, and no more', () => {
  expect(readXml('<a>'.repeat(256) + '</a>'.repeat(256))).toMatchObject({ name: 'a' });
  expect(readXml('<a>'.repeat(257) + '</a>'.repeat(257))).toBeInstanceOf(Unreadable);
});

interface Plain {
  readonly name: string;
  readonly content: string | readonly Plain[];
}

/** Name and content of what was read, in the form of an answer. */
function plain(read: XmlElement | Unreadable): Plain {
  if (read instanceof Unreadable) throw new Error(read.why);
  return { name: read.name, content: read.children.length > 0 ? read.children.map(plain) : read.text };
}

/** An answer as it can be told from its text: what is empty has neither text nor children. */
const merged = ({ name: called, content }: AnswerElement): AnswerElement =>
  element(called, typeof content === 'string' ? content : content.length === 0 ? '' : content.map(merged));
