import type { KeyObject } from 'node:crypto';
import { createHash, createPrivateKey, generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import { CertificateError } from './certificate-error.ts';
import { bitString, integer, nothing, objectId, sequence, set, tagged, time, utf8String } from './der.ts';
import { authorityExtensions, serverExtensions } from './extensions.ts';
import type { Issuer } from './issuer.ts';
import { issuerOf, keyIdOf } from './issuer.ts';
import { normalNames } from './names.ts';
import { pkcs8 } from './pem.ts';

/** A private key (PKCS#8) and its certificate, both PEM; the certificate may be followed by its chain. */
export interface KeyAndCertificate {
  readonly key: string;
  readonly cert: string;
}

/** When a certificate is good, in milliseconds; seconds count only. */
export interface Life {
  readonly notBefore: number;
  readonly notAfter: number;
}

/** In milliseconds. */
export const DAY = 86_400_000;

/** The life of a server's certificate: 396 days, for browsers refuse more than 397; a day of it for slow clocks. */
export const serverLife = (now: number): Life => ({ notBefore: now - DAY, notAfter: now + 395 * DAY });

const authorityLife = (now: number): Life => ({ notBefore: now - DAY, notAfter: now + 3652 * DAY });

/** Makes a CA that is good for ten years, with a name that no other one has. */
export function makeAuthority(now: number): KeyAndCertificate {
  const { publicKey, privateKey } = makeKeys();
  const keyId = keyIdOf(publicKey);
  const subject = commonName(`plesk-emulator CA ${keyId.toString('hex', 0, 3)}`);
  const signer = { subject, keyId, key: privateKey };
  const body = { subject, publicKey, life: authorityLife(now), extensions: authorityExtensions(keyId) };
  const authority = { key: pkcs8(privateKey), cert: signed(body, signer) };
  signers.set(authority, signer);
  return authority;
}

/** Makes a server's key and certificate for host names, wildcards and addresses, signed by the CA. */
export function issueCertificate(
  authority: KeyAndCertificate,
  { names, ...life }: Life & { readonly names: readonly string[] },
): KeyAndCertificate {
  const normal = normalNames(names);
  const signer = signerOf(authority);
  const { publicKey, privateKey } = makeKeys();
  // A CN has 64 characters at most, and only the subjectAltName is looked at.
  const subject = commonName(normal.find(({ length }) => length <= 64) ?? 'plesk-emulator');
  const extensions = serverExtensions(keyIdOf(publicKey), signer.keyId, normal);
  return { key: pkcs8(privateKey), cert: signed({ subject, publicKey, life, extensions }, signer) };
}

interface Signer extends Issuer {
  readonly key: KeyObject;
}

/** To read a CA takes half a millisecond, as long as all the rest of a certificate. */
const signers = new WeakMap<KeyAndCertificate, Signer>();

function signerOf(authority: KeyAndCertificate): Signer {
  const known = signers.get(authority);
  if (known !== undefined) return known;
  const signer = { ...issuerOf(new X509Certificate(authority.cert)), key: createPrivateKey(authority.key) };
  signers.set(authority, signer);
  return signer;
}

function makeKeys(): { readonly publicKey: Buffer; readonly privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { publicKey: publicKey.export({ type: 'spki', format: 'der' }), privateKey };
}

const commonName = (name: string): Buffer => sequence(set(sequence(objectId('2.5.4.3'), utf8String(name))));

interface Body {
  readonly subject: Buffer;
  readonly publicKey: Buffer;
  readonly life: Life;
  readonly extensions: Buffer;
}

const V3 = tagged(0, integer(2n));

function signed({ subject, publicKey, life, extensions }: Body, signer: Signer): string {
  const algorithm = signatureOf(signer.key);
  const validity = sequence(time(life.notBefore), time(life.notAfter));
  const body = sequence(
    ...[V3, serialOf(publicKey), algorithm, signer.subject, validity, subject, publicKey],
    tagged(3, extensions),
  );
  const certificate = sequence(body, algorithm, bitString(sign('sha256', body, signer.key)));
  const base64 = certificate.toString('base64');
  const lines = Array.from({ length: Math.ceil(base64.length / 64) }, (_, at) =>
    base64.slice(at * 64, at * 64 + 64),
  );
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** 16 bytes that are as random as the key, which no other certificate has; positive and without a leading zero. */
function serialOf(publicKey: Buffer): Buffer {
  const hash = createHash('sha256').update(publicKey).digest('hex').slice(0, 32);
  return integer((BigInt(`0x${hash}`) & ((1n << 126n) - 1n)) | (1n << 126n));
}

/** How a CA's key signs: ours is P-256, but one that is brought along may well be RSA, as mkcert's is. */
function signatureOf({ asymmetricKeyType: type }: KeyObject): Buffer {
  if (type === 'ec') return sequence(objectId('1.2.840.10045.4.3.2'));
  if (type === 'rsa') return sequence(objectId('1.2.840.113549.1.1.11'), nothing());
  throw new CertificateError(`a CA key of type ${String(type)} cannot be used; take EC or RSA`);
}
