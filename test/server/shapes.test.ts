import { describe, expect, it, onTestFinished } from 'vitest';
import { startEmulator } from '../../server/emulator.ts';
import { OPERATIONS } from '../../server/operations/registry.ts';
import { checkXsd, xsdIsMissing } from '../support/check-xsd.ts';
import { differencesOf } from '../support/said-of.ts';
import { isInSchema, packetWith, RELEASE, shapedOperations } from '../support/shaped-operations.ts';
import type { Shaped } from '../support/shaped-operations.ts';
import { variantsOf } from '../support/shape-variants.ts';
import { TELLING } from '../support/shape-words.ts';
import { elementsOf, node, render, textNode, withReplaced } from '../support/xml-tree.ts';
import type { Node } from '../support/xml-tree.ts';

const GONE = 'packets up to 1.6.2.0 have it';
const LATER = 'it came with 1.6.7.0';

/** Operations whose shape Plesk's schema of 1.6.6.0 cannot be asked for, and why. */
const OTHERS: Readonly<Record<string, string>> = {
  'client/add': GONE,
  'client/del': GONE,
  'client/get': GONE,
  'client/ippool_add_ip': GONE,
  'client/set': GONE,
  'customer/get-domain-list': LATER,
  'reseller/get-domain-list': LATER,
};

it('has shapes of operations of 1.6.6.0, but for those that came later or were gone by then', () => {
  const others = OPERATIONS.filter((operation) => !isInSchema(operation));

  expect(others.map(({ operator, name }) => `${operator}/${name}`).sort()).toEqual(Object.keys(OTHERS));
});

const missing = xsdIsMissing();

describe.skipIf(missing !== undefined)(
  `the shape of each operation against Plesk's own schema${missing === undefined ? '' : ` (skipped: ${missing})`}`,
  { timeout: 120_000 },
  () => {
    it('makes no packet that the schema refuses, neither the smallest nor the largest', () => {
      const packets = shapedOperations().flatMap((shaped) =>
        variants(shaped).map((operation) => packetOf(shaped, operation)),
      );

      const theirs = checkXsd('request', packets);

      expect(packets.filter((_, index) => theirs[index] !== undefined)).toEqual([]);
    });

    it('leaves out what the schema leaves out, and misses in its words what it does not', async () => {
      await expectTheSame((shaped) =>
        variants(shaped).flatMap((operation) =>
          partsOf(operation).map((part) => withReplaced(operation, part)),
        ),
      );
    });

    it('names what may stand in each place as the schema does, where a stranger stands there', async () => {
      const stranger = node('stranger');
      await expectTheSame((shaped) =>
        variants(shaped).flatMap((operation) => [
          ...partsOf(operation).map((part) => withReplaced(operation, part, stranger, part)),
          ...[operation, ...partsOf(operation)].map((part) => {
            const longer: Node = { ...part, children: [...part.children, stranger] };
            return part === operation ? longer : withReplaced(operation, part, longer);
          }),
        ]),
      );
    });

    it('accepts the texts that the schema accepts, and refuses others in its words', async () => {
      await expectTheSame((shaped) =>
        leavesOf(shaped).flatMap(([operation, leaf]) =>
          TELLING.map((word) => withReplaced(operation, leaf, textNode(leaf.name, word))),
        ),
      );
    });
  },
);

/** The smallest and the largest elements of an operation. */
const variants = ({ name, shape }: Shaped): readonly Node[] => [
  ...variantsOf(name, shape, 'minimal'),
  ...variantsOf(name, shape, 'maximal'),
];

const packetOf = ({ operator }: Shaped, operation: Node): string => render(packetWith(operator, operation));

/** All elements inside an element. */
const partsOf = (operation: Node): readonly Node[] => elementsOf(operation).slice(1);

/** Each element without elements, once for each place that it may have, in an operation where it stands. */
function leavesOf(shaped: Shaped): readonly (readonly [operation: Node, leaf: Node])[] {
  const found = new Map<string, readonly [Node, Node]>();
  const look = (operation: Node, element: Node, path: string): void => {
    const inner = element.children.filter((child) => typeof child !== 'string');
    if (inner.length === 0 && element !== operation && !found.has(path))
      found.set(path, [operation, element]);
    for (const child of inner) look(operation, child, `${path}/${child.name}`);
  };
  for (const operation of variants(shaped)) look(operation, operation, '');
  return [...found.values()];
}

/** The emulator and the schema say the same of all operations that are made of each shape. */
async function expectTheSame(make: (shaped: Shaped) => readonly Node[]): Promise<void> {
  const plesk = await startEmulator({ plesk: RELEASE, journal: 0 });
  onTestFinished(() => plesk.close());
  const packets = shapedOperations().flatMap((shaped) => [
    ...new Set(make(shaped).map((operation) => packetOf(shaped, operation))),
  ]);
  expect(packets.length).toBeGreaterThan(shapedOperations().length);
  expect(await differencesOf(plesk, packets, checkXsd('request', packets))).toEqual([]);
}
