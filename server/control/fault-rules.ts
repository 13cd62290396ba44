import type { FaultInput } from './fault-types.ts';
import { like } from './wanted.ts';

/** A rule with its counts. Rules are never changed, only replaced. */
export interface FaultRow {
  readonly id: string;
  readonly fault: FaultInput;
  readonly seen: number;
  readonly fired: number;
}

/** What came in, as far as rules ask for it. */
export interface Asked {
  readonly path: string;
  readonly peer: string;
  /** The accounts that it is about: the API's caller, or whoever the browser is or wants to be. */
  readonly logins: readonly string[];
  /** Of a packet, as operator/operation, each as often as it is there; none where it cannot be read. */
  readonly operations: readonly string[] | undefined;
}

/** The rules after something came, and the one of them that fires. */
export interface Fired {
  readonly rows: readonly FaultRow[];
  readonly row: FaultRow | undefined;
}

/**
 * What fires on a request as a whole: the first rule that is due. Where the first is one for single operations,
 * nothing fires on the whole.
 */
export function fireOnRequest(rows: readonly FaultRow[], asked: Asked): Fired {
  const first = rows.find((row) => isDue(row, timesMet(row.fault, asked)));
  const fires = first === undefined || isForOperations(first.fault) ? undefined : first;
  return count(rows, fires, ({ fault }) => !isForOperations(fault) && timesMet(fault, asked) > 0);
}

/** What fires on one operation of a packet that no rule answers as a whole. */
export function fireOnOperation(rows: readonly FaultRow[], asked: Asked, operation: string): Fired {
  const one = { ...asked, operations: [operation] };
  const meets = ({ fault }: FaultRow): boolean => isForOperations(fault) && timesMet(fault, one) > 0;
  const fires = rows.find((row) => meets(row) && isDue(row, 1));
  return count(rows, fires, meets);
}

/** What fires on a new connection over TLS. */
export function fireOnConnection(rows: readonly FaultRow[], peer: string): Fired {
  const meets = ({ fault }: FaultRow): boolean =>
    fault.fault === 'certificate' && (fault.peer ?? peer) === peer;
  const fires = rows.find((row) => meets(row) && isDue(row, 1));
  return count(rows, fires, meets);
}

const count = (
  rows: readonly FaultRow[],
  row: FaultRow | undefined,
  meets: (row: FaultRow) => boolean,
): Fired => ({
  rows: rows.map((one) =>
    meets(one) ? { ...one, seen: one.seen + 1, fired: one.fired + (one === row ? 1 : 0) } : one,
  ),
  row,
});

/** Whether a rule fires on one of so many that meet its conditions. */
function isDue({ fault: { after = 0, times = Infinity }, seen, fired }: FaultRow, met: number): boolean {
  return met > 0 && seen + met > after && fired < times;
}

/** How often a request meets a rule's conditions: by each operation, or once as a whole. */
function timesMet(fault: FaultInput, { path, peer, logins, operations }: Asked): number {
  if (fault.fault === 'certificate') return 0;
  if (fault.path !== undefined && !like(path, fault.path)) return 0;
  if (fault.peer !== undefined && fault.peer !== peer) return 0;
  if (fault.login !== undefined && !logins.includes(fault.login)) return 0;
  if (fault.fault === 'errcode' && operations === undefined) return 0;
  const { operation = '*' } = fault;
  const named = (operations ?? []).filter((name) => like(name, operation)).length;
  if (isForOperations(fault)) return named;
  return fault.operation === undefined || named > 0 ? 1 : 0;
}

/** Whether a rule answers for single operations of a packet, and for none as a whole. */
const isForOperations = (fault: FaultInput): boolean => fault.fault === 'errcode' && fault.on !== 'packet';

/** Whether all that was asked for is done, and the answer alone is lost or wrong. */
export function isAfterChange(fault: FaultInput): boolean {
  return fault.afterChange ?? needsAnswer(fault);
}

/** Whether there has to be an answer that can go wrong. */
export const needsAnswer = (fault: FaultInput): boolean =>
  NEEDS_ANSWER.has(fault.fault) || (fault.fault === 'reset' && fault.at === 'middle');

const NEEDS_ANSWER: ReadonlySet<FaultInput['fault']> = new Set([
  'charset',
  'truncated',
  'malformed',
  'oversized',
  'slow',
]);

/** What a rule does, for the header Emulator-Reason and the log. */
export function wordsFor({ id, fault }: FaultRow): string {
  const after = isAfterChange(fault) && !needsAnswer(fault) ? ', after the change' : '';
  return `a test wants it: ${id}, ${whatOf(fault)}${after}`;
}

function whatOf(fault: FaultInput): string {
  switch (fault.fault) {
    case 'errcode':
      return `errcode ${fault.errcode}`;
    case 'status':
      return `HTTP ${fault.status}`;
    case 'delay':
      return `delay of ${fault.ms} ms`;
    case 'reset':
      return `reset ${fault.at === 'middle' ? 'in the middle of' : 'before'} the answer`;
    case 'certificate':
      return `certificate ${fault.certificate}`;
    case 'html':
    case 'charset':
    case 'truncated':
    case 'malformed':
    case 'oversized':
    case 'hang':
    case 'slow':
      return fault.fault;
  }
}
