import type { PleskServer } from '../directory/directory.ts';
import type { LinkTerms } from '../links/link.ts';
import type { SessionRequest } from './plesk.ts';

/** The session to be asked for, for a browser at an address. */
export function sessionRequest(
  login: string,
  userIp: string,
  { locale }: LinkTerms,
  publicUrl: string,
): SessionRequest {
  const { hostname } = new URL(publicUrl);
  return { login, userIp, sourceServer: hostname, locale };
}

/** The URL that lets a browser in with a session, and leads it on; plesk-protocol.md, 6. */
export function doorUrl(
  { origin, sendsPhpSessionId }: PleskServer,
  session: string,
  { locale, success }: LinkTerms,
  failure: string | undefined,
): string {
  const query = new URLSearchParams({ PLESKSESSID: session });
  if (sendsPhpSessionId) query.set('PHPSESSID', session);
  if (success !== undefined) query.set('success_redirect_url', success);
  if (failure !== undefined) query.set('failure_redirect_url', failure);
  if (locale !== undefined) query.set('locale_id', locale);
  return `${origin}/enterprise/rsession_init.php?${query.toString()}`;
}
