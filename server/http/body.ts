import type { IncomingMessage } from 'node:http';

/** Why there is no body. */
export type NoBody = 'too large' | 'aborted';

/** What is read and thrown away of a body that is too large, so that its sender can hear the answer. */
const PATIENCE = 67_108_864;

/** The body of a request, of at most so many bytes; what exceeds that is never kept. */
export function readBody(request: IncomingMessage, most: number): Promise<Buffer | NoBody> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= most) chunks.push(chunk);
      else {
        chunks.length = 0;
        if (length > PATIENCE) resolve('too large');
      }
    });
    request.on('end', () => {
      const [only] = chunks;
      if (length > most) resolve('too large');
      else resolve(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, length));
    });
    request.on('close', () => {
      resolve('aborted');
    });
  });
}
