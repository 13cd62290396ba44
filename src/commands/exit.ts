/** The exit codes of all commands: done, something is wrong, wrong use. */
export const EXIT = { ok: 0, failed: 1, wrongUse: 2 } as const;
