import { UsageError } from './invocation.ts';

const DAY = 86_400_000;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * The instant that `--expires` names, as it stands in the directory: `2026-12-31` is the end of that day in UTC, `90d`
 * so many days from now. Throws a UsageError where it is none, or is over.
 */
export function expiryFrom(text: string, now: number): string {
  const end = endOf(text, now);
  if (end === undefined || Number.isNaN(end))
    throw new UsageError([
      `--expires: '${text}' is no date such as 2026-12-31, instant such as 2026-12-31T18:00:00Z, or time such as 90d`,
    ]);
  if (end <= now) throw new UsageError([`--expires: '${text}' is over already`]);
  return new Date(end).toISOString().replace('.000Z', 'Z');
}

function endOf(text: string, now: number): number | undefined {
  const days = /^([1-9]\d{0,4})d$/.exec(text)?.[1];
  if (days !== undefined) return Math.ceil((now + Number(days) * DAY) / 1000) * 1000;
  if (/^\d{4}-\d{2}-\d{2}$/.test(text))
    return dayOf(text) === text ? Date.parse(text) + DAY - 1000 : undefined;
  return INSTANT.test(text) && dayOf(text.slice(0, 10)) === text.slice(0, 10) ? Date.parse(text) : undefined;
}

/** Date.parse takes 2026-02-30 for the 2nd of March. */
function dayOf(date: string): string | undefined {
  const at = Date.parse(date);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString().slice(0, 10);
}
