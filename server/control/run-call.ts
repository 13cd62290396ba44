import { CALLS } from './calls/index.ts';
import { checkInput } from './calls/call.ts';
import type { Control } from './control.ts';
import type { CallName } from './routes.ts';
import { fieldsInPath, routeOf } from './routes.ts';

/** Checks the input of a call and runs it; a ControlError says what is wrong. `signal`: nobody waits any more. */
export async function runCall(
  name: CallName,
  input: unknown,
  control: Control,
  signal?: AbortSignal,
): Promise<unknown> {
  const call = CALLS[name];
  const answer = await call.run(checkInput(call.input, input, fieldsInPath(name)), control, signal);
  if (routeOf(name).method !== 'GET' && !ASKING.has(name))
    for (const listener of control.listeners) listener(name);
  return answer;
}

/** What changes nothing, though its input is too much for a query. */
const ASKING: ReadonlySet<CallName> = new Set(['journal.find', 'journal.count', 'journal.waitFor', 'verify']);
