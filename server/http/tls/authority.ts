import type { KeyObject, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import type { KeyAndCertificate } from './certificate.ts';
import { DAY, makeAuthority } from './certificate.ts';
import { CertificateError } from './certificate-error.ts';
import { publish, readFileAt, readIfThere, warningOf } from './files.ts';
import { chainIn, checkPair, pkcs8, readChain, readKey } from './pem.ts';

/** A CA that outlives the emulator, and what its owner should be told about its files. */
export interface KeptAuthority extends KeyAndCertificate {
  readonly warning?: string;
}

interface Files {
  readonly certFile: string;
  readonly keyFile: string;
}

/**
 * Reads the CA of a directory from `ca.pem` and `ca-key.pem`, or makes the directory and a CA in it. All that
 * start at the same time get the same CA; one that cannot be used is a `CertificateError`.
 */
export async function keepAuthority(directory: string, now: number): Promise<KeptAuthority> {
  const files = { certFile: join(directory, 'ca.pem'), keyFile: join(directory, 'ca-key.pem') };
  const certificate = await readIfThere(files.certFile);
  // The key is looked for second because it is written first: a certificate without it is never on its way.
  const keyText = (await readIfThere(files.keyFile)) ?? (await makePair(files, certificate, now));
  const chain = readChain(certificate ?? (await restoreCertificate(files, keyText)), files.certFile);
  const key = readKey(keyText, files.keyFile);
  checkPair(chain, files.certFile, key, files.keyFile);
  checkAuthority(chain.first, key, files, now);
  const warning = await warningOf(files.keyFile);
  return { key: pkcs8(key), cert: chain.pem, ...(warning !== undefined && { warning }) };
}

/**
 * Both are written as one file, so that there is no moment with half a CA: `ca-key.pem` holds the certificate
 * too, and `ca.pem` is a copy that the next start makes good where this one is killed before.
 */
async function makePair(
  { certFile, keyFile }: Files,
  found: string | undefined,
  now: number,
): Promise<string> {
  if (found !== undefined) {
    throw new CertificateError(
      `${certFile} is there without its key; put that into ${keyFile}, or delete ${certFile} to have a new CA made`,
    );
  }
  const { key, cert } = makeAuthority(now);
  await publish(keyFile, `${key}${cert}`, 0o600);
  return readFileAt(keyFile);
}

async function restoreCertificate({ certFile, keyFile }: Files, keyText: string): Promise<string> {
  const copy = chainIn(keyText, keyFile);
  if (copy === undefined) {
    throw new CertificateError(
      `${keyFile} is there without its certificate; put that into ${certFile}, or delete ${keyFile} to have a new CA made`,
    );
  }
  await publish(certFile, copy.pem, 0o644);
  return readFileAt(certFile);
}

function checkAuthority(
  ca: X509Certificate,
  key: KeyObject,
  { certFile, keyFile }: Files,
  now: number,
): void {
  const type = String(key.asymmetricKeyType);
  if (!ca.ca) {
    throw new CertificateError(
      `the certificate in ${certFile} is no CA's (basicConstraints CA:TRUE, keyUsage keyCertSign); give a CA, ` +
        'or give a server certificate with --tls-cert and --tls-key',
    );
  }
  if (type !== 'ec' && type !== 'rsa') {
    throw new CertificateError(`the key in ${keyFile} is of type ${type}; give a CA with an EC or RSA key`);
  }
  if (Date.parse(ca.validFrom) > now) {
    throw new CertificateError(
      `the CA in ${certFile} begins only at ${ca.validFrom}; the clock may be wrong`,
    );
  }
  if (Date.parse(ca.validTo) < now + DAY) {
    const ends = Date.parse(ca.validTo) < now ? 'has expired' : 'ends within a day';
    throw new CertificateError(
      `the CA in ${certFile} ${ends} (${ca.validTo}); delete ${certFile} and ${keyFile} to have a new one made`,
    );
  }
}

/** Reads a server's key and its certificate, which may be followed by its chain and may have expired. */
export async function readOwnCertificate(certFile: string, keyFile: string): Promise<KeyAndCertificate> {
  const chain = readChain(await readFileAt(certFile), certFile);
  const key = readKey(await readFileAt(keyFile), keyFile);
  checkPair(chain, certFile, key, keyFile);
  return { key: pkcs8(key), cert: chain.pem };
}
