import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { manifest, inWords, weightOf } from '../support/package.ts';

/** A line of docs/dependencies.md. */
interface Line {
  readonly library: string;
  readonly version: string;
  readonly alone: string;
  readonly reasons: readonly string[];
}

const PAGE = readFileSync('docs/dependencies.md', 'utf8');

/** The lines of one of its tables. */
function linesOf(heading: string): readonly Line[] {
  const [, text = ''] = new RegExp(`^## ${heading}\n([^]*?)(?=^## |$(?![^]))`, 'm').exec(PAGE) ?? [];
  return text
    .split('\n')
    .filter((line) => /^\| (?!library|-)/.test(line))
    .map((line) => {
      const [library = '', version = '', alone = '', ...reasons] = line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim());
      return { library, version, alone, reasons };
    });
}

const [INSTALLED, BUNDLED, PEERS] = ['Installed', 'Bundled', 'Optional peers'].map(linesOf) as [
  readonly Line[],
  readonly Line[],
  readonly Line[],
];
const ALL = [...INSTALLED, ...BUNDLED, ...PEERS];

const versions = (lines: readonly Line[]): Readonly<Record<string, string>> =>
  Object.fromEntries(lines.map(({ library, version }) => [library, version]));

it('has a line for each library that is installed, and each optional peer', () => {
  const { dependencies, peerDependencies } = manifest();

  expect(versions(INSTALLED)).toEqual(dependencies);
  expect(versions(PEERS)).toEqual(peerDependencies);
});

it('has a line for each library that the sources import, and for no other', () => {
  expect(ALL.map(({ library }) => library).toSorted()).toEqual(imported());
});

it.each(BUNDLED)('names the version of $library that is bundled', ({ library, version }) => {
  expect(version).toBe(manifest().devDependencies[library]);
});

it.each(ALL.filter(({ alone }) => alone !== 'yours'))(
  'says what $library alone would install',
  ({ library, alone }) => {
    const folders = [...needs(`node_modules/${library}`)];
    const bytes = folders.reduce((sum, folder) => sum + weightOf(folder).bytes, 0);

    expect(alone).toBe(
      `${folders.length} ${folders.length === 1 ? 'package' : 'packages'}, ${inWords(bytes)}`,
    );
  },
);

it.each(ALL)('says what $library is for, and why it is not done otherwise', ({ reasons }) => {
  expect(reasons).toHaveLength(2);
  for (const reason of reasons) expect(reason.length).toBeGreaterThan(20);
});

/** The libraries that the sources of the package import, types and imports at run time among them. */
function imported(): readonly string[] {
  const files = ['base', 'server', 'src'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, name)),
  );
  const names = files.flatMap((file) =>
    [
      ...readFileSync(file, 'utf8').matchAll(
        /(?:^import|\bfrom|\bimport\() ?'((?:@[\w-]+\/)?[\w-]+)[^']*'/gm,
      ),
    ].map(([, name = '']) => name),
  );
  return [...new Set(names)].filter((name) => name !== 'node').toSorted();
}

/** Packages by their folders, as package-lock.json has them. */
const LOCKED = (
  JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly dependencies?: Readonly<Record<string, string>> }>>;
  }
).packages;

/** The folder of a package and of all that it needs. */
function needs(folder: string, found = new Set<string>()): Set<string> {
  if (found.has(folder)) return found;
  found.add(folder);
  for (const name of Object.keys(LOCKED[folder]?.dependencies ?? {})) {
    const at = resolutions(folder, name).find((path) => path in LOCKED);
    if (at !== undefined) needs(at, found);
  }
  return found;
}

/** Where a package looks for another one, nearest first. */
const resolutions = (folder: string, name: string): readonly string[] => {
  const steps = folder.split('/node_modules/');
  return steps
    .map((_, index) => `${steps.slice(0, steps.length - index).join('/node_modules/')}/node_modules/${name}`)
    .concat(`node_modules/${name}`);
};
