import * as z from 'zod';
import { replayPackets } from '../../seed-packets.ts';
import { changeSettings, putSeed, viewPanel } from '../../state/panel.ts';
import { SeedError } from '../../state/seed-state.ts';
import { seedState } from '../../state/seed/seed.ts';
import { ControlError } from '../control-error.ts';
import { defineCall } from './call.ts';

export const SEED_CALLS = {
  seed: defineCall({
    // Its own check names every mistake.
    input: z.looseObject({
      accounts: z.array(z.unknown()).optional(),
      secretKeys: z.array(z.unknown()).optional(),
      server: z.record(z.string(), z.unknown()).optional(),
      ipAddresses: z.array(z.unknown()).optional(),
      disabledLocales: z.array(z.string()).optional(),
      packets: z.array(z.string()).optional(),
    }),
    run: (input, control) => {
      const { panel, settings } = control;
      const before = viewPanel(panel);
      try {
        changeSettings(panel, settings);
        const seed = seedState(input, settings);
        putSeed(panel, seed);
        replayPackets(seed.packets, panel);
      } catch (error) {
        before.restore();
        throw error instanceof SeedError ? new ControlError(400, error.mistakes) : error;
      } finally {
        before.close();
      }
      control.seeded();
      control.reset();
    },
  }),
} as const;
