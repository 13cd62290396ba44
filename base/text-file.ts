import { readFile } from 'node:fs/promises';

/** The text of a file, without the byte order mark that editors on Windows begin it with. */
export const readTextFile = async (file: string): Promise<string> =>
  (await readFile(file, 'utf8')).replace(/^\ufeff/, '');
