import { onTestFinished } from 'vitest';
import type { EmulatorOptions, RemoteEmulator } from '../../server/emulator.ts';
import { connectEmulator } from '../../server/emulator.ts';
import type { Started } from './emulator.ts';
import { start } from './emulator.ts';

/** An emulator that a test does something to, in this process or over HTTP. */
export interface Controlled extends Omit<Started, 'plesk'> {
  /** What is the same in both. */
  readonly plesk: Pick<RemoteEmulator, keyof RemoteEmulator>;
}

/** Both ways to an emulator's control, for `describe.each`. */
export const BOTH_WAYS = [
  ['in this process', start],
  [
    'over HTTP',
    async (options: EmulatorOptions = {}): Promise<Controlled> => {
      const started = await start(options);
      const plesk = await connectEmulator(started.plesk.url, { token: options.controlToken });
      onTestFinished(() => plesk.close());
      return { ...started, plesk };
    },
  ],
] as const satisfies readonly (readonly [string, (options?: EmulatorOptions) => Promise<Controlled>])[];
