/** The little of DER (X.690) that certificates are made of; a library that knows it takes 100 ms to import. */

type Bytes = Uint8Array;

/** One element: tag, length and content. */
function element(tag: number, ...content: readonly Bytes[]): Buffer {
  const size = content.reduce((sum, { length }) => sum + length, 0);
  return Buffer.concat([Buffer.of(tag), lengthOf(size), ...content]);
}

function lengthOf(size: number): Buffer {
  if (size < 0x80) return Buffer.of(size);
  const bytes = unsigned(BigInt(size));
  return Buffer.concat([Buffer.of(0x80 | bytes.length), bytes]);
}

/** The bytes of a number that is not negative, at least one and the highest first. */
function unsigned(value: bigint): Buffer {
  const digits = value.toString(16);
  return Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
}

export const sequence = (...items: readonly Bytes[]): Buffer => element(0x30, ...items);

/** A SET OF: its items in the order of their bytes, whatever the order in which they are given. */
export const set = (...items: readonly Bytes[]): Buffer =>
  element(0x31, ...items.toSorted((a, b) => Buffer.compare(a, b)));

export const boolean = (value: boolean): Buffer => element(0x01, Buffer.of(value ? 0xff : 0));

/** A whole number that is not negative; no certificate holds another. */
export function integer(value: bigint): Buffer {
  if (value < 0n) throw new RangeError(`${value.toString()} is negative`);
  const bytes = unsigned(value);
  return (bytes[0] ?? 0) < 0x80 ? element(0x02, bytes) : element(0x02, Buffer.of(0), bytes);
}

/** A string of bits, of which the last `unused` in the last byte do not count. */
export const bitString = (bytes: Bytes, unused = 0): Buffer => element(0x03, Buffer.of(unused), bytes);

export const octetString = (bytes: Bytes): Buffer => element(0x04, bytes);

export const nothing = (): Buffer => element(0x05);

/** An object identifier from its dotted form. */
export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return element(0x06, ...[first * 40 + second, ...rest].map(base128));
}

function base128(value: number): Buffer {
  const bytes = [value % 0x80];
  for (let left = Math.floor(value / 0x80); left > 0; left = Math.floor(left / 0x80)) {
    bytes.unshift(0x80 | (left % 0x80));
  }
  return Buffer.from(bytes);
}

export const utf8String = (text: string): Buffer => element(0x0c, Buffer.from(text));

/** An instant to the second, in the form that RFC 5280 wants: UTCTime from 1950 to 2049, else GeneralizedTime. */
export function time(milliseconds: number): Buffer {
  const at = new Date(milliseconds);
  const year = at.getUTCFullYear();
  if (!(year >= 0 && year <= 9999)) throw new RangeError(`the year ${year} has not four digits`);
  // Put together without a regular expression: the first that is compiled costs a start some milliseconds.
  const parts = [
    at.getUTCMonth() + 1,
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
    at.getUTCSeconds(),
  ];
  const digits = `${String(year).padStart(4, '0')}${parts.map((part) => String(part).padStart(2, '0')).join('')}Z`;
  return year >= 1950 && year < 2050
    ? element(0x17, Buffer.from(digits.slice(2)))
    : element(0x18, Buffer.from(digits));
}

/** A context tag over elements. */
export const tagged = (tag: number, ...items: readonly Bytes[]): Buffer => element(0xa0 | tag, ...items);

/** A context tag in place of the element's own, over its bare content. */
export const taggedBytes = (tag: number, bytes: Bytes): Buffer => element(0x80 | tag, bytes);
