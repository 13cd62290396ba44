/** JSON for programs, two blanks deep. */
export const asJson = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** Rows under their headings, in columns as wide as what is in them; nothing but the headings where there are no rows. */
export function asTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [headings, ...rows];
  const widths = headings.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return all.map((row) => `${line(row)}\n`).join('');
}

/** What stands in a table where there is nothing. */
export const orDash = (text: string | undefined): string => (text === undefined || text === '' ? '-' : text);
