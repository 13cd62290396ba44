import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));

/** The first line makes room for the `#!`; what asks for import.meta.url is told where the file lies. */
const FIRST_LINES = `// Bundled by scripts/build.js
const __url = require('node:url').pathToFileURL(__filename).href;`;

/** What a start does not need, each in a file of its own that is read when it is asked for. */
const LATER = ['express', 'pino', 'pino-pretty', 'lowdb', 'zod', '@fastify/busboy', 'yaml'];
const fileOf = (name) => `${name.replace(/^.*\//, '')}.cjs`;

/** The programs, by their names. */
const PROGRAMS = { 'plesk-emulator': 'server/main.ts', 'plesk-sso': 'src/main.ts' };

export const packageVersion = async () => JSON.parse(await readFile(`${root}package.json`, 'utf8')).version;

/**
 * Builds the programs into a folder and resolves to esbuild's results: each program in one file, the libraries beside
 * it. CommonJS, since that is read sooner than ES modules are.
 */
export async function bundlePrograms(folder) {
  const version = await packageVersion();
  const shared = {
    absWorkingDir: root,
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    minify: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
  };
  const later = {
    name: 'later',
    setup(build) {
      const filter = new RegExp(`^(?:${LATER.join('|')})$`);
      build.onResolve({ filter }, ({ path }) => ({ path: `./${fileOf(path)}`, external: true }));
    },
  };
  const built = await Promise.all([
    build({
      ...shared,
      entryPoints: PROGRAMS,
      // Who keeps links in Redis has installed it.
      external: ['ioredis'],
      sourcemap: true,
      sourcesContent: false,
      define: { 'import.meta.url': '__url', PACKAGE_VERSION: JSON.stringify(version) },
      banner: { js: FIRST_LINES },
      plugins: [later],
    }),
    build({
      ...shared,
      entryPoints: Object.fromEntries(LATER.map((name) => [fileOf(name).slice(0, -4), name])),
    }),
  ]);
  await Promise.all(Object.keys(PROGRAMS).map((name) => makeExecutable(join(folder, `${name}.cjs`))));
  return built;
}

async function makeExecutable(bin) {
  const code = await readFile(bin, 'utf8');
  // Replaced, not inserted: the source map counts lines.
  if (!code.startsWith('#!')) await writeFile(bin, code.replace(/^.*/, '#!/usr/bin/env node'));
  await chmod(bin, 0o755);
}
