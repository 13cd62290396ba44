/** A few texts as a sentence has them: `a, b or c`; of many the first ones. */
export function anyOf(texts: readonly string[], most = 12): string {
  const shown = texts.length > most ? [...texts.slice(0, most), `${texts.length - most} others`] : texts;
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} or ${String(shown.at(-1))}`;
}

/** Element names as a packet has them. */
export const tags = (names: readonly string[]): readonly string[] => names.map((name) => `<${name}>`);
