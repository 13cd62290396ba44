import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/** The package's own folder, from the sources, from dist/ and from the bundled bin alike. */
export const packageRoot = (): string =>
  dirname(createRequire(import.meta.url).resolve('plesk-emulator/package.json'));
