import { withoutSecrets } from '../../base/secret.ts';

/** Takes secrets out of texts and values of one request. */
export interface Mask {
  readonly text: (text: string) => string;
  /** The same for decoded values, where the name of a field tells too. */
  readonly value: (value: unknown) => unknown;
}

/** What stands in the place of a secret. */
export const MASKED = '..';

/** A mask that knows what is secret by its form, by the name that it stands under, and (`secrets`) by its value. */
export function maskOf(secrets: Iterable<string>): Mask {
  const known = [...new Set([...secrets].flatMap(spellingsOf))].sort((a, b) => b.length - a.length);
  const pattern = known.length === 0 ? undefined : new RegExp(known.map(literally).join('|'), 'g');
  const text = (from: string): string => {
    const named = withoutSecrets(from.replace(SECRET_ELEMENT, `$1${MASKED}`));
    return pattern === undefined ? named : named.replace(pattern, MASKED);
  };
  const value = (of: unknown): unknown => {
    if (typeof of === 'string') return text(of);
    if (Array.isArray(of)) return of.map(value);
    if (typeof of !== 'object' || of === null) return of;
    return Object.fromEntries(
      Object.entries(of).map(([name, inner]) => [
        name,
        SECRET_NAME.test(name) && typeof inner === 'string' ? MASKED : value(inner),
      ]),
    );
  };
  return { text, value };
}

/** The texts in a document that stand under the name of a secret. */
export const secretsIn = (xml: string): readonly string[] =>
  [...xml.matchAll(SECRET_ELEMENT)].map(([, , , secret = '']) => unescaped(secret));

/** Whether what stands under this name is a secret. */
export const isSecretName = (name: string): boolean => SECRET_NAME.test(name);

const SECRET_NAME =
  /pass(?:w(?:or)?d)?(?:$|[-_])|^(?:passwd|password|pin|http_auth_passwd|key|authorization)$/i;
const SECRET_ELEMENT =
  /(<((?:[\w.-]*[-_])?(?:passwd|password|pass|pin)(?:[-_][\w.-]*)?)(?:\s[^>]*)?>)((?:<!\[CDATA\[[\s\S]*?\]\]>|[^<])*)(?=<|$)/gi;

/** A value that is too short stands in too many places that are not it. */
const SHORTEST = 4;

/** A secret as it may stand in a header, in XML and in a URL. */
function spellingsOf(secret: string): readonly string[] {
  if (secret.length < SHORTEST) return [];
  const xml = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const url = encodeURIComponent(secret);
  return [secret, xml, xml.replaceAll('"', '&quot;'), url, url.replaceAll('%20', '+')];
}

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

const unescaped = (text: string): string =>
  text
    .replace(/^<!\[CDATA\[([\s\S]*)\]\]>$/, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
