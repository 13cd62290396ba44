import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AgentAnswer } from '../agent.ts';
import type { Control } from '../control/control.ts';
import type { VisitOutcome } from '../control/journal.ts';
import { stopwatch } from '../../base/clock.ts';
import type { BrowserRequest } from '../panel/door.ts';
import type { Delivery } from './delivery.ts';
import { keptAnswer, keptBody } from './kept.ts';
import { isSecure, peerOf } from './request.ts';

/** A request that is being answered. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** By the stopwatch; 0 where nobody asks for it. */
  readonly startedAt: number;
  /** Of a browser's form, as it came. */
  readonly body?: Buffer | undefined;
  /** What a fault makes of the answer. */
  delivery?: Delivery | undefined;
}

/** Begins with a request. */
export const exchangeOf = (
  request: IncomingMessage,
  response: ServerResponse,
  { journal }: Control,
): Exchange => ({ request, response, startedAt: journal.isOn ? stopwatch() : 0 });

/** Puts a packet and its answer into the journal; to be called where that is on. */
export function recordPacket(
  { request, startedAt, delivery }: Exchange,
  at: number,
  body: Buffer | undefined,
  answered: AgentAnswer | undefined,
  { panel, journal, faults }: Control,
): void {
  const kept = keptBody(body);
  const id = journal.add({
    kind: 'packet',
    at,
    ms: stopwatch() - startedAt,
    peer: peerOf(request),
    isSecure: isSecure(request),
    method: request.method ?? '',
    url: request.url ?? '',
    headers: request.headers,
    release: panel.release,
    panel,
    faults: faults.isOn ? faults.firedFor(request) : NONE,
    body: kept.body,
    isCut: kept.isCut,
    answered: keptAnswer(answered, kept.isCut),
    received: delivery?.received,
  });
  delivery?.recordedAs(id, journal);
}

const NONE: readonly never[] = [];

/** What became of a browser's request. */
export interface Seen {
  readonly outcome: VisitOutcome | undefined;
  readonly location?: string | undefined;
  readonly reason?: string | undefined;
  readonly login?: string | undefined;
  /** Whether the emulator has what was asked for; it has, unless this is false. */
  readonly isEmulated?: boolean;
}

/** Puts a browser's request into the journal, where that is on. */
export function recordVisit(
  { request, response, startedAt, body, delivery }: Exchange,
  params: BrowserRequest['params'],
  { outcome, location, reason, login, isEmulated = true }: Seen,
  { panel, journal, faults }: Control,
): void {
  if (!journal.isOn) return;
  const id = journal.add({
    kind: 'browser',
    at: panel.clock.now(),
    ms: stopwatch() - startedAt,
    peer: peerOf(request),
    isSecure: isSecure(request),
    method: request.method ?? '',
    url: request.url ?? '',
    headers: request.headers,
    release: panel.release,
    panel,
    faults: faults.isOn ? faults.firedFor(request) : NONE,
    body: body === undefined ? undefined : keptBody(body),
    params,
    outcome,
    status: outcome === undefined ? undefined : response.statusCode,
    location,
    reason,
    login,
    received: delivery?.received,
    isEmulated,
  });
  delivery?.recordedAs(id, journal);
}
