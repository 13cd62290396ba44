import { bitString, boolean, integer, objectId, octetString, sequence, taggedBytes } from './der.ts';
import { generalName } from './names.ts';

const critical = (id: string, value: Buffer): Buffer =>
  sequence(objectId(id), boolean(true), octetString(value));
const plain = (id: string, value: Buffer): Buffer => sequence(objectId(id), octetString(value));

const basicConstraints = (value: Buffer): Buffer => critical('2.5.29.19', value);
const keyUsage = (bits: Buffer): Buffer => critical('2.5.29.15', bits);
const subjectKey = (keyId: Buffer): Buffer => plain('2.5.29.14', octetString(keyId));
const authorityKey = (keyId: Buffer): Buffer => plain('2.5.29.35', sequence(taggedBytes(0, keyId)));

/** keyCertSign and cRLSign: bits 5 and 6. */
const SIGNS_CERTIFICATES = bitString(Buffer.of(0b0000_0110), 1);
/** digitalSignature: bit 0. */
const SIGNS_HANDSHAKES = bitString(Buffer.of(0b1000_0000), 7);
const SERVER_AUTH = sequence(objectId('1.3.6.1.5.5.7.3.1'));

/** The extensions of a CA that signs servers' certificates and no other CA. */
export const authorityExtensions = (keyId: Buffer): Buffer =>
  sequence(
    basicConstraints(sequence(boolean(true), integer(0n))),
    keyUsage(SIGNS_CERTIFICATES),
    subjectKey(keyId),
    authorityKey(keyId),
  );

/** The extensions of a server's certificate; the names are in their one form. */
export const serverExtensions = (keyId: Buffer, issuerKeyId: Buffer, names: readonly string[]): Buffer =>
  sequence(
    basicConstraints(sequence()),
    keyUsage(SIGNS_HANDSHAKES),
    plain('2.5.29.37', SERVER_AUTH),
    subjectKey(keyId),
    authorityKey(issuerKeyId),
    plain('2.5.29.17', sequence(...names.map(generalName))),
  );
