/** A call of the control that cannot be done: what was wrong, where, and what would be right. */
export class ControlError extends Error {
  /** The HTTP status that says the same: 400 for wrong input, 404 for what is not there, 409 for what is in the way. */
  readonly status: number;
  readonly mistakes: readonly string[];

  constructor(status: number, mistakes: readonly string[]) {
    super(mistakes.length === 1 ? String(mistakes[0]) : mistakes.map((one) => `\n  ${one}`).join(''));
    this.name = 'ControlError';
    this.status = status;
    this.mistakes = mistakes;
  }
}
