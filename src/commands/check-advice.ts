import type { PleskServer } from '../directory/directory.ts';
import type { PleskFailure, PleskFailureCode } from '../plesk/failure.ts';

/** What a failure means to whoever runs the service, and what to do about it. */
export const adviceFor = ({ code }: PleskFailure, server: PleskServer): string =>
  ADVICE[code]?.(server) ?? OTHERWISE;

const OTHERWISE = 'Plesk does not do what it is asked';

const ADVICE: Partial<Readonly<Record<PleskFailureCode, (server: PleskServer) => string>>> = {
  plesk_auth_failed: ({ id, credentials }) =>
    credentials.kind === 'key'
      ? `Plesk refuses the secret key of the entry; make one for the address of this machine (plesk bin secret_key --create), then: plesk-sso servers set ${id} --secret-key REF`
      : `Plesk refuses the login ${credentials.login} or its password; mend them by: plesk-sso servers set ${id} --login LOGIN --password REF`,
  plesk_api_forbidden: () =>
    'Plesk forbids its API to this machine; in panel.ini, [api] enabled must not be off, and allowedIPs must have the address of this machine',
  plesk_permission_denied: () =>
    'the credentials are accepted, and are not those of an administrator, who alone may log others in',
  plesk_tls_error: tlsAdvice,
  plesk_unreachable: ({ origin }) =>
    `nobody can be reached at ${origin}; is the name right, does Plesk run, and does its firewall let this machine to the port?`,
  plesk_timeout: ({ origin }) =>
    `${origin} does not answer in time; a firewall that drops packets looks like this, and so does a Plesk under load`,
  plesk_bad_response: ({ origin }) =>
    `what answers at ${origin} does not answer as Plesk's API does; is this the panel's own port, 8443?`,
};

function tlsAdvice({ id, origin, ca, fingerprint }: PleskServer): string {
  const { host, port } = new URL(origin);
  const shows = `openssl s_client -connect ${port === '' ? `${host}:443` : host} </dev/null | openssl x509 -noout -fingerprint -sha256 -subject -enddate`;
  if (fingerprint !== undefined)
    return `the certificate is not the one that is pinned; if it was renewed on purpose, compare it on the server itself, then: plesk-sso servers set ${id} --fingerprint SHA256. What it shows now: ${shows}`;
  const trusts = ca === undefined ? 'no public CA vouches' : 'the CA of the entry does not vouch';
  return `the certificate cannot be trusted: ${trusts} for this name and time. Give Plesk a certificate for its host name, or run plesk-sso servers set ${id} with --ca FILE or --fingerprint SHA256. What it shows now: ${shows}`;
}
