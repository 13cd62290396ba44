// Builds dist/: the libraries file by file with tsc, the programs bundled with esbuild beside them.
//
//   node scripts/build.js [--quiet]          all of it
//   node scripts/build.js --bin-only DIR     the programs alone, into a directory that is there already or made
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));
const { values: options } = parseArgs({
  options: { quiet: { type: 'boolean' }, 'bin-only': { type: 'string' } },
});
const binOnly = options['bin-only'];
const bins = binOnly === undefined ? `${root}dist/bin` : resolve(binOnly);

/** The first line makes room for the `#!`; what asks for import.meta.url is told where the file lies. */
const FIRST_LINES = `// Bundled by scripts/build.js
const __url = require('node:url').pathToFileURL(__filename).href;`;

/** What a start does not need, each in a file of its own that is read when it is asked for. */
const LATER = ['express', 'pino', 'pino-pretty', 'lowdb', 'zod', '@fastify/busboy', 'yaml'];
const fileOf = (name) => `${name.replace(/^.*\//, '')}.cjs`;

/** JavaScript, declarations and source maps of everything but the programs; dist/ mirrors the tree. */
async function compile() {
  const tsc = createRequire(import.meta.url).resolve('typescript/lib/tsc.js');
  const stdio = ['ignore', 'inherit', 'inherit'];
  const [code] = await once(
    spawn(process.execPath, [tsc, '-p', `${root}tsconfig.build.json`], { stdio }),
    'exit',
  );
  if (code !== 0) throw new Error('tsc failed');
}

/** The programs, by their names. */
const PROGRAMS = { 'plesk-emulator': 'server/main.ts', 'plesk-sso': 'src/main.ts' };

/** CommonJS, since that is read sooner than ES modules are: each program in one file, the libraries beside it. */
async function bundle() {
  const { version } = JSON.parse(await readFile(`${root}package.json`, 'utf8'));
  const shared = {
    absWorkingDir: root,
    outdir: bins,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    minify: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    legalComments: 'linked',
    logLevel: 'warning',
  };
  const later = {
    name: 'later',
    setup(build) {
      const filter = new RegExp(`^(?:${LATER.join('|')})$`);
      build.onResolve({ filter }, ({ path }) => ({ path: `./${fileOf(path)}`, external: true }));
    },
  };
  await Promise.all([
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
  await Promise.all(Object.keys(PROGRAMS).map((name) => makeExecutable(join(bins, `${name}.cjs`))));
}

async function makeExecutable(bin) {
  const code = await readFile(bin, 'utf8');
  // Replaced, not inserted: the source map counts lines.
  if (!code.startsWith('#!')) await writeFile(bin, code.replace(/^.*/, '#!/usr/bin/env node'));
  await chmod(bin, 0o755);
}

async function buildAll() {
  await rm(`${root}dist`, { recursive: true, force: true });
  await Promise.all([compile(), bundle()]);
}

const start = performance.now();
try {
  await (binOnly === undefined ? buildAll() : bundle());
  const took = ((performance.now() - start) / 1000).toFixed(1);
  if (options.quiet !== true) console.log(`Built ${binOnly ?? 'dist/'} in ${took} s.`);
} catch (error) {
  console.error(`The build failed: ${error.message}`);
  process.exitCode = 1;
}
