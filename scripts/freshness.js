import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Beside dist/bin/, which is packed whole: what the programs there were built from. */
const RECORD = join(root, 'dist/built.json');

/** What decides how the programs are built, apart from the modules in them. */
const RECIPE = ['package.json', 'package-lock.json', 'tsconfig.json', 'scripts/bundle-programs.js'];

/**
 * Whether the programs in dist/bin/ are what a build would make now. Contents are compared, not times: a checkout of
 * another branch changes times, and one that changes back needs no build.
 */
export function isFresh() {
  try {
    const recorded = JSON.parse(readFileSync(RECORD, 'utf8'));
    return Object.entries(recorded).every(([file, digest]) => digestOf(file) === digest);
  } catch {
    return false;
  }
}

/** To be called before a build, with the instant that `recordBuild` needs: a build that fails leaves no record. */
export function forgetBuild() {
  rmSync(RECORD, { force: true });
  return Date.now();
}

/**
 * To be called after a build into dist/bin/, with what esbuild says of it: all files it read and all it wrote. A source
 * that was saved while it ran may be in the build or not: nothing is recorded then.
 */
export function recordBuild(built, startedAt) {
  const inputs = built.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const outputs = built.flatMap(({ metafile }) => Object.keys(metafile.outputs));
  if (inputs.some((file) => statSync(join(root, file)).mtimeMs >= startedAt)) return;
  const files = new Set([...RECIPE, ...inputs, ...outputs]);
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(RECORD, JSON.stringify(Object.fromEntries([...files].map((file) => [file, digestOf(file)]))));
}

/** The digest of a file of the project, `null` where it does not exist. */
function digestOf(file) {
  try {
    return createHash('sha256')
      .update(readFileSync(join(root, file)))
      .digest('base64');
  } catch {
    return null;
  }
}
