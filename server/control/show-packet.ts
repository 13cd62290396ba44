import type { Performed } from '../agent.ts';
import type { AnswerElement } from '../protocol/answer-xml.ts';
import { Fault } from '../protocol/faults.ts';
import type { Result } from '../protocol/result.ts';
import type { Release } from '../protocol/versions/release.ts';
import { bodyText } from './body-text.ts';
import type { OperationEntry, PacketEntry, ResultEntry } from './entry.ts';
import { helpForPacket } from './help.ts';
import { isUnexpected, NOT_EMULATED } from './is-unexpected.ts';
import type { PacketArrival } from './journal.ts';
import type { Mask } from './masking.ts';
import { maskOf } from './masking.ts';
import { secretsOfPacket } from './secrets.ts';
import type { Sent } from './sent.ts';
import { sentBy, valuesOf } from './sent.ts';
import { common, masked, present, shownHeaders } from './show-parts.ts';

/** A packet as the journal shows it. */
export function packetEntry(id: number, arrival: PacketArrival): PacketEntry {
  const { answered } = arrival;
  const body = bodyText(arrival.body);
  // The guid of an account has the form of a secret key, and opens nothing.
  const isGuid = (text: string): boolean => arrival.panel.accounts.by('guid', text.toLowerCase()).length > 0;
  const mask = maskOf(secretsOfPacket(arrival, body), isGuid);
  const { fault, operations: performed = [] } = answered ?? {};
  const operations =
    performed.length > 0
      ? performed.map((one) => operationEntry(one, arrival.release, mask))
      : sentBy(arrival).map((sent) => notRun(sent, mask));
  return {
    kind: 'packet',
    id,
    ...common(arrival, outcomeOf(arrival), mask),
    ...present({
      login: answered === undefined ? masked(loginIn(arrival), mask) : answered.caller,
      version: masked(answered?.version, mask),
      errcode: fault?.rule.errcode,
      errtext: masked(fault?.errtext, mask),
      detail: masked(fault?.detail, mask),
      answer: masked(answered?.xml, mask),
    }),
    operations,
    help: helpForPacket(arrival).map(mask.sentence),
    isUnexpected: isUnexpected(arrival),
    request: {
      headers: shownHeaders(arrival, mask),
      body: mask.text(body),
      isCut: arrival.isCut,
    },
  };
}

function outcomeOf({ answered }: PacketArrival): PacketEntry['outcome'] {
  if (answered === undefined) return 'unanswered';
  if (answered.fault !== undefined) return 'refused';
  const failed = answered.operations.some(({ results }) => results.some((result) => result instanceof Fault));
  return failed ? 'failed' : 'answered';
}

function operationEntry(
  { name, input, operation, results, remarks }: Performed,
  release: Release,
  mask: Mask,
): OperationEntry {
  return {
    name,
    values: mask.value(valuesOf(input)),
    results: results.map((result) => resultEntry(result, mask)),
    isEmulated: !results.some((result) => result instanceof Fault && result.rule.id === NOT_EMULATED),
    unread: operation?.unread?.(input, release) ?? [],
    remarks: remarks.map(mask.text),
  };
}

/** Nothing is known of what it would have given, but that it came. */
const notRun = ({ name, values }: Sent, mask: Mask): OperationEntry => ({
  name: mask.text(name),
  values: mask.value(values),
  results: [],
  isEmulated: true,
  unread: [],
  remarks: [],
});

/** Whom the sender of a packet said to be. */
function loginIn({ headers }: PacketArrival): string | undefined {
  const login = headers['http_auth_login'] ?? headers['http-auth-login'];
  return typeof login === 'string' ? login : undefined;
}

function resultEntry(result: Result, mask: Mask): ResultEntry {
  if (!(result instanceof Fault))
    return { status: 'ok', errcode: 0, values: mask.value(contentOf(result.children)) };
  const { rule, errtext, detail, about } = result;
  const { errcode } = rule;
  const values = about.length === 0 ? undefined : mask.value(contentOf(about));
  return {
    status: 'error',
    errcode,
    ...present({ errtext: mask.text(errtext), detail: masked(detail, mask), values }),
  };
}

/** Elements as an object, a list where a name comes several times. */
function contentOf(children: readonly AnswerElement[]): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const { name, content } of children) {
    const value = typeof content === 'string' ? content : contentOf(content);
    const there = found[name];
    found[name] =
      there === undefined ? value : Array.isArray(there) ? [...(there as unknown[]), value] : [there, value];
  }
  return found;
}
