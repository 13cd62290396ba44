import * as fc from 'fast-check';
import { expect, expectTypeOf, it } from 'vitest';
import { decode, Violation } from '../../server/protocol/decode.ts';
import type { Decoded, Group, Members, Shape } from '../../server/protocol/shape.ts';
import {
  all,
  any,
  anything,
  choice,
  empty,
  inline,
  optional,
  seq,
  some,
  text,
} from '../../server/protocol/shape.ts';
import { id, string } from '../../server/protocol/simple-types.ts';
import type { XmlElement } from '../../server/protocol/xml.ts';

const OURS = ['a', 'b', 'c', 'd'];
/** A sender may name elements as it likes; the names in shapes are ours. */
const NAMES = [...OURS, 'constructor', '__proto__', 'toString'];

const { element } = fc.letrec<{ element: XmlElement }>((tie) => ({
  element: fc
    .record({
      name: fc.constantFrom(...NAMES),
      attributes: fc.option(
        fc.constantFrom(...NAMES).map((name) => new Map([[name, 'x']])),
        {
          nil: undefined,
          freq: 8,
        },
      ),
      children: fc.oneof({ maxDepth: 4 }, fc.constant([]), fc.array(tie('element'), { maxLength: 4 })),
      text: fc.constantFrom('', ' ', 'x', '7'),
      textAt: fc.integer({ min: -1, max: 4 }),
      strayAt: fc.constantFrom(-1, -1, -1, 0, 2),
      end: fc.nat(),
    })
    .map((made) => made satisfies XmlElement),
}));

const leaf = fc.constantFrom<Shape>(text(string), text(id), empty, anything);
/** Groups as the schemas have them: each name once, so that no choice is left open. */
const { shape } = fc.letrec<{ shape: Shape }>((tie) => {
  const members = fc.uniqueArray(fc.constantFrom(...OURS), { maxLength: 4 }).chain((names) =>
    fc
      .tuple(...names.map(() => fc.tuple(tie('shape'), fc.constantFrom(optional, any, some, undefined))))
      .map((made): Members =>
        Object.fromEntries(
          names.map((name, index) => {
            const [inner = empty, occurs] = made[index] ?? [];
            return [name, occurs?.(inner) ?? inner];
          }),
        ),
      ),
  );
  const plain = fc
    .uniqueArray(fc.constantFrom(...OURS), { maxLength: 4 })
    .map((names): Members => Object.fromEntries(names.map((name) => [name, optional(text(string))])));
  const group = fc.oneof<fc.Arbitrary<Group>[]>(
    members.map((made) => seq(made)),
    fc
      .tuple(fc.constantFrom('once', 'some', 'any'), members)
      .map(([times, made]) => choice(times, made, ['d'])),
    plain.map((made) => all(made)),
    members.map((made) => seq({ before: optional(empty), own: inline(choice('some', made)) })),
  );
  return { shape: fc.oneof({ maxDepth: 3 }, leaf, group) };
});

it('throws at no tree, whatever the shape', () => {
  fc.assert(
    fc.property(element, shape, (tree, made) => {
      const read = decode(tree, made);
      if (read instanceof Violation) expect(read.sentence).toMatch(/^Element '/);
    }),
    { numRuns: 2000 },
  );
});

it('leaves the prototypes of objects alone', () => {
  fc.assert(
    fc.property(element, shape, (tree, made) => {
      decode(tree, made);
      expect(Object.keys(Object.prototype)).toEqual([]);
    }),
  );
});

/** One of each, for the types that decoding gives. */
const ONE_OF_EACH = seq({
  name: text(string),
  note: optional(text(string)),
  key: any(text(string)),
  on: empty,
  raw: anything,
  filter: choice('once', { id: text(id), login: some(text(string)) }),
  todo: inline(choice('some', { add: seq({ id: text(id) }), clear: empty })),
  rest: all({ one: optional(text(string)) }),
});

it('decodes to the types that the shape says', () => {
  expect(ONE_OF_EACH.kind).toBe('seq');
  expectTypeOf<Decoded<typeof ONE_OF_EACH>>().branded.toEqualTypeOf<{
    readonly name: string;
    readonly note?: string;
    readonly key: readonly string[];
    readonly on: true;
    readonly raw: XmlElement;
    readonly filter: { readonly id?: string; readonly login?: readonly string[] };
    readonly todo: readonly (
      | { readonly name: 'add'; readonly value: { readonly id: string } }
      | { readonly name: 'clear'; readonly value: true }
    )[];
    readonly rest: { readonly one?: string };
  }>();
});
