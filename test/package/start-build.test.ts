import { cpSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { emptyFolder, manifest } from '../support/package.ts';
import { run } from '../support/tools.ts';

/** What the programs are built from. */
const SOURCES = [
  'base',
  'server',
  'src',
  'scripts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
] as const;

let project = '';

beforeEach(() => {
  project = emptyFolder();
  onTestFinished(() => {
    rmSync(project, { recursive: true, force: true });
  });
  for (const path of SOURCES) cpSync(path, join(project, path), { recursive: true });
  symlinkSync(resolve('node_modules'), join(project, 'node_modules'), 'junction');
});

/** What `npm start -- --version` does: it builds where it has to, and the emulator says its version and ends. */
async function start(): Promise<{ readonly code: unknown; readonly isBuilding: boolean; stdout: string }> {
  const env = { ...process.env, PLESK_SSO_PORT: '0', PLESK_SSO_METRICS_PORT: '0' };
  const { code, stdout } = await run(process.execPath, ['scripts/start.js', '--version'], {
    cwd: project,
    env,
  });
  return { code, isBuilding: stdout.includes('Building'), stdout };
}

/** Changes a file of the copy, and gives what changes it back. */
function edit(path: string, change: (text: string) => string): () => void {
  const file = join(project, path);
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, change(before));
  return () => {
    writeFileSync(file, before);
  };
}

const BUILT = { code: 0, isBuilding: true };
const FRESH = { code: 0, isBuilding: false };

it('builds at the first start and not at the second', async () => {
  const first = await start();

  expect(first).toMatchObject(BUILT);
  expect(first.stdout).toMatch(new RegExp(`${manifest().version}\n$`));
  expect(await start()).toMatchObject(FRESH);
}, 60_000);

it('builds again where a source, the version or a built file has changed, not where only a time has', async () => {
  await start();

  edit('base/version.ts', (text) => `${text}\n// changed\n`);
  expect(await start()).toMatchObject(BUILT);
  edit('package.json', (text) => text.replace(`"version": "${manifest().version}"`, '"version": "9.8.7"'));
  expect(await start()).toMatchObject({ ...BUILT, stdout: expect.stringMatching(/9\.8\.7\n$/) as string });
  rmSync(join(project, 'dist/bin/zod.cjs'));
  expect(await start()).toMatchObject(BUILT);
  edit('base/version.ts', (text) => text);
  expect(await start()).toMatchObject(FRESH);
}, 60_000);

it('runs nothing after a build that failed, and builds again', async () => {
  await start();
  const undo = edit('server/main.ts', (text) => `${text}\nthis is no TypeScript\n`);

  expect(await start()).toMatchObject({ code: 1, isBuilding: true });
  expect(await start()).toMatchObject({ code: 1, isBuilding: true });
  undo();
  expect(await start()).toMatchObject(BUILT);
  expect(await start()).toMatchObject(FRESH);
}, 60_000);

it('says that npm ci comes first where the packages are not installed', async () => {
  rmSync(join(project, 'node_modules'));
  const env = { ...process.env, PLESK_SSO_PORT: '0', PLESK_SSO_METRICS_PORT: '0' };

  const { code, stdout, stderr } = await run(process.execPath, ['scripts/start.js', '--version'], {
    cwd: project,
    env,
  });

  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^[^\n]*npm ci[^\n]*\n$/);
});

it('knows the programs that npm run build has made', async () => {
  const built = await run(process.execPath, ['scripts/build.js', '--bin-only', 'dist/bin'], { cwd: project });

  expect(built).toMatchObject({ code: 0, stderr: '' });
  expect(await start()).toMatchObject(FRESH);
}, 60_000);

/** Asks whether the programs are fresh, and counts the files that are read for it. */
const COUNT_READS = `
const fs = require('node:fs');
const { readFileSync } = fs;
let reads = 0;
fs.readFileSync = (...given) => {
  // Some releases of Node load modules with it.
  if (!String(given[0]).endsWith('freshness.js')) reads += 1;
  return readFileSync(...given);
};
require('node:module').syncBuiltinESMExports();
import('./scripts/freshness.js').then(({ isFresh }) => console.log(isFresh(), reads));
`;

it('reads only its record where no time has changed, and what has a new time once', async () => {
  await start();
  const freshness = async (): Promise<string> =>
    (await run(process.execPath, ['-e', COUNT_READS], { cwd: project })).stdout.trim();

  expect(await freshness()).toBe('true 1');

  utimesSync(join(project, 'base/version.ts'), 1, 1);
  expect(await freshness()).not.toBe('true 1');
  expect(await freshness()).toBe('true 1');
}, 60_000);
