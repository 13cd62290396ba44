import * as z from 'zod';
import { ControlError } from '../control-error.ts';
import { mistakesIn } from '../fault-check.ts';
import { FaultFields, FaultShownFields } from '../fault-input.ts';
import type { FaultRow } from '../fault-rules.ts';
import type { FaultShown } from '../fault-types.ts';
import { pageOf } from '../page.ts';
import { defineCall, NOTHING, PAGE, thereAre } from './call.ts';

export const FAULT_CALLS = {
  'faults.list': defineCall({
    input: z.strictObject(PAGE),
    output: z.array(FaultShownFields),
    run: (page, { faults }) => pageOf(faults.all, page, ({ id }) => id).map(shownFault),
  }),
  'faults.add': defineCall({
    input: FaultFields,
    output: FaultShownFields,
    run: (fault, { faults, panel }) => {
      const wrong = mistakesIn(fault, panel);
      if (wrong !== undefined) throw wrong;
      return shownFault(faults.add(fault));
    },
  }),
  'faults.remove': defineCall({
    input: z.strictObject({ id: z.string() }),
    run: ({ id }, { faults }) => {
      const ids = faults.all.map((row) => row.id);
      if (!faults.remove(id))
        throw new ControlError(404, [`id: there is no fault '${id}';${thereAre(ids, undefined)}`]);
    },
  }),
  'faults.clear': defineCall({
    input: NOTHING,
    run: (_input, { faults }) => {
      faults.clear();
    },
  }),
} as const;

const shownFault = ({ id, fault, seen, fired }: FaultRow): FaultShown => ({ ...fault, id, seen, fired });
