import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { brokenJson } from '../base/broken-json.ts';
import { SeedError } from './state/seed-state.ts';

/** The seeds that come with the package, by name. */
const SHIPPED = ['demo'] as const;

/** Reads a seed that comes with the package, or a JSON file; throws a SeedError that says what is wrong. */
export async function readSeed(name: string): Promise<unknown> {
  const isShipped = SHIPPED.some((shipped) => shipped === name);
  const file = isShipped ? join(packageRoot(), 'fixtures', 'states', `${name}.json`) : name;
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new SeedError([
      `${file} cannot be read: ${messageOf(error)}; it is a JSON file, or one of ${SHIPPED.join(', ')}`,
    ]);
  });
  // Editors on Windows begin a file with a byte order mark.
  const json = text.replace(/^\ufeff/, '');
  try {
    return JSON.parse(json) as unknown;
  } catch {
    throw new SeedError([`${file} is no JSON: ${brokenJson(json) ?? 'it cannot be parsed'}`]);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The package's own folder, from the sources, from dist/ and from the bundled bin alike. */
const packageRoot = (): string =>
  dirname(createRequire(import.meta.url).resolve('plesk-emulator/package.json'));
