import { blankOf, isChosen } from './blank-value.ts';
import type { All, Group, Inline, Shape, Times } from './shape.ts';

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
  /** The inline groups with a key on the way to it, outermost first. */
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
    const start = group.kind === 'all' ? anyOrder(group) : inOrder(group);
    automaton = { start, blank: blankOf(group) };
    AUTOMATA.set(group, automaton);
  }
  return automaton;
}

const AUTOMATA = new WeakMap<Group, Automaton>();

/** One occurrence of a name in the schema, and which may come right after it. */
interface Position {
  readonly member: Member;
  readonly follow: Follow[];
  /** libxml2 never offers what is in a counted group of which a round may be empty. */
  isHidden: boolean;
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
  const { first, last, skippable } = partOf(group, { path: [], kept: undefined });
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
  return {
    next,
    final,
    expected: names(named.filter(({ offered, position }) => offered && !position.isHidden)),
    missing: names(named),
  };
}

/** Where the values of a group go, and how all of them are kept where one of the groups around it repeats. */
interface Target {
  readonly path: readonly string[];
  readonly kept: Member['kept'] | undefined;
}

function partOf(group: Group, around: Target): Part {
  const target: Target = isChosen(group) ? { ...around, kept: 'chosen' } : around;
  const parts = Object.entries(group.members).map(([name, member]): Part => {
    if (member.kind === 'inline') return inlined(name, member, target);
    if (member.kind !== 'occurring') return single(name, member, target);
    return repeatedElement(name, member.shape, member.occurs, target);
  });
  if (group.kind !== 'choice') return sequence(parts);
  const tolerated = group.tolerated.map((name) => single(name, undefined, target));
  const one = oneOf([...parts, ...tolerated]);
  if (group.times === 'once') return one;
  // Of a bounded choice libxml2 counts the rounds, so that each round is a part of its own.
  if (typeof group.times !== 'string') {
    const once = { ...group, times: 'once' } as const;
    return counted(group.times, () => partOf(once, target));
  }
  link(one.last, one.first, false);
  return { ...one, skippable: one.skippable || group.times === 'any' };
}

const oneOf = (parts: readonly Part[]): Part => ({
  first: parts.flatMap(({ first }) => first),
  last: parts.flatMap(({ last }) => last),
  skippable: parts.some(({ skippable }) => skippable),
});

function inlined(name: string, { group, occurs, merged }: Inline, around: Target): Part {
  const target = merged ? around : { path: [...around.path, name], kept: undefined };
  if (occurs === 'once') return partOf(group, target);
  if (occurs === 'optional') return { ...partOf(group, target), skippable: true };
  const listed: Target = { ...target, kept: target.kept ?? 'listed' };
  if (typeof occurs !== 'string') return counted(occurs, () => partOf(group, listed));
  const part = partOf(group, listed);
  link(part.last, part.first, group.kind !== 'choice');
  return { ...part, skippable: part.skippable || occurs === 'any' };
}

function repeatedElement(name: string, shape: Shape, occurs: Exclude<Times, 'once'>, target: Target): Part {
  if (occurs === 'optional') return { ...single(name, shape, target), skippable: true };
  const listed: Target = { ...target, kept: target.kept ?? 'listed' };
  if (typeof occurs !== 'string') return counted(occurs, () => single(name, shape, listed));
  const part = single(name, shape, listed);
  link(part.last, part.first, true);
  return { ...part, skippable: occurs === 'any' };
}

/** A part as often as the bounds allow, one after another. */
function counted([min, max]: readonly [number, number], part: () => Part): Part {
  const rounds = Array.from({ length: max }, (_, round) => {
    const one = part();
    if (one.skippable) for (const position of one.first) position.isHidden = true;
    return { ...one, skippable: one.skippable || round >= min };
  });
  return sequence(rounds, false);
}

function sequence(parts: readonly Part[], offered = true): Part {
  let whole: Part = { first: [], last: [], skippable: true };
  for (const part of parts) {
    link(whole.last, part.first, offered);
    whole = {
      first: whole.skippable ? [...whole.first, ...part.first] : whole.first,
      last: part.skippable ? [...whole.last, ...part.last] : part.last,
      skippable: whole.skippable && part.skippable,
    };
  }
  return whole;
}

function single(name: string, shape: Shape | undefined, { path, kept = 'alone' }: Target): Part {
  const position: Position = { member: { name, shape, path, kept }, follow: [], isHidden: false };
  return { first: [position], last: [position], skippable: false };
}

function link(from: readonly Position[], to: readonly Position[], offered: boolean): void {
  for (const position of from) position.follow.push(...to.map((next) => ({ position: next, offered })));
}

/** xs:all: the state is the set of members still to come, made when it is reached and not kept: there are 2^n. */
function anyOrder({ members, optional }: All): State {
  const rows = Object.entries(members).map(([name, member]) => ({
    name,
    required: member.kind !== 'occurring',
    shape: member.kind === 'occurring' ? member.shape : member,
  }));
  const stateOf = (left: typeof rows): State => {
    const next = new Map<string, Step>();
    const names = left.map(({ name }) => name);
    const final = !left.some(({ required }) => required) || (optional && left.length === rows.length);
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
