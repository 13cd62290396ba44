import type { X509Certificate } from 'node:crypto';
import { createHash } from 'node:crypto';
import { objectId } from './der.ts';

/** What a certificate repeats of the one that signs it. */
export interface Issuer {
  /** The signer's subject, byte for byte: a name that is written anew need not be found equal. */
  readonly subject: Buffer;
  readonly keyId: Buffer;
}

const SUBJECT_KEY_IDENTIFIER = objectId('2.5.29.14');
const VERSION = 0xa0;
const EXTENSIONS = 0xa3;

/** Reads a signer's subject and key identifier; the latter is made where the certificate has none. */
export function issuerOf(certificate: X509Certificate): Issuer {
  const whole = part(elements(certificate.raw), 0);
  const fields = elements(part(elements(whole.content), 0).content).filter(({ tag }) => tag !== VERSION);
  return {
    subject: part(fields, 4).bytes,
    keyId: statedKeyId(fields) ?? keyIdOf(part(fields, 5).bytes),
  };
}

/** SHA-1 over the bits of a public key (its SPKI is given), as RFC 5280 4.2.1.2 has it first. */
export function keyIdOf(publicKey: Buffer): Buffer {
  const bits = part(elements(part(elements(publicKey), 0).content), 1);
  return createHash('sha1').update(bits.content.subarray(1)).digest();
}

function statedKeyId(fields: readonly Element[]): Buffer | undefined {
  const extensions = fields.find(({ tag }) => tag === EXTENSIONS);
  if (extensions === undefined) return undefined;
  for (const { content } of elements(part(elements(extensions.content), 0).content)) {
    const [id, ...rest] = elements(content);
    if (id?.bytes.equals(SUBJECT_KEY_IDENTIFIER) !== true) continue;
    return part(elements(part(rest, rest.length - 1).content), 0).content;
  }
  return undefined;
}

interface Element {
  readonly tag: number;
  readonly content: Buffer;
  readonly bytes: Buffer;
}

/** The elements that follow each other in some DER; OpenSSL has parsed it before, so its form is sound. */
function elements(der: Buffer): readonly Element[] {
  const found: Element[] = [];
  for (let start = 0; start < der.length;) {
    const first = der.readUInt8(start + 1);
    const more = first < 0x80 ? 0 : first & 0x7f;
    const from = start + 2 + more;
    const end = from + (more === 0 ? first : der.readUIntBE(start + 2, more));
    found.push({
      tag: der.readUInt8(start),
      content: der.subarray(from, end),
      bytes: der.subarray(start, end),
    });
    start = end;
  }
  return found;
}

function part(of: readonly Element[], index: number): Element {
  const found = of[index];
  if (found === undefined) throw new RangeError(`DER without its part ${index}`);
  return found;
}
