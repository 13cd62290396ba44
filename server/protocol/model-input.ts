import type { MODEL_TYPES } from './model-types.ts';
import type { NamedModels } from './model.ts';
import type { Chosen } from './shape.ts';
import type { SimpleType } from './simple-types.ts';
import type { XmlElement } from './xml.ts';

/**
 * What decoding by a model gives, inferred from its text: `Input<'a? b:int* c( d | e )'>` is
 * `{ a?: string; b: readonly string[]; c: { d?: string; e?: string } }`. `Models` are the models that it names.
 */
export type Input<Source extends string, Models extends NamedModels = NoModels> =
  Words<Source> extends readonly [infer Only extends string]
    ? Only extends `:${infer Type}`
      ? ValueOf<Type>
      : Only extends '()'
        ? true
        : Elements<[Only], Models>
    : Elements<Words<Source>, Models>;

/** In place of an input: what is wrong with the text of the model. */
export interface WrongModel<Reason extends string> {
  readonly wrongModel: Reason;
}

/** No models: none has an empty name. */
export type NoModels = Readonly<Record<'', string>>;

type Elements<Tokens extends readonly string[], Models extends NamedModels> = Plain<
  Read<Tokens, Models, unknown, '', []>
>;

type Words<S extends string, Out extends readonly string[] = []> = S extends `${infer W}\n${infer R}`
  ? Words<R, WordsOfLine<W, Out>>
  : WordsOfLine<S, Out>;

type WordsOfLine<S extends string, Out extends readonly string[]> = S extends `${infer W} ${infer R}`
  ? WordsOfLine<R, W extends '' ? Out : [...Out, W]>
  : S extends ''
    ? Out
    : [...Out, S];

/** A group that is open around the one that is read. */
interface Frame {
  /** The members that were read before it opened. */
  readonly here: unknown;
  readonly separator: string;
  /** Of the element that it is the content of, or empty for a group among its neighbours. */
  readonly name: string;
}

/** Reads one token after another into `Here`, the members of the innermost group. */
type Read<
  Tokens extends readonly string[],
  Models extends NamedModels,
  Here,
  Separator extends string,
  Outer extends readonly Frame[],
> = Tokens extends readonly [infer T extends string, ...infer Rest extends readonly string[]]
  ? T extends '|' | '&'
    ? Separator extends '' | T
      ? Read<Rest, Models, Here, T, Outer>
      : WrongModel<'| and & in one group: put ( ) around one of them'>
    : T extends `)${infer Times}`
      ? Outer extends readonly [infer F extends Frame, ...infer Around extends readonly Frame[]]
        ? Read<Rest, Models, F['here'] & Closed<F['name'], Here, Separator, Times>, F['separator'], Around>
        : WrongModel<'nothing is open that ) closes'>
      : T extends `${infer Name}(`
        ? Read<Rest, Models, unknown, '', [{ here: Here; separator: Separator; name: Name }, ...Outer]>
        : T extends `{${infer Model}}${infer Times}`
          ? Read<Rest, Models, Here & Closed<'', ModelInput<Model, Models>, '', Times>, Separator, Outer>
          : Read<Rest, Models, Here & ElementOf<T, Models>, Separator, Outer>
  : Outer extends readonly [infer F extends Frame, ...Frame[]]
    ? WrongModel<`${F['name']}( is not closed`>
    : Content<Here, Separator>;

/** One element of a group: `name`, `name:type`, `name=default`, `name{model}` or `name()`, and how often it comes. */
type ElementOf<T extends string, Models extends NamedModels> = T extends `${infer Always}@${string}`
  ? Partial<ElementOf<Always, Models>>
  : T extends `${infer Name}()${infer Times}`
    ? Member<Name, true, Times>
    : T extends `${infer Name}{${infer Model}}${infer Times}`
      ? Member<Name, ModelInput<Model, Models>, Times>
      : TextElement<WithoutTimes<T>>;

type TextElement<T extends readonly [head: string, times: string]> =
  T[0] extends `${infer Name}:${infer Type}`
    ? Member<Name, ValueOf<Type>, T[1]>
    : T[0] extends `${infer Name}=${string}`
      ? Member<Name, string, T[1]>
      : Member<T[0], string, T[1]>;

type WithoutTimes<T extends string> = T extends `${infer Head}?`
  ? [Head, '?']
  : T extends `${infer Head}*`
    ? [Head, '*']
    : T extends `${infer Head}+`
      ? [Head, '+']
      : T extends `${infer Head}[${string}]`
        ? [Head, '*']
        : [T, ''];

type ValueOf<Type extends string> = Type extends `${infer Bare}=${string}`
  ? ValueOf<Bare>
  : Type extends 'any'
    ? XmlElement
    : Type extends keyof typeof MODEL_TYPES
      ? (typeof MODEL_TYPES)[Type] extends SimpleType<infer V>
        ? V
        : never
      : Type extends `${string}|${string}`
        ? OneOf<Type>
        : Type extends `${number}..${string}`
          ? string
          : WrongModel<`there is no type '${Type}'`>;

type OneOf<S extends string> = S extends `${infer Word}|${infer Rest}` ? Word | OneOf<Rest> : S;

type ModelInput<Name extends string, Models extends NamedModels> = Name extends keyof Models
  ? Input<Models[Name], Models>
  : WrongModel<`there is no model named '${Name}'`>;

type Member<Name extends string, Value, Times extends string> = Times extends ''
  ? Readonly<Record<Name, Value>>
  : Times extends '?'
    ? Partial<Readonly<Record<Name, Value>>>
    : Readonly<Record<Name, readonly Value[]>>;

/** A group that has ended: the content of an element, or members among their neighbours. */
type Closed<Name extends string, Here, Separator extends string, Times extends string> = Name extends ''
  ? Times extends ''
    ? OneGroup<Here, Separator>
    : Times extends '?'
      ? Partial<OneGroup<Here, Separator>>
      : Rounds<Here, Separator>
  : Member<Name, Content<Here, Separator>, Times>;

/** A group that repeats, under a key that no element has until the group around it ends. */
type Rounds<Here, Separator extends string> = { readonly '( )': Here } & (Separator extends '|'
  ? { readonly '|': true }
  : unknown);

/** What a group with brackets or without gives: a choice that repeats and is all there is gives a list. */
type Content<Here, Separator extends string> = Here extends { readonly '( )': infer Repeated }
  ? Exclude<keyof Here, '( )' | '|'> extends never
    ? Here extends { readonly '|': true }
      ? readonly ChosenOf<Repeated>[]
      : Listed<Repeated>
    : OneGroup<Omit<Here, '( )' | '|'> & Listed<Repeated>, Separator>
  : OneGroup<Here, Separator>;

type OneGroup<Here, Separator extends string> = Separator extends '|' ? Partial<Here> : Here;

type ChosenOf<Here> = { [K in keyof Here & string]-?: Chosen<K, Exclude<Here[K], undefined>> }[keyof Here &
  string];

type Listed<Here> = {
  readonly [K in keyof Here]-?: Exclude<Here[K], undefined> extends readonly unknown[]
    ? Exclude<Here[K], undefined>
    : readonly Exclude<Here[K], undefined>[];
};

/** The same type written as one object, as editors show it. */
type Plain<T> = T extends XmlElement | string | true
  ? T
  : T extends readonly (infer E)[]
    ? readonly Plain<E>[]
    : T extends object
      ? { [K in keyof T]: Plain<T[K]> }
      : T;
