import { brokenJson } from '../../base/broken-json.ts';
import { SettingsError } from '../../base/settings-error.ts';
import { readTextFile } from '../../base/text-file.ts';
import type { Catalogue } from './catalogue.ts';
import { CATALOGUE } from './catalogue.ts';
import { readCatalogue } from './read-catalogue.ts';

/** The destinations of an installation: the standard ones, with the rows that a file has in their place. */
export async function readDestinations(file: string | undefined): Promise<Catalogue> {
  if (file === undefined) return CATALOGUE;
  const text = await readTextFile(file).catch((error: unknown) => {
    throw new SettingsError([`destinations: ${file} cannot be read: ${String(error)}`]);
  });
  const broken = brokenJson(text);
  if (broken !== undefined) throw new SettingsError([`destinations: ${file}, ${broken}`]);
  const read = readCatalogue(JSON.parse(text));
  if ('catalogue' in read) return read.catalogue;
  throw new SettingsError(read.mistakes.map((mistake) => `destinations: ${file}: ${mistake}`));
}
