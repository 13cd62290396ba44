import { onTestFinished } from 'vitest';
import type { Emulator, EmulatorOptions, Ids, Log } from '../../server/emulator.ts';
import { startEmulator } from '../../server/emulator.ts';
import type { TestClock } from './clock.ts';
import { testClock } from './clock.ts';

/** The passwords of the accounts in the seed `demo`. */
export const DEMO = {
  admin: { login: 'admin', password: 'changeme1Q**' },
  rita: { login: 'rita', password: 'reseller1Q**' },
  carl: { login: 'carl', password: 'customer1Q**' },
  cora: { login: 'cora', password: 'customer1Q**' },
  sam: { login: 'sam', password: 'customer1Q**' },
} as const;

/** The releases that answer as 12.0 does, and those besides that have not got the newer door yet. */
export const UP_TO_12_0: readonly string[] = ['10.4', '11.0', '11.5', '12.0'];
export const UP_TO_12_5: readonly string[] = [...UP_TO_12_0, '12.5'];

/** An emulator of one test, and what the test holds of it. */
export interface Started {
  readonly plesk: Emulator;
  readonly clock: TestClock;
  /** What was logged, a line each, its fields as JSON behind it. */
  readonly lines: readonly string[];
}

/**
 * Starts an emulator for one test: on a port of its own, with the accounts of `demo`, a clock that the test moves,
 * ids that count from 1, and a log that the test can read. It closes when the test ends.
 */
export async function start(options: EmulatorOptions = {}): Promise<Started> {
  const clock = testClock();
  const lines: string[] = [];
  const plesk = await startEmulator({
    seed: 'demo',
    clock,
    ids: countingIds(),
    log: logInto(lines),
    ...options,
  });
  onTestFinished(() => plesk.close());
  return { plesk, clock, lines };
}

/** The id that an emulator of these tests makes as its first, second, third; a reason calls it `000001..`. */
export const idOf = (count: number): string => count.toString(16).padStart(6, '0').padEnd(32, 'a0b1c2d3e4f5');

/** Ids that can be foreseen. */
export function countingIds(): Ids {
  let made = 0;
  return { hex32: () => idOf((made += 1)) };
}

function logInto(lines: string[]): Log {
  const keep =
    (level: string) =>
    (fields: object, message: string): void => {
      lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
    };
  return { isOn: true, info: keep('info'), warn: keep('warn'), error: keep('error') };
}
