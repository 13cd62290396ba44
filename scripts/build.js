// Builds dist/: the library file by file with tsc, the program bundled with esbuild beside it.
//
//   node scripts/build.js [--quiet]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));
const bin = `${root}dist/bin/plesk-emulator.js`;
const quiet = process.argv.includes('--quiet');

/** CommonJS packages inside an ES module bundle ask for `require`. The first line makes room for the `#!`. */
const banner = `// Bundled by scripts/build.js
import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);`;

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

/** One file to start quickly, and a chunk beside it for each `import()`, so that lazy stays lazy. */
async function bundle() {
  await build({
    absWorkingDir: root,
    entryPoints: { 'plesk-emulator': 'server/main.ts' },
    outdir: 'dist/bin',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: true,
    sourcesContent: false,
    banner: { js: banner },
    logLevel: 'warning',
  });
  // Replaced, not inserted: the source map counts lines.
  const code = await readFile(bin, 'utf8');
  if (!code.startsWith('#!')) await writeFile(bin, code.replace(/^.*/, '#!/usr/bin/env node'));
  await chmod(bin, 0o755);
}

const start = performance.now();
await rm(`${root}dist`, { recursive: true, force: true });
try {
  await Promise.all([compile(), bundle()]);
  if (!quiet) console.log(`Built dist/ in ${((performance.now() - start) / 1000).toFixed(1)} s.`);
} catch (error) {
  console.error(`The build failed: ${error.message}`);
  process.exitCode = 1;
}
