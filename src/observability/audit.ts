import type { LinkTerms } from '../links/link.ts';
import type { ProblemCode } from '../problems.ts';

/**
 * What happened to a link, or was refused before there was one. `repeated`: the browser that opened it got the same answer
 * again; `replaced`: its Plesk session was ended and another was made for it.
 */
export type AuditEvent =
  | 'issued'
  | 'opened'
  | 'repeated'
  | 'replaced'
  | 'refused'
  | 'reused'
  | 'revoked'
  | 'expired'
  | 'session_ended';

/** One line of the audit: who, what, on which server, from where, and what came of it. Never a secret. */
export interface AuditEntry {
  readonly event: AuditEvent;
  /** Counts the lines of this process from 1, so that a missing one shows. */
  readonly sequence?: number;
  /** `successful`, or the code of the failure; `not_supported` and `failed` are outcomes of `session_ended`. */
  readonly outcome: 'successful' | 'not_supported' | 'failed' | ProblemCode;
  readonly requestId: string;
  /** The peer that asked: the billing system, or the browser; '' if no request did. */
  readonly address: string;
  readonly action?: string | undefined;
  readonly linkId?: string | undefined;
  readonly userId?: number | undefined;
  readonly keyId?: string | undefined;
  readonly server?: string | undefined;
  readonly serviceId?: number | undefined;
  readonly destination?: string | undefined;
  readonly mode?: string | undefined;
  /** What stood behind a failure, for the operator. */
  readonly detail?: string | undefined;
  /** Plesk's own errcode. */
  readonly errcode?: number | undefined;
}

/** Where audit lines go. */
export interface Audit {
  record(entry: AuditEntry): void;
}

/** What an audit line says of a link. */
export const ofLink = (
  linkId: string,
  { userId, keyId, server, serviceId, destination, mode }: LinkTerms,
): Pick<AuditEntry, 'linkId' | 'userId' | 'keyId' | 'server' | 'serviceId' | 'destination' | 'mode'> => ({
  linkId,
  userId,
  keyId,
  server,
  serviceId,
  // A query may hold anything.
  destination: destination.replace(/[?#].*$/s, '?..').slice(0, 200),
  mode,
});
