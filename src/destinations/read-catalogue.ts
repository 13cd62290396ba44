import { nearestName } from '../../base/nearest.ts';
import type { Catalogue, Destination } from './catalogue.ts';
import { CATALOGUE } from './catalogue.ts';
import { mistakesInRoute, placeholdersIn } from './route.ts';
import type { ValueForm } from './values.ts';
import { isFormText, textOf } from './values.ts';

/** The destinations of an installation, or all that is wrong with its own rows, in sentences. */
export type ReadCatalogue = { readonly catalogue: Catalogue } | { readonly mistakes: readonly string[] };

/**
 * Reads the rows that an installation has in place of the catalogue's, from parsed JSON: names, each with its route or
 * with `{ "route": "...", "values": ["{id}", ["hosting", "special-{id}"]], "exceptions": { "<value>": "<route>" } }`.
 * A row keeps the values that it takes unless others are given, and loses its exceptions. No row can be added.
 */
export function readCatalogue(json: unknown): ReadCatalogue {
  if (!isObject(json)) return { mistakes: ['an object is needed, such as { "news": "/blog" }'] };
  const catalogue = new Map(CATALOGUE);
  const mistakes: string[] = [];
  for (const [name, given] of Object.entries(json)) {
    const standard = CATALOGUE.get(name);
    if (standard === undefined) {
      mistakes.push(`${name} is not known${hintFor(name, [...CATALOGUE.keys()])}`);
      continue;
    }
    const row = rowOf(isObject(given) ? given : { route: given }, standard);
    mistakes.push(...row.mistakes.map((why) => `${name}${why}`));
    catalogue.set(name, row.destination);
  }
  return mistakes.length > 0 ? { mistakes } : { catalogue };
}

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function hintFor(name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  return near === undefined ? '' : `; do you mean ${near}?`;
}

/** A row as it was given, for use only where nothing is wrong with it; a mistake goes on behind the row's name. */
interface GivenRow {
  readonly destination: Destination;
  readonly mistakes: readonly string[];
}

const FIELDS = ['route', 'values', 'exceptions'];

function rowOf(given: JsonObject, { description, values: standard, selectsService }: Destination): GivenRow {
  const { route, values, exceptions = {} } = given;
  const forms = values === undefined ? standard : formsOf(values);
  const mistakes = Object.keys(given)
    .filter((field) => !FIELDS.includes(field))
    .map((field) => `.${field} is not known${hintFor(field, FIELDS)}`);
  mistakes.push(...mistakesInGivenRoute(': ', route, forms), ...missingIn(route, forms));
  if (forms === undefined)
    mistakes.push('.values: a list is needed, of {id}, {slug}, words, and lists of these for any of them');
  else if (selectsService === true && forms[0]?.join() !== '{id}')
    mistakes.push('.values: the first has to be {id}, which selects the Plesk account');
  const routes = isObject(exceptions) ? Object.entries(exceptions) : [];
  if (!isObject(exceptions))
    mistakes.push('.exceptions: an object is needed, such as { "domain": "/domains" }');
  for (const [value, to] of routes) {
    if (forms !== undefined && textOf(value, forms[0] ?? []) === undefined)
      mistakes.push(`.exceptions.${value}: the first value can never be that`);
    mistakes.push(...mistakesInGivenRoute(`.exceptions.${value}: `, to, forms));
  }
  const destination: Destination = {
    description,
    values: forms ?? [],
    route: textIn(route),
    exceptions: new Map(routes.map(([value, to]) => [value, textIn(to)])),
    ...(selectsService === true ? { selectsService } : {}),
  };
  return { destination, mistakes };
}

function mistakesInGivenRoute(
  at: string,
  route: unknown,
  forms: readonly ValueForm[] | undefined,
): readonly string[] {
  if (typeof route !== 'string') return [`${at}a route is needed, a text such as /news/{0}`];
  const most = forms?.length ?? Infinity;
  const idle = [...placeholdersIn(route)].filter((number) => number >= most);
  return [
    ...mistakesInRoute(route).map((why) => `${at}${why}`),
    ...idle.map((number) => `${at}{${number}} stands for no value`),
  ];
}

/** JSON may have objects that not even String can read. */
const textIn = (route: unknown): string => (typeof route === 'string' ? route : '');

/** A value that is asked for and then goes nowhere would be a trap. */
function missingIn(route: unknown, forms: readonly ValueForm[] = []): readonly string[] {
  if (typeof route !== 'string') return [];
  const there = placeholdersIn(route);
  return [...forms.keys()].filter((number) => !there.has(number)).map((number) => `: {${number}} is missing`);
}

function formsOf(values: unknown): readonly ValueForm[] | undefined {
  if (!Array.isArray(values)) return undefined;
  const forms = values.map(
    (value: unknown) => (Array.isArray(value) ? value : [value]) as readonly unknown[],
  );
  const isForm = (form: readonly unknown[]): form is ValueForm =>
    form.length > 0 && form.every((text) => typeof text === 'string' && isFormText(text));
  return forms.every(isForm) ? forms : undefined;
}
