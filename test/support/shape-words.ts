import { collapse } from '../../server/protocol/simple-types.ts';
import type { SimpleType } from '../../server/protocol/simple-types.ts';

/** Texts at the borders of the types that Plesk's schemas have. */
export const ALL_WORDS: readonly string[] = [
  ...['', ' ', 'x', ' a  b ', 'ä€', `a&b<c>"d'`, 'none', 'x'.repeat(11), 'x'.repeat(256)],
  ...['0', '1', '-1', '+3', '7', ' -03 ', '02', ' 04 ', '1.5', '1e3', '60', '65536', '12345', '12345678901'],
  ...['9223372036854775807', '9223372036854775808', '9'.repeat(24), '9'.repeat(25), `${'0'.repeat(30)}7`],
  ...['true', 'false', ' 1 ', ' true ', 'TRUE', 'yes', 'on'],
  ...[
    'a@b.example',
    ' ä.b+c@d-1.example. ',
    'a b@c',
    'a@b..c',
    'P1D',
    '2026-01-01',
    '2026-01-01T00:00:00',
    '1024',
    'MTI3LjAuMC4x',
  ],
  ...['127.0.0.1', '192.0.2.300', '192.0.2.7', '2001:db8::7', '255.255.255.0', '255.0.255.0'],
];

/** A few of them, no two of which are accepted by the same types; whoever refuses one names the words or limits. */
export const TELLING: readonly string[] = [
  ...['', ' ', 'x', 'x'.repeat(11), 'x'.repeat(256), 'a@b.example', 'true'],
  ...['0', '-1', '7', ' 7 ', ' true ', '1.5', '65536', '9223372036854775808', '9'.repeat(25), '192.0.2.7'],
];

/** Texts that a type accepts, and others. */
export interface Words {
  readonly accepted: readonly string[];
  readonly refused: readonly string[];
}

/** The words of a type, with those that it names itself and those next to its limits. */
export function wordsOf(type: SimpleType): Words {
  let words = KNOWN.get(type);
  if (words === undefined) {
    const all = [...new Set([...ALL_WORDS, ...ownWords(type)])];
    words = {
      accepted: all.filter((word) => isOf(type, word)),
      refused: all.filter((word) => !isOf(type, word)),
    };
    KNOWN.set(type, words);
  }
  return words;
}

const KNOWN = new WeakMap<SimpleType, Words>();

/** Whether an element of a type may hold these characters. */
export const isOf = (type: SimpleType, word: string): boolean =>
  (type.whenEmpty !== undefined && word === '') || violationOf(type, word) === undefined;

const violationOf = (type: SimpleType, word: string): string | undefined =>
  type.violation?.(type.collapses ? collapse(word) : word, word);

/** A type tells its words and limits where it refuses a text: longer, shorter, less and more than it takes. */
function ownWords(type: SimpleType): readonly string[] {
  return ['\u2603', '', 'x'.repeat(9999), '-99999999999', '99999999999'].flatMap((probe) => {
    const said = violationOf(type, probe) ?? '';
    const [, set] = /the set \{(.*)\}\.$/s.exec(said) ?? [];
    if (set !== undefined) return [...set.matchAll(/'([^']*)'/g)].map(([, word = '']) => word);
    const [, length] = /allowed m(?:in|ax)imum length of '(\d+)'/.exec(said) ?? [];
    if (length !== undefined) return around(Number(length)).map((size) => 'x'.repeat(Math.max(size, 0)));
    const [, limit] = /m(?:in|ax)imum value allowed \('(-?\d+)'\)/.exec(said) ?? [];
    return limit === undefined ? [] : around(Number(limit)).map(String);
  });
}

const around = (limit: number): readonly number[] => [limit - 1, limit, limit + 1];
