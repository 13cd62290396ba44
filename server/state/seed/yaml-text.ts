/** A value in YAML on one line, a text in quotes where it would be read as something else. */
export function yamlOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(yamlOf).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([name, inner]) => `${name}: ${yamlOf(inner)}`);
    return `{ ${members.join(', ')} }`;
  }
  return typeof value === 'string' && PLAIN.test(value) && !WORDS.has(value) ? value : JSON.stringify(value);
}

/** Letters first, and nothing behind them that means something in YAML. */
const PLAIN = /^[A-Za-z/][\w./@+*()-]*(?: [\w./@+*()-]+)*$/;

const WORDS: ReadonlySet<string> = new Set(['true', 'false', 'null', 'yes', 'no', 'on', 'off']);
