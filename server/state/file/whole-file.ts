import type { Stats } from 'node:fs';
import { lstat, open, readFile, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * A file of one process that is there whole or not at all: what is new is written beside it and takes its place at the
 * end. What fails throws an Error that says so in a sentence, and the file is as it was.
 */
export class WholeFile {
  readonly path: string;
  readonly #beside: string;
  /** The file as it was last read or written here; `undefined` where there was none. */
  #known: string | undefined;

  private constructor(path: string, tag: string) {
    this.path = path;
    this.#beside = `${path}.${tag}.tmp`;
  }

  /** The file at a path, or where a link there leads; `tag`, eight hex digits, is no other process's. */
  static async at(path: string, tag: string): Promise<WholeFile> {
    try {
      return new WholeFile(await realpath(path), tag);
    } catch {
      const link = await lstat(path).catch(() => undefined);
      if (link?.isSymbolicLink() === true) throw new Error('this is a link that leads nowhere');
      return new WholeFile(path, tag);
    }
  }

  /** All that is in it, or `undefined` where there is no file. */
  async read(): Promise<Uint8Array | undefined> {
    const found = await this.#stat();
    if (found === undefined) return undefined;
    if (found.isDirectory()) throw new Error('this is a folder');
    if (!found.isFile()) throw new Error('this is a device, no file');
    const bytes = await readFile(this.path);
    this.#known = stampOf(found);
    return bytes;
  }

  /** Puts slices in its place, each asked for when the one before is written: other work goes on between them. */
  async write(slices: Iterable<string>): Promise<void> {
    await this.#checkUntouched();
    try {
      const stamp = await this.#writeBeside(slices);
      await this.#checkUntouched();
      await rename(this.#beside, this.path);
      this.#known = stamp;
    } catch (error) {
      await rm(this.#beside, { force: true }).catch(() => undefined);
      throw explained(error);
    }
    await syncFolder(dirname(this.path));
  }

  /** Removes what processes that were killed have left beside it, and fails where it could not be written. */
  async tidy(): Promise<void> {
    const folder = dirname(this.path);
    const name = basename(this.path);
    try {
      for (const entry of await readdir(folder)) {
        const isLeft = entry.startsWith(`${name}.`) && TAGGED.test(entry.slice(name.length));
        if (isLeft) await rm(join(folder, entry), { force: true });
      }
      await (await open(this.#beside, 'wx', MODE)).close();
      await rm(this.#beside);
    } catch (error) {
      throw explained(error);
    }
  }

  async #writeBeside(slices: Iterable<string>): Promise<string> {
    const beside = await open(this.#beside, 'wx', MODE);
    try {
      await writeFile(beside, slices);
      await beside.sync();
      return stampOf(await beside.stat());
    } finally {
      await beside.close();
    }
  }

  /** Fails where somebody else has written the file, so that nothing of theirs is lost. */
  async #checkUntouched(): Promise<void> {
    const found = await this.#stat();
    if (found !== undefined && stampOf(found) !== this.#known)
      throw new Error('somebody else has written it since it was read here; it is left to them');
  }

  async #stat(): Promise<Stats | undefined> {
    try {
      return await stat(this.path);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }
}

/** For its owner only: there are passwords in it. */
const MODE = 0o600;

const TAGGED = /^\.[\da-f]{8}\.tmp$/;

/** By when it was written and how long it is, a file is known again. */
const stampOf = ({ mtimeMs, size }: Stats): string => `${mtimeMs} ${size}`;

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

function explained(error: unknown): unknown {
  const code = codeOf(error);
  if (code === 'ENOENT') return new Error('the folder that it belongs in is not there', { cause: error });
  if (code === 'EBUSY')
    return new Error('a file that is mounted by itself cannot be replaced; mount its folder', {
      cause: error,
    });
  return error;
}

/** Keeps the new file through a power cut, too, where the system can. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder);
    await handle.sync().finally(() => handle.close());
  } catch {
    // The file itself is written.
  }
}
