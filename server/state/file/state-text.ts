import * as z from 'zod';
import { brokenJson } from '../../../base/broken-json.ts';
import { relationMistakes } from './stored-relations.ts';
import type { Instant, State } from './stored.ts';
import { accountJson, FORMAT, FORMATS, fromStored, keyJson, PROGRAM, settingsJson } from './stored.ts';

/** The text of a state file in slices of about this length, each made when it is asked for; a record a line. */
export function* textOf({ server, secretKeys, accounts }: State, sliceLength: number): Generator<string> {
  yield `{\n"format": ${FORMAT},\n"program": "${PROGRAM}",\n"settings": ${settingsJson(server)},\n`;
  yield '"secretKeys": [';
  yield* linesOf(secretKeys, keyJson, sliceLength);
  yield '],\n"accounts": [';
  yield* linesOf(accounts, accountJson, sliceLength);
  yield ']\n}\n';
}

function* linesOf<T>(
  records: Iterable<T>,
  json: (record: T) => string,
  sliceLength: number,
): Generator<string> {
  let slice = '';
  let separator = FIRST;
  for (const record of records) {
    slice += separator + json(record);
    separator = ',\n';
    if (slice.length < sliceLength) continue;
    yield slice;
    slice = '';
  }
  yield separator === FIRST ? '' : `${slice}\n`;
}

/** What stands before the first record; before the others there is a comma. */
const FIRST = '\n';

type Found = { readonly state: Instant } | { readonly mistakes: readonly string[] };

/** The state in the bytes of a file, or everything that keeps it from being one. No mistake shows a value. */
export function stateIn(bytes: Uint8Array): Found {
  if (bytes.length === 0) return wrong('the file is empty; remove it to begin with the seed');
  const text = textIn(bytes);
  if (text === undefined) return wrong('this is no text in UTF-8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return wrong(brokenJson(text) ?? 'this is no JSON');
  }
  const mistake = formatMistake(json);
  if (mistake !== undefined) return wrong(mistake);
  const found = fromStored(json);
  if ('mistakes' in found) return found;
  const mistakes = relationMistakes(found.state);
  return mistakes.length > 0 ? { mistakes } : found;
}

const wrong = (mistake: string): Found => ({ mistakes: [mistake] });

/** A byte order mark is left out; bytes that are no UTF-8 would be another password without a word. */
function textIn(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function formatMistake(json: unknown): string | undefined {
  const { format, program } = Head.catch({}).parse(json);
  if (program !== PROGRAM || format === undefined)
    return `this is no state file of ${PROGRAM}, which has "format" and "program"; a seed is named by --seed`;
  if (FORMATS.includes(format)) return undefined;
  return format > FORMAT
    ? `format ${format} is newer than this program reads (${FORMAT}); upgrade ${PROGRAM} or name another file`
    : `format ${format} is not known; this program reads ${FORMATS.join(' and ')}`;
}

const Head = z.object({ format: z.number().optional(), program: z.string().optional() });
