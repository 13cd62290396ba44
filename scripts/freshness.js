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
 * Whether the programs in dist/bin/ are what a build would make now. Contents decide, not times: a checkout of another
 * branch changes times, and one that changes back needs no build. Only files whose times or size have changed are read.
 */
export function isFresh() {
  try {
    const recorded = Object.entries(JSON.parse(readFileSync(RECORD, 'utf8')));
    const touched = recorded.filter(([file, { stamp }]) => stampOf(file) !== stamp);
    if (!touched.every(([file, { digest }]) => digestOf(file) === digest)) return false;
    if (touched.length > 0) refreshRecord(recorded.map(([file]) => file));
    return true;
  } catch {
    return false;
  }
}

/** Records the new times. Where that cannot be written, the next start reads the files again. */
function refreshRecord(files) {
  try {
    writeRecord(files);
  } catch {
    // Fresh all the same.
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
  writeRecord(new Set([...RECIPE, ...inputs, ...outputs]));
}

function writeRecord(files) {
  mkdirSync(join(root, 'dist'), { recursive: true });
  // The stamp first: a file that changes in between is read the next time.
  const record = [...files].map((file) => [file, { stamp: stampOf(file), digest: digestOf(file) }]);
  writeFileSync(RECORD, JSON.stringify(Object.fromEntries(record)));
}

/** The times and size of a file of the project, `null` where it does not exist. */
function stampOf(file) {
  const stats = statSync(join(root, file), { throwIfNoEntry: false });
  return stats === undefined ? null : `${stats.mtimeMs} ${stats.ctimeMs} ${stats.size}`;
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
