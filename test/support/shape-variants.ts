import type { Group, Members, Shape, Times } from '../../server/protocol/shape.ts';
import { wordsOf } from './shape-words.ts';
import { node, textNode } from './xml-tree.ts';
import type { Node } from './xml-tree.ts';

type Extent = 'minimal' | 'maximal';

/**
 * The smallest elements of a shape, or the largest: each alternative of each choice stands in one of them at least,
 * and a largest has each repeated element twice.
 */
export function variantsOf(name: string, shape: Shape, extent: Extent): readonly Node[] {
  if (shape.kind === 'deferred') return variantsOf(name, shape.shape(), extent);
  if (shape.kind === 'text') return [textNode(name, wordsOf(shape.type).accepted[0] ?? '')];
  if (shape.kind === 'empty' || shape.kind === 'anything') return [node(name)];
  if (shape.kind === 'open')
    return together(
      Object.entries(extent === 'minimal' ? {} : shape.members).map(([of, member]) =>
        part(of, member, extent),
      ),
    ).map((children) => node(name, ...children));
  return contents(shape, extent).map((children) => node(name, ...children));
}

type Content = readonly Node[];

function contents(group: Group, extent: Extent): readonly Content[] {
  const parts = Object.entries(group.members).map(([name, member]) => part(name, member, extent));
  if (group.kind !== 'choice') return together(parts);
  if (group.times !== 'once' && extent === 'maximal') return together(parts);
  return mayBeAbsent(group.times) ? [[]] : parts.flat();
}

function part(name: string, member: Members[string], extent: Extent): readonly Content[] {
  if (member.kind === 'inline') {
    if (mayBeAbsent(member.occurs) && extent === 'minimal') return [[]];
    const isTwice = extent === 'maximal' && member.occurs !== 'once' && member.occurs !== 'optional';
    return contents(member.group, extent).map((one) => (isTwice ? [...one, ...structuredClone(one)] : one));
  }
  if (member.kind !== 'occurring') return variantsOf(name, member, extent).map((one) => [one]);
  if (extent === 'minimal' && mayBeAbsent(member.occurs)) return [[]];
  const isTwice = extent === 'maximal' && member.occurs !== 'optional';
  return variantsOf(name, member.shape, extent).map((one) => (isTwice ? [one, structuredClone(one)] : [one]));
}

const mayBeAbsent = (times: Times): boolean =>
  times === 'optional' || times === 'any' || (typeof times !== 'string' && times[0] === 0);

/** Everything of each part, side by side: as many as the part with the most has. */
function together(parts: readonly (readonly Content[])[]): readonly Content[] {
  const most = Math.max(1, ...parts.map((alternatives) => alternatives.length));
  return Array.from({ length: most }, (_, index) =>
    parts.flatMap((alternatives) => alternatives[index % alternatives.length] ?? []),
  );
}
