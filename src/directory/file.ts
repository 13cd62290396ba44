import type { Stats } from 'node:fs';
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { lstat, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Adapter } from 'lowdb';
import { DirectoryError } from './directory-error.ts';
import type { StoredDirectory } from './schema.ts';
import { storedIn, textOf } from './stored-text.ts';

/** lowdb's adapter for the directory file. What it throws is a DirectoryError. */
export class DirectoryFile implements Adapter<StoredDirectory> {
  /** The file itself, where the path that was given is a link. */
  readonly path: string;
  readonly #given: string;
  readonly #now: number;
  /** The file as it was read; `undefined` where there was none. */
  #known: Stats | undefined;

  private constructor(given: string, path: string, now: number) {
    this.#given = given;
    this.path = path;
    this.#now = now;
  }

  /** The file at a path, or where a link there leads; which of its keys are live is judged by the instant. */
  static async at(given: string, now: number): Promise<DirectoryFile> {
    const path = await realpath(given).catch(() => undefined);
    if (path !== undefined) return new DirectoryFile(given, path, now);
    const link = await lstat(given).catch(() => undefined);
    if (link !== undefined) throw new DirectoryError(given, ['this is a link that leads nowhere']);
    return new DirectoryFile(given, given, now);
  }

  /** The directory in the file, or `null` where there is no file. Refuses what others can read or write. */
  async read(): Promise<StoredDirectory | null> {
    const bytes = await this.#inWords('read', this.#bytes());
    if (bytes === undefined) return null;
    const found = storedIn(bytes, this.#now);
    if ('mistakes' in found) throw new DirectoryError(this.#given, found.mistakes);
    return found.stored;
  }

  /** Puts a directory in its place, whole or not at all; its owner and mode stay. To be called under the lock. */
  async write(stored: StoredDirectory): Promise<void> {
    await this.#inWords('written', this.#replace(textOf(stored)));
  }

  async #bytes(): Promise<Uint8Array | undefined> {
    let handle: FileHandle | undefined;
    try {
      // A pipe would be waited for without an end.
      handle = await open(this.path, constants.O_RDONLY | constants.O_NONBLOCK);
      const found = await handle.stat();
      if (!found.isFile()) throw new Error('it is no file');
      const mistake = modeMistake(found.mode, this.#given);
      if (mistake !== undefined) throw new DirectoryError(this.#given, [mistake]);
      this.#known = found;
      return await handle.readFile();
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    } finally {
      await handle?.close();
    }
  }

  async #replace(text: string): Promise<void> {
    const draft = `${this.path}.new`;
    try {
      // One name is enough, as only who holds the lock writes it; a process that was killed may have left it.
      await rm(draft, { force: true });
      await this.#writeDraft(draft, text);
      await this.#checkUntouched();
      await rename(draft, this.path);
    } catch (error) {
      await rm(draft, { force: true }).catch(() => undefined);
      throw error;
    }
    await syncFolder(dirname(this.path));
  }

  async #writeDraft(draft: string, text: string): Promise<void> {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      if (this.#known !== undefined) {
        const { uid, gid, mode } = this.#known;
        const own = await handle.stat();
        if (own.uid !== uid || own.gid !== gid) await handle.chown(uid, gid);
        await handle.chmod(mode & 0o777);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  /** Somebody may have it open in an editor, who knows nothing of the lock. */
  async #checkUntouched(): Promise<void> {
    const found = await stat(this.path).catch(() => undefined);
    const isSame =
      found?.ino === this.#known?.ino &&
      found?.mtimeMs === this.#known?.mtimeMs &&
      found?.size === this.#known?.size;
    if (!isSame)
      throw new Error('somebody else has just written it; nothing of theirs is changed, try again');
  }

  async #inWords<T>(done: 'read' | 'written', work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (error instanceof DirectoryError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new DirectoryError(this.#given, [
        `it cannot be ${done}: ${WORDS[String(codeOf(error))] ?? reason}`,
      ]);
    }
  }
}

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'this process may not',
  ENOENT: 'the folder that it belongs in is not there',
  EPERM: 'its owner cannot be kept; only they and root may change it',
  EBUSY: 'a file that is mounted by itself cannot be replaced; mount its folder',
  EROFS: 'its file system is read-only',
};

/**
 * What is wrong with who may read and write a file. Its group may read it: that is how secrets are mounted. Windows has no
 * such modes: every file shows as 666 there.
 */
export function modeMistake(
  mode: number,
  file: string,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  if (platform === 'win32') return undefined;
  const isOpen = (mode & 0o007) !== 0;
  if (!isOpen && (mode & 0o020) === 0) return undefined;
  const who = isOpen ? 'everybody on this machine may use it' : 'its group may write it';
  return `${who} (mode ${(mode & 0o777).toString(8)}), and it opens Plesk servers; run: chmod 600 ${file}`;
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

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;
