import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { brokenJson } from '../base/broken-json.ts';
import { nearestName } from '../base/nearest.ts';
import { SeedError } from './state/seed-state.ts';
import { packageRoot } from './package-root.ts';

/** The seeds that come with the package, by name. */
const SHIPPED = ['demo'] as const;

/** What a seed file holds. */
export interface SeedFile {
  readonly value: unknown;
  /** Mistakes that begin with the path of a field, with the file and the line before it. */
  readonly located: (mistakes: readonly string[]) => Promise<readonly string[]>;
}

/** Reads a seed that comes with the package, or a file. @throws {SeedError} that says what is wrong. */
export async function readSeed(name: string): Promise<SeedFile> {
  const isShipped = SHIPPED.some((shipped) => shipped === name);
  const file = isShipped ? join(packageRoot(), 'fixtures', 'states', `${name}.json`) : name;
  const bytes = await readFile(file).catch((error: unknown) => {
    const near = nearestName(name, SHIPPED);
    const hint =
      near === undefined
        ? `it is a file in YAML or JSON, a packet in XML, or one of ${SHIPPED.join(', ')}`
        : `do you mean ${near}?`;
    throw new SeedError([`${file} cannot be read: ${messageOf(error)}; ${hint}`]);
  });
  if (!isUtf8(bytes)) throw new SeedError([`${file} is not UTF-8; save it in that encoding`]);
  // Editors on Windows begin a file with a byte order mark.
  const text = bytes.toString().replace(/^\ufeff/, '');
  const format = formatOf(file, text);
  return {
    value: await valueIn(format, file, text),
    located: (mistakes) =>
      format === 'xml'
        ? Promise.resolve(mistakes.map((mistake) => `${file}: ${mistake}`))
        : withLines(file, text, mistakes),
  };
}

async function valueIn(format: Format, file: string, text: string): Promise<unknown> {
  switch (format) {
    case 'json':
      return fromJson(file, text);
    case 'yaml':
      return fromYaml(file, text);
    case 'xml':
      return { packets: [text] };
  }
}

/** Imported only where something is wrong: the parser of YAML is large. */
async function withLines(
  file: string,
  text: string,
  mistakes: readonly string[],
): Promise<readonly string[]> {
  const { linesIn } = await import('./seed-lines.ts');
  const lineOf = linesIn(text);
  const found = mistakes.map((mistake) => ({ mistake, line: lineOf(mistake.split(':')[0] ?? '') ?? 1 }));
  return found
    .toSorted((one, other) => one.line - other.line)
    .map(({ mistake, line }) => `${file}, line ${line}: ${mistake}`);
}

type Format = 'json' | 'yaml' | 'xml';

const FORMATS: ReadonlyMap<string, Format> = new Map([
  ['.json', 'json'],
  ['.yaml', 'yaml'],
  ['.yml', 'yaml'],
  ['.xml', 'xml'],
]);

/** What the name says counts; where it says nothing, such as /dev/stdin, the first character tells. */
function formatOf(file: string, text: string): Format {
  const first = /\S/.exec(text)?.[0] ?? '';
  const seen = first === '<' ? 'xml' : first === '{' || first === '[' ? 'json' : 'yaml';
  return FORMATS.get(extname(file).toLowerCase()) ?? seen;
}

function fromJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new SeedError([`${file} is no JSON: ${brokenJson(text) ?? 'it cannot be parsed'}`]);
  }
}

/** Imported only where it is wanted: the parser of YAML is large. */
async function fromYaml(file: string, text: string): Promise<unknown> {
  const { readYaml } = await import('./seed-yaml.ts');
  const read = readYaml(text);
  if ('mistakes' in read)
    throw new SeedError(read.mistakes.map((mistake) => `${file} is no YAML: ${mistake}`));
  // A file in which all is commented out is a seed that says nothing.
  return read.value ?? {};
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
