import { isSecret } from './secret-names.ts';

/** A document with something else in the place of each text that stands under the name of a secret. */
export function withoutSecretElements(xml: string, shown: string): string {
  const one = (whole: string, start: string, name: string, secret: string): string =>
    isSecretText(name, secret) ? start + shown : whole;
  return withoutNestedSections(xml, shown)
    .replace(LEAF, one)
    .replace(NAMED, one)
    .replace(NAMED_AFTER, (whole, start: string, secret: string, rest: string, name: string) =>
      isSecretText(name, secret) ? start + shown + rest : whole,
    )
    .replace(PASSWORD, `$1${shown}`);
}

/** The texts in a document that stand under the name of a secret. */
export const secretElements = (document: string): readonly string[] => {
  const xml = withoutNestedSections(document, '');
  return [
    ...[...xml.matchAll(LEAF), ...xml.matchAll(NAMED)].map(([, , name = '', secret = '']) => ({
      name,
      secret,
    })),
    ...[...xml.matchAll(NAMED_AFTER)].map(([, , secret = '', , name = '']) => ({ name, secret })),
    ...[...xml.matchAll(PASSWORD)].flatMap(([, , , secret = '']) => [
      { name: 'password', secret },
      { name: 'password', secret: secret.replace(/<[^<>]*>/g, '') },
    ]),
  ].flatMap(({ name, secret }) => (isSecretText(name, secret) ? [textOf(secret)] : []));
};

const SECTIONS = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
] as const;

/** How often a section may begin inside another one of its kind, where that means nothing. */
const MOST_BEGINNINGS = 20;

/**
 * Hides the text of comments and CDATA sections in which many more begin. The expressions below would read such a text
 * once for each beginning: 60 KB took seconds.
 */
function withoutNestedSections(xml: string, shown: string): string {
  return SECTIONS.reduce((text, [begin, end]) => {
    const parts: string[] = [];
    let at = 0;
    for (;;) {
      const from = text.indexOf(begin, at);
      if (from === -1) return parts.join('') + text.slice(at);
      const found = text.indexOf(end, from + begin.length);
      const to = found === -1 ? text.length : found;
      const inside = text.slice(from + begin.length, to);
      const isNested = inside.split(begin, MOST_BEGINNINGS + 2).length > MOST_BEGINNINGS + 1;
      parts.push(text.slice(at, from), begin, isNested ? shown : inside);
      at = to;
    }
  }, xml);
}

const isSecretText = (name: string, secret: string): boolean =>
  secret.trim() !== '' && isSecret(textOf(name), textOf(secret));

/**
 * Text, to the next tag or to the end of a document that was cut or breaks off. A comment ends at its first `-->`: if
 * it could also end at a later one, the time would double with every comment.
 */
const TEXT = String.raw`(?:[^<]|<!\[CDATA\[(?:[^\]]|\](?!\]>))*(?:\]\]>|$)|<!--(?:[^-]|-(?!->))*(?:-->|$))*`;
const BETWEEN = String.raw`(?:\s|<!--(?:[^-]|-(?!->))*-->)*`;
const start = (name: string): string => String.raw`<(?:[\w.-]+:)?${name}(?:\s[^<>]*)?(?<!\/)>`;
const end = (name: string): string => String.raw`<\/(?:[\w.-]+:)?${name}\s*>`;

/** An element that holds nothing but text. */
const LEAF = new RegExp(String.raw`(${start(String.raw`([\w.-]+)`)})(${TEXT})(?=<\/|$)`, 'g');
/** A value beside the name that it has, as properties are written. */
const NAMED = new RegExp(
  `(${start('name')}(${TEXT})${end('name')}${BETWEEN}${start('value')})(${TEXT})(?=<|$)`,
  'g',
);
const NAMED_AFTER = new RegExp(
  `(${start('value')})(${TEXT})(${end('value')}${BETWEEN}${start('name')})(${TEXT})(?=<|$)`,
  'g',
);
/** A password, with elements in it that do not belong there. */
const PASSWORD =
  /(<((?:[\w.:-]{0,100}[-_:])?(?:passwd|password|pass|pin)(?:[-_](?!type\b)[\w.-]{0,100})?)(?:\s[^<>]*)?(?<!\/)>)([\s\S]*?)(?=<\/\2\s*>|$)/gi;

/** What a parser would read. */
const textOf = (text: string): string =>
  text
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .split(/(<!\[CDATA\[[\s\S]*?(?:\]\]>|$))/)
    .map((part) => (part.startsWith('<![CDATA[') ? part.replace(/^<!\[CDATA\[|\]\]>$/g, '') : plain(part)))
    .join('')
    .trim();

const plain = (text: string): string =>
  text.replace(
    /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi,
    (whole, hex?: string, digits?: string, name = '') => {
      if (hex === undefined && digits === undefined) return NAMES[String(name)] ?? whole;
      const code = hex === undefined ? Number(digits) : parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );

const NAMES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
