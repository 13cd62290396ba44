import type { Request } from 'express';
import { namesTwice } from '../directory/twice.ts';
import { Problem } from '../problems.ts';

const MOST_BYTES = 16_384;

/**
 * The JSON object that a request carries, or a Problem: another Content-Type, charset or encoding, more than 16 KiB, no
 * JSON, no object, nothing, or an object with a name twice, of which readers take one or the other.
 */
export async function readJson(request: Request): Promise<Readonly<Record<string, unknown>>> {
  checkMediaType(request);
  const text = decoded(await readBytes(request));
  if (text.trim() === '') throw new Problem('body_required');
  const body = parsed(text);
  const [twice] = namesTwice(text, 1);
  if (twice !== undefined) throw new Problem('invalid_json', { detail: twice });
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Problem('body_required');
  return body as Readonly<Record<string, unknown>>;
}

/** A longer one is of no client; the pattern below goes back and forth over blanks. */
const MAX_TYPE_LENGTH = 200;
const JSON_TYPE = /^application\/json[ \t]*(?:;[ \t]*charset[ \t]*=[ \t]*"?utf-?8"?[ \t]*;?[ \t]*)?$/i;

function checkMediaType({ headers }: Request): void {
  const type = headers['content-type'] ?? '';
  if (type.length > MAX_TYPE_LENGTH || !JSON_TYPE.test(type)) throw new Problem('unsupported_media_type');
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity')
    throw new Problem('unsupported_media_type', {
      message: 'Content-Encoding must be absent or identity: send the body uncompressed.',
    });
}

/** Bytes of a body; what is too large is not read to its end. */
export async function readBytes(request: Request, most = MOST_BYTES): Promise<Buffer> {
  const tooLarge = (): Problem => new Problem('payload_too_large', { headers: { Connection: 'close' } });
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  // An iterator over the request would cost as much as all of Express.
  await new Promise<void>((resolve, reject) => {
    const add = (bytes: Buffer): void => {
      length += bytes.length;
      chunks.push(bytes);
      if (length <= most) return;
      // Not destroyed: the answer is still to come.
      request.off('data', add).pause();
      reject(tooLarge());
    };
    const gone = (): void => {
      if (!request.readableEnded) reject(new Problem('client_gone'));
    };
    if (request.destroyed) gone();
    request.on('data', add).once('end', resolve).once('error', gone).once('close', gone);
  });
  return Buffer.concat(chunks);
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

function decoded(bytes: Buffer): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new Problem('malformed_json');
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('malformed_json');
  }
}
