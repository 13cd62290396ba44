import { ControlError } from './control-error.ts';

/** Which part of a list is asked for; all of it without these. */
export interface PageWanted {
  /** How many items at most. */
  readonly limit?: number | undefined;
  /** The items after this one: the last of the part before, by its `id` (sessions: `serial`). */
  readonly cursor?: number | string | undefined;
}

/**
 * A part of a list, in its order. `keyOf` is what a cursor names an item by. Numbers go up, so those above the cursor
 * follow, whether or not its item is still there; a text that is not in the list is a ControlError.
 */
export function pageOf<T>(
  items: Iterable<T>,
  { limit = Infinity, cursor }: PageWanted,
  keyOf: (item: T) => number | string,
): readonly T[] {
  const page: T[] = [];
  let isAfterCursor = cursor === undefined;
  let hasTexts = false;
  for (const item of items) {
    if (page.length >= limit) break;
    const key = keyOf(item);
    hasTexts = typeof key === 'string';
    if (isAfterCursor || (!hasTexts && Number(key) > Number(cursor))) page.push(item);
    else isAfterCursor = key === cursor;
  }
  if (!isAfterCursor && hasTexts)
    throw new ControlError(400, [
      `cursor: '${cursor ?? ''}' is not in this list; begin again without a cursor`,
    ]);
  return page;
}
