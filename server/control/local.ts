import type { Control } from './control.ts';
import type { EmulatorControl } from './interface.ts';
import { controlMethods } from './methods.ts';

/** The control of an emulator in this process. What it takes to check calls is imported with the first of them. */
export function localControl(control: Control): EmulatorControl {
  return controlMethods(async (name, input = {}) => {
    const { runCall } = await import('./run-call.ts');
    // As over HTTP: what a test holds does not change behind its back, and what is absent is absent.
    const answer = await runCall(name, plain(input), control);
    return answer === undefined ? undefined : structuredClone(answer);
  });
}

/** As JSON carries it. */
const plain = (input: object): unknown => JSON.parse(JSON.stringify(input));
