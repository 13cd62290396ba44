import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from '../context.ts';
import type { PleskServer } from '../directory/directory.ts';
import { PleskFailure } from '../plesk/failure.ts';
import { failureRedirect } from '../plesk/redirects.ts';
import { doorUrl, sessionRequest } from '../plesk/visit.ts';
import { Problem } from '../problems.ts';
import type { Destination } from './admit.ts';
import { endSession } from './end-session.ts';
import { problemOfState } from './find.ts';
import type { Attempt, Link } from './link.ts';
import { stateAt } from './link.ts';
import { StoreUnavailable } from './store.ts';

/** A browser that opens a link. */
export interface Visitor {
  /** Its address, in normal form. */
  readonly address: string;
  /** Whether its connection has closed: then nobody is there to be let in. */
  readonly isGone: () => boolean;
}

/** What a claim holds for besides the longest that Plesk may take: the commit, with some to spare. */
const COMMIT_MS = 2000;
/** How often a second opening looks whether the first is over. */
const POLL_MS = 100;

/**
 * Opens a link: claims it, has Plesk make a session, commits, and answers the URL that lets the browser in, for this
 * browser alone. A Problem says why not; unless it says so itself, the link can be opened again.
 */
export async function openLink(
  id: string,
  { server, account }: Destination,
  visitor: Visitor,
  context: Context,
): Promise<string> {
  const { pepper, settings, store } = context;
  const link = await take(id, visitor, context);
  const request = sessionRequest(account.login, visitor.address, link.terms, settings.publicUrl);
  const session = await makeSession(link, () => context.plesk.createSession(server, request), context);
  if (visitor.isGone()) {
    await giveBack(link, 'uncounted', context);
    await endSession(server, session, context);
    throw new Problem('token_in_use', { detail: 'the browser went away before it was let in' });
  }
  const isCommitted = await store
    .commit(link.id, link.fence, pepper.seal(session, link.id))
    .catch(async (error: unknown) => {
      // Whether it was made good is not known, so nobody is let in.
      await endSession(server, session, context);
      throw error;
    });
  if (!isCommitted) {
    await endSession(server, session, context);
    throw await lost(link, context);
  }
  return doorUrl(server, session, link.terms, failureRedirect(server, settings.publicUrl));
}

/** Claims a link; while somebody else holds it, waits for what comes of that. */
async function take(id: string, visitor: Visitor, { settings, store }: Context): Promise<Link> {
  // Not so many looks: a store that is slow must not make the wait longer.
  let patience: AbortSignal | undefined;
  for (;;) {
    const claimed = await store.claim(id, settings.pleskTotalMs + COMMIT_MS);
    if (claimed === undefined) throw new Problem('token_unknown');
    if (claimed.isDone) return claimed.link;
    const state = stateAt(claimed.link, claimed.now);
    patience ??= AbortSignal.timeout(settings.claimWaitMs);
    const mayWait = state === 'claimed' && settings.claimWaitMs > 0 && !patience.aborted;
    if (!mayWait) throw problemOfState(state === 'issued' ? 'claimed' : state);
    await delay(POLL_MS);
    if (visitor.isGone()) throw problemOfState('claimed');
  }
}

/** Has a session made, or gives the claim back. */
async function makeSession(link: Link, ask: () => Promise<string>, context: Context): Promise<string> {
  try {
    return await ask();
  } catch (error) {
    // A bug may have struck after Plesk was asked.
    const { attempt, problem } =
      error instanceof PleskFailure
        ? { attempt: error.attempt, problem: problemFrom(error) }
        : { attempt: 'counted' as const, problem: error };
    await giveBack(link, attempt, context);
    throw problem;
  }
}

/** Seconds after which it is worth trying again, for failures that may be over by then. */
const RETRY_AFTER = 2;

function problemFrom({ code, message, errcode }: PleskFailure): Problem {
  return new Problem(code, {
    detail: message,
    ...(errcode === undefined ? {} : { errcode }),
    ...(['plesk_unreachable', 'plesk_circuit_open', 'plesk_busy', 'plesk_timeout'].includes(code)
      ? { retryAfter: RETRY_AFTER }
      : {}),
  });
}

/** A claim that cannot be given back runs out by itself. */
async function giveBack({ id, fence }: Link, attempt: Attempt, { log, store }: Context): Promise<void> {
  try {
    await store.release(id, fence, attempt);
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    log.warn({ link: id }, `link ${id}: the claim could not be given back and runs out by itself`);
  }
}

/** Why a claim is no longer ours: it ran out, or the link was revoked. */
async function lost({ id }: Link, { store }: Context): Promise<Problem> {
  const found = await store.findById(id);
  const state = found === undefined ? 'expired' : stateAt(found.link, found.now);
  return problemOfState(state === 'issued' ? 'claimed' : state);
}

/** Where a link leads next, for a Content-Security-Policy that has to name every stop of a form. */
export function stopsOf({ terms }: Link, server: PleskServer, publicUrl: string): readonly string[] {
  const ours = new URL(publicUrl);
  const failure = failureRedirect(server, publicUrl);
  const stops = [server.origin, `https://${ours.hostname}`, terms.success, terms.target, failure];
  const origins = stops.flatMap((stop) =>
    stop === undefined || stop.startsWith('/') ? [] : [new URL(stop).origin],
  );
  return [...new Set(origins)];
}
