import type { Violation } from '../../protocol/decode.ts';
import type { XmlElement } from '../../protocol/xml.ts';
import type { Case } from './case.ts';
import { misplaced } from './misplaced.ts';
import { mistakesAt } from './mistakes.ts';
import { readAgain, wayTo } from './read-again.ts';
import { placesIn, shapeAt } from './schema-places.ts';
import { whenKnown, whereValid } from './valid-in.ts';
import { valueHelp } from './values.ts';
import { anyOf, tags } from './words.ts';

/** Help for a packet that violates the schema of its version. */
export function helpForInvalid({ arrival }: Case): readonly string[] {
  if (arrival.isCut)
    return [`the packet is larger than the journal keeps of one, so there is no help on where it is wrong`];
  const read = readAgain(arrival);
  if (read?.violation === undefined) return [];
  const { packet, violation, schema } = read;
  const way = wayTo(packet, violation.element);
  const path = way.map(({ name }) => name);
  const shape = shapeAt(schema.shape, path.slice(1));
  const where = whereValid(read, arrival.release);
  const isNew =
    where.length === 0 &&
    violation.kind === 'unexpected' &&
    placesIn(shapeAt(schema.shape, path.slice(1, -1))).every(({ name }) => name !== violation.element.name);
  const { kind } = violation;
  const known = kind === 'unexpected' || kind === 'value' ? mistakesAt(path.slice(1)) : [];
  return [
    ...atPlace(violation, way),
    ...(kind === 'unexpected' && known.length === 0 ? misplaced(way, violation.expected, schema.shape) : []),
    ...(kind === 'value' && shape?.kind === 'text' ? valueHelp(violation.element, shape.type) : []),
    ...known,
    ...where,
    ...(isNew ? whenKnown(violation.element.name, path.slice(1, -1)) : []),
  ];
}

/** What was expected where the packet is wrong. */
function atPlace({ kind, element, expected }: Violation, way: readonly XmlElement[]): readonly string[] {
  const { name } = element;
  const parents = way.slice(0, -1).map((one) => one.name);
  switch (kind) {
    case 'root':
      return [`expected is <packet> as the root, found is <${name}>`];
    case 'unexpected':
      return [
        `in ${parents.join('/')}, ${after(way)}expected is ${expected.length === 0 ? 'nothing more' : anyOf(tags(expected))}, found is <${name}>`,
      ];
    case 'missing':
      return [`<${name}> ends too early: expected is ${anyOf(tags(expected))}`];
    case 'attribute':
      return [
        name === 'packet'
          ? 'the one attribute of <packet> is version; elements below it have none'
          : `<${name}> takes no attributes: in packets only <packet> has one, version`,
      ];
    case 'children':
      return [
        `<${name}> takes ${element.textAt === -1 ? 'no' : 'text and no'} elements, found is ${anyOf(tags(element.children.map((child) => child.name)), 3)}`,
      ];
    case 'characters':
      return [
        element.children.length === 0 && element.text.trim() === ''
          ? `<${name}> is to stand empty, without a blank or line end in it: <${name}/>`
          : `<${name}> takes no text of its own, found is '${element.text.trim().slice(0, 60)}'`,
      ];
    case 'value':
      return [];
  }
}

function after(way: readonly XmlElement[]): string {
  const [parent, element] = way.slice(-2);
  if (parent === undefined || element === undefined) return '';
  const before = parent.children[parent.children.indexOf(element) - 1];
  return before === undefined ? '' : `after <${before.name}>, `;
}
