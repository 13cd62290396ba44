import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';

const PAGES = [
  'README.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

it.each(PAGES)('%s: every relative link leads to what is there', (page) => {
  expect(linksOf(proseOf(page)).flatMap((link) => whyDead(link, page))).toEqual([]);
});

it('finds the links of the pages, with and without an anchor', () => {
  const links = PAGES.flatMap((page) => linksOf(proseOf(page)));

  expect(links.filter((link) => !link.includes('#')).length).toBeGreaterThan(50);
  expect(links.filter((link) => link.includes('#')).length).toBeGreaterThan(5);
});

it.each([
  ['no-such-page.md', 'docs/accounts.md', 'no-such-page.md: there is no docs/no-such-page.md'],
  ['../README.md#nowhere', 'docs/accounts.md', '../README.md#nowhere: README.md has no heading for it'],
  ['#nowhere', 'docs/accounts.md', '#nowhere: docs/accounts.md has no heading for it'],
])('tells that %s of %s leads nowhere', (link, page, why) => {
  expect(whyDead(link, page)).toEqual([why]);
});

it('names headings as GitHub does', () => {
  const page = '# One `code`, and more\n## Same\n### Same\n```\n# none\n```\n## [A link](x.md)?\n';
  expect(anchorsOf(page)).toEqual(['one-code-and-more', 'same', 'same-1', 'a-link']);
});

/** Why a link of a page leads nowhere, or nothing. */
function whyDead(link: string, page: string): readonly string[] {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : relative('.', join(dirname(page), path));
  if (!existsSync(target)) return [`${link}: there is no ${target}`];
  if (anchor === undefined || anchorsOf(readFileSync(target, 'utf8')).includes(anchor)) return [];
  return [`${link}: ${target} has no heading for it`];
}

/** A page without its code, where brackets are no links. */
const proseOf = (page: string): string =>
  withoutBlocks(readFileSync(page, 'utf8')).replace(/`[^`\n]*`/g, '`');

const withoutBlocks = (text: string): string => text.replace(/^```[^]*?^```$/gm, '');

/** The targets of links to pages and files of the project. */
const linksOf = (text: string): readonly string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^(?:[a-z]+:|\/\/)/.test(link));

/** The anchors of the headings of a page; one that stands there already has a number. */
function anchorsOf(text: string): readonly string[] {
  const seen = new Map<string, number>();
  return [...withoutBlocks(text).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => {
    const anchor = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .trim()
      .replaceAll(' ', '-');
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
}
