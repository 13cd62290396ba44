import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { describe, expect, it, vi } from 'vitest';
import { env } from '../../server/commands/env.ts';
import { trustBesides } from '../../server/commands/trust.ts';
import { makeAuthority } from '../../server/http/tls/certificate.ts';
import { start } from '../support/emulator.ts';
import { folder, run, whyNoPhp } from '../support/tools.ts';

const newCertificate = (): string => makeAuthority(Date.now()).cert.trim();

/** A file with these texts below each other. */
function fileWith(...texts: readonly string[]): string {
  const file = join(folder('trust'), 'some.pem');
  writeFileSync(file, `${texts.join('\n')}\n`);
  return file;
}

const certificatesIn = (text: string | undefined): readonly string[] =>
  (text ?? '').split(/(?<=-----END CERTIFICATE-----)\n/).filter((part) => part !== '');

/** What is in the bundle below the CA. */
async function bundled(
  env: Readonly<Record<string, string>>,
  systemBundles: readonly string[] = [],
): Promise<readonly string[]> {
  const ca = newCertificate();
  const { bundle, warnings } = await trustBesides(`${ca}\n`, env, systemBundles);
  expect(warnings).toEqual([]);
  const [first, ...rest] = certificatesIn(bundle);
  expect(first).toBe(ca);
  return rest;
}

describe('the bundle', () => {
  const [one, other, third] = [newCertificate(), newCertificate(), newCertificate()];

  it.each(['SSL_CERT_FILE', 'CURL_CA_BUNDLE'])(
    'has what %s names, and not what the system has',
    async (name) => {
      expect(await bundled({ [name]: fileWith(one, other) }, [fileWith(third)])).toEqual([one, other]);
    },
  );

  it('has what both of them name, each once', async () => {
    const env = { SSL_CERT_FILE: fileWith(one, other), CURL_CA_BUNDLE: fileWith(other, third) };

    expect(await bundled(env)).toEqual([one, other, third]);
  });

  it.each(['REQUESTS_CA_BUNDLE', 'GIT_SSL_CAINFO'])(
    'has what %s names besides what the system has',
    async (name) => {
      expect(await bundled({ [name]: fileWith(one) }, [fileWith(third)])).toEqual([third, one]);
    },
  );

  it('has what the first bundle of the system has that is there', async () => {
    const bundles = [join(folder(), 'none.crt'), fileWith(one), fileWith(other)];

    expect(await bundled({ SSL_CERT_FILE: '', CURL_CA_BUNDLE: '' }, bundles)).toEqual([one]);
  });

  it('has what Node comes with where the system has none', async () => {
    const certificates = await bundled({}, [join(folder(), 'none.crt')]);

    expect(new Set(certificates)).toEqual(new Set(rootCertificates.map((one) => one.trim())));
  });

  it('has certificates alone, whatever else the file has', async () => {
    const { key } = makeAuthority(Date.now());
    const text = [`# Some CA`, one, key, `${other}\n`].join('\n').replaceAll('\n', '\r\n');

    expect(await bundled({ SSL_CERT_FILE: fileWith(text) })).toEqual([one, other]);
  });

  it.each([
    ['is not there', '/no/such/file.pem', /ENOENT/],
    ['is a directory', '/', /EISDIR/],
  ])('has what the system has where the file %s, and says so', async (_case, SSL_CERT_FILE, why) => {
    const { bundle, warnings } = await trustBesides(one, { SSL_CERT_FILE }, [fileWith(third)]);

    expect(certificatesIn(bundle)).toEqual([one, third]);
    expect(warnings).toEqual([
      expect.stringMatching(/^SSL_CERT_FILE is replaced, and what it names is not kept: /) as string,
    ]);
    expect(warnings[0]).toMatch(why);
  });
});

/** The variables that the lines set which the command prints in this process. */
async function setBy(
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(await env({ args, env: variables })).toBe(0);
  const lines = stdout.mock.calls.map(([text]) => String(text)).join('');
  expect(stderr.mock.calls).toEqual([]);
  vi.restoreAllMocks();
  return Object.fromEntries(
    [...lines.matchAll(/^export (\w+)='(.*)'$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
}

const textOf = (file: string | undefined): string => readFileSync(file ?? '', 'utf8');

/** Everything below a directory, by name and content. */
const contentOf = (directory: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => [join(parentPath, name), textOf(join(parentPath, name))]),
  );

describe.each(['--url', '--ca-dir'])('plesk-emulator env %s', (flag) => {
  /** What the command is asked, where it writes, and the CA's own file. */
  async function asked(): Promise<{ readonly args: readonly string[]; readonly XDG_CACHE_HOME: string }> {
    const XDG_CACHE_HOME = folder('cache');
    if (flag === '--ca-dir') return { args: [flag, join(XDG_CACHE_HOME, 'ca')], XDG_CACHE_HOME };
    const { plesk } = await start({ https: true });
    return { args: [flag, plesk.url], XDG_CACHE_HOME };
  }

  it('keeps what each variable named', async () => {
    const { args, XDG_CACHE_HOME } = await asked();
    const [one, other, third] = [newCertificate(), newCertificate(), newCertificate()];

    const set = await setBy(args, {
      XDG_CACHE_HOME,
      SSL_CERT_FILE: fileWith(one),
      GIT_SSL_CAINFO: fileWith(other),
      NODE_EXTRA_CA_CERTS: fileWith(third),
      PHP_INI_SCAN_DIR: '/etc/php-one::/etc/php-other',
    });

    for (const name of ['SSL_CERT_FILE', 'CURL_CA_BUNDLE', 'REQUESTS_CA_BUNDLE', 'GIT_SSL_CAINFO']) {
      expect(certificatesIn(textOf(set[name])).slice(1)).toEqual([one, other]);
    }
    const [ca, ...extra] = certificatesIn(textOf(set['NODE_EXTRA_CA_CERTS']));
    expect(extra).toEqual([third]);
    expect(textOf(set['SSL_CERT_FILE']).startsWith(ca ?? 'none')).toBe(true);
    expect(set['PHP_INI_SCAN_DIR']).toMatch(/^\/etc\/php-one::\/etc\/php-other:\/.+\/php$/);
  });

  it.each([
    ['nothing is set', []],
    ['certificates are named', ['SSL_CERT_FILE', 'GIT_SSL_CAINFO', 'NODE_EXTRA_CA_CERTS']],
    ['PHP looks nowhere', ['PHP_INI_SCAN_DIR']],
  ])(
    'sets and writes the same in a shell that has read its lines already, where %s',
    async (_case, names) => {
      const { args, XDG_CACHE_HOME } = await asked();
      const valueOf = (name: string): string => (name.startsWith('PHP') ? '' : fileWith(newCertificate()));
      const before = Object.fromEntries(names.map((name) => [name, valueOf(name)]));
      const once = await setBy(args, { XDG_CACHE_HOME, ...before });
      const written = contentOf(XDG_CACHE_HOME);

      const again = await setBy(args, { XDG_CACHE_HOME, ...before, ...once });

      expect(again).toEqual(once);
      expect(contentOf(XDG_CACHE_HOME)).toEqual(written);
    },
  );

  it.each([
    [undefined, ':OWN'],
    ['', 'OWN'],
    [':', '::OWN'],
    ['/etc/php', '/etc/php:OWN'],
    [':/etc/php', ':/etc/php:OWN'],
  ])('lets PHP look where it did with PHP_INI_SCAN_DIR %j', async (variable, expected) => {
    const { args, XDG_CACHE_HOME } = await asked();
    const before = variable === undefined ? {} : { PHP_INI_SCAN_DIR: variable };

    const { PHP_INI_SCAN_DIR: dirs = '' } = await setBy(args, { XDG_CACHE_HOME, ...before });

    expect(dirs.replace(/[^:]+$/, 'OWN')).toBe(expected);
  });
});

it('has a shell trust the emulators of both lines that it has read', async () => {
  const [one, other] = [await start({ https: true }), await start({ https: true })];
  const XDG_CACHE_HOME = folder('cache');

  const first = await setBy(['--url', one.plesk.url], { XDG_CACHE_HOME });
  const both = await setBy(['--url', other.plesk.url], { XDG_CACHE_HOME, ...first });

  for (const name of ['SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS']) {
    for (const { plesk } of [one, other]) expect(textOf(both[name])).toContain(plesk.ca);
  }
  expect(both['PHP_INI_SCAN_DIR']).toMatch(/^:[^:]+$/);
});

it('says on standard error what it cannot keep, and prints its lines', async () => {
  const args = ['--ca-dir', folder('ca')];
  const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);

  expect(await env({ args, env: { NODE_EXTRA_CA_CERTS: '/no/such/file' } })).toBe(0);

  expect(String(stderr.mock.calls[0]?.[0])).toMatch(
    /^plesk-emulator: NODE_EXTRA_CA_CERTS is replaced, and what it names is not kept: ENOENT.*\n$/,
  );
  expect(stdout).toHaveBeenCalledOnce();
});

const missing = whyNoPhp('curl', 'openssl');

it.skipIf(missing !== undefined)(
  `leaves to PHP the settings that it had${missing === undefined ? '' : ` (skipped: ${missing})`}`,
  async () => {
    const own = folder('php');
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'own.ini'), 'user_agent = mine\ncurl.cainfo = /other.pem\n');
    const { PHP_INI_SCAN_DIR = '', SSL_CERT_FILE } = await setBy(['--ca-dir', folder('ca')], {
      PHP_INI_SCAN_DIR: `:${own}`,
    });
    const code =
      "echo json_encode([ini_get('user_agent'), ini_get('curl.cainfo'), ini_get('openssl.cafile')]);";
    const scanned = 'echo php_ini_scanned_files();';
    const php = (script: string, dirs: string): ReturnType<typeof run> =>
      run('php', ['-r', script], { env: { PATH: process.env['PATH'], PHP_INI_SCAN_DIR: dirs } });

    expect(JSON.parse((await php(code, PHP_INI_SCAN_DIR)).stdout)).toEqual([
      'mine',
      SSL_CERT_FILE,
      SSL_CERT_FILE,
    ]);
    const builtIn = (await php(scanned, ':')).stdout.split(/,?\n/).filter((file) => file !== '');
    expect((await php(scanned, PHP_INI_SCAN_DIR)).stdout.split(/,?\n/)).toEqual(
      expect.arrayContaining(builtIn),
    );
  },
);
