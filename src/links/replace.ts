import type { Context } from '../context.ts';
import { Problem } from '../problems.ts';
import type { Destination } from './admit.ts';
import { endSession } from './end-session.ts';
import type { Link } from './link.ts';
import type { Opened, Visitor } from './open.ts';
import { giveBack, leaseMs, letIn, locationAgain, take } from './open.ts';

/**
 * Replaces the Plesk session of an opened link, once, for the browser that opened it: Plesk takes a session's id one time,
 * and the answer to that may have been lost. The first session is ended before the second is made, so that one lives at
 * any time.
 */
export async function replaceSession(
  { id }: Link,
  destination: Destination,
  visitor: Visitor,
  context: Context,
): Promise<Opened> {
  const { pepper, store } = context;
  const [opener = ''] = visitor.openers;
  const { link, isClaimed } = await take(
    () => store.claimReplacement(id, opener, leaseMs(context)),
    visitor,
    context,
  );
  // Another request of this browser has replaced it in the meantime.
  if (!isClaimed) return { location: locationAgain(link, destination, context), isRepeated: true };
  const session = pepper.open(link.sealedSession ?? '', id);
  const ended = session === undefined ? 'failed' : await endSession(destination.server, session, context);
  if (ended !== 'ended') {
    await giveBack(link, 'uncounted', context);
    throw new Problem('token_used', {
      detail: `the first session could not be ended (${ended}), so it is not replaced`,
    });
  }
  return { location: await letIn(link, destination, visitor, context), isRepeated: false };
}
