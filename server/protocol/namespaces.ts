import type { XmlElement } from './xml.ts';

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';

/** A document with its names as libxml2 writes them, `{namespace}name`, and without its declarations. */
export const qualified = (root: XmlElement): XmlElement => qualify(root, new Map([['xml', XML_NAMESPACE]]));

function qualify(element: XmlElement, outer: ReadonlyMap<string, string>): XmlElement {
  const scope = scopeOf(element, outer);
  const attributes = new Map<string, string>();
  for (const [name, value] of element.attributes ?? []) {
    if (name === 'xmlns' || name.startsWith('xmlns:')) continue;
    attributes.set(name.includes(':') ? expanded(name, scope) : name, value);
  }
  return {
    ...element,
    name: expanded(element.name, scope),
    attributes: attributes.size === 0 ? undefined : attributes,
    children: element.children.map((child) => qualify(child, scope)),
  };
}

/** The namespaces in force within an element; copied only where it declares some of its own. */
function scopeOf(
  { attributes }: XmlElement,
  outer: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const own = [...(attributes ?? [])].filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'));
  if (own.length === 0) return outer;
  return new Map([...outer, ...own.map(([name, value]): [string, string] => [name.slice(6), value])]);
}

function expanded(name: string, scope: ReadonlyMap<string, string>): string {
  const colon = name.indexOf(':');
  const namespace = scope.get(colon === -1 ? '' : name.slice(0, colon));
  if (namespace === undefined || namespace === '') return name;
  return `{${namespace}}${name.slice(colon + 1)}`;
}
