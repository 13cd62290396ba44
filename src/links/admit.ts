import { networksOf } from '../../base/networks.ts';
import type { Context } from '../context.ts';
import type { Account, PleskServer } from '../directory/directory.ts';
import type { ProblemCode } from '../problems.ts';
import { Problem } from '../problems.ts';
import { checkRole, checkUsable, checkUser } from './account.ts';
import { problemOfState } from './find.ts';
import { mayReopen, stateAt } from './link.ts';
import type { Visitor } from './open.ts';
import type { Found } from './store.ts';

/** Where a link leads, by the directory as it is when the link is opened. */
export interface Destination {
  readonly server: PleskServer;
  readonly account: Account;
}

/**
 * Whether a visitor may open a link now, or again; nothing is spent. A Problem says why not. Where the directory no longer
 * lets this user in, the link is revoked.
 */
export async function admit(
  found: Found,
  { address, openers }: Pick<Visitor, 'address' | 'openers'>,
  context: Context,
): Promise<Destination> {
  const { link, now } = found;
  const state = stateAt(link, now);
  const isOpener = openers.some((opener) => mayReopen(link, opener, now));
  if (state !== 'issued' && state !== 'claimed' && !isOpener) throw problemOfState(state);
  const { clientIp } = link.terms;
  if (clientIp !== undefined && !networksOf([clientIp])(address)) throw new Problem('ip_mismatch');
  try {
    return destinationOf(found, context);
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'plesk_server_unusable') throw error;
    await context.store.revoke(link.id);
    throw new Problem(error.code, { ...error.parts, revokes: true });
  }
}

/** Where a link leads by the directory as it is now; a Problem if it leads nowhere any more. */
export function destinationOf(
  { link: { terms } }: Pick<Found, 'link'>,
  { directory: live }: Pick<Context, 'directory'>,
): Destination {
  const directory = live.current();
  const gone = (code: ProblemCode, detail: string): Problem => new Problem(code, { detail });
  const key = directory.keyById(terms.keyId);
  if (key === undefined) throw gone('token_revoked', 'the API key that asked for the link was revoked');
  const user = directory.user(terms.userId);
  if (user === undefined) throw gone('user_inactive', 'the user is no longer in the directory');
  checkUser(user);
  const account = user.accounts.find(({ serviceId }) => serviceId === terms.serviceId);
  const server = account === undefined ? undefined : directory.server(account.server);
  if (account?.server === terms.server) checkUsable(terms.server, directory);
  // The redirect was planned for that server.
  if (account === undefined || server?.id !== terms.server)
    throw gone('token_revoked', 'the account has moved or is gone since the link was issued');
  checkRole(account, key);
  return { server, account };
}
