import * as z from 'zod';
import { ControlError } from '../control-error.ts';
import { defineCall, NOTHING } from './call.ts';

const NOT_YET = (): never => {
  throw new ControlError(409, ['not yet']);
};

export const FAULT_CALLS = {
  'faults.list': defineCall({ input: NOTHING, output: z.array(z.looseObject({})), run: NOT_YET }),
  'faults.add': defineCall({ input: z.looseObject({}), output: z.looseObject({}), run: NOT_YET }),
  'faults.remove': defineCall({ input: z.strictObject({ id: z.string() }), run: NOT_YET }),
  'faults.clear': defineCall({
    input: NOTHING,
    run: (_input, { faults }) => {
      faults.clear();
    },
  }),
} as const;
