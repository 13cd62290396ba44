import type { Stats } from 'node:fs';
import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readSmall } from './small-file.ts';

/** Receives warnings for the operator. */
export type Warn = (message: string) => void;

/** How a file of a secret is read. */
export interface SecretReading {
  readonly warn?: Warn | undefined;
  readonly platform?: NodeJS.Platform | undefined;
}

/** A file or a folder, and who may use it. */
interface Owned {
  readonly path: string;
  readonly mode: number;
  readonly uid: number;
}

/** The file of a secret, the folders in which it can be replaced, and the user of this process. */
export interface SecretPlace {
  readonly file: Owned;
  readonly folders: readonly (Owned & { readonly isReadOnly: boolean })[];
  readonly uid: number;
}

/** Why a secret is not taken from its file, or else what the operator should know. */
export type Verdict = { readonly mistake: string } | { readonly warnings: readonly string[] };

const GROUP_WRITE = 0o020;
const OTHERS_WRITE = 0o002;
const OTHERS_READ = 0o004;
/** In such a folder, such as /tmp, only the owner of a file may replace it. */
const STICKY = 0o1000;

/** The text of a file that holds a secret, or what is wrong with the file or with who may change it. */
export function readSecretFile(
  path: string,
  { warn, platform = process.platform }: SecretReading = {},
): Promise<{ readonly text: string } | { readonly mistake: string }> {
  // Windows has no such modes: every file has mode 666 there.
  if (platform === 'win32') return readSmall(path);
  return readSmall(path, async (found) => {
    const verdict = judge(await placeOf(path, found));
    if ('mistake' in verdict) return verdict.mistake;
    for (const warning of verdict.warnings) warn?.(warning);
    return undefined;
  });
}

/**
 * Judges who may read and change the file of a secret. Whoever may change it is a mistake; a file that all may read is a
 * warning, since orchestrators mount secrets so.
 */
export function judge({ file, folders, uid }: SecretPlace): Verdict {
  const { path } = file;
  const open = folders.find((folder) => isOpen(folder, OTHERS_WRITE) && !folder.isReadOnly);
  if ((file.mode & (GROUP_WRITE | OTHERS_WRITE)) !== 0)
    return {
      mistake: `${path} holds a secret, and other users may write it (mode ${octal(file)}); run: chmod 600 ${path}`,
    };
  if (open !== undefined)
    return {
      mistake: `${path} holds a secret, and other users may replace it, since its folder ${open.path} has mode ${octal(open)}; run: chmod go-w ${open.path}`,
    };
  const shared = folders.find((folder) => isOpen(folder, GROUP_WRITE | OTHERS_WRITE));
  const foreign = [file, ...folders].find((owned) => owned.uid !== 0 && owned.uid !== uid);
  const warnings = [
    (file.mode & OTHERS_READ) !== 0 &&
      `${path} holds a secret, and every user of this machine may read it (mode ${octal(file)}); run: chmod 600 ${path}, or mount it with mode 0400 or 0440`,
    shared !== undefined &&
      `${path} holds a secret, and its folder ${shared.path} may be written by its group or by all (mode ${octal(shared)}); run: chmod go-w ${shared.path}`,
    foreign !== undefined &&
      `${path} holds a secret, and ${foreign.path} belongs to user ${foreign.uid}, who may change it; this process is user ${uid}`,
  ];
  return { warnings: warnings.filter((warning) => warning !== false) };
}

const isOpen = ({ mode }: Owned, bits: number): boolean => (mode & bits) !== 0 && (mode & STICKY) === 0;

const octal = ({ mode }: Owned): string => (mode & 0o777).toString(8);

/** The file may be behind a link: then its own folder and that of the link count. */
async function placeOf(path: string, { mode, uid }: Stats): Promise<SecretPlace> {
  const folders = new Set([dirname(path), dirname(await realpath(path))]);
  return {
    file: { path, mode, uid },
    folders: await Promise.all([...folders].map(folderAt)),
    uid: process.getuid?.() ?? 0,
  };
}

async function folderAt(path: string): Promise<SecretPlace['folders'][number]> {
  const [{ mode, uid }, isReadOnly] = await Promise.all([stat(path), isOnReadOnly(path)]);
  return { path, mode, uid, isReadOnly };
}

/** An orchestrator mounts a folder read-only, whatever its mode. */
const isOnReadOnly = (path: string): Promise<boolean> =>
  access(path, constants.W_OK).then(
    () => false,
    (error: unknown) => (error as NodeJS.ErrnoException).code === 'EROFS',
  );

/** Passes each warning on once: files are read again with every reload. */
export function onceEach(warn: Warn): Warn {
  const known = new Set<string>();
  return (message) => {
    if (known.has(message)) return;
    known.add(message);
    warn(message);
  };
}
