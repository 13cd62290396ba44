import type { Context } from '../context.ts';
import type { Ended } from './end-session.ts';
import { endSession } from './end-session.ts';
import type { Link } from './link.ts';
import type { Found } from './store.ts';

/** What came of revoking: the links that no longer work, and the sessions that were to be ended with them. */
export interface Revoked {
  readonly links: readonly Link[];
  /** The worst of what became of the Plesk sessions; absent where no link had been opened. */
  readonly pleskSession?: Ended;
}

/** Ends links: those that wait, and the Plesk sessions of those that were opened. */
export async function revokeLinks(found: readonly Found[], context: Context): Promise<Revoked> {
  const links: Link[] = [];
  const ends: Ended[] = [];
  for (const { link } of found) {
    const revoked = await context.store.revoke(link.id);
    if (revoked?.isDone === true) links.push(revoked.link);
    const end = revoked === undefined ? undefined : await endOpened(revoked.link, context);
    if (revoked !== undefined && end !== undefined) {
      ends.push(end);
      if (end === 'ended') links.push(revoked.link);
    }
  }
  const worst = (['failed', 'not_supported', 'ended'] as const).find((end) => ends.includes(end));
  return { links, ...(worst === undefined ? {} : { pleskSession: worst }) };
}

/** Ends the session of an opened link, as far as it is known; `undefined` where there is none to end. */
export async function endOpened(link: Link, context: Context): Promise<Ended | undefined> {
  const { directory, log, pepper, store } = context;
  if (link.sealedSession === undefined) return undefined;
  const server = directory.current().server(link.terms.server);
  const session = pepper.open(link.sealedSession, link.id);
  if (server === undefined || session === undefined) {
    log.warn({ link: link.id }, `link ${link.id}: its server or its pepper is gone, so its session stays`);
    return 'failed';
  }
  const ended = await endSession(server, session, context);
  if (ended === 'ended') await store.forgetSession(link.id);
  return ended;
}
