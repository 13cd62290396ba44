import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { silentLog } from '../../base/log.ts';
import type { PleskServer } from '../directory/directory.ts';
import type { Attempt } from '../links/link.ts';
import { Unreadable } from './answer.ts';
import { credentialHeaders, secretOf } from './credentials.ts';
import { PleskFailure } from './failure.ts';
import type { Guard, GuardLimits } from './guard.ts';
import { createGuard } from './guard.ts';
import { createSessionPacket, identifyPacket, isXmlText, terminatePacket } from './packet.ts';
import type { Plesk } from './plesk.ts';
import { failureOf, isNoSuchSession, isNotSupported } from './refusals.ts';
import { releaseOf } from './releases.ts';
import type { Answer, Operation } from './results.ts';
import { CREATE_SESSION, GET_SERVER, readAnswer, TERMINATE } from './results.ts';
import type { Times, Upstream } from './upstream.ts';
import { createUpstream } from './upstream.ts';

/** How Plesk servers are asked; the limits hold for each server. */
export interface PleskOptions extends Partial<Times & GuardLimits> {
  readonly clock: Clock;
  /** Where a line goes when a server is given a pause, and when it answers again; nowhere without it. */
  readonly log?: Log;
}

/** What holds where an option is absent. */
export const PLESK_DEFAULTS = {
  connectMs: 2000,
  totalMs: 5000,
  breaker: { failures: 5, pauseMs: 5000 },
  inFlight: 16,
} as const satisfies Times & GuardLimits;

/** One server as it stands in the directory now. */
interface Known {
  readonly server: PleskServer;
  readonly upstream: Upstream;
  readonly guard: Guard;
}

interface Question<T> {
  readonly operation: Operation<T>;
  readonly packet: string;
  /** What an attempt is that was sent, and not answered. */
  readonly sent: Attempt;
}

/** Talks to Plesk servers by their XML API, one packet at a time. */
export function createPlesk({ clock, log = silentLog, ...given }: PleskOptions): Plesk {
  const limits = { ...PLESK_DEFAULTS, ...given };
  const known = new Map<string, Known>();
  /** Connections to places where no server is any more, as long as something is under way. */
  const retiring = new Set<Promise<void>>();
  let closing: Promise<void> | undefined;

  const retire = ({ upstream }: Known): void => {
    const closed = upstream.close().finally(() => retiring.delete(closed));
    retiring.add(closed);
  };
  const knownAs = (server: PleskServer): Known => {
    if (closing !== undefined)
      throw new PleskFailure('plesk_unreachable', 'uncounted', 'the client of Plesk is closed');
    const found = known.get(server.id);
    if (found !== undefined && isSame(found.server, server)) return found;
    if (found !== undefined) retire(found);
    const made = {
      server,
      upstream: createUpstream(server, limits),
      guard: createGuard(server.id, limits, clock, log),
    };
    known.set(server.id, made);
    return made;
  };

  const ask = async <T>(server: PleskServer, question: Question<T>): Promise<Answer<T>> => {
    const { operation, packet, sent } = question;
    const headers = credentialHeaders(server.credentials);
    if (headers === undefined) {
      const detail = 'the credentials hold characters that no header can hold';
      throw new PleskFailure('plesk_auth_failed', 'uncounted', detail);
    }
    const { upstream, guard } = knownAs(server);
    return guard.run(async () => {
      const body = await upstream.post({ headers, packet, sent, mostBytes: operation.mostBytes });
      return readable(() => readAnswer(body, operation), sent);
    });
  };

  const close = async (): Promise<void> => {
    for (const one of known.values()) retire(one);
    await Promise.all(retiring);
  };

  return {
    async createSession(server, request) {
      if (!isXmlText(request.login)) {
        const detail = 'the login holds characters that no packet can hold';
        throw new PleskFailure('plesk_user_not_found', 'uncounted', detail);
      }
      const packet = createSessionPacket(releaseOf(server.release), request);
      const answer = await ask(server, { operation: CREATE_SESSION, packet, sent: 'counted' });
      return valueOf(answer, server);
    },
    async terminateSession(server, sessionId) {
      const release = releaseOf(server.release);
      if (!release.endsSessions) return 'not_supported';
      const packet = terminatePacket(release, sessionId);
      const answer = await ask(server, { operation: TERMINATE, packet, sent: 'uncounted' });
      if (answer.kind === 'refused' && isNoSuchSession(answer)) return 'ended';
      if (answer.kind === 'refused' && isNotSupported(answer)) return 'not_supported';
      return valueOf(answer, server);
    },
    async identify(server) {
      const packet = identifyPacket(releaseOf(server.release));
      return valueOf(await ask(server, { operation: GET_SERVER, packet, sent: 'uncounted' }), server);
    },
    circuit: (serverId) => known.get(serverId)?.guard.circuit() ?? 'closed',
    close: () => (closing ??= close()),
  };
}

const isSame = (one: PleskServer, other: PleskServer): boolean =>
  one.origin === other.origin && one.ca === other.ca && one.fingerprint === other.fingerprint;

function readable<T>(read: () => T, sent: Attempt): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unreadable) throw new PleskFailure('plesk_bad_response', sent, error.message);
    throw error;
  }
}

function valueOf<T>(answer: Answer<T>, { credentials }: PleskServer): T {
  if (answer.kind === 'refused') throw failureOf(answer, secretOf(credentials));
  return answer.value;
}
