/**
 * The row of a table of versions that stands for a version: `18` is the newest row of 18, `18.0.60` the newest row of 18
 * that is not above it. `undefined` where the text is no version, or no row of that major version is low enough.
 *
 * @param rows versions such as `17.8` and `18.0`, oldest first
 */
export function nearestVersion<V extends string>(text: string, rows: readonly V[]): V | undefined {
  if (!/^\d+(?:\.\d+){0,3}$/.test(text)) return undefined;
  const asked = partsOf(text);
  const isOfMajor = (row: V): boolean => partsOf(row)[0] === asked[0];
  if (asked.length === 1) return rows.findLast(isOfMajor);
  return rows.findLast((row) => isOfMajor(row) && !isAbove(partsOf(row), asked));
}

const partsOf = (version: string): readonly number[] => version.split('.').map(Number);

function isAbove(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((part, index) => part !== (other[index] ?? 0));
  return at !== -1 && (one[at] ?? 0) > (other[at] ?? 0);
}
