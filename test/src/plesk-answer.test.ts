import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readPacket, Unreadable } from '../../src/plesk/answer.ts';

const read = (text: string): unknown => readPacket(Buffer.from(text));
const leaf = (name: string, text = ''): object => ({ name, text, children: [] });

it.each(['constructor', '__proto__', 'hasOwnProperty', 'toString', 'cdata', '_.'])(
  'reads elements in their order, whatever the name %s means elsewhere',
  (name) => {
    expect(read(`<packet><a>1</a><${name}>2</${name}><a/><${name}>3</${name}></packet>`)).toEqual({
      name: 'packet',
      text: '',
      children: [leaf('a', '1'), leaf(name, '2'), leaf('a'), leaf(name, '3')],
    });
  },
);

it.each([
  ['no more than 16 elements deep', 16, true],
  ['and none that is deeper', 17, false],
])('reads an answer that is %s', (_case, depth, isRead) => {
  const inner = depth - 1;
  const text = `<packet>${'<a>'.repeat(inner)}${'</a>'.repeat(inner)}</packet>`;

  if (isRead) expect(() => read(text)).not.toThrow();
  else expect(() => read(text)).toThrow(Unreadable);
});

it.each([
  ['that it is not well-formed', '<packet><a></packet>'],
  ['that it is not well-formed', '<packet>&nope;</packet>'],
  ['that it is not well-formed', '<packet/><packet/>'],
  ['that it is not well-formed', 'ok'],
  ['that its root is none', '<html/>'],
  ['that it holds a document type', '<!DOCTYPE packet><packet/>'],
  ['that it holds a NUL', '<packet>a\0</packet>'],
  ['that it holds a NUL', '<packet>&#0;</packet>'],
  ['that it holds a NUL', '<packet>&#x00;</packet>'],
])('says of an answer %s, and nothing of what is in it', (_case, text) => {
  expect(() => read(text)).toThrow(/^the (?:answer|root of the answer) (?:is|holds) [a-zA-Z -]+$/);
});

const token = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('<packet>', '</packet>', '<a>', '</a>', '<a/>', '<_>', '</_>') },
  fc.constantFrom('<![CDATA[', ']]>', '<!--', '-->', '<?', '?>', '<!DOCTYPE', '<!', '<', '>', '&', ';', '"'),
  fc.constantFrom(
    '&amp;',
    '&#0;',
    '&#xd800;',
    '&#x110000;',
    '&constructor;',
    '<constructor/>',
    ' a="1"',
    '\0',
  ),
  fc.string({ maxLength: 5 }),
);

it('reads whatever comes as a packet, or says that it cannot', () => {
  fc.assert(
    fc.property(fc.array(token, { maxLength: 30 }), (tokens) => {
      const text = tokens.join('');
      for (const answer of [text, `<packet>${text}</packet>`]) {
        try {
          expect(readPacket(Buffer.from(answer)).name).toBe('packet');
        } catch (error) {
          expect(error).toBeInstanceOf(Unreadable);
        }
      }
    }),
    { numRuns: 500 },
  );
});
