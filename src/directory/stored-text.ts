import { brokenJson } from '../../base/broken-json.ts';
import { textIn } from '../small-file.ts';
import type { StoredDirectory } from './schema.ts';
import { mistakesIn } from './schema.ts';
import { namesTwice } from './twice.ts';

/** The directory in the bytes of a file at an instant, or everything that keeps it from being one. */
export function storedIn(
  bytes: Uint8Array,
  now: number,
): { readonly stored: StoredDirectory } | { readonly mistakes: readonly string[] } {
  const text = textIn(bytes);
  if (text === undefined) return { mistakes: ['this is no text in UTF-8'] };
  if (text.trim() === '') return { mistakes: ['the file is empty'] };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { mistakes: [brokenJson(text) ?? 'this is no JSON'] };
  }
  const mistakes = [...namesTwice(text), ...mistakesIn(json, now)];
  // As it stands there: the schema changes nothing, and the order of its fields is left to whoever wrote it.
  return mistakes.length > 0 ? { mistakes } : { stored: json as StoredDirectory };
}

/** The text of a directory. */
export const textOf = (stored: StoredDirectory): string => `${JSON.stringify(stored, undefined, 2)}\n`;
