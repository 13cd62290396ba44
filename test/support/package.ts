import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { spawnSync } from 'node:child_process';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Ran } from './tools.ts';
import { run } from './tools.ts';

/** What the build and `npm pack` read of this project. */
const SOURCES: readonly string[] = [
  'base',
  'server',
  'src',
  'scripts',
  'inspector',
  'docs',
  'fixtures/states',
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'SECURITY.md',
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
];

/** package.json, as far as tests read it. */
interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

export const manifest = (): Manifest => JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

/** A package as `npm pack` made it. */
export interface Packed {
  readonly tarball: string;
  /** In bytes. */
  readonly size: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/**
 * An empty folder with no node_modules above it, which whoever asks for it removes. Those who leave one among the
 * temporary files would have their libraries found from there.
 */
export function emptyFolder(): string {
  const bases = [tmpdir(), '/var/tmp', homedir()];
  const base = bases.find((path) =>
    parentsOf(path).every((parent) => !existsSync(join(parent, 'node_modules'))),
  );
  if (base === undefined) throw new Error(`there is a node_modules above each of ${bases.join(', ')}`);
  return mkdtempSync(join(base, 'package-'));
}

/** A folder and all above it. */
const parentsOf = (path: string): readonly string[] =>
  dirname(path) === path ? [path] : [path, ...parentsOf(dirname(path))];

/**
 * The tarball of PACKAGE_TARBALL, which a release publishes. Without it, builds and packs a copy of this project, so that
 * the dist/ that is here stays as it is.
 */
export async function packInto(folder: string): Promise<Packed> {
  const given = process.env['PACKAGE_TARBALL'];
  if (given !== undefined) {
    const tarball = resolve(given);
    return { ...(await pack(folder, '--dry-run', tarball)), tarball };
  }
  const copy = join(folder, 'copy');
  for (const path of SOURCES) cpSync(path, join(copy, path), { recursive: true });
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  const packed = await pack(copy, '--pack-destination', folder);
  return { ...packed, tarball: join(folder, packed.filename) };
}

type PackReport = Omit<Packed, 'tarball'> & { readonly filename: string };

async function pack(cwd: string, ...args: readonly string[]): Promise<PackReport> {
  const { stdout } = await npm(cwd, 'pack', '--json', ...args);
  const [report] = JSON.parse(stdout.slice(stdout.search(/^\[/m))) as readonly PackReport[];
  if (report === undefined) throw new Error(`npm pack has said nothing of a package: ${stdout}`);
  return report;
}

/** Runs npm to its end, as a person does who is in this folder; throws where it fails. */
export async function npm(cwd: string, ...args: readonly string[]): Promise<Ran> {
  const ran = await run('npm', args, { cwd, env: cleanEnv(), timeout: 120_000 });
  if (ran.code !== 0) throw new Error(`npm ${args.join(' ')}: ${ran.stdout}${ran.stderr}`);
  return ran;
}

/** Our variables without those by which npm and vitest tell those they start about this project. */
export const cleanEnv = (): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^(npm_(package|lifecycle|command|execpath|config_local_prefix)|VITEST|NODE_ENV|INIT_CWD)/.test(
          name,
        ),
    ),
  );

/** Puts libraries that are installed here, with all that they need, into the node_modules of a project. */
export function link(project: string, ...libraries: readonly string[]): void {
  for (const library of libraries) {
    const path = join(project, 'node_modules', library);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(resolve('node_modules', library), path);
  }
}

/** How much a folder holds. */
interface Weight {
  /** The sum of the sizes of its files, in bytes. */
  readonly bytes: number;
  /** What they take on a disk with blocks of 4 KiB, folders too. */
  readonly onDisk: number;
}

const BLOCK = 4096;

/** The weight of a folder without other packages in it. */
export function weightOf(folder: string): Weight {
  let [bytes, blocks] = [0, 1];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      const inside = weightOf(path);
      bytes += inside.bytes;
      blocks += inside.onDisk / BLOCK;
    } else if (entry.isFile()) {
      bytes += statSync(path).size;
      blocks += Math.ceil(statSync(path).size / BLOCK);
    }
  }
  return { bytes, onDisk: blocks * BLOCK };
}

/** A size as text. */
export const inWords = (bytes: number): string =>
  bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

/** Why nothing can be installed here; where CI is set it is tried nevertheless, and fails. */
export function whyNoRegistry(): string | undefined {
  if ((process.env['CI'] ?? '') !== '') return undefined;
  const wanted = Object.entries(manifest().dependencies).map((pair) => pair.join('@'));
  for (const library of wanted) {
    const args = ['view', library, 'version', '--prefer-offline', '--fetch-retries', '0'];
    const { status } = spawnSync('npm', args, { env: cleanEnv(), stdio: 'ignore', timeout: 20_000 });
    if (status !== 0) return `npm cannot reach its registry for ${library}`;
  }
  return undefined;
}
