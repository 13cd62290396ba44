import { readText } from '../protocol/text-decoding.ts';

/** The body of a packet as a person reads it, whatever encoding it is in; lossy where it is in none. */
export function bodyText(body: Buffer): string {
  if (isGzip(body)) return `(gzip, ${body.length} bytes)`;
  const wide = wideWithoutMark(body);
  if (wide !== undefined) return new TextDecoder(wide).decode(body);
  const text = readText(body);
  return typeof text === 'string' ? text : body.toString();
}

/** Whether bytes are compressed by gzip. */
export const isGzip = (body: Buffer): boolean => body[0] === 0x1f && body[1] === 0x8b;

/** UTF-16 that does not say so by a byte order mark. */
export function wideWithoutMark(body: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (body[0] === LESS && body[1] === 0) return 'utf-16le';
  return body[0] === 0 && body[1] === LESS ? 'utf-16be' : undefined;
}

const LESS = 0x3c;
