/** An element as a generator builds it; written as text only at the end, so that no change can break the XML. */
export interface Node {
  name: string;
  attributes: string;
  /** Elements, and XML as it stands. */
  children: (Node | string)[];
}

export const node = (name: string, ...children: readonly (Node | string)[]): Node => ({
  name,
  attributes: '',
  children: [...children],
});

/** An element with these characters. */
export const textNode = (name: string, characters: string): Node =>
  node(name, characters.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'));

/** An element with all that are in it, in the order of the document. */
export const elementsOf = (root: Node): Node[] => [
  root,
  ...root.children.flatMap((child) => (typeof child === 'string' ? [] : elementsOf(child))),
];

export const render = ({ name, attributes, children }: Node): string =>
  `<${name}${attributes}>${children.map((child) => (typeof child === 'string' ? child : render(child))).join('')}</${name}>`;

/** The same with one element of its own at the place of another, however deep that stands. */
export const withReplaced = (root: Node, old: Node, ...others: readonly (Node | string)[]): Node => ({
  ...root,
  children: root.children.flatMap((child) => {
    if (child === old) return others;
    return typeof child === 'string' ? [child] : [withReplaced(child, old, ...others)];
  }),
});
