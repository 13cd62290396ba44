import type { SimpleType } from './simple-types.ts';
import type { XmlElement } from './xml.ts';

/** What may stand inside an element. One row of Plesk's schemas is one of these. */
export type Shape = Text | Empty | Anything | Open | Group | Deferred;

/** Characters of a type, and no elements. */
export interface Text {
  readonly kind: 'text';
  readonly type: SimpleType;
}

/** Nothing at all, not even a blank. */
export interface Empty {
  readonly kind: 'empty';
}

/** Whatever the sender likes; it is not read, and decodes to the element itself. */
export interface Anything {
  readonly kind: 'anything';
}

/** Whatever the sender likes, of which some elements are known: these have their shape, the others are not read. */
export interface Open<M extends OpenMembers = OpenMembers> {
  readonly kind: 'open';
  readonly members: M;
}

type OpenMembers = Readonly<Record<string, Shape>>;

/** A shape that is made when the first element of it comes. */
interface Deferred {
  readonly kind: 'deferred';
  readonly shape: () => Exclude<Shape, Deferred>;
}

/** Elements, in one of the three ways that the schemas know. */
export type Group = Sequence | Choice | All;

/** All of the members, in this order. */
export interface Sequence<M extends Members = Members> {
  readonly kind: 'seq';
  readonly members: M;
  readonly attributes: readonly string[];
}

/** One of the members, as often as `times` says. */
export interface Choice<M extends Members = Members, T extends ChoiceTimes = ChoiceTimes> {
  readonly kind: 'choice';
  readonly members: M;
  readonly times: T;
  /** Names that are accepted besides, unread, and never offered in a fault. */
  readonly tolerated: readonly string[];
}

/** All of the members, in any order. */
export interface All<M extends Members = Members> {
  readonly kind: 'all';
  readonly members: M;
  /** Whether none of the members has to come, though some are required where one of them comes. */
  readonly optional: boolean;
}

/** How often something comes: `optional` 0..1, `any` 0..n, `some` 1..n, or between two numbers. */
export type Times = 'once' | 'optional' | 'any' | 'some' | Bounds;

/** The least and the greatest number of times. */
export type Bounds = readonly [min: number, max: number];

type ChoiceTimes = Exclude<Times, 'optional'>;

/** Element names with what each holds; a `group` stands for its own members and its key is ours. */
export type Members = Readonly<Record<string, Shape | Occurring | Inline>>;

/** A shape that may be absent or come several times; a bare shape comes exactly once. */
export interface Occurring<S extends Shape = Shape, O extends Occurrence = Occurrence> {
  readonly kind: 'occurring';
  readonly shape: S;
  readonly occurs: O;
}

export type Occurrence = Exclude<Times, 'once'>;

/** A group whose members are in place among those of the group around it. */
export interface Inline<G extends Group = Group, O extends Times = Times> {
  readonly kind: 'inline';
  readonly group: G;
  readonly occurs: O;
  /** Whether what it decodes to is part of what the group around it decodes to, or has the key of the group. */
  readonly merged: boolean;
}

/** Characters of a type. */
export const text = (type: SimpleType): Text => ({ kind: 'text', type });

export const empty: Empty = { kind: 'empty' };

export const anything: Anything = { kind: 'anything' };

/** Elements of which these are known. Decodes to a list of all of them, those that are not known as they are. */
export const open = <const M extends OpenMembers>(members: M): Open<M> => ({ kind: 'open', members });

/** All members in this order. Decodes to an object of them. */
export const seq = <const M extends Members>(
  members: M,
  attributes: readonly string[] = [],
): Sequence<M> => ({
  kind: 'seq',
  members,
  attributes,
});

/** One member, `once`; or members in any mix, `some` (1..n) or `any` (0..n) times. */
export const choice = <const M extends Members, const T extends ChoiceTimes>(
  times: T,
  members: M,
  tolerated: readonly string[] = [],
): Choice<M, T> => ({ kind: 'choice', members, times, tolerated });

/** All members in any order. Decodes to an object of them. */
export const all = <const M extends Members>(members: M): All<M> => ({
  kind: 'all',
  members,
  optional: false,
});

export const optional = <S extends Shape>(shape: S): Occurring<S, 'optional'> => occurring(shape, 'optional');

export const any = <S extends Shape>(shape: S): Occurring<S, 'any'> => occurring(shape, 'any');

export const some = <S extends Shape>(shape: S): Occurring<S, 'some'> => occurring(shape, 'some');

export const inline = <G extends Group>(group: G): Inline<G, 'once'> => ({
  kind: 'inline',
  group,
  occurs: 'once',
  merged: false,
});

/** A group among the members of another: all of it, or nothing. */
export const optionalInline = <G extends Group>(group: G): Inline<G, 'optional'> => ({
  kind: 'inline',
  group,
  occurs: 'optional',
  merged: false,
});

export const occurring = <S extends Shape, O extends Occurrence>(shape: S, occurs: O): Occurring<S, O> => ({
  kind: 'occurring',
  shape,
  occurs,
});

/** One element of a choice that is made several times, in the order of the packet. */
export interface Chosen<Name extends string = string, Value = unknown> {
  readonly name: Name;
  readonly value: Value;
}

/** What decoding an element of a shape gives. */
export type Decoded<S> = S extends Text
  ? string
  : S extends Sequence<infer M>
    ? DecodedMembers<M>
    : S extends All<infer M>
      ? DecodedMembers<M>
      : S extends Choice<infer M, 'once'>
        ? { readonly [K in keyof M]?: DecodedMember<M[K]> }
        : S extends Choice<infer M>
          ? readonly { [K in keyof M & string]: Chosen<K, DecodedMember<M[K]>> }[keyof M & string][]
          : S extends Open
            ? readonly Chosen[]
            : S extends Anything
              ? XmlElement
              : true;

type DecodedMembers<M extends Members> = {
  readonly [K in keyof M as M[K] extends Occurring<Shape, 'optional'> ? never : K]: DecodedMember<M[K]>;
} & {
  readonly [K in keyof M as M[K] extends Occurring<Shape, 'optional'> ? K : never]?: DecodedMember<M[K]>;
};

type DecodedMember<P> =
  P extends Occurring<infer S, 'optional'>
    ? Decoded<S>
    : P extends Occurring<infer S>
      ? readonly Decoded<S>[]
      : P extends Inline<infer G, 'optional'>
        ? Partial<Decoded<G>>
        : P extends Inline<infer G>
          ? Decoded<G>
          : Decoded<P>;
