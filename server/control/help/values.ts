import { nearestName } from '../../../base/nearest.ts';
import type { SimpleType } from '../../protocol/simple-types.ts';
import type { XmlElement } from '../../protocol/xml.ts';
import { isSecretName } from '../masking.ts';
import { anyOf } from './words.ts';

/** What a type allows, and the value that was meant. */
export function valueHelp({ name, text }: XmlElement, type: SimpleType): readonly string[] {
  const said = type.violation?.(text.trim(), text) ?? '';
  const words = [...(/the set \{(.*)\}/.exec(said)?.[1] ?? '').matchAll(/'([^']*)'/g)].map(
    ([, word = '']) => word,
  );
  const near = words.length === 0 ? undefined : nearestName(text.trim(), words);
  const meant = near === undefined ? '' : `; do you mean ${near}?`;
  const found = isSecretName(name) ? '' : `, found is '${text.slice(0, 60)}'`;
  return [`<${name}> takes ${allowed(type, said, words)}${found}${meant}`];
}

function allowed(type: SimpleType, said: string, words: readonly string[]): string {
  if (words.length > 0) return anyOf(words);
  if (type.isTruth === true) return 'true, false, 1 or 0';
  const takes = (value: string): boolean => type.violation?.(value, value) === undefined;
  const [, limit = ''] = /allowed \('(\d+)'\)/.exec(said) ?? [];
  if (said.includes('minimum value')) return `a whole number from ${limit} on`;
  if (said.includes('maximum value')) return `a whole number up to ${limit}`;
  const [, length] = /allowed (?:minimum|maximum) length of '(\d+)'/.exec(said) ?? [];
  if (length !== undefined)
    return `text of at ${said.includes('underruns') ? 'least' : 'most'} ${length} characters`;
  if (takes('name@example.com')) return 'an e-mail address';
  return takes('0') ? 'a whole number' : 'a whole number from 1 on';
}
