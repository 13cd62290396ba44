import type { Group } from './shape.ts';

/** A choice made several times is a list; else an object, with lists for what may repeat and for such choices. */
export function blankOf(group: Group): () => unknown {
  if (isChosen(group)) return () => [];
  const filled = filledIn(group);
  return () => {
    const value: Record<string, unknown> = {};
    for (const [name, blank] of filled) value[name] = blank();
    return value;
  };
}

/** What is there before anything was read: not in a choice or an optional group, of which nothing may come. */
function filledIn(group: Group): readonly (readonly [name: string, blank: () => unknown])[] {
  return Object.entries(group.members).flatMap(([name, member]) => {
    if (member.kind !== 'inline') {
      const isList = member.kind === 'occurring' && member.occurs !== 'optional' && group.kind !== 'choice';
      return isList ? [[name, noElements] as const] : [];
    }
    if (!member.merged) return [[name, blankOf(member.group)] as const];
    if (group.kind === 'choice' || member.occurs === 'optional') return [];
    if (member.occurs === 'once') return filledIn(member.group);
    return namesIn(member.group).map((one) => [one, noElements] as const);
  });
}

const noElements = (): unknown[] => [];

const namesIn = ({ members }: Group): readonly string[] =>
  Object.entries(members).flatMap(([name, member]) =>
    member.kind === 'inline' ? namesIn(member.group) : [name],
  );

/** Whether a group decodes to a list of what was chosen. */
export const isChosen = (group: Group): boolean => group.kind === 'choice' && group.times !== 'once';
