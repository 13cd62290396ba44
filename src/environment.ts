/** Variables by name. */
export type Env = Readonly<Record<string, string | undefined>>;

/** What to do about a missing variable; a service that runs in-process has no environment unless it is given one. */
export const envHint = (env: Env | undefined): string =>
  env === undefined ? '; startTokenService looks it up in its option env, so pass env: process.env' : '';
