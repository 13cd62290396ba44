import { Low } from 'lowdb';
import type { Clock } from '../../base/clock.ts';
import { ChangeError, DirectoryError } from './directory-error.ts';
import { DirectoryFile } from './file.ts';
import type { Waiting } from './lock.ts';
import { withLock } from './lock.ts';
import type { StoredDirectory } from './schema.ts';
import { mistakesIn } from './schema.ts';

/** What the first change of a directory changes. Made anew each time: lowdb keeps what it is given. */
const empty = (): StoredDirectory => ({ version: 1, servers: {}, users: {}, api_keys: [] });

/** The directory in a file; a DirectoryError names every mistake. */
export async function readStored(file: string, now: number): Promise<StoredDirectory> {
  const nothing = empty();
  const db = new Low<StoredDirectory>(await DirectoryFile.at(file, now), nothing);
  await db.read();
  if (db.data === nothing)
    throw new DirectoryError(file, ['it is not there; the first plesk-sso servers set makes it']);
  return db.data;
}

/** What a change is made with. */
export interface Changing extends Waiting {
  readonly clock: Clock;
}

/**
 * Changes the directory in a file, under its lock; a file that is not there is made. `change` answers a directory of its
 * own making and leaves the one that it is given as it is. Throws a DirectoryError where the file cannot be used or
 * written, a ChangeError where it would have mistakes then, a LockError where somebody else is at it for too long; the
 * file is as it was then.
 */
export async function changeStored(
  file: string,
  { clock, ...waiting }: Changing,
  change: (stored: StoredDirectory) => StoredDirectory,
): Promise<void> {
  const { path } = await DirectoryFile.at(file, clock.now());
  await withLock(`${path}.lock`, waiting, async () => {
    const now = clock.now();
    const db = new Low<StoredDirectory>(await DirectoryFile.at(file, now), empty());
    await db.read();
    // Not by db.update, which leaves half a change in memory where the callback throws.
    const changed = change(db.data);
    const mistakes = mistakesIn(changed, now);
    if (mistakes.length > 0) throw new ChangeError(mistakes);
    db.data = changed;
    await db.write();
  });
}
