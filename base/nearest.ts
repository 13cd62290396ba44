/**
 * The known name that is most like one that is not known, whatever their case and whatever stands between their words;
 * none where no name is like it.
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const asked = bare(name);
  if (asked.length < 3) return undefined;
  const most = Math.ceil(asked.length / 5);
  let nearest: { readonly name: string; readonly distance: number } | undefined;
  for (const one of known) {
    const distance = distanceBetween(asked, bare(one));
    if (distance <= most && distance < (nearest?.distance ?? Infinity)) nearest = { name: one, distance };
  }
  const isPart = (one: string): boolean => one.includes(asked) || asked.includes(one);
  return nearest?.name ?? known.find((one) => isPart(bare(one)));
}

const bare = (name: string): string => name.toLowerCase().replace(/[-_]/g, '');

/** How many letters have to be put in, taken out, changed or swapped with the next to make one text of the other. */
function distanceBetween(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= from.length; row += 1) {
    const now = [row];
    rows.push(now);
    for (let column = 1; column <= to.length; column += 1) {
      const [letter, other] = [from[row - 1], to[column - 1]];
      const isSwapped = letter === to[column - 2] && other === from[row - 2];
      now.push(
        Math.min(
          at(row - 1, column - 1) + (letter === other ? 0 : 1),
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          isSwapped ? at(row - 2, column - 2) + 1 : Infinity,
        ),
      );
    }
  }
  return at(from.length, to.length);
}
