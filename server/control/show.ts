import type { Performed } from '../agent.ts';
import type { AnswerElement } from '../protocol/answer-xml.ts';
import { Fault } from '../protocol/faults.ts';
import type { Result } from '../protocol/result.ts';
import type { Release } from '../protocol/versions/release.ts';
import type { BrowserEntry, Entry, OperationEntry, PacketEntry, ResultEntry } from './entry.ts';
import { bodyText } from './body-text.ts';
import { helpForPacket, helpForVisit } from './help.ts';
import type { Arrival, Kept, PacketArrival, VisitArrival } from './journal.ts';
import type { Mask } from './masking.ts';
import { isSecretName, MASKED, maskOf } from './masking.ts';
import { parametersOf } from './parameters.ts';
import { secretsOfPacket, secretsOfVisit } from './secrets.ts';

/** An arrival as the journal shows it; worked out once. */
export function entryOf({ id, arrival }: Kept): Entry {
  let entry = SHOWN.get(arrival);
  if (entry === undefined) {
    entry = arrival.kind === 'packet' ? packetEntry(id, arrival) : browserEntry(id, arrival);
    SHOWN.set(arrival, entry);
  }
  return entry;
}

const SHOWN = new WeakMap<Arrival, Entry>();

function packetEntry(id: number, arrival: PacketArrival): PacketEntry {
  const { answered } = arrival;
  const body = bodyText(arrival.body);
  const mask = maskOf(secretsOfPacket(arrival, body));
  const operations = (answered?.operations ?? []).map((one) => operationEntry(one, arrival.release, mask));
  const { fault } = answered ?? {};
  return {
    kind: 'packet',
    id,
    ...common(arrival, mask),
    ...present({
      login: answered?.caller,
      version: masked(answered?.version, mask),
      errcode: fault?.rule.errcode,
      errtext: masked(fault?.errtext, mask),
      detail: masked(fault?.detail, mask),
      answer: masked(answered?.xml, mask),
    }),
    outcome: outcomeOf(arrival),
    operations,
    help: helpForPacket(arrival).map(mask.sentence),
    isUnexpected: operations.some(({ unread, isEmulated }) => unread.length > 0 || !isEmulated),
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
    values: input === undefined || input === true ? {} : mask.value(plain(input)),
    results: results.map((result) => resultEntry(result, mask)),
    isEmulated: !results.some((result) => result instanceof Fault && result.rule.id === NOT_EMULATED),
    unread: operation?.unread?.(input, release) ?? [],
    remarks: remarks.map(mask.text),
  };
}

const NOT_EMULATED = 'fault/not-emulated';

function resultEntry(result: Result, mask: Mask): ResultEntry {
  if (!(result instanceof Fault))
    return { status: 'ok', errcode: 0, values: mask.value(contentOf(result.children)) };
  const { rule, errtext, detail } = result;
  const { errcode } = rule;
  return {
    status: 'error',
    errcode,
    ...present({ errtext: mask.text(errtext), detail: masked(detail, mask) }),
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

/** What was decoded, as JSON has it; an element that was not read as its text. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if ('strayAt' in value && 'text' in value) return value.text;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}

function browserEntry(id: number, arrival: VisitArrival): BrowserEntry {
  const { params, outcome = 'unanswered', status, location, reason, login } = arrival;
  const mask = maskOf(secretsOfVisit(arrival));
  const unread = (parametersOf(arrival)?.unread ?? []).map(mask.text);
  return {
    kind: 'browser',
    id,
    ...common(arrival, mask),
    outcome,
    params: Object.fromEntries(
      [...params].map(([name, value]) => [mask.text(name), isSecretName(name) ? MASKED : mask.text(value)]),
    ),
    unread,
    ...present({
      status,
      login: masked(login, mask),
      location: masked(location, mask),
      reason: masked(reason, mask),
    }),
    help: helpForVisit(arrival).map(mask.sentence),
    isUnexpected: unread.length > 0,
  };
}

const common = (
  { at, ms, peer, method, url, release, faults }: Arrival,
  mask: Mask,
): Pick<Entry, 'at' | 'ms' | 'peer' | 'method' | 'path' | 'release' | 'faults'> => ({
  at,
  ms: Math.round(ms * 1000) / 1000,
  peer,
  method,
  path: mask.text(url.split('?', 1)[0] ?? ''),
  release: release.plesk,
  faults,
});

function shownHeaders({ headers }: Arrival, mask: Mask): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, isSecretName(name) ? MASKED : mask.text(String(value))]],
    ),
  );
}

const masked = (text: string | undefined, mask: Mask): string | undefined =>
  text === undefined ? undefined : mask.text(text);

/** Without what is absent: JSON has no other way to say so. */
const present = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
