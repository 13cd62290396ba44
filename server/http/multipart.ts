import { Readable } from 'node:stream';
import type { BusboyHeaders } from '@fastify/busboy';
import { Busboy } from '@fastify/busboy';

/**
 * The text fields of a multipart form in their order, read as generously as PHP does: .NET writes names without
 * quotes. Rejects where the form breaks off or has no boundary; files are passed over.
 */
export async function multipartFields(
  type: string,
  body: Buffer,
): Promise<readonly [name: string, value: string][]> {
  const fields: [string, string][] = [];
  const headers: BusboyHeaders = { 'content-type': type };
  const reader = new Busboy({ headers });
  reader.on('field', (name, value) => {
    fields.push([name, value]);
  });
  reader.on('file', (_name, stream) => {
    stream.resume();
  });
  await new Promise<void>((resolve, reject) => {
    reader.on('finish', resolve);
    reader.on('error', reject);
    Readable.from([body]).pipe(reader);
  });
  return fields;
}
