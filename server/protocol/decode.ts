import { automatonOf } from './automaton.ts';
import type { Member, State } from './automaton.ts';
import type { Chosen, Decoded, Group, Open, Shape } from './shape.ts';
import { collapse } from './simple-types.ts';
import type { SimpleType } from './simple-types.ts';
import type { XmlElement } from './xml.ts';

/** The first place where an element is not of its shape, in libxml2's own words. */
export class Violation {
  readonly sentence: string;
  readonly kind: ViolationKind;
  /** The element at fault. */
  readonly element: XmlElement;
  /** The names that could have come, where an element did not fit or was missing: all of them. */
  readonly expected: readonly string[];

  constructor(
    sentence: string,
    kind: ViolationKind,
    element: XmlElement,
    expected: readonly string[] = NO_NAMES,
  ) {
    this.sentence = sentence;
    this.kind = kind;
    this.element = element;
    this.expected = expected;
  }
}

/**
 * What is wrong with an element: it begins no packet, has a foreign attribute, a text that is no value of its type,
 * text or elements where none may be, stands where another is expected, or ends too early.
 */
export type ViolationKind =
  'root' | 'attribute' | 'value' | 'characters' | 'children' | 'unexpected' | 'missing';

const NO_NAMES: readonly string[] = [];

/** Reads an element by its shape, or answers the first violation in document order. */
export function decode<S extends Shape>(element: XmlElement, shape: S): Decoded<S> | Violation {
  // What is built below is by construction what `Decoded` says of the shape.
  return read(element, shape) as Decoded<S> | Violation;
}

function read(element: XmlElement, shape: Shape): unknown {
  if (shape.kind === 'deferred') return read(element, shape.shape());
  if (shape.kind === 'anything') return element;
  if (shape.kind === 'open') return readOpen(element, shape);
  const attribute = foreignAttribute(element, shape);
  if (attribute !== undefined) return attribute;
  if (shape.kind === 'text') return isNil(element) ? readNil(element) : readText(element, shape.type);
  if (shape.kind === 'empty') return readEmpty(element);
  return readGroup(element, shape);
}

/** Attributes that tell a validator something are no part of what it validates. */
const SCHEMA_INSTANCE = '{http://www.w3.org/2001/XMLSchema-instance}';
const NIL = `${SCHEMA_INSTANCE}nil`;

/** Whether an element says that it has no content. */
const isNil = ({ attributes }: XmlElement): boolean => /^\s*(?:true|1)\s*$/.test(attributes?.get(NIL) ?? '');

function foreignAttribute(element: XmlElement, shape: Shape): Violation | undefined {
  if (element.attributes === undefined) return undefined;
  const known = shape.kind === 'seq' ? shape.attributes : [];
  for (const name of element.attributes.keys()) {
    if (name === NIL) {
      if (shape.kind === 'text' && shape.type.isNillable === true) continue;
      return violation(element, 'attribute', "The element is not 'nillable'.");
    }
    if (name.startsWith(SCHEMA_INSTANCE) || known.includes(name)) continue;
    return new Violation(
      `Element '${element.name}', attribute '${name}': The attribute '${name}' is not allowed.`,
      'attribute',
      element,
    );
  }
  return undefined;
}

function readText(element: XmlElement, type: SimpleType): string | Violation {
  if (element.children.length > 0) {
    return violation(
      element,
      'children',
      'Element content is not allowed, because the type definition is simple.',
    );
  }
  if (type.whenEmpty !== undefined && element.textAt === -1) return type.whenEmpty;
  const value = type.collapses ? collapse(element.text) : element.text;
  const wrong = type.violation?.(value, element.text);
  return wrong === undefined ? value : violation(element, 'value', wrong);
}

function readNil(element: XmlElement): string | Violation {
  if (element.children.length > 0)
    return violation(element, 'children', "Element content is not allowed, because the element is 'nilled'.");
  return element.textAt === -1
    ? ''
    : violation(
        element,
        'characters',
        "Neither character nor element content is allowed, because the element was 'nilled'.",
      );
}

function readEmpty(element: XmlElement): true | Violation {
  if (element.textAt === 0) {
    return violation(
      element,
      'characters',
      'Character content is not allowed, because the content type is empty.',
    );
  }
  if (element.children.length > 0) {
    return violation(
      element,
      'children',
      'Element content is not allowed, because the content type is empty.',
    );
  }
  return true;
}

function readOpen({ children }: XmlElement, { members }: Open): readonly Chosen[] | Violation {
  const chosen: Chosen[] = [];
  for (const child of children) {
    const shape = Object.hasOwn(members, child.name) ? members[child.name] : undefined;
    const value = shape === undefined ? child : read(child, shape);
    if (value instanceof Violation) return value;
    chosen.push({ name: child.name, value });
  }
  return chosen;
}

function readGroup(element: XmlElement, group: Group): unknown {
  const { start, blank } = automatonOf(group);
  const value = blank();
  let state = start;
  const { children, strayAt } = element;
  for (let at = 0; at < children.length; at += 1) {
    if (at === strayAt) return stray(element);
    const child = children[at];
    if (child === undefined) break;
    const step = state.next.get(child.name);
    if (step === undefined) return unexpected(child, state);
    const { member } = step;
    const content = member.shape === undefined ? child : read(child, member.shape);
    if (content instanceof Violation) return content;
    keep(value, member, content);
    state = step.to;
  }
  if (strayAt === children.length) return stray(element);
  return state.final ? value : missing(element, state);
}

function keep(whole: unknown, { name, path, kept }: Member, value: unknown): void {
  let target = whole;
  for (const key of path) target = (target as Record<string, unknown>)[key];
  if (kept === 'chosen') (target as Chosen[]).push({ name, value });
  else if (kept === 'listed') {
    const lists = target as Record<string, unknown[]>;
    if (Object.hasOwn(lists, name)) lists[name]?.push(value);
    else lists[name] = [value];
  } else (target as Record<string, unknown>)[name] = value;
}

const stray = (element: XmlElement): Violation =>
  violation(
    element,
    'characters',
    "Character content other than whitespace is not allowed because the content type is 'element-only'.",
  );

const unexpected = (child: XmlElement, { expected }: State): Violation =>
  violation(child, 'unexpected', `This element is not expected.${expectation(expected)}`, expected);

const missing = (element: XmlElement, state: State): Violation =>
  violation(element, 'missing', `Missing child element(s).${expectation(state.missing)}`, state.missing);

const violation = (
  element: XmlElement,
  kind: ViolationKind,
  what: string,
  expected?: readonly string[],
): Violation => new Violation(`Element '${element.name}': ${what}`, kind, element, expected);

/** libxml2 offers ten names at the most. */
function expectation(names: readonly string[]): string {
  if (names.length === 0) return '';
  if (names.length === 1) return ` Expected is ( ${String(names[0])} ).`;
  return ` Expected is one of ( ${names.slice(0, 10).join(', ')} ).`;
}
