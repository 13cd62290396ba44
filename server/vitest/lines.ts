import type { Entry } from '../control/entry.ts';
import { summaryOf } from '../control/summary.ts';
import type { WantedFields } from '../control/wanted.ts';
import { missedBy } from '../control/wanted.ts';

/** An entry on a line of its own, what helps below it. */
export const linesOf = (entry: Entry): string =>
  [`  ${summaryOf(entry)}`, ...entry.help.map((sentence) => `      ${sentence}`)].join('\n');

/** The latest of what came, each with why it is not what was wanted; `missed` says more than the conditions do. */
export function insteadOf(
  wanted: WantedFields,
  came: readonly Entry[],
  missed: (entry: Entry) => string | undefined = () => undefined,
): string {
  if (came.length === 0) return 'nothing came at all';
  const lines = came.slice(-SHOWN).map((entry) => {
    const why = missedBy(entry, wanted);
    return `${linesOf(entry)}\n      not this: ${why === undefined ? (missed(entry) ?? 'it is') : `${why} is ${valueOf(entry, why)}`}`;
  });
  return `what came instead:\n${lines.join('\n')}`;
}

const SHOWN = 10;

/** What an entry has where a condition was not met. */
function valueOf(entry: Entry, condition: keyof WantedFields): string {
  if (condition === 'values')
    return shortOf(entry.kind === 'browser' ? entry.params : entry.operations.map(({ values }) => values));
  if (condition === 'operation')
    return entry.kind === 'browser' ? 'none' : entry.operations.map(({ name }) => name).join(', ') || 'none';
  if (condition === 'errcode') return entry.kind === 'browser' ? 'none' : errcodesOf(entry);
  if (
    condition === 'after' ||
    condition === 'before' ||
    condition === 'last' ||
    condition === 'limit' ||
    condition === 'cursor'
  )
    return 'another';
  return String(entry[condition] ?? 'none');
}

const errcodesOf = ({ errcode, operations }: Extract<Entry, { readonly kind: 'packet' }>): string =>
  [errcode, ...operations.flatMap(({ results }) => results.map(({ errcode: one }) => one))]
    .filter((one) => one !== undefined)
    .join(', ');

function shortOf(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
}

const LONGEST = 300;
