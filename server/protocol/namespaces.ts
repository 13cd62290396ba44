import type { XmlElement } from './xml.ts';

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';

/** A document with its names as libxml2 writes them, `{namespace}name`, and without its declarations. */
export const qualified = (root: XmlElement): XmlElement => qualify(root, new Map([['xml', XML_NAMESPACE]]));

function qualify(element: XmlElement, outer: ReadonlyMap<string, string>): XmlElement {
  const scope = new Map(outer);
  const attributes = new Map<string, string>();
  for (const [name, value] of element.attributes ?? []) {
    if (name === 'xmlns') scope.set('', value);
    else if (name.startsWith('xmlns:')) scope.set(name.slice(6), value);
  }
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

function expanded(name: string, scope: ReadonlyMap<string, string>): string {
  const colon = name.indexOf(':');
  const namespace = scope.get(colon === -1 ? '' : name.slice(0, colon));
  if (namespace === undefined || namespace === '') return name;
  return `{${namespace}}${name.slice(colon + 1)}`;
}
