import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { rootCertificates } from 'node:tls';
import { systemClock } from '../../base/clock.ts';
import { digestOf } from '../../base/secret.ts';
import type { SettingTable } from '../../base/settings.ts';
import { SettingsError } from '../config.ts';
import { askCa } from './ask.ts';
import type { Invocation } from './command.ts';
import { EXIT, readOptions, URL_OPTION, urlFrom } from './command.ts';

export const ENV_OPTIONS = {
  url: { ...URL_OPTION, says: 'the running emulator whose CA is wanted' },
  caDir: {
    kind: 'text',
    value: 'DIR',
    says: 'the directory of the CA, in place of --url; a CA is made there where there is none',
  },
} as const satisfies SettingTable;

/** `plesk-emulator env`: prints the lines for a shell that make clients started from it trust the emulator's CA. */
export async function env(invocation: Invocation): Promise<number> {
  const { values, places } = readOptions(ENV_OPTIONS, invocation);
  const isFlag = (name: keyof typeof ENV_OPTIONS): boolean => places[name]?.startsWith('--') === true;
  // A flag wins over the variable of the other one, which may be there for `start`.
  const url = isFlag('caDir') && !isFlag('url') ? undefined : values['url'];
  const caDir = isFlag('url') && !isFlag('caDir') ? undefined : values['caDir'];
  if (url !== undefined && caDir !== undefined)
    throw new SettingsError(['--url and --ca-dir: one of them is enough']);
  const files =
    typeof caDir === 'string' ? await kept(caDir) : await served(urlFrom(url, invocation), invocation);
  process.stdout.write(linesFor(files));
  return EXIT.ok;
}

/** The directory's own `ca.pem` is used as it is: an emulator may be reading it, and more may be in it than the CA. */
async function kept(caDir: string): Promise<Files> {
  const { keepAuthority } = await import('../http/tls/authority.ts');
  const { cert, warning } = await keepAuthority(caDir, systemClock.now());
  if (warning !== undefined) process.stderr.write(`plesk-emulator: ${warning}\n`);
  return writeFiles(cert, resolve(caDir));
}

/** Below the user's own cache: in a directory that is anybody's, somebody else could put a CA in its place. */
async function served(url: URL, { env: { XDG_CACHE_HOME: given = '' } }: Invocation): Promise<Files> {
  const ca = await askCa(url, 5000);
  // The paths are used from any folder, and the XDG specification has relative ones ignored.
  const cache = isAbsolute(given) ? given : join(homedir(), '.cache');
  const files = await writeFiles(ca, join(cache, 'plesk-emulator', digestOf(ca).slice(0, 12)));
  await replace(files.ca, ca);
  return files;
}

interface Files {
  /** The CA alone. */
  readonly ca: string;
  /** The CA, and all that Node trusts besides. */
  readonly bundle: string;
  /** A directory with settings for PHP. */
  readonly php: string;
}

async function writeFiles(ca: string, directory: string): Promise<Files> {
  const files = {
    ca: join(directory, 'ca.pem'),
    bundle: join(directory, 'bundle.pem'),
    php: join(directory, 'php'),
  };
  await mkdir(files.php, { recursive: true, mode: 0o700 });
  await replace(files.bundle, `${[ca.trimEnd(), ...rootCertificates].join('\n')}\n`);
  const quoted = JSON.stringify(files.bundle);
  await replace(
    join(files.php, 'plesk-emulator.ini'),
    `curl.cainfo = ${quoted}\nopenssl.cafile = ${quoted}\n`,
  );
  return files;
}

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
const linesFor = ({ ca, bundle, php }: Files): string =>
  Object.entries({
    NODE_EXTRA_CA_CERTS: ca,
    SSL_CERT_FILE: bundle,
    CURL_CA_BUNDLE: bundle,
    REQUESTS_CA_BUNDLE: bundle,
    GIT_SSL_CAINFO: bundle,
    PHP_INI_SCAN_DIR: `:${php}`,
  })
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", String.raw`'\''`)}'\n`)
    .join('');
