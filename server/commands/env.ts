import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { systemClock } from '../../base/clock.ts';
import { digestOf } from '../../base/secret.ts';
import type { SettingTable } from '../../base/settings.ts';
import type { Shell } from '../../base/shell.ts';
import { quotedFor, shellOf } from '../../base/shell.ts';
import { SettingsError } from '../../base/settings-error.ts';
import { askCa } from './ask.ts';
import type { Invocation } from './command.ts';
import { ASKING_OPTIONS, readOptions, urlFrom } from './command.ts';
import { EXIT } from './exit.ts';
import type { Trust } from './trust.ts';
import { trustBesides } from './trust.ts';

export const ENV_OPTIONS = {
  url: { ...ASKING_OPTIONS.url, says: 'the running emulator whose CA is wanted' },
  runDir: ASKING_OPTIONS.runDir,
  caDir: {
    kind: 'text',
    value: 'DIR',
    says: 'the directory of the CA, in place of --url; a CA is made there where there is none',
  },
} as const satisfies SettingTable;

/** `plesk-emulator env`: prints the lines for a shell that make clients started from it trust the emulator's CA. */
export async function env(invocation: Invocation): Promise<number> {
  const given = readOptions(ENV_OPTIONS, invocation);
  const { values, places } = given;
  const isFlag = (name: keyof typeof ENV_OPTIONS): boolean => places[name]?.startsWith('--') === true;
  // A flag wins over the variable of the other one, which may be there for `start`.
  const url = isFlag('caDir') && !isFlag('url') ? undefined : values['url'];
  const caDir = isFlag('url') && !isFlag('caDir') ? undefined : values['caDir'];
  if (url !== undefined && caDir !== undefined)
    throw new SettingsError([`${places['url'] ?? ''} and ${places['caDir'] ?? ''}: one of them is enough`]);
  const files =
    typeof caDir === 'string'
      ? await kept(caDir, invocation)
      : await served(urlFrom(given, invocation), invocation);
  process.stdout.write(linesFor(files, invocation.env, shellOf(process.platform, invocation.env)));
  return EXIT.ok;
}

/** The directory's own `ca.pem` is used as it is: an emulator may be reading it, and more may be in it than the CA. */
async function kept(caDir: string, { env }: Invocation): Promise<Files> {
  const { keepAuthority } = await import('../http/tls/authority.ts');
  const { cert, warning } = await keepAuthority(caDir, systemClock.now());
  if (warning !== undefined) warn(warning);
  return writeFiles(await trustIn(cert, env), resolve(caDir));
}

/** Below the user's own cache: in a directory that is anybody's, somebody else could put a CA in its place. */
async function served(url: URL, { env }: Invocation): Promise<Files> {
  const ca = await askCa(url, 5000);
  const trust = await trustIn(ca, env);
  // The paths are used from any folder, and the XDG specification has relative ones ignored.
  const given = env['XDG_CACHE_HOME'] ?? '';
  const cache = isAbsolute(given) ? given : join(homedir(), '.cache');
  // Shells that trust different things get files of their own.
  const own = digestOf(ca + trust.bundle + (trust.extra ?? '')).slice(0, 12);
  const files = await writeFiles(trust, join(cache, 'plesk-emulator', own));
  await replace(files.ca, ca);
  return files;
}

async function trustIn(ca: string, env: Invocation['env']): Promise<Trust> {
  const trust = await trustBesides(ca, env);
  trust.warnings.forEach(warn);
  return trust;
}

const warn = (warning: string): void => void process.stderr.write(`plesk-emulator: ${warning}\n`);

interface Files {
  /** The CA alone. */
  readonly ca: string;
  /** The file for Node. */
  readonly extra: string;
  /** The CA, and all that was trusted before. */
  readonly bundle: string;
  /** A directory with settings for PHP. */
  readonly php: string;
}

async function writeFiles(trust: Trust, directory: string): Promise<Files> {
  const ca = join(directory, 'ca.pem');
  const files = {
    ca,
    extra: trust.extra === undefined ? ca : join(directory, 'extra.pem'),
    bundle: join(directory, 'bundle.pem'),
    php: join(directory, 'php'),
  };
  await mkdir(files.php, { recursive: true, mode: 0o700 });
  await replace(files.bundle, trust.bundle);
  if (trust.extra !== undefined) await replace(files.extra, trust.extra);
  const quoted = JSON.stringify(files.bundle);
  await replace(join(files.php, PHP_INI), `curl.cainfo = ${quoted}\nopenssl.cafile = ${quoted}\n`);
  return files;
}

const PHP_INI = 'plesk-emulator.ini';

/** Writes a file so that those who read it meanwhile find the old one or the new one whole. */
async function replace(file: string, text: string): Promise<void> {
  const own = await mkdtemp(join(dirname(file), '.new-'));
  try {
    const draft = join(own, basename(file));
    await writeFile(draft, text);
    await rename(draft, file);
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

/** Most clients read one file in place of their own, so that has what they trusted before; Node adds to its own. */
export const linesFor = ({ extra, bundle, php }: Files, env: Invocation['env'], shell: Shell): string =>
  Object.entries({
    NODE_EXTRA_CA_CERTS: extra,
    SSL_CERT_FILE: bundle,
    CURL_CA_BUNDLE: bundle,
    REQUESTS_CA_BUNDLE: bundle,
    GIT_SSL_CAINFO: bundle,
    PHP_INI_SCAN_DIR: [...scannedBefore(env['PHP_INI_SCAN_DIR']), php].join(delimiter),
  })
    .map(([name, value]) => `${SET[shell](name)}${quotedFor(shell, value)}\n`)
    .join('');

/** How a shell sets a variable. */
const SET: Readonly<Record<Shell, (name: string) => string>> = {
  posix: (name) => `export ${name}=`,
  powershell: (name) => `$env:${name} = `,
};

/**
 * The directories where PHP looks besides, but for one of an earlier `env`. An empty entry is the directory that PHP
 * was built with, which also counts where there is no variable; a variable that is there and empty names none.
 */
function scannedBefore(variable: string | undefined): readonly string[] {
  if (variable === '') return [];
  return (variable ?? '')
    .split(delimiter)
    .filter((directory) => directory === '' || !existsSync(join(directory, PHP_INI)));
}
