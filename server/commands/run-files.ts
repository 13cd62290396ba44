import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Invocation } from './command.ts';

/**
 * A running program leaves its URL in a small file, for `health`, `wait` and `env` of the same user: they find its port
 * however it was chosen. The first of these directories that can be written is used; in a container with a read-only
 * file system that is shared memory. Without any the program runs on, and is asked on its default port.
 */
export function runDirectories(runDir: unknown, env: Invocation['env']): readonly string[] {
  if (typeof runDir === 'string') return [runDir];
  const runtime = env['XDG_RUNTIME_DIR'] ?? '';
  // On Windows the directory for temporary files is of the user already.
  const own = `plesk-emulator-${process.getuid?.() ?? 'user'}`;
  return [...(isAbsolute(runtime) ? [join(runtime, own)] : []), join(tmpdir(), own), join('/dev/shm', own)];
}

/** Leaves the URL of this process until it ends. */
export function leaveRunFile(url: string, directories: readonly string[]): void {
  for (const directory of directories) {
    try {
      makeDirectory(directory);
      if (!isOwn(directory)) continue;
      const file = join(directory, `${hostname()}-${process.pid}.json`);
      writeFileSync(`${file}.new`, JSON.stringify({ pid: process.pid, url }), { mode: 0o600 });
      renameSync(`${file}.new`, file);
      process.once('exit', () => {
        rmSync(file, { force: true });
      });
      return;
    } catch {
      // The next one may be writable.
    }
  }
}

function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** The URLs of the programs of this user that run on this machine. */
export function runningUrls(directories: readonly string[]): readonly string[] {
  const prefix = `${hostname()}-`;
  return directories.filter(isOwn).flatMap((directory) =>
    readdirSync(directory)
      .filter((name) => name.startsWith(prefix) && name.endsWith('.json'))
      .flatMap((name) => {
        const file = join(directory, name);
        const found = readRunFile(file);
        if (found !== undefined && isAlive(found.pid)) return [found.url];
        // Left by a program that was killed.
        rmSync(file, { force: true });
        return [];
      }),
  );
}

/** Whether a directory is there, and nobody else can put a file into it: `env` trusts the CA of what it finds. */
function isOwn(directory: string): boolean {
  try {
    const found = lstatSync(directory);
    // Windows has neither owners nor modes here; its temporary directory is the user's own.
    if (process.getuid === undefined) return found.isDirectory();
    return found.isDirectory() && found.uid === process.getuid() && (found.mode & 0o022) === 0;
  } catch {
    return false;
  }
}

function readRunFile(file: string): { readonly pid: number; readonly url: string } | undefined {
  try {
    const { pid, url } = JSON.parse(readFileSync(file, 'utf8')) as { pid?: unknown; url?: unknown };
    return typeof pid === 'number' && typeof url === 'string' ? { pid, url } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
