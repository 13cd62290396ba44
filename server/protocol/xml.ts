import type { SaxesTagPlain } from 'saxes';
import { SaxesParser } from 'saxes';
import { qualified } from './namespaces.ts';

/** One element of a packet, its children in document order. */
export interface XmlElement {
  /** With its prefix where that is declared nowhere; with `{namespace}` before it where it has one. */
  readonly name: string;
  /** What stands on the start tag, namespace declarations left out, or `undefined` where nothing does. */
  readonly attributes: ReadonlyMap<string, string> | undefined;
  readonly children: readonly XmlElement[];
  /** All its own character data, entities resolved. */
  readonly text: string;
  /** How many children precede the first character of text, blanks included; -1 where there is none. */
  readonly textAt: number;
  /** The same for the first text that is not blank. A CDATA section counts even when it is empty. */
  readonly strayAt: number;
  /** Where its start tag closes, in UTF-16 units from the beginning of the document. */
  readonly end: number;
}

/** A document that cannot be read, and what the reader says of it. */
export class Unreadable {
  readonly why: string;
  constructor(why: string) {
    this.why = why;
  }
}

/** libxml2 reads no deeper, unless it is told to. */
const DEEPEST = 256;

/** An element that is still being read. */
type Open = { -readonly [K in Exclude<keyof XmlElement, 'attributes' | 'children'>]: XmlElement[K] } & {
  attributes: Map<string, string> | undefined;
  readonly children: XmlElement[];
};

/** Reads one document after the other: making a parser costs as much as reading a packet. */
class Reader {
  readonly #parser = new SaxesParser({
    xmlns: false,
    position: false,
    forceXMLVersion: true,
    defaultXMLVersion: '1.0',
  });
  #source = '';
  #open: Open[] = [];
  #root: Open | undefined;
  #failed: Unreadable | undefined;
  #namespaces = false;

  constructor() {
    const parser = this.#parser;
    parser.on('error', (error) => {
      this.#failed = this.#unreadable(error.message);
      // Stops the parser. It would report an error for every character that follows.
      throw error;
    });
    parser.on('doctype', () => {
      parser.fail('a document type is not accepted');
    });
    parser.on('opentag', (tag) => {
      this.#start(tag);
    });
    parser.on('closetag', () => {
      this.#open.pop();
    });
    parser.on('text', (text) => {
      this.#characters(text, !isBlank(text));
    });
    parser.on('cdata', (text) => {
      this.#characters(text, true);
    });
  }

  /** Whether the last document left the parser fit for another. */
  get isClean(): boolean {
    return this.#failed === undefined;
  }

  read(source: string): XmlElement | Unreadable {
    this.#begin(source);
    try {
      this.#parser.write(source).close();
    } catch (error) {
      if (this.#failed === undefined) throw error;
    }
    const root = this.#root;
    const hasNamespaces = this.#namespaces;
    this.#begin('');
    if (this.#failed !== undefined) return this.#failed;
    if (root === undefined) return new Unreadable('there is no element');
    return hasNamespaces ? qualified(root) : root;
  }

  /** Forgets the last document. */
  #begin(source: string): void {
    this.#source = source;
    this.#open = [];
    this.#root = undefined;
    this.#namespaces = false;
  }

  #unreadable(why: string): Unreadable {
    const source = this.#source;
    const at = STRAY_AMPERSAND.exec(source)?.index;
    const hint = at === undefined ? '' : `; an & in line ${lineOf(source, at)} is not escaped, write &amp;`;
    return new Unreadable(`${why} (line ${lineOf(source, this.#parser.position)})${hint}`);
  }

  #start({ name, attributes }: SaxesTagPlain): void {
    const open = this.#open;
    if (open.length === DEEPEST) this.#parser.fail(`elements are nested more than ${DEEPEST} deep`);
    const element: Open = {
      name,
      attributes: undefined,
      children: [],
      text: '',
      textAt: -1,
      strayAt: -1,
      end: this.#parser.position,
    };
    if (name.includes(':')) this.#namespaces = true;
    for (const key in attributes) {
      // A map, since a packet may name an attribute `__proto__`.
      element.attributes ??= new Map<string, string>();
      element.attributes.set(key, attributes[key] ?? '');
      if (key.startsWith('xmlns') || key.includes(':')) this.#namespaces = true;
    }
    const parent = open[open.length - 1];
    if (parent === undefined) this.#root ??= element;
    else parent.children.push(element);
    open.push(element);
  }

  #characters(text: string, isStray: boolean): void {
    const element = this.#open[this.#open.length - 1];
    if (element === undefined) return;
    element.text += text;
    if (element.textAt === -1) element.textAt = element.children.length;
    if (isStray && element.strayAt === -1) element.strayAt = element.children.length;
  }
}

/** The commonest mistake, which the reader notices only where the entity should have ended. */
const STRAY_AMPERSAND = /&(?!#?[\w.:-]+;)/;

let reader = new Reader();

/**
 * Reads one document, strictly: well formed, no document type, no entities but the five of XML, at most 256
 * elements deep. Line ends are normalised in text, not in `end`.
 */
export function readXml(source: string): XmlElement | Unreadable {
  const read = reader.read(source);
  if (!reader.isClean) reader = new Reader();
  return read;
}

/** XML's own blanks; the no-break space and its like are characters. */
export const isBlank = (text: string): boolean => BLANK.test(text);

const BLANK = /^[ \t\r\n]*$/;

/** The line of an offset, from 1, as libxml2 counts: a carriage return alone ends none. */
export function lineOf(source: string, offset: number): number {
  let line = 1;
  for (let at = source.indexOf('\n'); at !== -1 && at < offset; at = source.indexOf('\n', at + 1)) line += 1;
  return line;
}
