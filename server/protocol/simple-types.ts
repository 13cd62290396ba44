import { isBlank } from './xml.ts';

/** A type of text in Plesk's schemas; `V` are the values that code may see. */
export interface SimpleType<V extends string = string> {
  /** Never there: it ties `V` to the type. */
  readonly value?: V;
  /** Whether blanks at the ends go and those inside become one (whiteSpace=collapse). */
  readonly collapses: boolean;
  /**
   * What libxml2 says of a value that is none, behind `Element 'x': `; `undefined` where it is one. Of numbers it
   * shows the text as it was sent, of words the text as it was read.
   */
  readonly violation?: (value: string, sent: string) => string | undefined;
  /** What an element without a single character stands for. */
  readonly whenEmpty?: string;
  /** Whether it is true or false, which may be written 1 and 0 too. */
  readonly isTruth?: true;
  /** Whether an element without content may say so with `xsi:nil="true"`. */
  readonly isNillable?: true;
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

/** The schemas' `objectStatus`: status bits, though any integer is one. */
export const objectStatus: SimpleType = integer('objectStatus', INTEGER);

/** A whole number of so many bits. libxml2 takes no blanks around it. */
export const signed = (name: string, bits: number): SimpleType => ({
  collapses: true,
  violation: (_value, sent) => {
    const isNumber = INTEGER.test(sent);
    const number = isNumber ? BigInt(sent.replace('+', '')) : 0n;
    return isNumber && BigInt.asIntN(bits, number) === number ? undefined : noneOf(name, sent);
  },
});

/** The schemas' `long`. */
export const long: SimpleType = signed('long', 64);

/** The schemas' `unsignedInt`: 32 bits, without a sign or blanks. */
export const unsignedInt: SimpleType = {
  collapses: true,
  violation: (_value, sent) =>
    /^0*\d{1,10}$/.test(sent) && Number(sent) < 2 ** 32 ? undefined : noneOf('unsignedInt', sent),
};

function integer(name: string, pattern: RegExp): SimpleType {
  return {
    collapses: true,
    violation: (value, sent) => (pattern.test(value) ? undefined : noneOf(name, sent)),
  };
}

/** What libxml2 says of a text that is no value of a type. */
export const noneOf = (type: string | undefined, sent: string): string =>
  `'${sent}' is not a valid value of the ${type === undefined ? 'local atomic type' : `atomic type '${type}'`}.`;

/** The schemas' `int` under no name. */
export const number: SimpleType = {
  collapses: true,
  violation: (value, sent) => (INTEGER.test(value) ? undefined : noneOf(undefined, sent)),
};

/** The schemas' `boolean`: true, false, 1 or 0. */
export const boolean: SimpleType = truth('boolean');

/** The same, where a schema names the built-in type. */
export const builtInBoolean: SimpleType = truth('xs:boolean');

/** The schemas' `boolean` under no name. */
export const unnamedBoolean: SimpleType = truth(undefined);

function truth(name: string | undefined): SimpleType {
  return {
    collapses: true,
    isTruth: true,
    violation: (value, sent) => (/^(?:true|false|1|0)$/.test(value) ? undefined : noneOf(name, sent)),
  };
}

/** A type whose element may stand empty, for this value. */
export const orEmpty = (type: SimpleType, whenEmpty: string): SimpleType => ({ ...type, whenEmpty });

/** A number between two bounds, of a type that has no name. */
export const between = (least: number, most: number): SimpleType => ({
  collapses: true,
  violation: (value, sent) => {
    if (!INTEGER.test(value)) return noneOf(undefined, sent);
    if (Number(value) < least) {
      return `[facet 'minInclusive'] The value '${sent}' is less than the minimum value allowed ('${least}').`;
    }
    if (Number(value) > most) {
      return `[facet 'maxInclusive'] The value '${sent}' is greater than the maximum value allowed ('${most}').`;
    }
    return undefined;
  },
});

/** One of these words. */
export const oneOf = <const V extends string>(...words: readonly V[]): SimpleType<V> => ({
  collapses: true,
  violation: (value) => ((words as readonly string[]).includes(value) ? undefined : notAmong(words, value)),
});

/** One of these words, without blanks around it. */
export const exactly = <const V extends string>(...words: readonly V[]): SimpleType<V> => ({
  ...oneOf(...words),
  collapses: false,
});

/** One of these numbers, of a type that has no name; libxml2 shows the text as it was read. */
export const oneOfNumbers = (...numbers: readonly number[]): SimpleType => ({
  collapses: true,
  violation: (value) => {
    if (!INTEGER.test(value)) return noneOf(undefined, value);
    return numbers.includes(Number(value)) ? undefined : notAmong(numbers.map(String), value);
  },
});

const notAmong = (words: readonly string[], value: string): string =>
  `[facet 'enumeration'] The value '${value}' is not an element of the set {${words.map((word) => `'${word}'`).join(', ')}}.`;

/** Text of so many characters, its blanks collapsed. */
export const sized = (least: number, most = Infinity): SimpleType => ({
  collapses: true,
  violation: (value) => {
    const length = Array.from(value).length;
    if (length < least) {
      return `[facet 'minLength'] The value has a length of '${length}'; this underruns the allowed minimum length of '${least}'.`;
    }
    if (length > most) {
      return `[facet 'maxLength'] The value has a length of '${length}'; this exceeds the allowed maximum length of '${most}'.`;
    }
    return undefined;
  },
});

/** Text that a regular expression of a schema accepts; `written` is that expression in the schema's own form. */
export const pattern = (expression: RegExp, written: string): SimpleType => ({
  collapses: false,
  violation: (value) =>
    expression.test(value)
      ? undefined
      : `[facet 'pattern'] The value '${value}' is not accepted by the pattern '${written}'.`,
});

/** Text of a size and a pattern, its blanks collapsed. */
export const sizedPattern = (size: SimpleType, { violation }: SimpleType): SimpleType => ({
  collapses: true,
  violation: (value, sent) => size.violation?.(value, sent) ?? violation?.(value, sent),
});

const EMAIL = /^[-+\p{L}\p{N}._]*@(?:[\p{L}\p{N}][-\p{L}\p{N}]*\.)*[\p{L}\p{N}][-\p{L}\p{N}]*\.?$/u;
const EMAIL_IN_SCHEMA = String.raw`[\-\+\p{L}\p{N}\._]*@([\p{L}\p{N}][\-\p{L}\p{N}]*\.)*[\p{L}\p{N}][\-\p{L}\p{N}]*\.?`;

/** The schemas' `emailType`. */
export const email: SimpleType = sizedPattern(sized(3, 255), pattern(EMAIL, EMAIL_IN_SCHEMA));

/** The schemas' `zipcodeType`. */
export const zipcode: SimpleType = sized(0, 10);

/** A type whose element may have no content and say so with `xsi:nil`. */
export const nillable = (type: SimpleType): SimpleType => ({ ...type, isNillable: true });
