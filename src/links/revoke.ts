import type { Context } from '../context.ts';
import type { Ended } from './end-session.ts';
import { endSession } from './end-session.ts';
import type { Link } from './link.ts';
import type { Claimed } from './store.ts';

/** What came of revoking: the links that no longer work, and the sessions that were to be ended with them. */
export interface Revoked {
  readonly links: readonly Link[];
  /** The worst of what became of the Plesk sessions; absent where no link had been opened. */
  readonly pleskSession?: Ended;
}

/** Ends a link: one that waits, or the Plesk session of one that was opened. */
export async function revokeLink(id: string, context: Context): Promise<Revoked> {
  const revoked = await context.store.revoke(id);
  return withSessions(revoked === undefined ? [] : [revoked], context);
}

/** Ends all that a user could get in with: first every link, before Plesk is asked to end the sessions. */
export async function revokeLinksOf(userId: number, context: Context): Promise<Revoked> {
  return withSessions(await context.store.revokeByUser(userId), context);
}

/** How many sessions are ended at a time: Plesk takes a few requests of ours, and logins need some of them. */
const AT_ONCE = 4;

async function withSessions(revoked: readonly Claimed[], context: Context): Promise<Revoked> {
  const links = revoked.filter(({ isDone }) => isDone).map(({ link }) => link);
  const opened = revoked.filter(({ isDone }) => !isDone).map(({ link }) => link);
  const ends: Ended[] = [];
  for (let at = 0; at < opened.length; at += AT_ONCE) {
    const some = opened.slice(at, at + AT_ONCE);
    const ended = await Promise.all(some.map((link) => endOpened(link, context)));
    ends.push(...ended.filter((end) => end !== undefined));
    links.push(...some.filter((_, index) => ended[index] === 'ended'));
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
