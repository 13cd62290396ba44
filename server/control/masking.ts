import { withoutSecrets } from '../../base/secret.ts';
import { patternOf } from './spellings.ts';

/** Takes secrets out of texts and values of one request. */
export interface Mask {
  readonly text: (text: string) => string;
  /** The same for a sentence of our own, in which the name of a field is followed by no secret. */
  readonly sentence: (text: string) => string;
  /** The same for decoded values, where the name of a field tells too. */
  readonly value: (value: unknown, name?: string) => unknown;
}

/** What stands in the place of a secret. */
export const MASKED = '..';

/** A mask that knows what is secret by its form, by the name that it stands under, and (`secrets`) by its value. */
export function maskOf(secrets: Iterable<string>): Mask {
  const pattern = patternOf(secrets);
  const sentence = (from: string): string =>
    withoutSecrets(pattern === undefined ? from : from.replace(pattern, MASKED));
  const text = (from: string): string =>
    sentence(NAMED.reduce((one, [place, shown]) => one.replace(place, shown), from));
  const value = (of: unknown, name = ''): unknown => {
    if (typeof of === 'string') return isSecret(name, of) ? MASKED : text(of);
    if (Array.isArray(of)) return of.map((one) => value(one, name));
    if (typeof of !== 'object' || of === null) return of;
    return Object.fromEntries(Object.entries(of).map(([key, inner]) => [text(key), value(inner, key)]));
  };
  return { text, sentence, value };
}

/** The texts in a document that stand under the name of a secret. */
export const secretsIn = (xml: string): readonly string[] =>
  [...xml.matchAll(SECRET_ELEMENT)].map(([, , , secret = '']) => unescaped(secret));

/** Whether what stands under this name is a secret. */
export const isSecretName = (name: string): boolean => SECRET_NAME.test(name);

/** Whether a text is a secret by the name that it stands under; the eight digits by which a key is known open nothing. */
export const isSecret = (name: string, value: string): boolean =>
  isSecretName(name) && !(name === 'key' && /^[\da-f]{8}$/.test(value));

const SECRET_NAME = /pass(?:w(?:or)?d)?(?:$|[-_])|^(?:pin|key|(?:proxy-)?authorization)$/i;
/** To its end tag, or to the end of a document that was cut or breaks off. */
const SECRET_ELEMENT =
  /(<((?:[\w.:-]*[-_:])?(?:passwd|password|pass|pin)(?:[-_][\w.-]*)?)(?:\s[^<>]*)?(?<!\/)>)([\s\S]*?)(?=<\/\2\s*>|$)/gi;

/** Texts under the name of a secret: as element, in a query or form, and in JSON. */
const NAMED: readonly (readonly [place: RegExp, shown: string])[] = [
  [SECRET_ELEMENT, `$1${MASKED}`],
  [/(<key>)(?![\da-f]{8}<)[^<]+(?=<\/key>)/g, `$1${MASKED}`],
  [/((?:^|[?&;\s])(?:[\w-]*[-_])?(?:password|pass|pin)(?:=|%3D))[^&#\s]*/gi, `$1${MASKED}`],
  [/("(?:[\w-]*[-_])?pass(?:w(?:or)?d)?"\s*:\s*)"(?:[^"\\]|\\.)*"?/gi, `$1"${MASKED}"`],
];

const unescaped = (text: string): string =>
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
