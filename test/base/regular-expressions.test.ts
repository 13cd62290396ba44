import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { trimEnds } from '../../base/trim-ends.ts';

/** The regular expressions in the sources, as they are written there. */
function expressionsIn(file: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest));
  return found;
}

const FILES = ['base', 'src', 'server'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name)),
);

/** Classes, escapes, groups' brackets, bars and characters. */
const PART = /\[(?:\\.|[^\]\\])*\]|\\(?:[pP]\{[^}]*\}|.)|\(\?[:=!<]*|./gsu;

/** The alternatives of an expression that are in no group, in parts. */
function alternativesOf(source: string): readonly (readonly string[])[] {
  const alternatives: string[][] = [[]];
  let depth = 0;
  for (const [part] of source.matchAll(PART)) {
    if (part.startsWith('(')) depth += 1;
    if (part === ')') depth -= 1;
    if (part === '|' && depth === 0) alternatives.push([]);
    else alternatives.at(-1)?.push(part);
  }
  return alternatives;
}

/**
 * Why an expression takes quadratic time: it looks for a repetition up to the end of the text, from each place where the
 * repetition can begin. That is well if it begins behind a character that it does not repeat.
 */
function quadraticPart(literal: string): string | undefined {
  const at = literal.lastIndexOf('/');
  const [source, flags] = [literal.slice(1, at), literal.slice(at + 1).replace('g', '')];
  for (const parts of alternativesOf(source)) {
    const [end, often = '', what = '', before] = parts.toReversed();
    if (parts[0] === '^' || end !== '$') continue;
    if (!/^[+*]$/.test(often) || (what === '.' && flags.includes('s'))) continue;
    const isBehindAnother = before !== undefined && !new RegExp(`^${what}$`, flags).test(characterOf(before));
    if (!isBehindAnother) return `${what}${often}$`;
  }
  return undefined;
}

/** A character that a part stands for. */
const characterOf = (part: string): string => /^\[?\\?(.)/su.exec(part)?.[1] ?? '';

describe('regular expressions', () => {
  it.each([
    ['/a+$/', 'a+$'],
    ['/^["\\s]+|["\\s]+$/g', '["\\s]+$'],
    ['/\\/.*$/', '.*$'],
    ['/\\/+$/', '\\/+$'],
  ])('%s takes quadratic time', (literal, part) => {
    expect(quadraticPart(literal)).toBe(part);
  });

  it.each(['/^a+$/', '/:\\d+$/', '/[?#].*$/s', '/a$/', '/(?:a|b+$)c/'])('%s does not', (literal) => {
    expect(quadraticPart(literal)).toBeUndefined();
  });

  it('take linear time to look for a repetition at the end of a text', () => {
    const quadratic = FILES.flatMap((file) =>
      expressionsIn(file)
        .filter((literal) => quadraticPart(literal) !== undefined)
        .map((literal) => `${file}: ${literal}`),
    );

    expect(FILES.length).toBeGreaterThan(100);
    expect(quadratic).toEqual([]);
  });
});

it.each([
  ['"token"', '"', '"', 'token'],
  ['<token>', '<', '>', 'token'],
  ['token', '"', '"', 'token'],
  ['"" ""', '"', '"', ' '],
  ['""""', '"', '"', ''],
  ['https://a/b//', '', '/', 'https://a/b'],
])('trims %j', (text, atStart, atEnd, trimmed) => {
  expect(trimEnds(text, atStart, atEnd)).toBe(trimmed);
});
