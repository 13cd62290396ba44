import { spawn, spawnSync } from 'node:child_process';
import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { keepAuthority, readOwnCertificate } from '../../server/http/tls/authority.ts';
import type { KeyAndCertificate } from '../../server/http/tls/certificate.ts';
import { issueCertificate, makeAuthority, serverLife } from '../../server/http/tls/certificate.ts';
import { CertificateError } from '../../server/http/tls/certificate-error.ts';
import { warningOf } from '../../server/http/tls/files.ts';
import { opensslIsMissing } from '../support/certificate.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const DAY = 86_400_000;
const withOpenssl = it.skipIf(opensslIsMissing() !== undefined);
const withModes = it.skipIf(process.platform === 'win32');
const withoutRoot = it.skipIf(process.platform === 'win32' || process.getuid?.() === 0);

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'tls-ca-dir-'));
  onTestFinished(() => {
    rmSync(path, { recursive: true });
  });
  return path;
}

/** A folder with these files; `<folder>` in an expected message is its path. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const path = folder();
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(path, name), text, { mode: 0o600 });
  }
  return path;
}

async function errorOf(promise: Promise<unknown>, path: string): Promise<string> {
  const error: unknown = await promise.then(
    () => 'no error',
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(CertificateError);
  return (error as Error).message.replaceAll(path, '<folder>');
}

const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);
const leafOf = (authority: KeyAndCertificate): KeyAndCertificate =>
  issueCertificate(authority, { names: ['localhost'], ...serverLife(NOW) });

const ONE = makeAuthority(NOW);
const OTHER = makeAuthority(NOW);
const LEAF = leafOf(ONE);
const OLD = makeAuthority(NOW - 3652 * DAY + DAY / 2);
const OLDER = makeAuthority(NOW - 3653 * DAY);

it('makes the directory and a CA in it, and reads the same one from then on', async () => {
  const path = join(folder(), 'new', 'ca');

  const first = await keepAuthority(path, NOW);
  const second = await keepAuthority(path, NOW + DAY);

  expect(second).toEqual(first);
  expect(Object.keys(first)).toEqual(['key', 'cert']);
  expect(readdirSync(path).toSorted()).toEqual(['ca-key.pem', 'ca.pem']);
  expect(readFileSync(join(path, 'ca.pem'), 'utf8')).toBe(first.cert);
  expect(new X509Certificate(first.cert).ca).toBe(true);
});

withModes('keeps the key from other users, and the certificate readable', async () => {
  const umask = process.umask(0);
  onTestFinished(() => void process.umask(umask));
  const path = folder();

  await keepAuthority(path, NOW);

  expect(modeOf(join(path, 'ca-key.pem'))).toBe('600');
  expect(modeOf(join(path, 'ca.pem'))).toBe('644');
});

withModes('warns of a key that others can read, and uses it', async () => {
  const path = folder();
  const { cert } = await keepAuthority(path, NOW);
  chmodSync(join(path, 'ca-key.pem'), 0o640);

  const authority = await keepAuthority(path, NOW);

  expect(authority.cert).toBe(cert);
  const file = join(path, 'ca-key.pem');
  expect(authority.warning).toBe(
    `${file} is open to other users (mode 640) and holds a key that makes certificates; chmod 600 ${file}`,
  );
});

it.each([
  ['linux', true],
  ['darwin', true],
  ['win32', false],
] as const)('on %s warns of a key with mode 666: %s', async (platform, warns) => {
  const file = join(folder(), 'ca-key.pem');
  writeFileSync(file, '');
  chmodSync(file, 0o666);

  expect((await warningOf(file, platform)) !== undefined).toBe(warns);
});

it('makes one CA however many ask for it at once', async () => {
  const path = join(folder(), 'ca');

  const all = await Promise.all(Array.from({ length: 10 }, () => keepAuthority(path, NOW)));

  expect(new Set(all.map(({ key, cert }) => key + cert)).size).toBe(1);
  expect(readdirSync(path).toSorted()).toEqual(['ca-key.pem', 'ca.pem']);
});

it('makes one CA for processes that start at once', async () => {
  const path = join(folder(), 'ca');

  const all = await Promise.all(Array.from({ length: 4 }, () => keepElsewhere(path)));

  const { key, cert } = await keepAuthority(path, NOW);
  const digest = createHash('sha256')
    .update(key + cert)
    .digest('hex');
  expect(all).toEqual(Array(4).fill(digest));
});

it('completes a CA whose maker was killed before it wrote the certificate', async () => {
  const path = folder();
  const { cert } = await keepAuthority(path, NOW);
  rmSync(join(path, 'ca.pem'));

  expect((await keepAuthority(path, NOW)).cert).toBe(cert);
  expect(readFileSync(join(path, 'ca.pem'), 'utf8')).toBe(cert);
});

it('takes a CA from elsewhere, and gives out no key that is in the file of its certificate', async () => {
  const path = folderWith({ 'ca.pem': `Some CA\r\n${ONE.key}${ONE.cert}`, 'ca-key.pem': ONE.key });

  expect(await keepAuthority(path, NOW)).toEqual(ONE);
});

it.each([
  [
    'a certificate without a key',
    { 'ca.pem': ONE.cert },
    '<folder>/ca.pem is there without its key; put that into <folder>/ca-key.pem, or delete <folder>/ca.pem to have a new CA made',
  ],
  [
    'a key without a certificate',
    { 'ca-key.pem': ONE.key },
    '<folder>/ca-key.pem is there without its certificate; put that into <folder>/ca.pem, or delete <folder>/ca-key.pem to have a new CA made',
  ],
  [
    'the key of another',
    { 'ca.pem': ONE.cert, 'ca-key.pem': OTHER.key },
    'the key in <folder>/ca-key.pem does not belong to the certificate in <folder>/ca.pem, or that is not the first one in its file; give two that belong together',
  ],
  [
    'a certificate that is no PEM',
    { 'ca.pem': 'MIIB', 'ca-key.pem': ONE.key },
    '<folder>/ca.pem holds no certificate in PEM (-----BEGIN CERTIFICATE-----); convert it with openssl x509',
  ],
  [
    'a certificate that is cut short',
    { 'ca.pem': ONE.cert.replace(/\n.*\n-----END/, '\n-----END'), 'ca-key.pem': ONE.key },
    'certificate 1 in <folder>/ca.pem cannot be read; it is damaged or cut short',
  ],
  [
    'a key that is no PEM',
    { 'ca.pem': ONE.cert, 'ca-key.pem': '' },
    '<folder>/ca-key.pem holds no private key in PEM (-----BEGIN PRIVATE KEY-----); convert it with openssl pkey',
  ],
  [
    'a key that is encrypted',
    { 'ca.pem': ONE.cert, 'ca-key.pem': encrypted() },
    'the key in <folder>/ca-key.pem is encrypted; decrypt it with openssl pkey',
  ],
  [
    'a server certificate',
    { 'ca.pem': LEAF.cert, 'ca-key.pem': LEAF.key },
    "the certificate in <folder>/ca.pem is no CA's (basicConstraints CA:TRUE, keyUsage keyCertSign); give a CA, or give a server certificate with --tls-cert and --tls-key",
  ],
  [
    'a CA that ends within a day',
    { 'ca.pem': OLD.cert, 'ca-key.pem': OLD.key },
    'the CA in <folder>/ca.pem ends within a day (Mar  2 00:00:00 2026 GMT); delete <folder>/ca.pem and <folder>/ca-key.pem to have a new one made',
  ],
  [
    'a CA that has expired',
    { 'ca.pem': OLDER.cert, 'ca-key.pem': OLDER.key },
    'the CA in <folder>/ca.pem has expired (Feb 28 12:00:00 2026 GMT); delete <folder>/ca.pem and <folder>/ca-key.pem to have a new one made',
  ],
])('refuses %s, and changes nothing', async (_case, files, message) => {
  const path = folderWith(files);

  expect(await errorOf(keepAuthority(path, NOW), path)).toBe(message);
  expect(readdirSync(path).toSorted()).toEqual(Object.keys(files).toSorted());
});

it('refuses a CA that is yet to begin', async () => {
  const path = folderWith({ 'ca.pem': ONE.cert, 'ca-key.pem': ONE.key });

  expect(await errorOf(keepAuthority(path, NOW - 2 * DAY), path)).toBe(
    'the CA in <folder>/ca.pem begins only at Feb 28 12:00:00 2026 GMT; the clock may be wrong',
  );
});

it('says so where a file is a directory', async () => {
  const path = folderWith({ 'ca.pem': ONE.cert });
  mkdirSync(join(path, 'ca-key.pem'));

  expect(await errorOf(keepAuthority(path, NOW), path)).toBe(
    '<folder>/ca-key.pem cannot be read: it is a directory, and has to be a file',
  );
});

it('says so where the directory is a file', async () => {
  const path = folderWith({ ca: '' });

  expect(await errorOf(keepAuthority(join(path, 'ca'), NOW), path)).toMatch(
    /^<folder>\/ca\/ca-key\.pem cannot be written \(EEXIST.*\); name a directory that this user can write$/,
  );
});

withoutRoot('says so where the directory cannot be written', async () => {
  const path = folder();
  chmodSync(path, 0o500);

  expect(await errorOf(keepAuthority(path, NOW), path)).toMatch(
    /^<folder>\/ca-key\.pem cannot be written \(EACCES/,
  );
});

withoutRoot('says so where the key cannot be read', async () => {
  const path = folderWith({ 'ca.pem': ONE.cert, 'ca-key.pem': ONE.key });
  chmodSync(join(path, 'ca-key.pem'), 0);

  expect(await errorOf(keepAuthority(path, NOW), path)).toBe(
    '<folder>/ca-key.pem cannot be read: this user may not; change its owner or mode',
  );
});

withOpenssl('refuses a CA whose key makes no certificates of a usual kind', async () => {
  const path = folder();
  const files = ['-keyout', join(path, 'ca-key.pem'), '-out', join(path, 'ca.pem')];
  spawnSync('openssl', ['req', '-x509', '-nodes', '-newkey', 'ed25519', '-subj', '/CN=Ed', ...files]);
  const begun = Date.parse(new X509Certificate(readFileSync(join(path, 'ca.pem'))).validFrom);

  expect(await errorOf(keepAuthority(path, begun), path)).toBe(
    'the key in <folder>/ca-key.pem is of type ed25519; give a CA with an EC or RSA key',
  );
});

describe('a certificate of its own', () => {
  const own = (files: Readonly<Record<string, string>>): [Promise<KeyAndCertificate>, string] => {
    const path = folderWith(files);
    return [readOwnCertificate(join(path, 'cert.pem'), join(path, 'key.pem')), path];
  };

  it('is read with its chain', async () => {
    const [read] = own({ 'cert.pem': `${LEAF.cert}\n# the CA:\n${ONE.cert}`, 'key.pem': LEAF.key });

    expect(await read).toEqual({ key: LEAF.key, cert: LEAF.cert + ONE.cert });
  });

  it('is read from one file that holds both', async () => {
    const path = folderWith({ 'both.pem': LEAF.key + LEAF.cert });
    const file = join(path, 'both.pem');

    expect(await readOwnCertificate(file, file)).toEqual(LEAF);
  });

  it('may have expired', async () => {
    const past = { notBefore: NOW - 9 * DAY, notAfter: NOW - 8 * DAY };
    const expired = issueCertificate(ONE, { names: ['localhost'], ...past });
    const [read] = own({ 'cert.pem': expired.cert, 'key.pem': expired.key });

    expect(await read).toEqual(expired);
  });

  withOpenssl.each([
    ['PKCS#1', 'rsa:2048', ['rsa', '-traditional']],
    ['SEC 1', 'ec', ['ec']],
  ])('may have its key in the form of %s', async (_case, algorithm, convert) => {
    const path = folder();
    const [cert, key, old] = ['cert.pem', 'key.pem', 'old.pem'].map((name) => join(path, name)) as [
      string,
      string,
      string,
    ];
    const curve = algorithm === 'ec' ? ['-pkeyopt', 'ec_paramgen_curve:P-256'] : [];
    const files = ['-keyout', key, '-out', cert];
    spawnSync('openssl', [
      'req',
      '-x509',
      '-nodes',
      '-newkey',
      algorithm,
      ...curve,
      '-subj',
      '/CN=a',
      ...files,
    ]);
    spawnSync('openssl', [...convert, '-in', key, '-out', old]);
    expect(readFileSync(old, 'utf8')).toMatch(/^-----BEGIN (?:RSA|EC) PRIVATE KEY-----/);

    expect(await readOwnCertificate(cert, old)).toEqual({
      key: readFileSync(key, 'utf8'),
      cert: readFileSync(cert, 'utf8'),
    });
  });

  it.each([
    [
      'no certificate file',
      { 'key.pem': LEAF.key },
      '<folder>/cert.pem cannot be read: there is no such file',
    ],
    ['no key file', { 'cert.pem': LEAF.cert }, '<folder>/key.pem cannot be read: there is no such file'],
    [
      'the key of another',
      { 'cert.pem': LEAF.cert, 'key.pem': ONE.key },
      'the key in <folder>/key.pem does not belong to the certificate in <folder>/cert.pem, or that is not the first one in its file; give two that belong together',
    ],
    [
      'a chain that starts with the CA',
      { 'cert.pem': ONE.cert + LEAF.cert, 'key.pem': LEAF.key },
      'the key in <folder>/key.pem does not belong to the certificate in <folder>/cert.pem, or that is not the first one in its file; give two that belong together',
    ],
    [
      'a chain that is damaged',
      { 'cert.pem': LEAF.cert + ONE.cert.replace('MII', '!!!'), 'key.pem': LEAF.key },
      'certificate 2 in <folder>/cert.pem cannot be read; it is damaged or cut short',
    ],
    [
      'the files exchanged',
      { 'cert.pem': LEAF.key, 'key.pem': LEAF.cert },
      '<folder>/cert.pem holds no certificate in PEM (-----BEGIN CERTIFICATE-----); convert it with openssl x509',
    ],
    [
      'a key that is encrypted',
      { 'cert.pem': LEAF.cert, 'key.pem': encrypted() },
      'the key in <folder>/key.pem is encrypted; decrypt it with openssl pkey',
    ],
    [
      'a key that is encrypted as of old',
      { 'cert.pem': LEAF.cert, 'key.pem': encryptedAsOfOld() },
      'the key in <folder>/key.pem is encrypted; decrypt it with openssl pkey',
    ],
  ])('is refused with %s', async (_case, files, message) => {
    const [read, path] = own(files);

    expect(await errorOf(read, path)).toBe(message);
  });
});

function encrypted(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
    .toString();
}

function encryptedAsOfOld(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey
    .export({ type: 'sec1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
    .toString();
}

/** The digest of the CA that another process is given. */
async function keepElsewhere(path: string): Promise<string> {
  const script = `
    import { createHash } from 'node:crypto';
    import { keepAuthority } from ${JSON.stringify(new URL('../../server/http/tls/authority.ts', import.meta.url).href)};
    const { key, cert } = await keepAuthority(${JSON.stringify(path)}, ${NOW});
    process.stdout.write(createHash('sha256').update(key + cert).digest('hex'));
  `;
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const child = spawn(process.execPath, ['--import', tsx, '--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  await once(child, 'close');
  return printed;
}
