import * as fc from 'fast-check';
import type { Group, Members, Shape, Times } from '../../server/protocol/shape.ts';
import { isOf, wordsOf } from './shape-words.ts';
import { node, textNode } from './xml-tree.ts';
import type { Node } from './xml-tree.ts';

/** Texts that some element should hold often, by its name. */
export type Favourites = Readonly<Record<string, readonly string[]>>;

/** Elements of a shape: all that it says of them is so. */
export function elementOf(name: string, shape: Shape, favourites: Favourites = {}): fc.Arbitrary<Node> {
  if (shape.kind === 'deferred') return elementOf(name, shape.shape(), favourites);
  if (shape.kind === 'empty') return fc.constant(null).map(() => node(name));
  if (shape.kind === 'anything') {
    return fc
      .constantFrom<readonly (Node | string)[]>([], [' '], ['x'], [node('whatever', 'x'), 'y'])
      .map((children) => node(name, ...structuredClone(children)));
  }
  if (shape.kind === 'open') {
    const known = Object.entries(shape.members).map(([of, member]) => elementOf(of, member, favourites));
    return fc
      .array(
        fc.oneof(
          fc.constant(null).map(() => node('whatever')),
          ...known,
        ),
        { maxLength: 3 },
      )
      .map((children) => node(name, ...children));
  }
  if (shape.kind !== 'text') {
    return contentOf(shape, favourites).map((children) => node(name, ...children));
  }
  const { type } = shape;
  const wanted = (favourites[name] ?? []).filter((word) => isOf(type, word));
  const any = fc.constantFrom(...wordsOf(type).accepted);
  const word =
    wanted.length === 0 ? any : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...wanted) }, any);
  return word.map((characters) => textNode(name, characters));
}

function contentOf(group: Group, favourites: Favourites): fc.Arbitrary<Node[]> {
  const parts = Object.entries(group.members).map(([name, member]) => partOf(name, member, favourites));
  if (group.kind === 'seq') return flat(fc.tuple(...parts));
  if (group.kind === 'all') {
    return flat(fc.tuple(...parts)).chain((made) =>
      fc.shuffledSubarray(made, { minLength: made.length, maxLength: made.length }),
    );
  }
  const one = fc.oneof(...parts);
  if (group.times === 'once') return one;
  return flat(fc.array(one, lengthsOf(group.times)));
}

function partOf(name: string, member: Members[string], favourites: Favourites): fc.Arbitrary<Node[]> {
  if (member.kind === 'inline') {
    const content = contentOf(member.group, favourites);
    if (member.occurs === 'once') return content;
    if (member.occurs === 'optional') return fc.oneof(content, nothing);
    return flat(fc.array(content, lengthsOf(member.occurs)));
  }
  if (member.kind !== 'occurring') return elementOf(name, member, favourites).map((made) => [made]);
  const one = elementOf(name, member.shape, favourites);
  if (member.occurs === 'optional')
    return fc.oneof(
      one.map((made) => [made]),
      nothing,
    );
  return fc.array(one, lengthsOf(member.occurs));
}

/** Up to three, or up to what a schema allows where that is less. */
function lengthsOf(times: Exclude<Times, 'once' | 'optional'>): { minLength: number; maxLength: number } {
  if (times === 'any') return { minLength: 0, maxLength: 3 };
  if (times === 'some') return { minLength: 1, maxLength: 3 };
  return { minLength: times[0], maxLength: Math.min(3, times[1]) };
}

const nothing = fc.constant(null).map((): Node[] => []);

const flat = (lists: fc.Arbitrary<readonly Node[][]>): fc.Arbitrary<Node[]> =>
  lists.map((made) => made.flat());
