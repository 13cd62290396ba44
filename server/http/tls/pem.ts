import type { KeyObject } from 'node:crypto';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { CertificateError } from './certificate-error.ts';

const CERTIFICATES = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
const ENCRYPTED = /-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type:.*ENCRYPTED/m;

/** A certificate and those that follow it in its file. */
export interface Chain {
  readonly first: X509Certificate;
  /** The certificates alone: what else is in the file, a key perhaps, goes to nobody. */
  readonly pem: string;
}

/** The certificates that a text holds, or `undefined` where it holds none; one that is broken is an error. */
export function chainIn(text: string, file: string): Chain | undefined {
  const blocks = text.match(CERTIFICATES) ?? [];
  const [first] = blocks.map((block, index) => certificateOf(block, `certificate ${index + 1} in ${file}`));
  return first === undefined ? undefined : { first, pem: `${blocks.join('\n')}\n` };
}

function certificateOf(block: string, where: string): X509Certificate {
  try {
    return new X509Certificate(block);
  } catch (cause) {
    throw new CertificateError(`${where} cannot be read; it is damaged or cut short`, { cause });
  }
}

/** Reads the certificates of a file's text. */
export function readChain(text: string, file: string): Chain {
  const chain = chainIn(text, file);
  if (chain !== undefined) return chain;
  throw new CertificateError(
    `${file} holds no certificate in PEM (-----BEGIN CERTIFICATE-----); convert it with openssl x509`,
  );
}

/** Reads the private key of a file's text. */
export function readKey(text: string, file: string): KeyObject {
  if (ENCRYPTED.test(text)) {
    throw new CertificateError(`the key in ${file} is encrypted; decrypt it with openssl pkey`);
  }
  try {
    return createPrivateKey(text);
  } catch (cause) {
    throw new CertificateError(
      `${file} holds no private key in PEM (-----BEGIN PRIVATE KEY-----); convert it with openssl pkey`,
      { cause },
    );
  }
}

/** Fails where a key is not that of a certificate. */
export function checkPair({ first }: Chain, certFile: string, key: KeyObject, keyFile: string): void {
  if (first.checkPrivateKey(key)) return;
  throw new CertificateError(
    `the key in ${keyFile} does not belong to the certificate in ${certFile}` +
      ', or that is not the first one in its file; give two that belong together',
  );
}

/** A private key as PKCS#8 in PEM, whatever form it was read in. */
export const pkcs8 = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();
