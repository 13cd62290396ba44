/** Where log lines go. What is logged has been masked by whoever logs it. */
export interface Log {
  /** Whether anybody reads it: what is not read need not be worded. */
  readonly isOn: boolean;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** For tests and programs that have a log of their own. */
export const silentLog: Log = { isOn: false, info: ignore, warn: ignore, error: ignore };

function ignore(): void {
  // Nobody listens.
}
