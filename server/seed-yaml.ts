import type { ErrorCode } from 'yaml';
import { LineCounter, parseDocument, visit } from 'yaml';

/** What a document of YAML says, or what is wrong in it, by line and column. No value is shown: it may be a password. */
export function readYaml(
  text: string,
): { readonly value: unknown } | { readonly mistakes: readonly string[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    merge: true,
  });
  const at = (offset: number, says: string): string => {
    const { line, col } = lines.linePos(offset);
    return `line ${line}, column ${col}: ${says}`;
  };
  // A warning is that something was left out, such as a tag that nobody knows.
  const mistakes = [...document.errors, ...document.warnings].map(({ pos: [start], code, message }) =>
    at(start, WORDS[code] ?? message),
  );
  visit(document, {
    Alias: (_key, alias) => {
      if (alias.resolve(document) === undefined) mistakes.push(at(alias.range?.[0] ?? 0, NO_ANCHOR));
    },
  });
  if (mistakes.length > 0) return { mistakes };
  try {
    return { value: document.toJS() as unknown };
  } catch {
    return { mistakes: ['its aliases (*) stand for too much'] };
  }
}

const NO_ANCHOR = 'there is no anchor (&) of this name above; a text that begins with * stands in quotes';

/** In place of the words of the parser that have the value in them, or that are about its own code. */
const WORDS: Readonly<Partial<Record<ErrorCode, string>>> = {
  ALIAS_PROPS: 'an alias (*) has nothing before it; a text that begins with & or ! stands in quotes',
  BAD_ALIAS: 'this is no name for an anchor; a text that begins with & or * stands in quotes',
  BAD_COLLECTION_TYPE: 'this tag is for something else; a text that begins with ! stands in quotes',
  BAD_DIRECTIVE: 'this directive is not known; a text that begins with % stands in quotes',
  BAD_DQ_ESCAPE: 'there is no such escape; in single quotes a backslash is one',
  BAD_SCALAR_START: 'a text that begins with this character stands in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a colon is not expected here; a text with a colon and a blank stands in quotes',
  DUPLICATE_KEY: 'this name is there already',
  MULTIPLE_DOCS: 'a second document begins here, and a seed is one',
  NON_STRING_KEY: 'a name has to be a text',
  RESOURCE_EXHAUSTION: 'this goes too deep',
  TAB_AS_INDENT: 'this is a tab; lines are indented with blanks',
  TAG_RESOLVE_FAILED: 'this tag is not known; a text that begins with ! stands in quotes',
  UNEXPECTED_TOKEN: 'this is not expected here',
};
