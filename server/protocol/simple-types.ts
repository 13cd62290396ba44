import { isBlank } from './xml.ts';

/** A type of text in Plesk's schemas. */
export interface SimpleType {
  /** Whether blanks at the ends go and those inside become one (whiteSpace=collapse). */
  readonly collapses: boolean;
  /**
   * What libxml2 says of a value that is none, behind `Element 'x': `; `undefined` where it is one. Of numbers it
   * shows the text as it was sent, of words the text as it was read.
   */
  readonly violation?: (value: string, sent: string) => string | undefined;
}

/** Blanks at the ends removed, those inside made one, as whiteSpace=collapse wants. */
export const collapse = (value: string): string =>
  isBlank(value) ? '' : value.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '');

/** libxml2 reads numbers of 24 digits, leading zeros apart. */
const INTEGER = /^[+-]?0*\d{1,24}$/;

/** xs:string: every character counts. */
export const verbatim: SimpleType = { collapses: false };

/** The schemas' own `string`. */
export const string: SimpleType = { collapses: true };

/** The schemas' `id_type`: a positive number. */
export const id: SimpleType = integer('id_type', /^\+?0*[1-9]\d{0,23}$/);

/** The schemas' `int`. */
export const int: SimpleType = integer('int', INTEGER);

function integer(name: string, pattern: RegExp): SimpleType {
  return {
    collapses: true,
    violation: (value, sent) =>
      pattern.test(value) ? undefined : `'${sent}' is not a valid value of the atomic type '${name}'.`,
  };
}

/** A number between two bounds, of a type that has no name. */
export const between = (least: number, most: number): SimpleType => ({
  collapses: true,
  violation: (value, sent) => {
    if (!INTEGER.test(value)) return `'${sent}' is not a valid value of the local atomic type.`;
    const number = Number(value);
    if (number < least) {
      return `[facet 'minInclusive'] The value '${sent}' is less than the minimum value allowed ('${least}').`;
    }
    if (number > most) {
      return `[facet 'maxInclusive'] The value '${sent}' is greater than the maximum value allowed ('${most}').`;
    }
    return undefined;
  },
});

/** One of these words. */
export const oneOf = (...words: readonly string[]): SimpleType => ({
  collapses: true,
  violation: (value) =>
    words.includes(value)
      ? undefined
      : `[facet 'enumeration'] The value '${value}' is not an element of the set {${words.map((word) => `'${word}'`).join(', ')}}.`,
});
