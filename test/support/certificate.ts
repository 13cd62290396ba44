import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A key and a certificate for 127.0.0.1 that nobody else has. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** Why there can be no certificate here; `undefined` where there can. */
export const opensslIsMissing = (): string | undefined =>
  spawnSync('openssl', ['version']).status === 0 ? undefined : 'openssl is not installed';

/** Makes a certificate that is good for a day, by openssl. */
export function makeCertificate(): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  const key = join(folder, 'key.pem');
  const cert = join(folder, 'cert.pem');
  const words =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1';
  try {
    const ran = spawnSync('openssl', [...words.split(' '), '-keyout', key, '-out', cert], {
      encoding: 'utf8',
    });
    if (ran.status !== 0) throw new Error(`openssl made no certificate: ${ran.stderr}`);
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
