import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';
import { packageVersion } from '../../base/version.ts';

/** A file that a page of docs/ shows: a fenced block with its name behind the language. */
export function recipe(page: string, file: string): string {
  const text = readFileSync(join('docs', page), 'utf8');
  const [, code] =
    new RegExp(`^\`\`\`\\w+ ${file.replaceAll('.', String.raw`\.`)}\n([^]*?)^\`\`\`$`, 'm').exec(text) ?? [];
  if (code === undefined) throw new Error(`docs/${page} has no block ${file}`);
  return code;
}

/**
 * A project of a user with files that a page shows. It has plesk-emulator installed as it is built, of these sources;
 * it lies in this project, so that it finds whatever else is installed.
 */
export async function projectOf(page: string, ...files: readonly string[]): Promise<string> {
  mkdirSync('.vitest', { recursive: true });
  const path = mkdtempSync(resolve('.vitest/recipe-'));
  onTestFinished(() => {
    rmSync(path, { recursive: true, force: true });
  });
  writeFileSync(join(path, 'package.json'), '{ "type": "module" }');
  // Else vitest would find ours.
  writeFileSync(join(path, 'vitest.config.js'), 'export default {};');
  for (const file of files) writeFileSync(join(path, file), recipe(page, file));
  await install(join(path, 'node_modules/plesk-emulator'));
  return path;
}

async function install(path: string): Promise<void> {
  await build({
    entryPoints: ['server/emulator.ts', 'server/vitest.ts'],
    outdir: path,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    define: { PACKAGE_VERSION: JSON.stringify(packageVersion()) },
    logLevel: 'error',
  });
  const exports = { '.': './emulator.js', './vitest': './vitest.js' };
  writeFileSync(
    join(path, 'package.json'),
    JSON.stringify({ name: 'plesk-emulator', type: 'module', exports }),
  );
}

/** The script of vitest, to be run by node. */
export const vitestScript = (): string =>
  join(createRequire(import.meta.url).resolve('vitest/package.json'), '../vitest.mjs');

/** Our variables without those by which a runner tells that it is in another one. */
export const outsideOfVitest = (): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(VITEST|TEST|NODE_ENV|NODE_OPTIONS|JEST|CI)/.test(name),
    ),
  );
