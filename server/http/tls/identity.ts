import type { Settings } from '../../config.ts';
import { ownNames } from '../own-names.ts';
import { keepAuthority, readOwnCertificate } from './authority.ts';
import type { KeyAndCertificate } from './certificate.ts';
import { DAY, issueCertificate, makeAuthority, serverLife } from './certificate.ts';

/** What the HTTPS server shows to its clients. */
export interface Identity extends KeyAndCertificate {
  /** The CA that a client has to trust, in PEM; `undefined` where the certificate is the user's own. */
  readonly ca: string | undefined;
  /** What the owner of the files should know. */
  readonly warning: string | undefined;
  /** Certificates of the same CA that no client may accept; none where the certificate is the user's own. */
  readonly bad: ((kind: BadCertificate) => KeyAndCertificate) | undefined;
}

/** What is wrong with a certificate. */
type BadCertificate = 'expired' | 'other-host';

type TlsSettings = Pick<Settings, 'host' | 'hostnames' | 'caDir' | 'tlsCert' | 'tlsKey'>;

/**
 * The certificate of an HTTPS server at an instant: the user's own, or one that the CA of `caDir` has signed, or one
 * of a CA that is made for this start. Throws a CertificateError where files cannot be used.
 */
export async function identityFor(settings: TlsSettings, now: number): Promise<Identity> {
  const { caDir, tlsCert, tlsKey } = settings;
  if (tlsCert !== undefined && tlsKey !== undefined) {
    return {
      ...(await readOwnCertificate(tlsCert, tlsKey)),
      ca: undefined,
      warning: undefined,
      bad: undefined,
    };
  }
  const authority =
    caDir === undefined ? { ...makeAuthority(now), warning: undefined } : await keepAuthority(caDir, now);
  const names = ownNames(settings);
  const leaf = issueCertificate(authority, { names, ...serverLife(now) });
  const bad = eachOnce((kind: BadCertificate) =>
    issueCertificate(
      authority,
      kind === 'expired'
        ? { names, notBefore: now - 31 * DAY, notAfter: now - DAY }
        : { names: ['other-host.invalid'], ...serverLife(now) },
    ),
  );
  return { key: leaf.key, cert: leaf.cert, ca: authority.cert, warning: authority.warning, bad };
}

/** A function that is worked out once for each argument. */
function eachOnce<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}
