import { constants, copyFile, link, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readTextFile } from '../../../base/text-file.ts';
import { CertificateError } from './certificate-error.ts';

/** Reads a file, or answers `undefined` where there is none. */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readTextFile(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new CertificateError(`${file} cannot be read: ${reasons[code ?? ''] ?? message}`, { cause: error });
  }
}

/** Reads a file that has to be there. */
export async function readFileAt(file: string): Promise<string> {
  const text = await readIfThere(file);
  if (text === undefined) throw new CertificateError(`${file} cannot be read: there is no such file`);
  return text;
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user may not; change its owner or mode',
  EISDIR: 'it is a directory, and has to be a file',
};

/**
 * Puts a text where no file is yet, whole from its first moment on; of several that do so at once the first
 * wins, and the others change nothing. Nobody but its owner can read it before it has its mode.
 */
export async function publish(file: string, text: string, mode: number): Promise<void> {
  const directory = dirname(file);
  try {
    await mkdir(directory, { recursive: true });
    const own = await mkdtemp(join(directory, '.new-'));
    try {
      const draft = join(own, basename(file));
      await writeFile(draft, text, { mode, flag: 'wx', flush: true });
      await linkUnlessThere(draft, file);
    } finally {
      await rm(own, { recursive: true, force: true });
    }
  } catch (cause) {
    throw new CertificateError(
      `${file} cannot be written (${(cause as Error).message}); name a directory that this user can write`,
      { cause },
    );
  }
}

/** `rename` would replace the winner's file; `link` refuses. Where there are no hard links, a copy refuses as well. */
async function linkUnlessThere(draft: string, file: string): Promise<void> {
  try {
    await link(draft, file).catch(async (error: unknown) => {
      if (isThere(error)) throw error;
      await copyFile(draft, file, constants.COPYFILE_EXCL);
    });
  } catch (error) {
    if (!isThere(error)) throw error;
  }
}

const isThere = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EEXIST';

/** Says so where others than its owner can read a file that holds a key; Windows has no such modes. */
export async function warningOf(
  file: string,
  platform: NodeJS.Platform = process.platform,
): Promise<string | undefined> {
  const { mode } = await stat(file);
  if (platform === 'win32' || (mode & 0o077) === 0) return undefined;
  const octal = (mode & 0o777).toString(8).padStart(3, '0');
  return `${file} is open to other users (mode ${octal}) and holds a key that makes certificates; chmod 600 ${file}`;
}
