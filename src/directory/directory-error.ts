/** A directory file that cannot be used, or not be changed, every mistake in a sentence that shows no secret. */
export class DirectoryError extends Error {
  readonly file: string;
  readonly mistakes: readonly string[];

  constructor(file: string, mistakes: readonly string[]) {
    const lines = summary(mistakes).map((mistake) => `  ${mistake}`);
    super(`The directory ${file} cannot be used:\n${lines.join('\n')}`);
    this.name = 'DirectoryError';
    this.file = file;
    this.mistakes = mistakes;
  }
}

/** A change that the directory cannot take: what would be wrong in it then. The file is as it was. */
export class ChangeError extends Error {
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(summary(mistakes).join('\n'));
    this.name = 'ChangeError';
    this.mistakes = mistakes;
  }
}

/** Mistakes as they are shown: a file may hold 100,000 users, and the first of them tell. */
export function summary(mistakes: readonly string[]): readonly string[] {
  const rest = mistakes.length - SHOWN;
  return rest > 0 ? [...mistakes.slice(0, SHOWN), `and ${rest} more`] : mistakes;
}

const SHOWN = 50;
