import type { Context } from '../context.ts';
import type { Directory, User } from '../directory/directory.ts';
import { newRequestId } from '../http/exchange.ts';
import { ofLink } from '../observability/audit.ts';
import type { Ended } from './end-session.ts';
import type { Link } from './link.ts';
import { endOpened } from './revoke.ts';
import { StoreUnavailable } from './store.ts';

/** A user who lost access, with the accounts that are concerned; all accounts if absent. */
interface Lost {
  readonly userId: number;
  readonly serviceIds?: readonly number[];
}

/** Waits, or rejects when the signal is aborted. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

/** Ends Plesk sessions of users who lost access. */
export interface SessionEnder {
  /** Compares a directory with the one that it replaces; without one, ends what inactive users still have open. */
  onChange(directory: Directory, before?: Directory): void;
  /** Gives up what is still to be ended. */
  close(): Promise<void>;
}

/** A failed attempt is repeated after each of these times, in milliseconds. */
const RETRIES_MS = [2000, 8000, 30_000];

/**
 * Ends sessions in the background, one at a time, so that a mass suspension does not use up the requests that logins
 * need. Each session that was ended, or finally was not, is an audit line.
 */
export function createSessionEnder(context: Context, wait: Wait): SessionEnder {
  const closing = new AbortController();
  const { signal } = closing;
  let work: Promise<unknown> = Promise.resolve();

  const enqueue = (lost: Lost, retry: number): void => {
    work = work
      .then(() => attempt(lost, retry))
      .catch((error: unknown) => {
        context.log.error(
          { user: lost.userId },
          `the sessions of user ${lost.userId} stay: ${String(error)}`,
        );
      });
  };
  const attempt = async (lost: Lost, retry: number): Promise<void> => {
    if (signal.aborted) return;
    const pause = RETRIES_MS[retry];
    const isDone = await endSessions(lost, pause === undefined, context, signal);
    if (isDone || pause === undefined) return;
    // Others do not wait for a Plesk that is away.
    void wait(pause, signal).then(
      () => {
        enqueue(lost, retry + 1);
      },
      () => undefined,
    );
  };
  return {
    onChange: (directory, before) => {
      const lost = before === undefined ? inactiveIn(directory) : lostBetween(before, directory);
      for (const one of lost) enqueue(one, 0);
    },
    close: async () => {
      closing.abort();
      await work;
    },
  };
}

/** Whether all that the user's links opened has ended, or never will. */
async function endSessions(
  lost: Lost,
  isLast: boolean,
  context: Context,
  signal: AbortSignal,
): Promise<boolean> {
  const { log, store } = context;
  const found = await store.findByUser(lost.userId).catch((error: unknown) => {
    if (!(error instanceof StoreUnavailable)) throw error;
    if (isLast)
      log.error({ user: lost.userId }, `the sessions of user ${lost.userId} stay: ${error.message}`);
    return undefined;
  });
  if (found === undefined) return false;
  let isDone = true;
  for (const { link } of found) {
    if (signal.aborted) return false;
    if (lost.serviceIds?.includes(link.terms.serviceId) === false) continue;
    const ended = await endOpened(link, context);
    if (ended === 'failed') isDone = false;
    if (ended !== undefined && (ended !== 'failed' || isLast)) record(link, ended, context);
  }
  return isDone;
}

function record(link: Link, ended: Ended, context: Context): void {
  const outcome = ended === 'ended' ? 'successful' : ended;
  const requestId = newRequestId(context);
  context.audit.record({
    ...ofLink(link.id, link.terms),
    event: 'session_ended',
    outcome,
    requestId,
    address: '',
    detail: 'the user, or its account, was suspended or removed',
  });
  context.metrics.outcome('session_ended', outcome);
}

const mayLogIn = ({ isActive, isSsoDisabled }: User): boolean => isActive && !isSsoDisabled;

const inactiveIn = (directory: Directory): readonly Lost[] =>
  directory.users().flatMap((user) => (mayLogIn(user) ? [] : [{ userId: user.id }]));

/** Users who might log in before and may not now, and those who lost an account or have another login for it. */
const lostBetween = (before: Directory, after: Directory): readonly Lost[] =>
  before.users().flatMap((user): readonly Lost[] => {
    const now = after.user(user.id);
    if (user === now || !mayLogIn(user)) return [];
    if (now === undefined || !mayLogIn(now)) return [{ userId: user.id }];
    const gone = user.accounts.filter(
      ({ serviceId, server, login }) =>
        !now.accounts.some(
          (account) =>
            account.serviceId === serviceId && account.server === server && account.login === login,
        ),
    );
    return gone.length === 0 ? [] : [{ userId: user.id, serviceIds: gone.map(({ serviceId }) => serviceId) }];
  });
