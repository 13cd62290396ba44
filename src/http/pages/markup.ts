/** A piece of HTML: what came from outside stands in it as text. */
export class Markup {
  readonly source: string;

  /** `source` goes to the browser as it is. */
  constructor(source: string) {
    this.source = source;
  }
}

/**
 * HTML as a template literal. A string put into it is text, or the value of a quoted attribute; only Markup is HTML, and
 * what is undefined is nothing.
 */
export function markup(
  parts: TemplateStringsArray,
  ...values: readonly (string | Markup | readonly Markup[] | undefined)[]
): Markup {
  const rest = values.map((value, at) => sourceOf(value) + (parts[at + 1] ?? ''));
  return new Markup((parts[0] ?? '') + rest.join(''));
}

function sourceOf(value: string | Markup | readonly Markup[] | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return escaped(value);
  return (value instanceof Markup ? [value] : value).map(({ source }) => source).join('');
}

/** Control characters and halves of characters have no place in HTML, not even escaped. */
const escaped = (text: string): string =>
  text.replace(/[&<>"'\p{Cc}\p{Cs}]/gu, (found) => ENTITIES[found] ?? '\ufffd');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
