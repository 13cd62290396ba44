import { isUtf8 } from 'node:buffer';
import { isHostName, normalAddress } from '../../base/addresses.ts';

/**
 * The text behind base64, or `undefined` where it is none: bad alphabet or length, bytes that are no
 * UTF-8, or characters that nobody prints.
 */
export function textBehind(value: string): string | undefined {
  const packed = value.replaceAll(' ', '');
  if (packed === '' || !isBase64(packed)) return undefined;
  const bytes = Buffer.from(packed, 'base64');
  const text = isUtf8(bytes) ? bytes.toString() : undefined;
  return text === undefined || UNPRINTABLE.test(text) ? undefined : text;
}

/** PHP takes base64 with or without the `=` at its end. */
const isBase64 = (text: string): boolean =>
  /^[A-Za-z\d+/]+={0,2}$/.test(text) && text.replaceAll('=', '').length % 4 !== 1;

const UNPRINTABLE = /[\p{Cc}\p{Cn}\p{Co}]/u;

/** An address in normal form, given plain or in base64. */
export function addressFrom(value: string): string | undefined {
  // Every address has one of these, and base64 has neither.
  if (/[.:]/.test(value)) return normalAddress(value);
  const packed = value.replaceAll(' ', '');
  if (!isBase64(packed)) return undefined;
  return normalAddress(Buffer.from(packed, 'base64').toString('latin1'));
}

/** A server given plain or in base64; base64 only where that gives a URL, a host or an address. */
export function serverFrom(value: string): string {
  const decoded = textBehind(value);
  return decoded !== undefined && isServer(decoded) ? decoded : value;
}

const isServer = (text: string): boolean =>
  normalAddress(text) !== undefined || isHostName(text) || HOST_AND_PORT.test(text) || HTTP_URL.test(text);

const HOST_AND_PORT = /^[a-z\d._-]+:\d{1,5}$/i;
const HTTP_URL = /^https?:\/\/[^\s/]+/i;

/** A value given plain or in base64: plain where it looks as it should, else what base64 gives. */
export function textFrom(value: string, looksRight: RegExp): string {
  return looksRight.test(value) ? value : (textBehind(value) ?? value);
}
