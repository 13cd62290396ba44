import { isMap, isPair, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Node } from 'yaml';

/**
 * Finds lines in the text of a seed, YAML or JSON, which YAML reads too: the line of the field at a path
 * (`accounts.1.pasword`), or of the nearest one around it where there is none.
 */
export function linesIn(text: string): (path: string) => number | undefined {
  const lines = new LineCounter();
  const { contents } = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  return (path) => {
    let at: Node | null = contents;
    let offset = (contents as Node | null)?.range?.[0];
    for (const part of path.split('.')) {
      const next: { readonly start: number | undefined; readonly value: unknown } | undefined = childOf(
        at,
        part,
      );
      if (next === undefined) break;
      offset = next.start ?? offset;
      at = next.value as Node | null;
    }
    return offset === undefined ? undefined : lines.linePos(offset).line;
  };
}

function childOf(
  node: unknown,
  part: string,
): { readonly start: number | undefined; readonly value: unknown } | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(part)] as Node | undefined;
    return item === undefined ? undefined : { start: item.range?.[0], value: item };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find(
    (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === part,
  );
  const key = pair?.key as Node | undefined;
  return pair === undefined ? undefined : { start: key?.range?.[0], value: pair.value };
}
