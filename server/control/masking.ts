import { withoutSecrets } from '../../base/secret.ts';
import { isPasswordName, isSecret, isSecretName } from './secret-names.ts';
import { replacing } from './spellings.ts';
import { secretElements, withoutSecretElements } from './xml-secrets.ts';

export { isSecret, isSecretName } from './secret-names.ts';

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

/**
 * A mask that knows what is secret by its form, by the name that it stands under, and (`secrets`) by its value. A text
 * that `isPublic` knows is none for its form alone.
 */
export function maskOf(secrets: Iterable<string>, isPublic?: (text: string) => boolean): Mask {
  const without = replacing(secrets, MASKED);
  const sentence = (from: string): string => withoutSecrets(without(from), isPublic);
  const text = (from: string): string => sentence(withoutNamed(withoutSecretElements(from, MASKED)));
  const value = (of: unknown, name = ''): unknown => {
    if (typeof of === 'string') return isSecret(name, of) ? MASKED : text(of);
    if (Array.isArray(of)) return of.map((one) => value(one, name));
    if (typeof of !== 'object' || of === null) return of;
    if (isPasswordName(name)) return MASKED;
    return Object.fromEntries(
      Object.entries(of).map(([key, inner]) => [text(key), value(inner, nameOf(key, of))]),
    );
  };
  return { text, sentence, value };
}

/** The texts in a body that stand under the name of a secret. */
export const secretsIn = (body: string): readonly string[] => [
  ...secretElements(body),
  ...[...body.matchAll(IN_QUERY), ...body.matchAll(IN_JSON)].flatMap(([, , name = '', value = '']) =>
    isSecret(name, value) ? [value, value.replace(/<[\s\S]*/, '')] : [],
  ),
];

/** The name that a field's value stands under: of a property, `name` and `value`, the one that it has as `name`. */
export const nameOf = (key: string, fields: object): string =>
  key === 'value' && 'name' in fields && typeof fields.name === 'string' ? fields.name : key;

/** Texts under the name of a secret in a query or form, and in JSON. */
const withoutNamed = (text: string): string =>
  text
    .replace(IN_QUERY, (whole, start: string, name: string, value: string) =>
      isSecret(name, value) ? `${start}${MASKED}` : whole,
    )
    .replace(IN_JSON, (whole, start: string, name: string) =>
      isSecretName(name) ? `${start}"${MASKED}"` : whole,
    );

const IN_QUERY = /((?:^|[?&;\s]|%3F|%26)([\w-]+)(?:=|%3D))([^&#\s]*)/gi;
const IN_JSON = /("([\w-]+)"\s*:\s*)"((?:[^"\\]|\\.)*)"?/g;
