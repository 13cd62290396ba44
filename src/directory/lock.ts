import { linkSync, readFileSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import type { Ids } from '../../base/ids.ts';

/** A lock that somebody else holds for too long, or that cannot be made; the message says who, and what to do. */
class LockError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'LockError';
  }
}

/** How a lock is waited for. */
export interface Waiting {
  /** In milliseconds, at least; 5 s without it. */
  readonly patience?: number;
  readonly ids: Ids;
}

/**
 * Runs work while the lock file is ours: no other process that asks for the same file runs its work meanwhile. A lock
 * whose process has died is taken over; one that is held for longer than the patience throws a LockError.
 */
export async function withLock<T>(
  path: string,
  { ids, patience = 5000 }: Waiting,
  work: () => Promise<T>,
): Promise<T> {
  const token = ids.hex32();
  for (let waited = 0; !tryLock(path, token, ids); waited += PAUSE) {
    if (waited >= patience) throw new LockError(heldBy(path));
    await setTimeout(PAUSE);
  }
  try {
    return await work();
  } finally {
    unlock(path, token);
  }
}

/** In milliseconds. */
const PAUSE = 50;

/** Who holds a lock. */
const Holder = z.object({
  pid: z.int().min(1),
  /** The machine, and on Linux its process ids' namespace: in another one a pid says nothing. */
  host: z.string(),
  /** No other lock has the same. */
  token: z.string().regex(/^[\da-f]{32}$/),
});
type Holder = z.output<typeof Holder>;

/** The locks that this process holds: where a lock has its pid and is none of these, an earlier process had that pid. */
const held = new Set<string>();

/** Everything in here is synchronous, so that a process is hardly ever interrupted between two of its steps. */
function tryLock(path: string, token: string, ids: Ids): boolean {
  const holder = holderOf(path);
  if (holder === 'nobody') return create(path, token);
  return holder !== 'unknown' && isDead(holder) && takeOver(path, token, holder, ids);
}

function holderOf(path: string): Holder | 'nobody' | 'unknown' {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? 'nobody' : 'unknown';
  }
  try {
    return Holder.parse(JSON.parse(text));
  } catch {
    return 'unknown';
  }
}

function isDead({ pid, host, token }: Holder): boolean {
  if (host !== thisHost()) return false;
  if (pid === process.pid) return !held.has(token);
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    // A process of somebody else's lives, too.
    return codeOf(error) === 'ESRCH';
  }
}

function thisHost(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

/** Linked into its place, so that nobody finds a lock that does not say yet whose it is. */
function create(path: string, token: string): boolean {
  return withDraft(path, token, (draft) => {
    try {
      linkSync(draft, path);
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      throw error;
    }
  });
}

/**
 * Puts our lock in the place of a dead one. Of all that see the same dead lock only one may do that, and only while it
 * is still there: who holds the lock that is named after it.
 */
function takeOver(path: string, token: string, dead: Holder, ids: Ids): boolean {
  const claim = `${path}.${dead.token}`;
  const own = ids.hex32();
  if (!tryLock(claim, own, ids)) return false;
  try {
    const now = holderOf(path);
    if (typeof now === 'string' || now.token !== dead.token) return false;
    return withDraft(path, token, (draft) => {
      renameSync(draft, path);
      return true;
    });
  } finally {
    unlock(claim, own);
  }
}

/** Writes our lock beside its place, and leaves nothing there. */
function withDraft(path: string, token: string, place: (draft: string) => boolean): boolean {
  const draft = `${path}.${token}.new`;
  try {
    const holder: Holder = { pid: process.pid, host: thisHost(), token };
    writeFileSync(draft, JSON.stringify(holder), { flag: 'wx', mode: 0o644 });
    const isOurs = place(draft);
    if (isOurs) held.add(token);
    return isOurs;
  } catch (error) {
    const code = String(codeOf(error) ?? error);
    throw new LockError(`${path} cannot be made: ${WORDS[code] ?? code}`, error);
  } finally {
    rmSync(draft, { force: true });
  }
}

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'this process may not write in its folder',
  ENOENT: 'its folder is not there',
  EROFS: 'its file system is read-only',
};

function unlock(path: string, token: string): void {
  const holder = holderOf(path);
  if (typeof holder !== 'string' && holder.token === token) rmSync(path, { force: true });
  held.delete(token);
}

function heldBy(path: string): string {
  const holder = holderOf(path);
  const who =
    typeof holder === 'string'
      ? 'somebody, and its lock does not say who'
      : `process ${holder.pid} on ${holder.host.split(' ')[0] ?? ''}`;
  return `the directory is being changed by ${who}; try again, or remove ${path} where that is over`;
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;
