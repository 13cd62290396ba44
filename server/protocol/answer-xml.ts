/** One element of an answer: text or children, never both; Plesk's answers have no other form. */
export interface AnswerElement {
  readonly name: string;
  readonly content: string | readonly AnswerElement[];
}

/** An element of an answer. */
export const element = (name: string, content: string | readonly AnswerElement[]): AnswerElement => ({
  name,
  content,
});

/** Writes an element with its children in order on one line, as Plesk does unless asked otherwise. */
export function renderCompact({ name, content }: AnswerElement): string {
  if (typeof content === 'string') return `<${name}>${escapeText(content)}</${name}>`;
  let inner = '';
  for (const child of content) inner += renderCompact(child);
  return `<${name}>${inner}</${name}>`;
}

/** Writes an element as `HTTP_PRETTY_PRINT: TRUE` asks: one a line, `indent` once for each level. */
export function renderPretty({ name, content }: AnswerElement, indent: string, margin = ''): string {
  if (content === '' || content.length === 0) return `${margin}<${name}/>\n`;
  if (typeof content === 'string') return `${margin}<${name}>${escapeText(content)}</${name}>\n`;
  const inner = content.map((child) => renderPretty(child, indent, margin + indent)).join('');
  return `${margin}<${name}>\n${inner}${margin}</${name}>\n`;
}

/** Text as it may stand between tags or in an attribute; Plesk writes the double quote as an entity everywhere. */
export function escapeText(text: string): string {
  return SPECIAL.test(text) ? text.replace(EACH_SPECIAL, (found) => ESCAPES[found] ?? '') : text;
}

// Characters that XML cannot hold at all are dropped: an answer is well formed whatever a client has sent.
// eslint-disable-next-line no-control-regex
const SPECIAL = /[&<>"\r\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const EACH_SPECIAL = new RegExp(SPECIAL, 'g');
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};
