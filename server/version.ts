import { createRequire } from 'node:module';

/** The version of this package. */
export const packageVersion = (): string =>
  (createRequire(import.meta.url)('plesk-emulator/package.json') as { readonly version: string }).version;
