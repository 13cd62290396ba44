import type { CallName } from '../routes.ts';
import { ACCOUNT_CALLS } from './accounts.ts';
import type { CallDefinition } from './call.ts';
import { CLOCK_CALLS } from './clock.ts';
import { EMULATOR_CALLS } from './emulator.ts';
import { FAULT_CALLS } from './faults.ts';
import { JOURNAL_CALLS } from './journal.ts';
import { SECRET_KEY_CALLS } from './secret-keys.ts';
import { SEED_CALLS } from './seed.ts';
import { SESSION_CALLS } from './sessions.ts';
import { SETTINGS_CALLS } from './settings.ts';
import { SNAPSHOT_CALLS } from './snapshots.ts';

/** Every call of the control. */
export const CALLS: Readonly<Record<CallName, CallDefinition>> = {
  ...EMULATOR_CALLS,
  ...ACCOUNT_CALLS,
  ...SECRET_KEY_CALLS,
  ...SETTINGS_CALLS,
  ...SESSION_CALLS,
  ...JOURNAL_CALLS,
  ...FAULT_CALLS,
  ...CLOCK_CALLS,
  ...SNAPSHOT_CALLS,
  ...SEED_CALLS,
};
