import * as z from 'zod';
import { defineCall, NOTHING } from './call.ts';

const Named = z.strictObject({
  name: z
    .string()
    .regex(/^(?!\.+$)[\w.-]{1,64}$/, 'a name is 1 to 64 letters, digits, dots, hyphens and underscores'),
});

export const SNAPSHOT_CALLS = {
  'snapshots.list': defineCall({
    input: NOTHING,
    output: z.strictObject({ names: z.array(z.string()), marks: z.int() }),
    run: (_input, { snapshots: { names, marks } }) => ({ names, marks }),
  }),
  snapshot: defineCall({
    input: Named,
    run: ({ name }, { snapshots }) => {
      snapshots.take(name);
    },
  }),
  restore: defineCall({
    input: Named,
    run: ({ name }, { snapshots }) => {
      snapshots.restore(name);
    },
  }),
  'snapshots.remove': defineCall({
    input: Named,
    run: ({ name }, { snapshots }) => {
      snapshots.remove(name);
    },
  }),
  mark: defineCall({
    input: NOTHING,
    run: (_input, { snapshots, journal }) => {
      snapshots.mark(journal.last);
    },
  }),
  rollback: defineCall({
    input: NOTHING,
    run: (_input, { snapshots }) => {
      snapshots.rollback();
    },
  }),
  reset: defineCall({
    input: NOTHING,
    run: (_input, control) => {
      control.reset();
    },
  }),
} as const;
