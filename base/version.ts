import { createRequire } from 'node:module';

/** Written into the bundled program by scripts/build.js; elsewhere there is no such thing. */
declare const PACKAGE_VERSION: string | undefined;

/** The version of this package. */
export const packageVersion = (): string =>
  typeof PACKAGE_VERSION === 'string' ? PACKAGE_VERSION : versionIn('plesk-emulator/package.json');

const versionIn = (file: string): string =>
  (createRequire(import.meta.url)(file) as { readonly version: string }).version;
