import { X509Certificate } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import { readSmall } from '../small-file.ts';
import type { Read } from './server-forms.ts';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The certificates in a text, in PEM and nothing between them; a private key beside them is a mistake. */
export function readCertificates(text: string): Read<string> {
  if (text.includes('PRIVATE KEY-----')) return { mistake: 'there is a private key beside the certificate' };
  const blocks = text.match(CERTIFICATE) ?? [];
  if (blocks.length === 0) return { mistake: 'there is no certificate in PEM' };
  const broken = blocks.findIndex((block) => !isCertificate(block));
  if (broken !== -1) return { mistake: `certificate ${broken + 1} of ${blocks.length} cannot be read` };
  return { value: blocks.map((block) => `${block}\n`).join('') };
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).serialNumber !== '';
  } catch {
    return false;
  }
}

/** What stands in the directory as `ca`: PEM, or the path of a file, from the directory file's folder on. */
export async function readCa(ca: string, directoryFile: string): Promise<Read<string>> {
  if (ca.includes('-----BEGIN')) return readCertificates(ca);
  const path = resolve(dirname(directoryFile), ca);
  const found = await readSmall(path);
  if ('mistake' in found) return found;
  const read = readCertificates(found.text);
  return 'mistake' in read ? { mistake: `${path}: ${read.mistake}` } : read;
}
