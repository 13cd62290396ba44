import { describe, expect, it } from 'vitest';
import { OPERATIONS } from '../../server/operations/registry.ts';
import type { Shape } from '../../server/protocol/shape.ts';
import type { SimpleType } from '../../server/protocol/simple-types.ts';
import { checkXsd, xsdIsMissing } from '../support/check-xsd.ts';
import { isInSchema, packetWith, schemaOperations, violationIn } from '../support/shaped-operations.ts';
import type { Shaped } from '../support/shaped-operations.ts';
import { variantsOf } from '../support/shape-variants.ts';
import { TELLING, wordsOf } from '../support/shape-words.ts';
import { node, render, textNode, withReplaced } from '../support/xml-tree.ts';
import type { Node } from '../support/xml-tree.ts';

const GONE = 'packets up to 1.6.2.0 have it';
const LATER = 'it came with 1.6.7.0';

/** Emulated operations that Plesk's schema of 1.6.6.0 cannot be asked for, and why. */
const OTHERS: Readonly<Record<string, string>> = {
  'client/add': GONE,
  'client/del': GONE,
  'client/get': GONE,
  'client/ippool_add_ip': GONE,
  'client/set': GONE,
  'customer/get-domain-list': LATER,
  'reseller/get-domain-list': LATER,
};

it('knows 357 operations of 1.6.6.0, and emulates others only where they came later or were gone by then', () => {
  const others = OPERATIONS.filter((operation) => !isInSchema(operation));

  expect(schemaOperations()).toHaveLength(357);
  expect(others.map(({ operator, name }) => `${operator}/${name}`).sort()).toEqual(Object.keys(OTHERS));
});

/** One element in an operation that holds it. */
interface Place {
  readonly operation: Node;
  readonly element: Node;
  readonly parent: Node;
  readonly type: SimpleType | undefined;
}

const places = schemaOperations().flatMap((shaped) => placesOf(shaped).map((place) => ({ shaped, place })));
const stranger = node('stranger');
const missing = xsdIsMissing();

describe.skipIf(missing !== undefined)(
  `every operation of 1.6.6.0 against Plesk's own schema${missing === undefined ? '' : ` (skipped: ${missing})`}`,
  { timeout: 240_000 },
  () => {
    it('accepts the smallest and the largest packets, as the schema does', () => {
      const packets = schemaOperations().flatMap((shaped) =>
        variants(shaped).map((operation) => packetOf(shaped, operation)),
      );

      const theirs = checkXsd('request', packets);
      expect(packets.filter((_, index) => theirs[index] !== undefined)).toEqual([]);
      expect(packets.filter((packet) => violationIn(packet) !== undefined)).toEqual([]);
    });

    it.each<[what: string, change: (place: Place) => readonly Node[]]>([
      ['without each element', ({ operation, element }) => [withReplaced(operation, element)]],
      [
        'with each element twice',
        ({ operation, element }) => [withReplaced(operation, element, element, element)],
      ],
      ['with each element behind the next one', moved],
      [
        'with each element under another name',
        ({ operation, element }) => [withReplaced(operation, element, { ...element, name: 'stranger' })],
      ],
      [
        'with a foreign element before each one, and in it',
        ({ operation, element }) => [
          withReplaced(operation, element, stranger, element),
          withReplaced(operation, element, { ...element, children: [...element.children, stranger] }),
        ],
      ],
      ['with a text in each element that does not belong there', withForeignText],
    ])('says what the schema says of packets %s', (_what, change) => {
      expectTheSame(places.flatMap(({ shaped, place }) => change(place).map((one) => packetOf(shaped, one))));
    });

    it('says what the schema says of texts of every simple type', () => {
      const seen = new Set<SimpleType>();
      const firsts = places.filter(({ place: { type } }) => {
        if (type === undefined || seen.has(type)) return false;
        seen.add(type);
        return true;
      });

      expectTheSame(
        firsts.flatMap(({ shaped, place: { operation, element } }) =>
          TELLING.map((word) =>
            packetOf(shaped, withReplaced(operation, element, textNode(element.name, word))),
          ),
        ),
      );
    });
  },
);

/** The emulator and the schema say the same of each packet: there are no exceptions. */
function expectTheSame(all: readonly string[]): void {
  const packets = [...new Set(all)];
  const theirs = checkXsd('request', packets);
  const differences = packets.flatMap((packet, index) => {
    const ours = violationIn(packet);
    return ours === theirs[index] ? [] : [{ packet, ours, theirs: theirs[index] }];
  });
  expect(packets.length).toBeGreaterThan(1000);
  expect(theirs.filter((sentence) => sentence !== undefined).length).toBeGreaterThan(packets.length / 4);
  expect(differences.slice(0, 20)).toEqual([]);
}

/** The smallest and the largest elements of an operation. */
const variants = ({ name, shape }: Shaped): readonly Node[] => [
  ...variantsOf(name, shape, 'minimal'),
  ...variantsOf(name, shape, 'maximal'),
];

const packetOf = ({ operator }: Shaped, operation: Node): string => render(packetWith(operator, operation));

/** Each element of an operation by its path, once, in one of its largest packets. */
function placesOf(shaped: Shaped): readonly Place[] {
  const found = new Map<string, Place>();
  for (const operation of variantsOf(shaped.name, shaped.shape, 'maximal')) {
    const look = (parent: Node, shape: Shape | undefined, path: string): void => {
      for (const element of parent.children) {
        if (typeof element === 'string') continue;
        const own = `${path}/${element.name}`;
        const inner = shapeIn(shape, element.name);
        const type = inner?.kind === 'text' ? inner.type : undefined;
        if (!found.has(own)) found.set(own, { operation, element, parent, type });
        look(element, inner, own);
      }
    };
    look(operation, shaped.shape, '');
  }
  return [...found.values()];
}

function shapeIn(shape: Shape | undefined, name: string): Shape | undefined {
  if (shape?.kind === 'deferred') return shapeIn(shape.shape(), name);
  if (shape === undefined || !('members' in shape)) return undefined;
  const own = shape.members[name];
  if (own !== undefined)
    return own.kind === 'occurring' ? own.shape : own.kind === 'inline' ? undefined : own;
  for (const member of Object.values(shape.members)) {
    const inner = member.kind === 'inline' ? shapeIn(member.group, name) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function moved({ operation, element, parent }: Place): readonly Node[] {
  const children = [...parent.children];
  const at = children.indexOf(element);
  const next = children[at + 1];
  if (next === undefined) return [];
  children.splice(at, 2, next, element);
  const changed = { ...parent, children };
  return [parent === operation ? changed : withReplaced(operation, parent, changed)];
}

/** A text that the type of the element refuses, and text where elements or nothing should be. */
function withForeignText({ operation, element, type }: Place): readonly Node[] {
  const words = type === undefined ? ['stray'] : [wordsOf(type).refused[0] ?? 'x', ' x '];
  return words.map((word) => {
    const { children } = textNode('', word);
    const isLeaf = element.children.every((child) => typeof child === 'string');
    return withReplaced(operation, element, {
      ...element,
      children: isLeaf ? children : [...element.children, ...children],
    });
  });
}
