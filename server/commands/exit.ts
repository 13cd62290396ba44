/** The exit codes of all commands. In a file of its own, since the program reads it before it knows its command. */
export const EXIT = { ok: 0, failed: 1, wrongUse: 2 } as const;
