import type { Entry } from './entry.ts';

/** What may not have come, in sentences. */
export function unexpectedText(entry: Entry): readonly string[] {
  const where = `entry ${entry.id}, ${entry.path}`;
  if (entry.kind === 'browser') return [`${where}: not read: ${entry.unread.join(', ')}`];
  return entry.operations.flatMap(({ name, unread, isEmulated }) => [
    ...(isEmulated ? [] : [`${where}: ${name} is not emulated`]),
    ...(unread.length === 0 ? [] : [`${where}: ${name} has no use for ${unread.join(', ')}`]),
  ]);
}
