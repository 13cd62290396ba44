import type { XmlElement } from './xml.ts';

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';

/** A document with its names as libxml2 writes them, `{namespace}name`, and without its declarations. */
export const qualified = (root: XmlElement): XmlElement => qualify(root, new Map([['xml', XML_NAMESPACE]]));

/** Adds the element's declarations to the scope and takes them back: a copy of a large scope per element would be slow. */
function qualify(element: XmlElement, scope: Map<string, string>): XmlElement {
  const hidden: [prefix: string, namespace: string][] = [];
  for (const [name, namespace] of element.attributes ?? []) {
    if (!isDeclaration(name)) continue;
    const prefix = name.slice(6);
    hidden.push([prefix, scope.get(prefix) ?? '']);
    scope.set(prefix, namespace);
  }
  const attributes = new Map<string, string>();
  for (const [name, value] of element.attributes ?? []) {
    if (!isDeclaration(name)) attributes.set(name.includes(':') ? expanded(name, scope) : name, value);
  }
  const found = {
    ...element,
    name: expanded(element.name, scope),
    attributes: attributes.size === 0 ? undefined : attributes,
    children: element.children.map((child) => qualify(child, scope)),
  };
  for (const [prefix, namespace] of hidden) scope.set(prefix, namespace);
  return found;
}

const isDeclaration = (name: string): boolean => name === 'xmlns' || name.startsWith('xmlns:');

function expanded(name: string, scope: ReadonlyMap<string, string>): string {
  const colon = name.indexOf(':');
  const namespace = scope.get(colon === -1 ? '' : name.slice(0, colon));
  if (namespace === undefined || namespace === '') return name;
  return `{${namespace}}${name.slice(colon + 1)}`;
}
