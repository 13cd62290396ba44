import type { FSWatcher } from 'node:fs';
import { watch } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Log } from '../../base/log.ts';
import type { Directory } from './directory.ts';
import { DirectoryError, summary } from './directory-error.ts';

/** What a directory is watched with. */
export interface Watching {
  readonly file: string;
  /** Reads the file; what it throws is logged, and the directory stays as it was. */
  readonly load: () => Promise<Directory>;
  /** The directory without the rights that a refused file takes away; the same directory if it takes none. */
  readonly restrict?: (directory: Directory) => Promise<Directory>;
  readonly log: Log;
  /** Called with each directory that replaces another; must not throw, as onRefusal. */
  readonly onChange?: (directory: Directory, before: Directory) => void;
  /** Called as onChange if the file was refused and only its removals count. */
  readonly onRestriction?: (directory: Directory, before: Directory) => void;
  /** Called where the file cannot be used, with every mistake. */
  readonly onRefusal?: (mistakes: readonly string[]) => void;
  /** How long a change has to be over before it is read, in milliseconds; 100 without it. */
  readonly settleMs?: number;
  /** How often the file is looked at besides, as not every file system tells of changes; 10 s without it. */
  readonly pollMs?: number;
}

/** The directory as it is now. */
export interface LiveDirectory {
  current(): Directory;
  /** Reads the file, and the files of its secrets, whether they have changed or not; false where the old one stays. */
  reload(): Promise<boolean>;
  /** Resolves when the file has been read the next time: whether it could be used. */
  nextReload(): Promise<boolean>;
  /** Ends the watch; what is being read is read to its end. */
  close(): Promise<void>;
}

/** Loads the directory, and again whenever its file changes; rejects where it cannot be loaded the first time. */
export async function watchDirectory(watching: Watching): Promise<LiveDirectory> {
  const stamp = await stampOf(watching.file);
  const directory = await watching.load();
  const live = new Live(watching, directory, stamp);
  await live.watch();
  return live;
}

/** Watches folders, and not the file: it is replaced by rename, and Kubernetes swaps a link beside it. */
class Live implements LiveDirectory {
  readonly #watching: Watching;
  readonly #watchers: FSWatcher[] = [];
  readonly #poll: NodeJS.Timeout;
  readonly #waiting = new Set<(isGood: boolean) => void>();
  #directory: Directory;
  /** The file as it was when it was last read. */
  #read: string;
  /** The file as it was when it was last looked at. */
  #seen: string;
  #settling: NodeJS.Timeout | undefined;
  /** What is under way, one after another. */
  #work: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(watching: Watching, directory: Directory, stamp: string) {
    this.#watching = watching;
    this.#directory = directory;
    this.#read = stamp;
    this.#seen = stamp;
    this.#poll = setInterval(() => {
      this.#lookSoon();
    }, watching.pollMs ?? 10_000).unref();
  }

  current(): Directory {
    return this.#directory;
  }

  reload(): Promise<boolean> {
    return this.#next(() => this.#load());
  }

  nextReload(): Promise<boolean> {
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#poll);
    clearTimeout(this.#settling);
    await this.#work;
    for (const watcher of this.#watchers.splice(0)) watcher.close();
    this.#tell(false);
  }

  /** Watches the folders in which the file is now, and no others. Anew each time: one may be another of its name. */
  async watch(): Promise<void> {
    const { file } = this.#watching;
    const real = await realpath(file).catch(() => file);
    for (const watcher of this.#watchers.splice(0)) watcher.close();
    for (const folder of new Set([dirname(file), dirname(real)])) this.#watchFolder(folder);
    // What happened before the watch began.
    this.#lookSoon();
  }

  #watchFolder(folder: string): void {
    const lost = (error: unknown): void => {
      const message = `${folder} cannot be watched; the directory is looked at now and then`;
      this.#watching.log.warn({ folder, reason: String(error) }, message);
    };
    try {
      const watcher = watch(folder, { persistent: false }, () => {
        this.#lookSoon();
      });
      this.#watchers.push(watcher.on('error', lost));
    } catch (error) {
      lost(error);
    }
  }

  #lookSoon(): void {
    if (this.#isClosed || this.#settling !== undefined) return;
    this.#settling = setTimeout(() => {
      this.#settling = undefined;
      void this.#next(() => this.#look());
    }, this.#watching.settleMs ?? 100).unref();
  }

  /** Reads the file where it has changed and is the same as at the look before: nobody is writing it any more. */
  async #look(): Promise<void> {
    const stamp = await stampOf(this.#watching.file);
    const isSettled = stamp === this.#seen;
    this.#seen = stamp;
    if (stamp === this.#read) return;
    if (isSettled) await this.#load();
    else this.#lookSoon();
  }

  async #load(): Promise<boolean> {
    // Before the file is read: what changes from here on is a change of what was read.
    this.#read = await stampOf(this.#watching.file);
    const isGood = await this.#take();
    await this.watch();
    this.#tell(isGood);
    return isGood;
  }

  #tell(isGood: boolean): void {
    for (const resolve of this.#waiting) resolve(isGood);
    this.#waiting.clear();
  }

  async #take(): Promise<boolean> {
    const { file, load, log, onChange, onRefusal } = this.#watching;
    const before = this.#directory;
    try {
      this.#directory = await load();
    } catch (error) {
      const mistakes = error instanceof DirectoryError ? error.mistakes : [String(error)];
      const shown = summary(mistakes);
      log.error({ file, mistakes: shown }, `the directory stays as it was; ${file}: ${shown.join('; ')}`);
      onRefusal?.(mistakes);
      await this.#restrict();
      return false;
    }
    log.info({ file }, `the directory ${file} has been read again`);
    onChange?.(this.#directory, before);
    return true;
  }

  async #restrict(): Promise<void> {
    const { file, restrict, log, onRestriction } = this.#watching;
    const before = this.#directory;
    const after = (await restrict?.(before)) ?? before;
    if (after === before) return;
    this.#directory = after;
    log.warn({ file }, `the rights that ${file} takes away from users and API keys are gone all the same`);
    onRestriction?.(after, before);
  }

  #next<T>(step: () => Promise<T>): Promise<T> {
    const done = this.#work.then(step);
    this.#work = done.catch(() => undefined);
    return done;
  }
}

/** What changes whenever a file does, or whether it is there. */
async function stampOf(file: string): Promise<string> {
  try {
    const { dev, ino, size, mode, mtimeNs, ctimeNs } = await stat(file, { bigint: true });
    return [dev, ino, size, mode, mtimeNs, ctimeNs].join(' ');
  } catch {
    return 'not there';
  }
}
