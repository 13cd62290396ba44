import { readdirSync, readFileSync } from 'node:fs';

/** A fenced block of a page. */
export interface Example {
  readonly page: string;
  readonly language: string;
  readonly code: string;
  /** How many of its language stand before it on its page. */
  readonly nth: number;
}

/** One command of a `console` block, and what it prints. */
export interface Exchange {
  readonly command: string;
  readonly prints: string;
}

/** Every fenced block of README.md and docs/, in order. */
export function examplesOf(language: string): readonly Example[] {
  const pages = ['README.md', ...readdirSync('docs').map((name) => `docs/${name}`)];
  return pages
    .filter((page) => page.endsWith('.md'))
    .flatMap((page) => {
      const text = readFileSync(page, 'utf8');
      return [...text.matchAll(/^```(\w+)\n([^]*?)^```$/gm)]
        .filter(([, found]) => found === language)
        .map(([, , code = ''], nth) => ({ page, language, code, nth }));
    });
}

/** The commands of a `console` block. */
export function exchangesOf({ code }: Example): readonly Exchange[] {
  return code
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      return { command: part.slice(0, end), prints: part.slice(end + 1) };
    });
}
