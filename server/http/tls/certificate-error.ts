/** A key or certificate that cannot be used; the message says what is wrong, where, and what would be right. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError';
}
