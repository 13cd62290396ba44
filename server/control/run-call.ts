import { CALLS } from './calls/index.ts';
import { checkInput } from './calls/call.ts';
import type { Control } from './control.ts';
import type { CallName } from './routes.ts';
import { routeOf } from './routes.ts';

/** Checks the input of a call and runs it; a ControlError says what is wrong. `signal`: nobody waits any more. */
export async function runCall(
  name: CallName,
  input: unknown,
  control: Control,
  signal?: AbortSignal,
): Promise<unknown> {
  const call = CALLS[name];
  const answer = await call.run(checkInput(call.input, input), control, signal);
  if (!routeOf(name).method.startsWith('GET')) for (const listener of control.listeners) listener(name);
  return answer;
}
