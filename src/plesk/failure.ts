import type { ProblemCode } from '../problems.ts';
import type { Attempt } from '../links/link.ts';

/** The failures of Plesk, by what the service answers. */
export type PleskFailureCode = Extract<ProblemCode, `plesk_${string}`>;

/** Plesk did not do what it was asked. */
export class PleskFailure extends Error {
  readonly code: PleskFailureCode;
  /** Whether Plesk may have made a session that nobody knows of. */
  readonly attempt: Attempt;
  /** Plesk's own errcode, where it gave one. */
  readonly errcode: number | undefined;

  /** `detail` is for the log: what happened, without secrets. */
  constructor(code: PleskFailureCode, attempt: Attempt, detail: string, errcode?: number) {
    super(detail);
    this.name = 'PleskFailure';
    this.code = code;
    this.attempt = attempt;
    this.errcode = errcode;
  }
}
