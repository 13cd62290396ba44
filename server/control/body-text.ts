import { isGzip, wideWithoutMark } from '../protocol/body-form.ts';
import { readText } from '../protocol/text-decoding.ts';

/** The body of a packet as a person reads it, whatever encoding it is in; lossy where it is in none. */
export function bodyText(body: Buffer): string {
  if (isGzip(body)) return `(gzip, ${body.length} bytes)`;
  const wide = wideWithoutMark(body);
  if (wide !== undefined) return new TextDecoder(wide).decode(body);
  const text = readText(body);
  return typeof text === 'string' ? text : body.toString();
}
