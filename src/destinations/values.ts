import type { Detail } from '../problems.ts';
import { Problem } from '../problems.ts';

/**
 * What one of destination_values may be: texts of which one has to fit, and in which `{id}` at the end stands for an id
 * and `{slug}` for a slug.
 */
export type ValueForm = readonly string[];

const isId = (text: string): boolean => /^[1-9]\d{0,9}$/.test(text) && Number(text) <= 2_147_483_647;

/** Something to be told apart by, that is: neither `.` nor `..` nor punctuation alone. */
const isSlug = (text: string): boolean => /^[a-z\d._-]{1,190}$/i.test(text) && /[a-z\d]/i.test(text);

/** Whether a text can be one of a form's texts. */
export function isFormText(text: string): boolean {
  const kind = /\{(?:id|slug)\}$/.exec(text)?.[0];
  return kind === undefined ? isSlug(text) : /^[a-z\d._-]{0,64}$/i.test(text.slice(0, -kind.length));
}

/**
 * The texts that destination_values stand for, one for each form. Absent, null, an empty array and an empty object, which
 * PHP may make of that, are alike. Throws destination_values_invalid, which names every value that is wrong.
 */
export function readValues(values: unknown, forms: readonly ValueForm[]): readonly string[] {
  const given = listOf(values);
  if (given === undefined) throw invalid([{ index: 0, reason: 'destination_values is no array' }]);
  const texts: string[] = [];
  const wrong: Detail[] = [];
  for (const [index, form] of forms.entries()) {
    const text = textOf(given[index], form);
    const what = index < given.length ? 'the value has to be' : 'a value is missing, which has to be';
    if (text === undefined) wrong.push({ index, reason: `${what} ${inWords(form)}` });
    else texts.push(text);
  }
  const most = forms.length;
  if (given.length > most)
    wrong.push({ index: most, reason: `too many values: ${given.length} instead of ${most}` });
  if (wrong.length > 0) throw invalid(wrong);
  return texts;
}

const invalid = (details: readonly Detail[]): Problem =>
  new Problem('destination_values_invalid', { details });

function listOf(values: unknown): readonly unknown[] | undefined {
  if (Array.isArray(values)) return values as readonly unknown[];
  if (values === undefined || values === null) return [];
  return typeof values === 'object' && Object.keys(values).length === 0 ? [] : undefined;
}

/** The text that a value stands for, or `undefined` where it does not fit; a number can only be an id. */
export function textOf(value: unknown, form: ValueForm): string | undefined {
  if (typeof value === 'number') {
    const text = String(value);
    return form.includes('{id}') && isId(text) ? text : undefined;
  }
  return typeof value === 'string' && form.some((one) => fits(value, one)) ? value : undefined;
}

function fits(text: string, one: string): boolean {
  const [, start = '', kind] = /^(.*)\{(id|slug)\}$/.exec(one) ?? [];
  if (kind === undefined) return text === one;
  const rest = text.slice(start.length);
  return text.startsWith(start) && (kind === 'id' ? isId(rest) : isSlug(rest));
}

const KINDS: readonly (readonly [string, string])[] = [
  ['{id}', 'an id, 1 to 2147483647'],
  ['{slug}', "a slug, 1 to 190 of A-Z, a-z, 0-9, '.', '_' and '-', one of them a letter or digit"],
];

const inWords = (form: ValueForm): string =>
  form.map((one) => KINDS.find(([kind]) => kind === one)?.[1] ?? one).join(' or ');
