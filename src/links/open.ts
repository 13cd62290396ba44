import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from '../context.ts';
import type { PleskServer } from '../directory/directory.ts';
import { PleskFailure } from '../plesk/failure.ts';
import { failureRedirect } from '../plesk/redirects.ts';
import { doorUrl, sessionRequest } from '../plesk/visit.ts';
import { Problem } from '../problems.ts';
import type { Destination } from './admit.ts';
import { destinationOf } from './admit.ts';
import { endSession } from './end-session.ts';
import { problemOfState } from './find.ts';
import type { Attempt, Link } from './link.ts';
import { isBeingReplaced, mayReopen, stateAt } from './link.ts';
import type { Claimed } from './store.ts';
import { StoreUnavailable } from './store.ts';

/** A browser that opens a link. */
export interface Visitor {
  /** Its address, in normal form. */
  readonly address: string;
  /** HMACs of its nonce under each live pepper, the current one first. */
  readonly openers: readonly string[];
  /** Whether its connection has closed: then nobody is there to be let in. */
  readonly isGone: () => boolean;
}

/** What a claim holds for besides the longest that Plesk may take: the commit, with some to spare. */
const COMMIT_MS = 2000;
/** How often a second opening looks whether the first is over. */
const POLL_MS = 100;

/** Where a browser goes that is let in. */
export interface Opened {
  readonly location: string;
  /** Whether the same browser gets the answer of its first request again. */
  readonly isRepeated: boolean;
}

/**
 * Opens a link: claims it, has Plesk make a session, commits, and answers the URL that lets the browser in, for this
 * browser alone, which gets it again for 15 s. A Problem says why not; unless it says so itself, the link can be opened
 * again.
 */
export async function openLink(
  id: string,
  destination: Destination,
  visitor: Visitor,
  context: Context,
): Promise<Opened> {
  const taken = await take(() => context.store.claim(id, leaseMs(context)), visitor, context);
  if (taken.isClaimed)
    return { location: await letIn(taken.link, destination, visitor, context), isRepeated: false };
  return { location: locationAgain(taken.link, destination, context), isRepeated: true };
}

/** Has Plesk make a session for a link that was claimed, and commits it; answers the URL that lets the browser in. */
export async function letIn(
  link: Link,
  { server, account }: Destination,
  visitor: Visitor,
  context: Context,
): Promise<string> {
  const { pepper, settings, store } = context;
  const request = sessionRequest(account.login, visitor.address, link.terms, settings.publicUrl);
  const session = await makeSession(link, () => context.plesk.createSession(server, request), context);
  if (visitor.isGone()) {
    await giveBack(link, 'uncounted', context);
    await endSession(server, session, context);
    throw new Problem('token_in_use', { detail: 'the browser went away before it was let in' });
  }
  const isCommitted = await store
    .commit(link.id, link.fence, pepper.seal(session, link.id), visitor.openers[0])
    .catch(async (error: unknown) => {
      // Whether it was made good is not known, so nobody is let in.
      await endSession(server, session, context);
      throw error;
    });
  if (!isCommitted) {
    await endSession(server, session, context);
    throw await lost(link, context);
  }
  await checkStillAllowed(link, server, session, context);
  return doorUrl(server, session, link.terms, failureRedirect(server, settings.publicUrl));
}

/** The URL that the browser which opened a link got before. */
export function locationAgain(
  { id, sealedSession = '', terms }: Link,
  { server }: Destination,
  { pepper, settings }: Context,
): string {
  const session = pepper.open(sealedSession, id);
  // Sealed under a pepper that is no longer live.
  if (session === undefined) throw problemOfState('opened');
  return doorUrl(server, session, terms, failureRedirect(server, settings.publicUrl));
}

/** How long a claim holds. */
export const leaseMs = ({ settings }: Context): number => settings.pleskTotalMs + COMMIT_MS;

/** A link that was claimed, or one that this browser has opened already and may open again. */
interface Taken {
  readonly link: Link;
  readonly isClaimed: boolean;
}

/** A user may have been suspended since the link was admitted, too late for the sweep of open sessions. */
async function checkStillAllowed(
  link: Link,
  server: PleskServer,
  session: string,
  context: Context,
): Promise<void> {
  try {
    destinationOf({ link }, context);
  } catch (error) {
    // The session was made, and nobody has taken anything away.
    if (error instanceof Problem && error.code === 'plesk_server_unusable') return;
    if ((await endSession(server, session, context)) === 'ended') await context.store.forgetSession(link.id);
    throw error;
  }
}

/** Claims a link; while somebody else holds it, waits for what comes of that. */
export async function take(
  claim: () => Promise<Claimed | undefined>,
  visitor: Visitor,
  { settings }: Context,
): Promise<Taken> {
  // Not so many looks: a store that is slow must not make the wait longer.
  let patience: AbortSignal | undefined;
  for (;;) {
    const claimed = await claim();
    if (claimed === undefined) throw new Problem('token_unknown');
    const { link, now } = claimed;
    if (claimed.isDone) return { link, isClaimed: true };
    const isOpener = visitor.openers.some((opener) => mayReopen(link, opener, now));
    const isHeld = isOpener && isBeingReplaced(link, now);
    if (isOpener && !isHeld) return { link, isClaimed: false };
    const state = isHeld ? 'claimed' : stateAt(link, now);
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
export async function giveBack(
  { id, fence }: Link,
  attempt: Attempt,
  { log, store }: Context,
): Promise<void> {
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
