import type { Stats } from 'node:fs';
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';

/** In bytes. */
const MAX_BYTES = 1_048_576;

/** Says what is wrong with an open file, or `undefined`. */
export type FileCheck = (found: Stats) => Promise<string | undefined>;

/** The text of a small file, or what is wrong with the file. */
export async function readSmall(
  path: string,
  check?: FileCheck,
): Promise<{ readonly text: string } | { readonly mistake: string }> {
  let handle: FileHandle | undefined;
  try {
    // Opening a pipe must not wait for a writer.
    handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const found = await handle.stat();
    if (!found.isFile()) return { mistake: `${path} is no file` };
    if (found.size > MAX_BYTES) return { mistake: `${path} is larger than ${MAX_BYTES} bytes` };
    const mistake = await check?.(found);
    if (mistake !== undefined) return { mistake };
    const text = textIn(await handle.readFile());
    return text === undefined ? { mistake: `${path} is no text in UTF-8` } : { text };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return { mistake: code === 'ENOENT' ? `${path} is not there` : `${path} cannot be read: ${code}` };
  } finally {
    await handle?.close();
  }
}

/** Text without its byte order mark; `undefined` if it is not UTF-8, since replaced bytes would be another password. */
export function textIn(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
