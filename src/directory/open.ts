import type { Log } from '../../base/log.ts';
import type { Directory } from './directory.ts';
import { DirectoryError } from './directory-error.ts';
import { withoutRemoved } from './removals.ts';
import type { LiveDirectory } from './watch.ts';
import { watchDirectory } from './watch.ts';

/** How a service reads its directory. */
export interface Opening {
  readonly load: () => Promise<Directory>;
  readonly log: Log;
  readonly onLoaded: () => void;
  readonly onRefused: () => void;
  /** Called with each directory that counts from now on, and the one that it replaces. */
  readonly onChange: (directory: Directory, before: Directory) => void;
}

/**
 * Loads the directory of a service and watches its file. Throws a DirectoryError if the file cannot be used, and also if
 * none of its servers can: then no link would work.
 */
export async function openDirectory(
  file: string,
  { load, log, onLoaded, onRefused, onChange }: Opening,
): Promise<LiveDirectory> {
  const live = await watchDirectory({
    file,
    load,
    restrict: (directory) => withoutRemoved(directory, file),
    log,
    onChange: (directory, before) => {
      onLoaded();
      logUnusable(directory, log);
      onChange(directory, before);
    },
    onRefusal: onRefused,
    onRestriction: onChange,
  });
  const first = live.current();
  const mistakes = [...first.unusable().values()].flat();
  if (mistakes.length > 0 && first.servers().length === 0) {
    await live.close();
    throw new DirectoryError(file, mistakes);
  }
  logUnusable(first, log);
  return live;
}

function logUnusable(directory: Directory, log: Log): void {
  for (const [server, mistakes] of directory.unusable())
    log.error(
      { server, mistakes },
      `Plesk server ${server} cannot be used and its links are refused until SIGHUP or a change of the directory: ${mistakes.join('; ')}`,
    );
}
