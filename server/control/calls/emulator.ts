import * as z from 'zod';
import { packageVersion } from '../../../base/version.ts';
import { ADMIN } from '../../state/seed-state.ts';
import type { EmulatorShown } from '../interface.ts';
import { defineCall, NOTHING } from './call.ts';

export const EMULATOR_CALLS = {
  'emulator.get': defineCall({
    input: NOTHING,
    output: z.strictObject({
      version: z.string(),
      release: z.string(),
      title: z.string(),
      packetVersion: z.string(),
      admin: z.strictObject({ login: z.string(), password: z.string() }),
      journal: z.int(),
      unexpected: z.enum(['record', 'fail']),
    }),
    run: (_input, { panel: { release, accounts, settings } }): EmulatorShown => ({
      version: packageVersion(),
      release: release.plesk,
      title: release.title,
      packetVersion: release.protocol,
      admin: { login: ADMIN, password: accounts.byLogin(ADMIN)?.password.reveal() ?? '' },
      journal: settings.journal,
      unexpected: settings.unexpected,
    }),
  }),
} as const;
