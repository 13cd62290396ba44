/** A state file that cannot be used, its mistakes named by their places. The file is left as it is. */
export class StateError extends Error {
  readonly file: string;
  readonly mistakes: readonly string[];

  constructor(file: string, mistakes: readonly string[]) {
    const shown = mistakes.slice(0, SHOWN);
    if (mistakes.length > SHOWN) shown.push(`and ${mistakes.length - SHOWN} more`);
    super(`The state file ${file} cannot be used:\n${shown.map((mistake) => `  ${mistake}`).join('\n')}`);
    this.name = 'StateError';
    this.file = file;
    this.mistakes = mistakes;
  }
}

/** A file may hold 100,000 accounts; the first few mistakes tell. */
const SHOWN = 10;
