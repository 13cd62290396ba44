import { el } from './dom.js';

/** More than this is shown as it came: nobody reads it by eye. */
const LARGEST = 200_000;

const TOKEN =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<!(?:[^>"']|"[^"]*"|'[^']*')*>|<(?:[^>"']|"[^"]*"|'[^']*')*>|[^<]+|</g;
const TAG = /^(<\/?)([^\s/>]+)([\s\S]*?)(\/?>)$/;
const ATTRIBUTE = /([^\s=]+)(\s*=\s*)("[^"]*"|'[^']*')|[\s\S]/g;

const mark = (kind, text) => el('span', { class: `xml-${kind}` }, text);

/**
 * A document with an element a line, its parts marked. It is read by its tags alone, so that what is not well-formed
 * can be seen too, as far as it goes.
 */
export function prettyXml(source) {
  if (source.length > LARGEST)
    return [source.slice(0, LARGEST), mark('comment', `\n… ${source.length - LARGEST} characters more`)];
  const tokens = (source.match(TOKEN) ?? []).filter((token) => token.trim() !== '');
  const pieces = [];
  let depth = 0;
  tokens.forEach((token, at) => {
    const isEnd = token.startsWith('</');
    const isStart = TAG.test(token) && !isEnd && !/^<[?!]/.test(token);
    if (isEnd) depth = Math.max(0, depth - 1);
    const isInline = isEnd
      ? tokens[at - 2] !== undefined && closesText(tokens, at)
      : isText(token) && followsStart(tokens, at);
    if (!isInline && at > 0) pieces.push(`\n${'  '.repeat(depth)}`);
    pieces.push(...marked(isText(token) && isInline ? token.trim() : token));
    if (isStart && !token.endsWith('/>')) depth += 1;
  });
  return pieces;
}

const isText = (token) => token !== undefined && (!token.startsWith('<') || token.startsWith('<![CDATA['));
const isStartTag = (token) => /^<[^/?!]/.test(token ?? '') && !token.endsWith('/>');

/** Whether a text is all that an element holds, and stands with its tags on one line. */
const followsStart = (tokens, at) => isStartTag(tokens[at - 1]) && (tokens[at + 1] ?? '').startsWith('</');

/** Whether an end tag stands behind such a text, or closes an element that holds nothing. */
const closesText = (tokens, at) =>
  isStartTag(tokens[at - 1]) || (isText(tokens[at - 1]) && followsStart(tokens, at - 1));

function marked(token) {
  if (token.startsWith('<!--')) return [mark('comment', token)];
  if (token.startsWith('<![CDATA[')) return [mark('text', token)];
  if (/^<[?!]/.test(token)) return [mark('comment', token)];
  const [, open, name, attributes, close] = TAG.exec(token) ?? [];
  if (name === undefined) return [mark('text', token)];
  return [mark('sign', open), mark('name', name), ...attributesOf(attributes), mark('sign', close)];
}

const attributesOf = (text) =>
  [...text.matchAll(ATTRIBUTE)].flatMap(([whole, name, equals, value]) =>
    name === undefined ? [whole] : [mark('attribute', name), equals, mark('value', value)],
  );
