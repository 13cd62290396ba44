import { Parser } from 'xml2js';

/** An element of an answer, its children in their order. */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/** An answer that cannot be read; the message says why, and holds nothing of the answer. */
export class Unreadable extends Error {}

/** Reads the root `packet` of an answer, without any attributes; throws an Unreadable. */
export function readPacket(body: Buffer): XmlElement {
  const text = decoded(body);
  if (NUL.test(text)) throw new Unreadable('the answer holds a NUL');
  // The parser would go by what a document type declares. In comments and CDATA it is refused as well.
  if (DECLARATION.test(text)) throw new Unreadable('the answer holds a document type');
  const root = elementOf(parsed(text), 1);
  if (root.name !== 'packet') throw new Unreadable('the root of the answer is no packet');
  return root;
}

/** As it is, or as a reference; in comments and CDATA that is refused as well. */
const NUL = /\0|&#x?0+;/;
const DECLARATION = /<!(?!--|\[CDATA\[)/;
const UTF8 = new TextDecoder('utf-8', { fatal: true });

function decoded(body: Buffer): string {
  try {
    return UTF8.decode(body);
  } catch {
    throw new Unreadable('the answer is not UTF-8');
  }
}

/**
 * An element as xml2js gives it with these options: its name, its text, and the elements in it in their order. The
 * other keys are not read: there it groups elements by name, and takes `<constructor/>` for the second of two.
 */
interface Parsed {
  readonly '#name'?: unknown;
  readonly _?: unknown;
  readonly $$?: unknown;
}

const OPTIONS = {
  explicitRoot: false,
  explicitChildren: true,
  preserveChildrenOrder: true,
  ignoreAttrs: true,
} as const;

/**
 * The one root of a document. The parser is listened to, and not called back: its promise is kept at the end of the
 * root, whatever follows, a second root even.
 */
function parsed(text: string): Parsed {
  const parser = new Parser(OPTIONS);
  const roots: unknown[] = [];
  let isBroken = false;
  parser.on('end', (root: unknown) => roots.push(root));
  parser.on('error', (error: Error) => {
    isBroken = true;
    // It would go on to the end, and find fault with every character.
    throw error;
  });
  try {
    parser.parseString(text);
  } catch {
    isBroken = true;
  }
  const [root] = roots;
  if (isBroken || roots.length !== 1 || !isParsed(root)) {
    throw new Unreadable('the answer is not well-formed XML');
  }
  return root;
}

const isParsed = (value: unknown): value is Parsed => typeof value === 'object' && value !== null;

/** Plesk's own answers are seven deep. */
const DEEPEST = 16;

function elementOf({ '#name': name, _: text, $$: children }: Parsed, depth: number): XmlElement {
  if (depth > DEEPEST) throw new Unreadable(`the answer is more than ${DEEPEST} elements deep`);
  const list: readonly unknown[] = Array.isArray(children) ? children : [];
  return {
    name: String(name),
    text: typeof text === 'string' ? text : '',
    children: list.filter(isParsed).map((child) => elementOf(child, depth + 1)),
  };
}
