import type { Group, Inline, Occurrence, Shape } from './shape.ts';

/** Where reading the children of an element has got to. */
export interface State {
  /** By the name of the next element. */
  readonly next: Map<string, Step>;
  /** The names that a fault offers here, in the order of the schema. */
  readonly expected: readonly string[];
  /** What a fault offers when the element ends here too early. */
  readonly missing: readonly string[];
  /** Whether the element may end here. */
  readonly final: boolean;
}

/** One element read: what it must hold, where its value goes, and what may follow. */
interface Step {
  readonly member: Member;
  readonly to: State;
}

/** One name in a group. */
export interface Member {
  readonly name: string;
  /** `undefined` for a name that is tolerated and not read. */
  readonly shape: Shape | undefined;
  /** The inline groups on the way to it, outermost first. */
  readonly path: readonly string[];
  /** How its value is kept: alone, with its like, or with its name among the choices made. */
  readonly kept: 'alone' | 'listed' | 'chosen';
}

/** How a group is read. */
export interface Automaton {
  readonly start: State;
  /** What it decodes to before anything is in it. */
  readonly blank: () => unknown;
}

/** The automaton of a group, made once. */
export function automatonOf(group: Group): Automaton {
  let automaton = AUTOMATA.get(group);
  if (automaton === undefined) {
    const start = group.kind === 'all' ? anyOrder(group.members) : inOrder(group);
    automaton = { start, blank: blankOf(group) };
    AUTOMATA.set(group, automaton);
  }
  return automaton;
}

const AUTOMATA = new WeakMap<Group, Automaton>();

/** A choice made several times is a list; else an object, with lists for what may repeat and for such choices. */
function blankOf(group: Group): () => unknown {
  if (group.kind === 'choice' && group.times !== 'once') return () => [];
  const filled = Object.entries(group.members).flatMap(([name, member]): [string, () => unknown][] => {
    if (member.kind === 'inline') return [[name, blankOf(member.group)]];
    const isList = member.kind === 'occurring' && member.occurs !== 'optional' && group.kind !== 'choice';
    return isList ? [[name, () => []]] : [];
  });
  return () => {
    const value: Record<string, unknown> = {};
    for (const [name, blank] of filled) value[name] = blank();
    return value;
  };
}

/** One occurrence of a name in the schema, and which may come right after it. */
interface Position {
  readonly member: Member;
  readonly follow: Follow[];
}

interface Follow {
  readonly position: Position;
  /** libxml2 does not offer another round of a repeated group to an element that fits nowhere. */
  readonly offered: boolean;
}

/** A part of a group: where it may begin and end, and whether it may be left out. */
interface Part {
  readonly first: readonly Position[];
  readonly last: readonly Position[];
  readonly skippable: boolean;
}

/** Glushkov's construction: a state for each position, since the schemas never leave a choice open. */
function inOrder(group: Group): State {
  const { first, last, skippable } = partOf(group, []);
  const states = new Map<Position, State>();
  const stateAt = (position: Position): State => {
    let state = states.get(position);
    if (state === undefined) {
      const next = new Map<string, Step>();
      state = stateWith(next, position.follow, last.includes(position));
      states.set(position, state);
      addSteps(next, position.follow, stateAt);
    }
    return state;
  };
  const follow = first.map((position) => ({ position, offered: true }));
  const next = new Map<string, Step>();
  const start = stateWith(next, follow, skippable);
  addSteps(next, follow, stateAt);
  return start;
}

function addSteps(
  next: Map<string, Step>,
  follow: readonly Follow[],
  stateAt: (at: Position) => State,
): void {
  for (const { position } of follow) {
    const { member } = position;
    if (!next.has(member.name)) next.set(member.name, { member, to: stateAt(position) });
  }
}

function stateWith(next: Map<string, Step>, follow: readonly Follow[], final: boolean): State {
  const named = follow.filter(({ position }) => position.member.shape !== undefined);
  const names = (some: readonly Follow[]): string[] => [
    ...new Set(some.map(({ position }) => position.member.name)),
  ];
  return { next, final, expected: names(named.filter(({ offered }) => offered)), missing: names(named) };
}

function partOf(group: Group, path: readonly string[]): Part {
  const parts = Object.entries(group.members).map(([name, member]): Part => {
    if (member.kind === 'inline') return inlined(member, [...path, name]);
    if (member.kind !== 'occurring') return single(name, member, path, group);
    return repeated(name, member.shape, member.occurs, path, group);
  });
  if (group.kind !== 'choice') return sequence(parts);
  const tolerated = group.tolerated.map((name) => single(name, undefined, path, group));
  const one: Part = {
    first: [...parts, ...tolerated].flatMap(({ first }) => first),
    last: [...parts, ...tolerated].flatMap(({ last }) => last),
    skippable: parts.some(({ skippable }) => skippable),
  };
  if (group.times === 'once') return one;
  link(one.last, one.first, false);
  return { ...one, skippable: one.skippable || group.times === 'any' };
}

function inlined({ group, occurs }: Inline, path: readonly string[]): Part {
  const part = partOf(group, path);
  return occurs === 'optional' ? { ...part, skippable: true } : part;
}

function sequence(parts: readonly Part[]): Part {
  let whole: Part = { first: [], last: [], skippable: true };
  for (const part of parts) {
    link(whole.last, part.first, true);
    whole = {
      first: whole.skippable ? [...whole.first, ...part.first] : whole.first,
      last: part.skippable ? [...whole.last, ...part.last] : part.last,
      skippable: whole.skippable && part.skippable,
    };
  }
  return whole;
}

function single(name: string, shape: Shape | undefined, path: readonly string[], group: Group): Part {
  const kept = group.kind === 'choice' && group.times !== 'once' ? 'chosen' : 'alone';
  const position: Position = { member: { name, shape, path, kept }, follow: [] };
  return { first: [position], last: [position], skippable: false };
}

function repeated(
  name: string,
  shape: Shape,
  occurs: Occurrence,
  path: readonly string[],
  group: Group,
): Part {
  const part = single(name, shape, path, group);
  if (occurs === 'optional') return { ...part, skippable: true };
  const position: Position = { member: { name, shape, path, kept: 'listed' }, follow: [] };
  link([position], [position], true);
  return { first: [position], last: [position], skippable: occurs === 'any' };
}

function link(from: readonly Position[], to: readonly Position[], offered: boolean): void {
  for (const position of from) position.follow.push(...to.map((next) => ({ position: next, offered })));
}

/** xs:all: the state is the set of members still to come, made when it is reached and not kept: there are 2^n. */
function anyOrder(members: Group['members']): State {
  const rows = Object.entries(members).map(([name, member]) => ({
    name,
    required: member.kind !== 'occurring',
    shape: member.kind === 'occurring' ? member.shape : member,
  }));
  const stateOf = (left: typeof rows): State => {
    const next = new Map<string, Step>();
    const names = left.map(({ name }) => name);
    const final = !left.some(({ required }) => required);
    for (const row of left) {
      if (row.shape.kind === 'inline') throw new Error('xs:all holds elements only');
      const member: Member = { name: row.name, shape: row.shape, path: [], kept: 'alone' };
      next.set(row.name, {
        member,
        get to() {
          return stateOf(left.filter((other) => other !== row));
        },
      });
    }
    // libxml2 offers nothing once all that is required has come.
    return { next, final, expected: final ? [] : names, missing: names };
  };
  return stateOf(rows);
}
