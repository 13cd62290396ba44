import * as z from 'zod';
import { normalAddress } from '../../../base/addresses.ts';
import { nearestName } from '../../../base/nearest.ts';
import { allOperations } from '../../operations/catalogue.ts';
import type { Control } from '../control.ts';
import type { Entry } from '../entry.ts';
import { findEntries, waitForEntry } from '../find.ts';
import type { Counts } from '../interface.ts';
import { checkExpected } from '../unexpected.ts';
import { like } from '../wanted.ts';
import { defineCall, NOTHING, PAGE, WholeNumber } from './call.ts';

const OUTCOMES = [
  'answered',
  'failed',
  'refused',
  'unanswered',
  'logged in',
  'login failed',
  'form shown',
  'logged out',
  'page shown',
  'redirected',
  'sent to the login page',
  'session rejected',
  'not found',
] as const satisfies readonly Entry['outcome'][];

const OPERATIONS = allOperations();

/** An operation that Plesk has, of any release; with `*` at its end, several. */
export const OperationName = z.string().refine((name) => OPERATIONS.some((known) => like(known, name)), {
  error: ({ input }) => {
    const name = String(input);
    const near = nearestName(name, OPERATIONS);
    const there = near === undefined ? ' it is written as server/create_session' : ` do you mean ${near}?`;
    return `Plesk has no operation '${name}';${there}`;
  },
});

const simple = {
  kind: z.enum(['packet', 'browser']).optional(),
  operation: OperationName.optional(),
  login: z.string().optional(),
  peer: z
    .string()
    .refine((peer) => normalAddress(peer) !== undefined, {
      error: ({ input }) => `'${String(input)}' is no IP address`,
    })
    .transform((peer) => normalAddress(peer) ?? peer)
    .optional(),
  path: z.string().startsWith('/', "a path begins with a slash; '/admin/*' is all below it").optional(),
  outcome: z.enum(OUTCOMES).optional(),
};

const Simple = z.strictObject({
  ...simple,
  errcode: WholeNumber.optional(),
  after: WholeNumber.optional(),
  before: WholeNumber.optional(),
  last: WholeNumber.optional(),
  ...PAGE,
  isUnexpected: z.stringbool().optional(),
  isFailure: z.stringbool().optional(),
});

const Wanted = z.strictObject({
  ...simple,
  errcode: z.int().optional(),
  after: z.int().optional(),
  before: z.int().optional(),
  last: z.int().min(1).optional(),
  ...PAGE,
  values: z.record(z.string(), z.unknown()).optional(),
  isUnexpected: z.boolean().optional(),
  isFailure: z.boolean().optional(),
});

/** How an entry looks is described by its type and in docs/. */
const Entries = z.array(
  z.looseObject({ id: z.int(), kind: z.enum(['packet', 'browser']), outcome: z.enum(OUTCOMES) }),
);

export const JOURNAL_CALLS = {
  'journal.find': defineCall({
    input: Wanted,
    output: Entries,
    run: (wanted, control) => findEntries(wanted, control),
  }),
  'journal.list': defineCall({
    input: Simple,
    output: Entries,
    run: (wanted, control) => findEntries(wanted, control),
  }),
  'journal.count': defineCall({
    input: Wanted,
    output: z.int(),
    run: (wanted, control) => findEntries(wanted, control).length,
  }),
  'journal.counts': defineCall({
    input: z.strictObject({ after: WholeNumber.optional() }),
    output: z.strictObject({
      operations: z.record(
        z.string(),
        z.strictObject({ ok: z.int(), errcodes: z.record(z.string(), z.int()) }),
      ),
      outcomes: z.record(z.string(), z.int()),
      held: z.int(),
      last: z.int(),
    }),
    run: (wanted, control) => countsOf(wanted, control),
  }),
  'journal.waitFor': defineCall({
    input: Wanted.extend({ timeout: z.int().min(0).max(600_000).default(5000) }),
    output: Entries.element,
    run: ({ timeout, ...wanted }, control, signal) => waitForEntry(wanted, timeout, control, signal),
  }),
  'journal.clear': defineCall({
    input: NOTHING,
    run: (_input, { journal, unexpected }) => {
      journal.forget();
      unexpected.length = 0;
    },
  }),
  unexpected: defineCall({
    input: z.strictObject(PAGE),
    output: Entries,
    run: (page, control) => findEntries({ isUnexpected: true, ...page }, control),
  }),
  verify: defineCall({
    input: NOTHING,
    run: (_input, control) => {
      checkExpected(control, control.snapshots.markedEntry);
    },
  }),
} as const;

function countsOf(wanted: { readonly after?: number | undefined }, control: Control): Counts {
  const operations: Record<string, { ok: number; errcodes: Record<string, number> }> = {};
  const outcomes: Record<string, number> = {};
  let held = 0;
  for (const entry of findEntries(wanted, control)) {
    held += 1;
    outcomes[entry.outcome] = (outcomes[entry.outcome] ?? 0) + 1;
    if (entry.kind !== 'packet') continue;
    for (const { name, results } of entry.operations) {
      const counted = (operations[name] ??= { ok: 0, errcodes: {} });
      // Of a packet that was refused, each was.
      const came = entry.errcode === undefined ? results : [{ errcode: entry.errcode }];
      for (const { errcode } of came) {
        if (errcode === 0) counted.ok += 1;
        else counted.errcodes[errcode] = (counted.errcodes[errcode] ?? 0) + 1;
      }
    }
  }
  return { operations, outcomes, held, last: control.journal.last };
}
