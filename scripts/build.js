// Builds dist/: the programs in bin/ and what the package exports in lib/, both bundled with esbuild; declarations, and
// JavaScript file by file for bench/, with tsc. Beside the programs lie the licences of all that is bundled.
//
//   node scripts/build.js [--quiet]          all of it
//   node scripts/build.js --bin-only DIR     the programs alone, into a directory that is there already or made
//     --redis DIR                            and the Redis client as a module of that directory, for the image
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));
const { values: options } = parseArgs({
  options: { quiet: { type: 'boolean' }, 'bin-only': { type: 'string' }, redis: { type: 'string' } },
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

/** What the package exports, by the names of the files in dist/lib/. */
const LIBRARIES = {
  emulator: 'server/emulator.ts',
  vitest: 'server/vitest.ts',
  'token-service': 'src/service.ts',
};

/** What stays an import of dist/lib/: zod, since our declarations name its types, and the optional peers. */
const IMPORTED = ['zod', 'vitest', 'ioredis'];

/** ES modules, to be read: what several of them need stands in a file of its own. */
async function bundleLibraries() {
  const version = await packageVersion();
  return build({
    absWorkingDir: root,
    entryPoints: LIBRARIES,
    outdir: `${root}dist/lib`,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: IMPORTED,
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    define: { PACKAGE_VERSION: JSON.stringify(version) },
    // For the libraries that are CommonJS and ask for modules of Node.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
    },
  });
}

const packageVersion = async () => JSON.parse(await readFile(`${root}package.json`, 'utf8')).version;

/** CommonJS, since that is read sooner than ES modules are: each program in one file, the libraries beside it. */
async function bundle() {
  const version = await packageVersion();
  const shared = {
    absWorkingDir: root,
    outdir: bins,
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
  await Promise.all(Object.keys(PROGRAMS).map((name) => makeExecutable(join(bins, `${name}.cjs`))));
  return built;
}

/** Writes down what is bundled, each library with the text of its licence, which has to go with every copy. */
async function writeLicences(built) {
  const files = built.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const folders = files.map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
  const known = [...new Set(folders)].filter((folder) => folder !== undefined);
  const texts = await Promise.all(known.map((folder) => licenceOf(resolve(root, folder))));
  await mkdir(bins, { recursive: true });
  await writeFile(
    join(bins, 'LICENCES.txt'),
    ['These libraries are part of the files here and beside this folder.\n', ...texts.toSorted()].join('\n'),
  );
}

async function licenceOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text =
    file === undefined
      ? 'Its package has no text of it.'
      : (await readFile(join(folder, file), 'utf8')).trim();
  return `${name} ${version} (${license})\n\n${text}\n`;
}

async function makeExecutable(bin) {
  const code = await readFile(bin, 'utf8');
  // Replaced, not inserted: the source map counts lines.
  if (!code.startsWith('#!')) await writeFile(bin, code.replace(/^.*/, '#!/usr/bin/env node'));
  await chmod(bin, 0o755);
}

/** The Redis client in one file, found by its name from the programs beside whose folder it lies. */
const bundleRedis = (folder) =>
  build({
    absWorkingDir: root,
    entryPoints: ['ioredis'],
    outfile: join(resolve(folder), 'ioredis', 'index.js'),
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
  });

async function buildBins() {
  const programs = await bundle();
  await writeLicences(
    options.redis === undefined ? programs : [...programs, await bundleRedis(options.redis)],
  );
}

async function buildAll() {
  await rm(`${root}dist`, { recursive: true, force: true });
  const [programs, libraries] = await Promise.all([bundle(), bundleLibraries(), compile()]);
  await writeLicences([...programs, libraries]);
}

const start = performance.now();
try {
  await (binOnly === undefined ? buildAll() : buildBins());
  const took = ((performance.now() - start) / 1000).toFixed(1);
  if (options.quiet !== true) console.log(`Built ${binOnly ?? 'dist/'} in ${took} s.`);
} catch (error) {
  console.error(`The build failed: ${error.message}`);
  process.exitCode = 1;
}
