import type { Rule } from '../protocol/source.ts';
import { AUTO_LOGIN, assumed, documented, observed } from '../protocol/source.ts';
import { isTaken, suspension } from '../state/admission.ts';
import type { Panel } from '../state/panel.ts';
import type { Ending, Found, Session } from '../state/session.ts';
import type { BrowserRequest } from './door.ts';
import { nameOf, TAKEN } from './door.ts';

export const TOKEN_RULES: readonly Rule[] = [
  {
    id: 'rsession-init/token',
    source: documented(
      `${AUTO_LOGIN}; support.plesk.com 213411289; AdGuardFilters issue 207458`,
      'PLESKSESSID or PHPSESSID or both, by GET or POST',
    ),
  },
  {
    id: 'rsession-init/two-tokens',
    source: assumed('clients that send both send the same', 'two different tokens are refused'),
  },
  {
    id: 'rsession-init/once',
    source: documented(AUTO_LOGIN, 'a token logs in once; the setting tokenReuse lets it do so again'),
  },
  {
    id: 'rsession-init/life',
    source: assumed(
      'a token is a session already',
      'it waits as long as a session may be idle; setting tokenTtl',
    ),
  },
  {
    id: 'rsession-init/address',
    source: observed('pmill/php-plesk issue 60', 'from another address than user_ip the login page shows'),
  },
  {
    id: 'rsession-init/account',
    source: assumed('Plesk suspends logins', 'a suspended or removed account is not logged in'),
  },
];

/** A session that its token lets a browser into, or why it lets nobody in. */
export type Token =
  | { readonly session: Session; readonly refusal: undefined }
  | { readonly session: Session | undefined; readonly refusal: string };

/** Finds the session of a request's token, and whether it may be opened. */
export function findByToken({ params, address, unread }: BrowserRequest, panel: Panel, now: number): Token {
  const plesk = params.get('PLESKSESSID') ?? '';
  const php = params.get('PHPSESSID') ?? '';
  if (plesk !== '' && php !== '' && plesk !== php) {
    const names = `PLESKSESSID (${nameOf(plesk)}) and PHPSESSID (${nameOf(php)})`;
    return { session: undefined, refusal: `${names} differ: send one, or the same in both` };
  }
  const id = plesk === '' ? php : plesk;
  if (id === '') {
    const form = unread === undefined ? '' : `; a form of type ${unread} is not read, send it urlencoded`;
    return { session: undefined, refusal: `no token: send the id of create_session as PLESKSESSID${form}` };
  }
  const found = panel.sessions.find(id, now);
  if (found.state === 'unknown') {
    const why = 'unknown here; was it made by this emulator, and since its start or last reset?';
    return { session: undefined, refusal: `${nameOf(id)}: ${why}` };
  }
  const why = refusalOf(found, address, panel, now);
  const { session } = found;
  return { session, refusal: why === undefined ? undefined : `${nameOf(id)}: ${why}` };
}

/** Why a session lets nobody in, or `undefined` where it does. */
function refusalOf(
  found: Exclude<Found, { state: 'unknown' }>,
  address: string,
  panel: Panel,
  now: number,
): string | undefined {
  const { settings, accounts, time } = panel;
  const { session } = found;
  if (found.state === 'ended') {
    const { ending, endedAt } = found;
    return `${ending} at ${time.format(endedAt)}; ${adviceFor(session, ending, panel)}`;
  }
  if (session.openedAt !== undefined && !settings.tokenReuse) {
    return `already used at ${time.format(session.openedAt)}; a token logs in once, ${MAKE_ANOTHER}`;
  }
  if (settings.addressCheck && session.address !== address) {
    return `bound to ${session.address}, opened from ${address}; give create_session the browser's address as user_ip`;
  }
  const account = accounts.get(session.accountId);
  if (account === undefined) return `the account ${session.login} is gone`;
  const suspended = suspension(account, panel);
  if (suspended !== undefined) return `the account ${session.login} is ${suspended}`;
  return isTaken(account, panel, now, session.id) ? TAKEN : undefined;
}

/** What helps where a session has ended. */
function adviceFor({ accountId, login, openedAt }: Session, ending: Ending, panel: Panel): string {
  if (ending === 'expired' && openedAt === undefined) return EXPIRED_UNUSED;
  const account = panel.accounts.get(accountId);
  if (account === undefined) return `the account ${login} is gone`;
  const suspended = suspension(account, panel);
  return suspended === undefined ? MAKE_ANOTHER : `the account ${account.login} is ${suspended}`;
}

const MAKE_ANOTHER = 'make another by create_session';
const EXPIRED_UNUSED = 'open a token sooner, or raise tokenTtl';
