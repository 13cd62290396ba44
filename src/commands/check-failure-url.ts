import { isHostName, normalAddress } from '../../base/addresses.ts';
import type { PleskServer } from '../directory/directory.ts';
import { failureRedirect } from '../plesk/redirects.ts';
import { releaseOf } from '../plesk/releases.ts';
import type { Finding } from './check-server.ts';

/**
 * Whether Plesk sends a browser back to the service if it does not accept a login: only then can the second of two
 * clicks get another session. Before 12.0 there is no such replacement, so nothing is said.
 */
export function checkFailureUrl(server: PleskServer, publicUrl: string): readonly Finding[] {
  const { id, failureRedirectUrl, release } = server;
  const own = new URL(publicUrl);
  const { endsSessions, failure } = releaseOf(release);
  const url = failureRedirect(server, publicUrl);
  const isOwn = url !== undefined && URL.canParse(url) && new URL(url).origin === own.origin;
  // Plesk's own default is the host that sent the browser.
  const isDefault = failureRedirectUrl === undefined && failure === 'trusted-hosts' && isPlainHost(own);
  if (!endsSessions || isOwn || isDefault) return [];
  const leadsOwn = failureRedirectUrl?.startsWith(`${own.origin}/`) === true;
  const what = leadsOwn
    ? `Plesk ${release} does not send browsers to its failureRedirectUrl, since trustedRedirectHosts lacks ${own.hostname}; add it to panel.ini and to the entry`
    : `its failureRedirectUrl is not this service; run: plesk-sso servers set ${id} --failure-redirect-url ${own.origin}/`;
  const text = `${what}. Otherwise a double click can end on the login page of Plesk`;
  return [{ level: 'note', code: 'failure_redirect_elsewhere', text }];
}

/** Plesk knows of the sender neither an address nor a port. */
const isPlainHost = ({ hostname, port, protocol }: URL): boolean =>
  protocol === 'https:' && port === '' && isHostName(hostname) && normalAddress(hostname) === undefined;
