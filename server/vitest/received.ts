import { maskOf } from '../control/masking.ts';
import type { Wanted } from '../control/wanted.ts';
import { fieldsOf } from '../control/wanted.ts';
import { emulatorIn } from './began.ts';
import { checkOptions, checkPlain } from './given.ts';
import { insteadOf, linesOf } from './lines.ts';

/** How often something has to have come. */
export interface Often {
  /** In so many requests, no more and no fewer; once or more without it. */
  readonly times?: number | undefined;
}

/** What a matcher answers vitest. */
export interface Verdict {
  readonly pass: boolean;
  readonly message: () => string;
}

/** See `PleskMatchers`. What cannot come, such as an operation that Plesk lacks, is an error, with `not` too. */
export async function toHaveReceived(received: unknown, wanted: Wanted, often: Often = {}): Promise<Verdict> {
  const plesk = emulatorIn(received, 'toHaveReceived');
  checkOptions('toHaveReceived', often, ['times']);
  checkPlain('toHaveReceived', wanted);
  const { times } = often;
  if (times !== undefined && (!Number.isInteger(times) || times < 0))
    throw new TypeError(`times is ${times}, but it is how often: 0, 1, 2 and so on`);
  const fields = fieldsOf(wanted);
  const found = await plesk.journal.find(fields);
  const pass = times === undefined ? found.length > 0 : found.length === times;
  const instead =
    found.length === 0
      ? insteadOf(fields, await plesk.journal.find(fields.after === undefined ? {} : { after: fields.after }))
      : `these came:\n${found.map(linesOf).join('\n')}`;
  const what = `${typeof wanted === 'string' ? wanted : JSON.stringify(maskOf([]).value(wanted))}${times === undefined ? '' : ` ${timesText(times)}`}`;
  return {
    pass,
    message: () =>
      pass
        ? `expected the emulator not to have received ${what}, but it has; ${instead}`
        : `expected the emulator to have received ${what}, but it has received it ${timesText(found.length)}; ${instead}`,
  };
}

const timesText = (times: number): string =>
  times === 0 ? 'not once' : times === 1 ? 'once' : `${times} times`;
