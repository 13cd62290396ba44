import * as fc from 'fast-check';
import { elementOf } from './shape-arbitrary.ts';
import type { Favourites } from './shape-arbitrary.ts';
import { ALL_WORDS } from './shape-words.ts';
import { packetOf } from './shaped-operations.ts';
import type { Shaped } from './shaped-operations.ts';
import { elementsOf, node, render, textNode } from './xml-tree.ts';
import type { Node } from './xml-tree.ts';

/** Packets of version 1.6.6.0 that begin with an operation, once or more often. */
export const validPackets = (one: Shaped, favourites: Favourites = {}): fc.Arbitrary<Node> =>
  operatorOf([one], favourites).map((operator) => packetOf(operator));

/** The same of several operators, all of them with operations of these. */
export function mixedPackets(all: readonly Shaped[], favourites: Favourites = {}): fc.Arbitrary<Node> {
  const names = [...new Set(all.map(({ operator }) => operator))];
  const operators = fc.constantFrom(...names).chain((name) =>
    operatorOf(
      all.filter(({ operator }) => operator === name),
      favourites,
    ),
  );
  return fc
    .tuple(
      fc.oneof({ weight: 4, arbitrary: fc.constant<Node[]>([]) }, settings),
      fc.array(operators, { minLength: 1, maxLength: 3 }),
    )
    .map(([before, made]) => packetOf(...before, ...made));
}

/** One operator with some of its operations. */
function operatorOf(all: readonly Shaped[], favourites: Favourites): fc.Arbitrary<Node> {
  const operations = fc.oneof(...all.map(({ name, shape }) => elementOf(name, shape, favourites)));
  const [{ operator, isAlone } = { operator: '', isAlone: false }] = all;
  return fc
    .array(operations, { minLength: 1, maxLength: isAlone ? 1 : 3 })
    .map((made) => node(operator, ...made));
}

const word = fc.constantFrom(...ALL_WORDS);

const settings = fc
  .array(
    fc
      .tuple(word, fc.option(word))
      .map(([name, value]) =>
        node('setting', textNode('name', name), ...(value === null ? [] : [textNode('value', value)])),
      ),
    { minLength: 1, maxLength: 2 },
  )
  .map((made) => [node('request-settings', ...made)]);

/** Packets that are broken in up to three places, all of them well formed. */
export const brokenPackets = (packets: fc.Arbitrary<Node>): fc.Arbitrary<string> =>
  fc.tuple(packets, fc.array(mutation, { maxLength: 3 })).map(([made, mutations]) => {
    const root = structuredClone(made);
    const version = root.attributes;
    root.attributes = '';
    for (const change of mutations) mutate(root, change);
    root.attributes += version;
    return render(root);
  });

// Not `packet`: where anything may stand, libxml2 would hold that one against its declaration again.
const NAMES = [
  ...'server session customer login data user_ip user-ip source_server get terminate get_protos foo'.split(
    ' ',
  ),
  ...'filter key id constructor __proto__ toString request-settings setting'.split(' '),
];

/** One thing done to one element of the tree, both chosen by number. */
interface Mutation {
  readonly at: number;
  readonly what: (typeof KINDS)[number];
  readonly where: number;
  readonly word: string;
}

const KINDS = [
  ...(['drop', 'twice', 'swap', 'rename', 'insert', 'text', 'word', 'word', 'cdata', 'blank'] as const),
  ...(['attribute', 'namespace', 'comment', 'line'] as const),
];

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(),
  what: fc.constantFrom(...KINDS),
  where: fc.nat(),
  word,
});

function mutate(root: Node, { at, what, where, word: characters }: Mutation): void {
  const all = elementsOf(root);
  // The leaves are where the types are, and they are few.
  const leaves = all.filter(({ children }) => children.every((child) => typeof child === 'string'));
  const some = what === 'word' ? leaves : all;
  const chosen = some[at % some.length] ?? root;
  const { children } = chosen;
  const index = where % (children.length + 1);
  const other = children[index];
  // A name of the same packet, or one of another: of an element that may stand somewhere else.
  const names = [...all.slice(1).map(({ name }) => name), ...NAMES];
  const name = names[where % names.length] ?? 'foo';
  if (what === 'rename') chosen.name = name;
  else if (what === 'word') chosen.children = textNode('', characters).children;
  else if (what === 'attribute') chosen.attributes += ` a${all.length}${chosen.attributes.length}="1"`;
  else if (what === 'namespace') chosen.attributes = ` xmlns="urn:x${all.length}"`;
  else if (what === 'line') chosen.attributes += '\n';
  else if (what === 'insert') children.splice(index, 0, node(name));
  else if (what === 'text') children.splice(index, 0, 'stray');
  else if (what === 'blank') children.splice(index, 0, '\r\n ');
  else if (what === 'cdata') children.splice(index, 0, '<![CDATA[]]>');
  else if (what === 'comment') children.splice(index, 0, '<!-- c\n -->');
  else if (other === undefined) return;
  else if (what === 'drop') children.splice(index, 1);
  else if (what === 'twice') children.splice(index, 0, structuredClone(other));
  else children.splice(index, 1, ...children.slice(index + 1, index + 2), other);
}
