import type { Control } from './control.ts';
import { ControlError } from './control-error.ts';
import type { Entry } from './entry.ts';
import { entryOf } from './show.ts';

/** Throws a ControlError with all that came after an entry and may not have, where `unexpected` is `fail`. */
export function checkExpected({ unexpected }: Pick<Control, 'unexpected'>, after: number): void {
  const mistakes = unexpected.filter(({ id }) => id > after).flatMap((kept) => unexpectedText(entryOf(kept)));
  if (mistakes.length > 0) throw new ControlError(409, mistakes);
}

/** What may not have come, in sentences. */
function unexpectedText(entry: Entry): readonly string[] {
  const where = `entry ${entry.id}, ${entry.path}`;
  if (entry.kind === 'browser')
    return [
      `${where}: ${entry.unread.length > 0 ? `not read: ${entry.unread.join(', ')}` : (entry.reason ?? '')}`,
    ];
  return entry.operations.flatMap(({ name, unread, isEmulated }) => [
    ...(isEmulated ? [] : [`${where}: ${name} is not emulated`]),
    ...(unread.length === 0 ? [] : [`${where}: ${name} has no use for ${unread.join(', ')}`]),
  ]);
}
