/** What is measured how often, and with what. */
export interface Plan {
  /** The Node to measure. */
  readonly node: string;
  /** Its version, as it says itself. */
  readonly version: string;
  /** The URL of dist/. */
  readonly root: string;
  /** The URL of the built emulator. */
  readonly module: string;
  /** The URL of another build's. */
  readonly against: string | undefined;
  /** The path of the built program. */
  readonly program: string;
  /** The URL of Express. */
  readonly express: string;
  /** The URL of ioredis. */
  readonly ioredis: string;
  readonly rounds: number;
  /** How many requests each server gets in a round. */
  readonly requests: number;
  /** How many sessions are many. */
  readonly sessions: number;
}
