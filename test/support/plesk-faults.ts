import type { Emulator, FaultInput } from '../../server/emulator.ts';
import type { PleskServer } from '../../src/directory/directory.ts';
import type { Attempt } from '../../src/links/link.ts';
import type { PleskFailureCode } from '../../src/plesk/failure.ts';
import { start } from './emulator.ts';
import { emulatorAt } from './plesk-client.ts';

/** One way in which an emulator goes wrong by itself, and what the client of Plesk has to make of it. */
interface PleskFault {
  readonly code: PleskFailureCode;
  readonly attempt: Attempt;
  readonly fault: FaultInput;
}

const counted = (code: PleskFailureCode, fault: FaultInput): PleskFault => ({
  ...{ code, fault },
  attempt: 'counted',
});
const uncounted = (code: PleskFailureCode, fault: FaultInput): PleskFault => ({
  ...{ code, fault },
  attempt: 'uncounted',
});

/** What an emulator may do wrong; for what it cannot there is `misbehaviours.ts`. */
export const PLESK_FAULTS = {
  'never answers': counted('plesk_timeout', { fault: 'hang' }),
  'makes the session and never answers': counted('plesk_timeout', { fault: 'hang', afterChange: true }),
  'sends a slow body': counted('plesk_timeout', { fault: 'slow', bytes: 1, ms: 50 }),
  'resets before the answer': counted('plesk_bad_response', { fault: 'reset' }),
  'resets in the body': counted('plesk_bad_response', { fault: 'reset', at: 'middle' }),
  'makes the session and loses the answer': counted('plesk_bad_response', {
    fault: 'reset',
    afterChange: true,
  }),

  'answers 401': counted('plesk_bad_response', { fault: 'status', status: 401 }),
  'answers 500': counted('plesk_bad_response', { fault: 'status', status: 500 }),
  'makes the session and answers 502': counted('plesk_bad_response', {
    fault: 'status',
    status: 502,
    afterChange: true,
  }),
  'answers HTML': counted('plesk_bad_response', { fault: 'html' }),
  'answers 10 MB': counted('plesk_bad_response', { fault: 'oversized' }),
  'answers nothing': counted('plesk_bad_response', { fault: 'truncated', bytes: 0 }),
  'answers truncated XML': counted('plesk_bad_response', { fault: 'truncated' }),
  'answers what is not well-formed': counted('plesk_bad_response', { fault: 'malformed' }),
  'answers ISO 8859-1 as UTF-8': counted('plesk_bad_response', { fault: 'charset', charset: 'iso-8859-1' }),
  'answers UTF-16 as UTF-8': counted('plesk_bad_response', { fault: 'charset', charset: 'utf-16' }),

  'shows an expired certificate': uncounted('plesk_tls_error', {
    fault: 'certificate',
    certificate: 'expired',
  }),
  'shows a certificate for another host': uncounted('plesk_tls_error', {
    fault: 'certificate',
    certificate: 'other-host',
  }),
} as const satisfies Readonly<Record<string, PleskFault>>;

export type PleskFaultName = keyof typeof PLESK_FAULTS;
export const PLESK_FAULT_NAMES = Object.keys(PLESK_FAULTS) as PleskFaultName[];

/** An emulator, and its entry in a directory. */
export interface FaultyPlesk {
  readonly emulator: Emulator;
  readonly server: PleskServer;
  /** Has it go wrong from now on, or so many times. */
  readonly goWrong: (name: PleskFaultName, times?: number) => Promise<void>;
  /** How many packets have come. */
  readonly asked: () => Promise<number>;
}

/** Starts one until the test ends; it is well. */
export async function startFaulty(scheme: 'http' | 'https' = 'http'): Promise<FaultyPlesk> {
  const { plesk: emulator } = await start({ https: scheme === 'https' });
  return {
    emulator,
    server: emulatorAt(emulator),
    goWrong: async (name, times) => {
      await emulator.faults.add({ ...PLESK_FAULTS[name].fault, times });
    },
    asked: async () => (await emulator.journal.packets()).length,
  };
}
