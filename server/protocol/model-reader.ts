import { MODEL_TYPES } from './model-types.ts';
import type { Choice, Group, Shape, Text, Times } from './shape.ts';
import { all, anything, choice, empty, seq, text } from './shape.ts';
import { oneOf, orEmpty, sized } from './simple-types.ts';

import {
  CLOSING,
  ELEMENT,
  inlined,
  meant,
  named,
  OPENING,
  SPLICE,
  timesOf,
  UNREADABLE,
  VERSIONED,
  WHOLE,
} from './model-tokens.ts';
import type { Item, Token } from './model-tokens.ts';
import { ModelError } from './model-error.ts';
import type { Lifetime } from './model.ts';

export type ReadShape = Exclude<Shape, { kind: 'deferred' }>;

/** The shapes of the models that a text names. */
export interface Named {
  (name: string): ReadShape | 'unknown' | 'circular';
  readonly names: readonly string[];
}

/** Reads one text of a model, from its tokens. */
export class ModelReader {
  readonly #source: string;
  readonly #named: Named;
  readonly #isIn: (lifetime: Lifetime) => boolean;
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(source: string, named: Named, isIn: (lifetime: Lifetime) => boolean) {
    this.#source = source;
    this.#named = named;
    this.#isIn = isIn;
    this.#tokens = [...source.matchAll(/\S+/g)].map(({ 0: found, index }) => ({ text: found, at: index }));
  }

  read(): ReadShape {
    const [first] = this.#tokens;
    const whole = this.#tokens.length === 1 ? WHOLE.exec(first?.text ?? '') : null;
    if (first !== undefined && whole !== null) {
      return whole[2] === undefined ? this.#typed(whole[1] ?? '', first) : empty;
    }
    const shape = this.#group(undefined);
    const extra = this.#tokens[this.#next];
    if (extra !== undefined) this.#fail(`nothing is open that ${extra.text} closes`, extra);
    return shape;
  }

  /** What is between two brackets, or the whole text; ends before the closing bracket. */
  #group(opening: Token | undefined): Group {
    const items: Item[] = [];
    let separator: string | undefined;
    let pending: Token | undefined;
    for (let token = this.#tokens[this.#next]; token !== undefined; token = this.#tokens[this.#next]) {
      if (token.text.startsWith(')')) break;
      this.#next += 1;
      if (token.text === '|' || token.text === '&') {
        if (pending !== undefined) this.#fail(`${token.text} needs something before it`, token);
        pending = token;
        continue;
      }
      if (items.length > 0 || pending !== undefined) {
        const own = pending?.text ?? ' ';
        separator ??= own;
        if (own !== separator) this.#failMixed(separator, own, pending ?? token);
      }
      pending = undefined;
      const item = this.#item(token);
      if (item === undefined) continue;
      if (item[0] !== undefined && items.some(([name]) => name === item[0])) {
        this.#fail(`${item[0]} is in this group already`, token);
      }
      items.push([item[0], item[1], token]);
    }
    if (pending !== undefined) this.#fail(`${pending.text} needs something behind it`, pending);
    if (items.length === 0) this.#failEmpty(opening);
    return this.#grouped(items, separator, opening);
  }

  #grouped(items: readonly Item[], separator: string | undefined, opening: Token | undefined): Group {
    const [[, only] = [undefined, undefined]] = items;
    if (items.length === 1 && only?.kind === 'inline') {
      const { group, occurs } = only;
      if (occurs === 'once') return group;
      if (group.kind === 'all' && occurs === 'optional') return { ...group, optional: true };
      if (group.kind === 'choice' && group.times === 'once' && occurs !== 'optional')
        return this.#chosen(group, occurs, opening);
    }
    const members = Object.fromEntries(
      items.map(([name, member], index) => [name ?? `(${index + 1})`, member]),
    );
    if (separator !== '&') {
      const wrong = items.find(([, member]) => member.kind === 'inline' && member.group.kind === 'all');
      if (wrong !== undefined) this.#fail('a group with & is all that an element holds', wrong[2]);
      return separator === '|' ? choice('once', members) : seq(members);
    }
    const wrong = items.find(
      ([, member]) =>
        member.kind === 'inline' || (member.kind === 'occurring' && member.occurs !== 'optional'),
    );
    if (wrong !== undefined)
      this.#fail('a group with & holds elements that come once or are optional', wrong[2]);
    return all(members);
  }

  /** A choice that repeats and is all that an element holds. */
  #chosen(group: Choice, occurs: Exclude<Times, 'once' | 'optional'>, opening: Token | undefined): Group {
    const [name] =
      Object.entries(group.members).find(
        ([, member]) => member.kind === 'occurring' && member.occurs !== 'optional',
      ) ?? [];
    if (name !== undefined)
      this.#fail(`${name}* in a choice that repeats: the choice repeats it already`, opening);
    return choice(occurs, group.members);
  }

  /** One item with all that is in its brackets; `undefined` where the version does not have it. */
  #item(whole: Token): Item | undefined {
    const [, text = '', since, until] = VERSIONED.exec(whole.text) ?? [whole.text, whole.text];
    const token = { text, at: whole.at };
    const item = this.#itemOf(token);
    return since === undefined && until === undefined
      ? item
      : this.#isIn({ since, until })
        ? item
        : undefined;
  }

  #itemOf(token: Token): Item {
    const opened = OPENING.exec(token.text);
    if (opened !== null) {
      const group = this.#group(token);
      const closing = this.#tokens[this.#next];
      if (closing === undefined) return this.#fail(`${token.text} is not closed`, token);
      this.#next += 1;
      const [, times] = CLOSING.exec(closing.text) ?? this.#fail(UNREADABLE(closing.text), closing);
      this.#checkTimes(times, closing);
      return opened[1] === '' ? inlined(group, times) : named(opened[1] ?? '', group, times);
    }
    const [, spliced, often] = SPLICE.exec(token.text) ?? [];
    if (spliced !== undefined) {
      const shape = this.#model(spliced, token);
      if (!('members' in shape) || shape.kind === 'open') {
        return this.#fail(`the model ${spliced} is no group of elements`, token);
      }
      return inlined(shape, often);
    }
    const [, name = '', type, typeDefault, bareDefault, model, nothing, times] =
      ELEMENT.exec(token.text) ?? this.#fail(UNREADABLE(token.text), token);
    this.#checkTimes(times, token);
    if (model !== undefined) return named(name, this.#model(model, token), times);
    if (nothing !== undefined) return named(name, empty, times);
    const shape = this.#typed(type ?? 'string', token);
    const preset = typeDefault ?? bareDefault;
    if (preset === undefined) return named(name, shape, times);
    if (shape.kind !== 'text') return this.#fail(`${name} has no text that could have a default`, token);
    return named(name, text(orEmpty(shape.type, preset.slice(1))), times);
  }

  #checkTimes(times: string | undefined, token: Token): void {
    const often = timesOf(times);
    if (typeof often !== 'string' && often[1] < Math.max(1, often[0]))
      this.#fail(`${String(times)} allows nothing`, token);
  }

  #typed(name: string, token: Token): Text | typeof anything {
    if (name === 'any') return anything;
    if (Object.hasOwn(MODEL_TYPES, name)) return text(MODEL_TYPES[name as keyof typeof MODEL_TYPES]);
    if (name.includes('|')) return text(oneOf(...name.split('|')));
    const [, least, most] = /^(\d+)\.\.(\d*)$/.exec(name) ?? [];
    if (least !== undefined) return text(sized(Number(least), most === '' ? Infinity : Number(most)));
    return this.#fail(`there is no type '${name}'${meant(name, Object.keys(MODEL_TYPES))}`, token);
  }

  #model(name: string, token: Token): ReadShape {
    const shape = this.#named(name);
    if (shape === 'unknown')
      return this.#fail(`there is no model named '${name}'${meant(name, this.#named.names)}`, token);
    return shape === 'circular' ? this.#fail(`the model '${name}' holds itself`, token) : shape;
  }

  #failEmpty(opening: Token | undefined): never {
    if (opening === undefined) this.#fail('the model is empty: () is an empty element', opening);
    const name = opening.text.slice(0, -1);
    this.#fail(`nothing is in the brackets: an element that holds nothing is ${name || 'name'}()`, opening);
  }

  #failMixed(first: string, other: string, token: Token): never {
    const words = { ' ': 'elements in order', '|': 'one of (|)', '&': 'any order (&)' } as const;
    const wordOf = (separator: string): string => words[separator as keyof typeof words];
    this.#fail(`${wordOf(first)} and ${wordOf(other)} in one group: put ( ) around one of them`, token);
  }

  #fail(what: string, token: Token | undefined): never {
    throw new ModelError(what, this.#source, token?.at ?? 0);
  }
}
