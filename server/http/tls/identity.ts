import type { Settings } from '../../config.ts';
import { ownNames } from '../own-names.ts';
import { keepAuthority, readOwnCertificate } from './authority.ts';
import type { KeyAndCertificate } from './certificate.ts';
import { issueCertificate, makeAuthority, serverLife } from './certificate.ts';

/** What the HTTPS server shows to its clients. */
export interface Identity extends KeyAndCertificate {
  /** The CA that a client has to trust, in PEM; `undefined` where the certificate is the user's own. */
  readonly ca: string | undefined;
  /** What the owner of the files should know. */
  readonly warning: string | undefined;
}

type TlsSettings = Pick<Settings, 'host' | 'hostnames' | 'caDir' | 'tlsCert' | 'tlsKey'>;

/**
 * The certificate of an HTTPS server at an instant: the user's own, or one that the CA of `caDir` has signed, or one
 * of a CA that is made for this start. Throws a CertificateError where files cannot be used.
 */
export async function identityFor(settings: TlsSettings, now: number): Promise<Identity> {
  const { caDir, tlsCert, tlsKey } = settings;
  if (tlsCert !== undefined && tlsKey !== undefined) {
    return { ...(await readOwnCertificate(tlsCert, tlsKey)), ca: undefined, warning: undefined };
  }
  const authority =
    caDir === undefined ? { ...makeAuthority(now), warning: undefined } : await keepAuthority(caDir, now);
  const leaf = issueCertificate(authority, { names: ownNames(settings), ...serverLife(now) });
  return { key: leaf.key, cert: leaf.cert, ca: authority.cert, warning: authority.warning };
}
