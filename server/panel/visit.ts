import type { Rule } from '../protocol/source.ts';
import { assumed, documented, observed } from '../protocol/source.ts';
import type { Panel } from '../state/panel.ts';
import type { Session } from '../state/session.ts';
import { readCookie, sessionCookieName } from './cookies.ts';
import { nameOf } from './door.ts';

export const VISIT_RULES: readonly Rule[] = [
  {
    id: 'visit/idle',
    source: documented(
      'docs.plesk.com article 37047',
      'a session ends after 30 minutes without use; loginTimeout',
    ),
  },
  {
    id: 'visit/address',
    source: documented(
      'Plesk 9 administrator guide, "Allow IP changes during one session"',
      'a session is none from another address; setting allowIpChanges',
    ),
  },
  {
    id: 'visit/unopened',
    source: assumed(
      'the id is the cookie in the end',
      'a token is no cookie before it was opened; unopenedSessions',
    ),
  },
  {
    id: 'visit/contact',
    source: documented(
      'docs.plesk.com article 73865; the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)',
      'a user without e-mail or phone is asked first; off, the setting askForContact',
    ),
  },
  {
    id: 'visit/wanted-page',
    source: observed(
      'a browser recording of Obsidian, November 2022, in a public client',
      'the way to the login page keeps the page that was asked for as success_redirect_url',
    ),
  },
  {
    id: 'visit/any-page',
    source: assumed(
      'pages are not what is emulated',
      'every path below /admin/ and /smb/ shows, to every role',
    ),
  },
];

/** Whether a browser is in a session, and if not, why. */
export type Visit = { readonly session: Session } | WithoutSession;

/** A browser that is in no session; with a cookie it takes itself to be in one. */
export interface WithoutSession {
  readonly session: undefined;
  readonly reason: string;
  readonly hasCookie: boolean;
}

/** Looks up the session of a browser by its cookie, and starts its idle time anew. */
export function visit(
  { cookie, address, isSecure }: { cookie: string | undefined; address: string; isSecure: boolean },
  panel: Panel,
): Visit {
  const now = panel.clock.now();
  const name = sessionCookieName(panel.release, isSecure);
  const id = readCookie(cookie, name);
  if (id === undefined) return { session: undefined, reason: `no cookie ${name}`, hasCookie: false };
  const found = panel.sessions.find(id, now);
  if (found.state === 'unknown') return out(`${nameOf(id)}: unknown here`);
  if (found.state === 'ended')
    return out(`${nameOf(id)}: ${found.ending} at ${panel.time.format(found.endedAt)}`);
  const { session } = found;
  if (found.state === 'token' && !panel.settings.unopenedSessions) {
    return out(`${nameOf(id)}: not opened by rsession_init.php yet`);
  }
  const isBound = panel.settings.addressCheck && !panel.settings.allowIpChanges;
  if (isBound && session.address !== address) {
    return out(`${nameOf(id)}: bound to ${session.address}, used from ${address}`);
  }
  const account = panel.accounts.get(session.accountId);
  if (account === undefined || panel.accounts.isSuspended(account))
    return out(`${nameOf(id)}: the account ${session.login} is suspended or gone`);
  return { session: panel.sessions.open(session, now) };
}

const out = (reason: string): Visit => ({ session: undefined, reason, hasCookie: true });
