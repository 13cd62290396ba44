import type { Entry } from './entry.ts';
import type { PageWanted } from './page.ts';
import type { Sent } from './sent.ts';

/** What entries are looked for: an operation as operator/operation (`secret_key/*` for all), or conditions that all hold. */
export type Wanted = string | WantedFields;

/** Conditions of an entry; each that is left out holds. */
export interface WantedFields extends PageWanted {
  readonly kind?: 'packet' | 'browser' | undefined;
  /** An operation that the packet has, as operator/operation; `secret_key/*` for all of an operator. */
  readonly operation?: string | undefined;
  /** The login of the API's caller, or of the browser's user. */
  readonly login?: string | undefined;
  readonly peer?: string | undefined;
  /** The path; with `*` at its end, all that begin so. */
  readonly path?: string | undefined;
  /** The `outcome` of the entry, such as `answered`, `refused`, `logged in` or `login failed`. */
  readonly outcome?: Entry['outcome'] | undefined;
  /** The errcode of the packet, or of a result of the operation; 0 for one that went well. */
  readonly errcode?: number | undefined;
  /** What the operation's values, or the browser's parameters, have to hold; other fields may be there besides. */
  readonly values?: Readonly<Record<string, unknown>> | undefined;
  readonly isUnexpected?: boolean | undefined;
  /** Whether the client got something other than what it asked for. */
  readonly isFailure?: boolean | undefined;
  /** Only entries with a higher id; 0 for all. Without it those since the latest `mark`. */
  readonly after?: number | undefined;
  /** Only entries with a lower id. */
  readonly before?: number | undefined;
  /** Only so many of the latest that match. */
  readonly last?: number | undefined;
}

export const fieldsOf = (wanted: Wanted): WantedFields =>
  typeof wanted === 'string' ? { operation: wanted } : wanted;

/**
 * The first condition that an entry does not meet, or `undefined` where it meets them all. `sent` is what came with its
 * secrets; without it, what the entry shows.
 */
export function missedBy(
  entry: Entry,
  wanted: WantedFields,
  sent: readonly Sent[] = shownValues(entry),
): keyof WantedFields | undefined {
  for (const [name, value] of Object.entries(wanted) as [keyof WantedFields, unknown][])
    if (value !== undefined && !CONDITIONS[name](entry, wanted, sent)) return name;
  return undefined;
}

/** What an entry shows of what was sent. */
const shownValues = (entry: Entry): readonly Sent[] =>
  entry.kind === 'browser' ? [{ name: '', values: entry.params }] : entry.operations;

type Condition = (entry: Entry, wanted: WantedFields, sent: readonly Sent[]) => boolean;

const CONDITIONS: Readonly<Record<keyof WantedFields, Condition>> = {
  kind: (entry, { kind }) => entry.kind === kind,
  operation: (entry, wanted) => operationsIn(entry, wanted).length > 0,
  login: (entry, { login }) => entry.login === login,
  peer: (entry, { peer }) => entry.peer === peer,
  path: ({ path }, { path: wanted = '' }) => like(path, wanted),
  outcome: (entry, { outcome }) => entry.outcome === outcome,
  errcode: (entry, wanted) => errcodesIn(entry, wanted).includes(wanted.errcode ?? 0),
  values: (_entry, { values, operation = '*' }, sent) =>
    sent.some((one) => like(one.name, operation) && holds(one.values, values)),
  isUnexpected: (entry, { isUnexpected }) => entry.isUnexpected === isUnexpected,
  isFailure: (entry, { isFailure }) => entry.isFailure === isFailure,
  after: ({ id }, { after = 0 }) => id > after,
  before: ({ id }, { before = Infinity }) => id < before,
  last: () => true,
  limit: () => true,
  cursor: () => true,
};

function operationsIn(entry: Entry, { operation = '*' }: WantedFields) {
  return entry.kind === 'packet' ? entry.operations.filter(({ name }) => like(name, operation)) : [];
}

function errcodesIn(entry: Entry, wanted: WantedFields): readonly number[] {
  if (entry.kind !== 'packet') return [];
  if (entry.errcode !== undefined) return [entry.errcode];
  return operationsIn(entry, wanted).flatMap(({ results }) => results.map(({ errcode }) => errcode));
}

/** Whether a name is the one that is wanted, or begins as one with an asterisk does. */
export const like = (name: string, wanted: string): boolean =>
  wanted.endsWith('*') ? name.startsWith(wanted.slice(0, -1)) : name === wanted;

/** Whether a value has all that another has; lists have to be as long. */
function holds(has: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return has === wanted;
  if (typeof has !== 'object' || has === null || Array.isArray(has) !== Array.isArray(wanted)) return false;
  if (Array.isArray(wanted) && (has as unknown[]).length !== wanted.length) return false;
  return Object.entries(wanted).every(
    ([name, value]) => Object.hasOwn(has, name) && holds((has as Record<string, unknown>)[name], value),
  );
}
