import type { IncomingMessage } from 'node:http';

/** What is read and thrown away of a body that is too large, so that its sender can hear the answer. */
const PATIENCE = 67_108_864;

/**
 * Reads the body of a request, of at most so many bytes; what exceeds that is never kept. One call
 * of `done`, none where the sender gives up.
 */
export function readBody(
  request: IncomingMessage,
  most: number,
  done: (body: Buffer | 'too large') => void,
): void {
  // Its end would never come.
  if (request.readableEnded) throw new Error('the body was read before: give requests to plesk.app unparsed');
  let chunks: Buffer[] = [];
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= most) {
      chunks.push(chunk);
      return;
    }
    chunks = [];
    if (length > PATIENCE) {
      request.removeAllListeners('data').removeAllListeners('end').resume();
      done('too large');
    }
  });
  request.on('end', () => {
    const [only] = chunks;
    if (length > most) done('too large');
    else done(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, length));
  });
}
