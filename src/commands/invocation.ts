import type { Clock } from '../../base/clock.ts';
import type { Ids } from '../../base/ids.ts';
import type { Plesk } from '../plesk/plesk.ts';

/** What a command is given of its process. */
export interface Invocation {
  /** The arguments behind the command's name. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** All of standard input. */
  readonly stdin: () => Promise<string>;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Called once at most, and what it answers is closed. */
  readonly openPlesk: () => Plesk;
  /** The addresses of a host name, of both families; rejects where there are none. */
  readonly lookup: (host: string) => Promise<readonly string[]>;
}

/** Writes warnings to standard error. */
export const warnInto =
  ({ stderr }: Pick<Invocation, 'stderr'>) =>
  (message: string): void => {
    stderr(`plesk-sso: ${message}\n`);
  };

/** A command line that asks for what there is not, each mistake in a sentence. */
export class UsageError extends Error {
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(mistakes.join('\n'));
    this.name = 'UsageError';
    this.mistakes = mistakes;
  }
}

/** Something that a command was asked to do and cannot, in words. */
export class CommandError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CommandError';
  }
}
