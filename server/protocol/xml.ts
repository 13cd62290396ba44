import { SaxesParser } from 'saxes';

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

type Open = { -readonly [K in keyof XmlElement]: XmlElement[K] } & { readonly children: XmlElement[] };

/**
 * Reads one document, strictly: well formed, no document type, no entities but the five of XML, at most 256
 * elements deep. Line ends are normalised in text, not in `end`.
 */
export function readXml(source: string): XmlElement | Unreadable {
  // Attributes and namespaces are looked up by Map: a packet may name an element `__proto__`.
  const parser = new SaxesParser({ position: false, forceXMLVersion: true, defaultXMLVersion: '1.0' });
  const open: Open[] = [];
  let root: XmlElement | undefined;
  let failed: Unreadable | undefined;
  const fail = (why: string): void => {
    failed ??= new Unreadable(`${why} (line ${lineOf(source, parser.position)})`);
  };

  parser.on('error', ({ message }) => {
    fail(message);
  });
  parser.on('doctype', () => {
    fail('a document type is not accepted');
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length === DEEPEST) fail(`elements are nested more than ${DEEPEST} deep`);
    if (failed !== undefined) return;
    const element: Open = {
      name,
      attributes: undefined,
      children: [],
      text: '',
      textAt: -1,
      strayAt: -1,
      end: parser.position,
    };
    const pairs = Object.entries(attributes);
    if (pairs.length > 0) element.attributes = new Map(pairs);
    const parent = open.at(-1);
    if (parent === undefined) root ??= element;
    else parent.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  const characters = (text: string, isStray: boolean): void => {
    const element = open.at(-1);
    if (element === undefined) return;
    element.text += text;
    if (element.textAt === -1) element.textAt = element.children.length;
    if (isStray && element.strayAt === -1) element.strayAt = element.children.length;
  };
  parser.on('text', (text) => {
    characters(text, !isBlank(text));
  });
  parser.on('cdata', (text) => {
    characters(text, true);
  });

  // In pieces, so that a hopeless document is given up at its first fault and not at its end.
  for (let at = 0; at < source.length && failed === undefined; at += PIECE) {
    parser.write(source.length <= PIECE ? source : source.slice(at, at + PIECE));
  }
  if (failed === undefined) parser.close();
  if (failed !== undefined) return failed;
  return root === undefined ? new Unreadable('there is no element') : qualified(root);
}

const PIECE = 65_536;

/** XML's own blanks; the no-break space and its like are characters. */
export const isBlank = (text: string): boolean => BLANK.test(text);

const BLANK = /^[ \t\r\n]*$/;

/** The line of an offset, from 1, as libxml2 counts: a carriage return alone ends none. */
export function lineOf(source: string, offset: number): number {
  let line = 1;
  for (let at = source.indexOf('\n'); at !== -1 && at < offset; at = source.indexOf('\n', at + 1)) line += 1;
  return line;
}

/** Namespaces are rare in packets, and always wrong: they are worked out only where one shows. */
function qualified(root: XmlElement): XmlElement {
  return mentionsNamespace(root) ? qualify(root, new Map([['xml', XML_NAMESPACE]])) : root;
}

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';

function mentionsNamespace(element: XmlElement): boolean {
  if (element.name.includes(':')) return true;
  if (element.attributes !== undefined) {
    for (const name of element.attributes.keys()) if (name === 'xmlns' || name.includes(':')) return true;
  }
  return element.children.some(mentionsNamespace);
}

function qualify(element: XmlElement, outer: ReadonlyMap<string, string>): XmlElement {
  const scope = new Map(outer);
  const attributes = new Map<string, string>();
  for (const [name, value] of element.attributes ?? []) {
    if (name === 'xmlns') scope.set('', value);
    else if (name.startsWith('xmlns:')) scope.set(name.slice(6), value);
  }
  for (const [name, value] of element.attributes ?? []) {
    if (name === 'xmlns' || name.startsWith('xmlns:')) continue;
    attributes.set(name.includes(':') ? expanded(name, scope) : name, value);
  }
  return {
    ...element,
    name: expanded(element.name, scope),
    attributes: attributes.size === 0 ? undefined : attributes,
    children: element.children.map((child) => qualify(child, scope)),
  };
}

function expanded(name: string, scope: ReadonlyMap<string, string>): string {
  const colon = name.indexOf(':');
  const namespace = scope.get(colon === -1 ? '' : name.slice(0, colon));
  if (namespace === undefined || namespace === '') return name;
  return `{${namespace}}${name.slice(colon + 1)}`;
}
