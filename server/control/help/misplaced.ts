import { nearestName } from '../../../base/nearest.ts';
import type { Shape } from '../../protocol/shape.ts';
import type { XmlElement } from '../../protocol/xml.ts';
import type { Place } from './schema-places.ts';
import { namesBelow, parentsOf, placesIn, shapeAt } from './schema-places.ts';
import { anyOf, tags } from './words.ts';

/** Where an element that stands in the wrong place belongs, or what its name was meant to be. */
export function misplaced(
  way: readonly XmlElement[],
  expected: readonly string[],
  schema: Shape,
): readonly string[] {
  const [parent, element] = way.slice(-2);
  if (parent === undefined || element === undefined) return [];
  const { name } = element;
  if (/^\{|:/.test(name))
    return [`<${name}> is in a namespace; names in a packet have no prefix and no xmlns`];
  const path = way.slice(1, -1).map((one) => one.name);
  const shape = shapeAt(schema, path);
  const places = placesIn(shape);
  const own = places.find((place) => place.name === name);
  if (own !== undefined) return [outOfOrder(own, parent, element, shape, expected)];
  const homes = parentsOf(name, schema);
  const near = homes.filter((home) => home[0] === path[0] && path.length > 0);
  if (near.length > 0) return [belongs(name, closest(near, path), parent.name)];
  // Of other operators only operations are a help: every second one has a <filter> and an <id>.
  const operators = path.length < 2 ? homes.filter((home) => home.length === 1) : [];
  if (operators.length > 0) return [belongs(name, operators, parent.name)];
  const meant =
    nearestName(
      name,
      places.map((place) => place.name),
    ) ?? (path.length < 2 ? undefined : nearestName(name, namesBelow(shapeAt(schema, path.slice(0, 2)))));
  return meant === undefined ? [] : [`there is no <${name}> in <${parent.name}>: do you mean <${meant}>?`];
}

/** Why a name that may stand in an element may not stand where it does. */
function outOfOrder(
  own: Place,
  parent: XmlElement,
  element: XmlElement,
  shape: Shape | undefined,
  expected: readonly string[],
): string {
  const { name } = own;
  const before = parent.children.slice(0, parent.children.indexOf(element)).map((one) => one.name);
  if (before.includes(name) && !own.repeats)
    return `<${name}> stands twice in <${parent.name}>, where it may stand once`;
  const names = placesIn(shape).map((place) => place.name);
  const other = before.find((one) => one !== name && own.oneOf.includes(one));
  if (other !== undefined)
    return `<${parent.name}> takes one of ${anyOf(tags(own.oneOf))}, and <${other}> is there already`;
  const later = names.slice(names.indexOf(name) + 1).find((one) => before.includes(one));
  if (later !== undefined) return `<${name}> comes before <${later}>`;
  const standsBehind = expected.filter((one) => parent.children.some((child) => child.name === one));
  return `${anyOf(tags(standsBehind.length > 0 ? standsBehind : expected))} comes before <${name}>`;
}

const belongs = (name: string, homes: readonly (readonly string[])[], parent: string): string =>
  `<${name}> belongs into ${anyOf(tags(homes.map((home) => home.at(-1) ?? 'packet')), 4)}, not into <${parent}>`;

/** Those that have the most of a path in common with it. */
function closest(
  homes: readonly (readonly string[])[],
  path: readonly string[],
): readonly (readonly string[])[] {
  const common = (home: readonly string[]): number => {
    const end = home.findIndex((name, at) => name !== path[at]);
    return end === -1 ? home.length : end;
  };
  const most = Math.max(...homes.map(common));
  return homes.filter((home) => common(home) === most);
}
