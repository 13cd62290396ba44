import type { Shape } from '../../protocol/shape.ts';

/** One name that an element may hold. */
export interface Place {
  readonly name: string;
  readonly shape: Shape;
  /** Whether it may come several times. */
  readonly repeats: boolean;
  /** Those of which one may stand where it stands, itself among them; none where nothing can take its place. */
  readonly oneOf: readonly string[];
}

/** What may stand in an element of a shape, in the order of the schema. */
export function placesIn(shape: Shape | undefined, repeats = false): readonly Place[] {
  if (shape?.kind === 'deferred') return placesIn(shape.shape(), repeats);
  if (shape === undefined || !('members' in shape)) return [];
  const isMix = repeats || shape.kind === 'open' || (shape.kind === 'choice' && shape.times !== 'once');
  const oneOf = shape.kind === 'choice' && shape.times === 'once' ? Object.keys(shape.members) : [];
  return Object.entries(shape.members).flatMap(([name, member]): readonly Place[] => {
    if (member.kind === 'inline')
      return placesIn(member.group, isMix || (member.occurs !== 'once' && member.occurs !== 'optional'));
    if (member.kind !== 'occurring') return [{ name, shape: member, repeats: isMix, oneOf }];
    return [{ name, shape: member.shape, repeats: isMix || member.occurs !== 'optional', oneOf }];
  });
}

/** The shape of the element to which these names lead. */
export function shapeAt(shape: Shape, path: readonly string[]): Shape | undefined {
  let found: Shape | undefined = shape;
  for (const name of path) found = placesIn(found).find((place) => place.name === name)?.shape;
  return found;
}

/** The paths of all elements that may hold one of this name. */
export function parentsOf(
  name: string,
  shape: Shape,
  path: readonly string[] = [],
): readonly (readonly string[])[] {
  const places = placesIn(shape);
  const here = places.some((place) => place.name === name) ? [path] : [];
  return [...here, ...places.flatMap((place) => parentsOf(name, place.shape, [...path, place.name]))];
}

/** Every name that may stand below an element of this shape. */
export const namesBelow = (shape: Shape | undefined): readonly string[] =>
  placesIn(shape).flatMap((place) => [place.name, ...namesBelow(place.shape)]);
