// Builds dist/: the programs in bin/ and what the package exports in lib/, both bundled with esbuild; declarations, and
// JavaScript file by file for bench/, with tsc. Beside the programs lie the licences of all that is bundled,
// and an SBOM of it.
//
//   node scripts/build.js [--quiet]          all of it
//   node scripts/build.js --bin-only DIR     the programs alone, into a directory that is there already or made
//     --redis DIR                            and the Redis client as a module of that directory, for the image
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { bundlePrograms, packageVersion } from './bundle-programs.js';
import { writeBundled } from './bundled-libraries.js';
import { forgetBuild, recordBuild } from './freshness.js';

const root = fileURLToPath(new URL('../', import.meta.url));
const { values: options } = parseArgs({
  options: { quiet: { type: 'boolean' }, 'bin-only': { type: 'string' }, redis: { type: 'string' } },
});
const binOnly = options['bin-only'];
const bins = binOnly === undefined ? `${root}dist/bin` : resolve(binOnly);

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
  const isOwn = resolve(bins) === resolve(root, 'dist/bin');
  const startedAt = isOwn ? forgetBuild() : undefined;
  const programs = await bundlePrograms(bins);
  await writeBundled(
    bins,
    options.redis === undefined ? programs : [...programs, await bundleRedis(options.redis)],
  );
  if (isOwn) recordBuild(programs, startedAt);
}

async function buildAll() {
  const startedAt = forgetBuild();
  await rm(`${root}dist`, { recursive: true, force: true });
  const [programs, libraries] = await Promise.all([bundlePrograms(bins), bundleLibraries(), compile()]);
  await writeBundled(bins, [...programs, libraries]);
  recordBuild(programs, startedAt);
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
