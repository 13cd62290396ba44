import { access, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { readSettings } from '../../base/read-settings.ts';
import { SettingsError } from '../../base/settings-error.ts';
import type { SettingTable } from '../../base/settings.ts';
import { PREFIX } from '../settings.ts';
import type { Invocation } from './command.ts';
import { EXIT } from './exit.ts';

export const INIT_OPTIONS = {
  force: { kind: 'boolean', value: '', says: 'write over files that are there already' },
} as const satisfies SettingTable;

const STANDARD_FILE = 'plesk-seed.yaml';

/** `plesk-emulator init`: writes a commented seed, and its JSON Schema beside it. */
export async function init({ args }: Invocation): Promise<number> {
  // Not from the environment: what overwrites files is said where it happens.
  const { values, positionals, mistakes } = readSettings(INIT_OPTIONS, args, {}, PREFIX);
  const [file = STANDARD_FILE, ...more] = positionals.map(({ word }) => word);
  const all = [...mistakes, ...more.map((word) => `${word} is not expected here`)];
  if (!/\.ya?ml$/i.test(file)) all.push(`${file}: the seed is YAML; name it .yaml or .yml`);
  if (all.length > 0) throw new SettingsError(all);

  const schemaFile = join(dirname(file), `${basename(file, extname(file))}.schema.json`);
  const isForced = values['force'] === true;
  const there = isForced ? [] : await thoseThere([file, schemaFile]);
  if (there.length > 0) {
    const are = there.length === 1 ? 'is' : 'are';
    return fail(`${there.join(' and ')} ${are} there already; --force writes over`);
  }
  const [{ commentedSeed }, { seedJsonSchema }] = await Promise.all([
    import('../state/seed/commented.ts'),
    import('../state/seed/json-schema.ts'),
  ]);
  const flag = isForced ? 'w' : 'wx';
  try {
    await writeFile(schemaFile, `${JSON.stringify(seedJsonSchema(), null, 2)}\n`, { flag });
    await writeFile(file, commentedSeed(file, basename(schemaFile)), { flag });
  } catch (error) {
    return fail(`the files cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
  const next = `plesk-emulator --seed ${quoted(file)}`;
  process.stdout.write(`Wrote ${file}, and ${schemaFile} for editors. Start with it:\n  ${next}\n`);
  return EXIT.ok;
}

async function thoseThere(files: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    files.map((file) =>
      access(file).then(
        () => [file],
        () => [],
      ),
    ),
  );
  return found.flat();
}

function fail(why: string): number {
  process.stderr.write(`plesk-emulator: ${why}\n`);
  return EXIT.failed;
}

/** A file name as a shell takes it. */
const quoted = (file: string): string =>
  /^[\w./~:@%+-]+$/.test(file) ? file : `'${file.replaceAll("'", String.raw`'\''`)}'`;
