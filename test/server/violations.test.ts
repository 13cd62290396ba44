import * as fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { startEmulator } from '../../server/emulator.ts';
import { brokenPackets, mixedPackets, validPackets } from '../support/broken-packets.ts';
import { checkXsd, xsdIsMissing } from '../support/check-xsd.ts';
import { differencesOf } from '../support/said-of.ts';
import { emulatedOperations, RELEASE, schemaOperations } from '../support/shaped-operations.ts';

const OF_EACH = 60;
/** Packets of any operations, whether emulated or not. */
const OF_ALL = 1000;
const missing = xsdIsMissing();
/** Another seed, another corpus: `BROKEN_PACKETS_SEED=7 npm test`. */
const SEED = Number(process.env['BROKEN_PACKETS_SEED'] ?? 1);

it.skipIf(missing !== undefined)(
  `says of ${OF_EACH} generated packets of each emulated operation, and of ${OF_ALL} of all, what libxml2 says of them by Plesk's own schema${missing === undefined ? '' : ` (skipped: ${missing})`}`,
  { timeout: 120_000 },
  async () => {
    const plesk = await startEmulator({ plesk: RELEASE, journal: 0 });
    onTestFinished(() => plesk.close());
    const all = emulatedOperations();
    const packets = [
      ...all.flatMap((one, index) =>
        fc.sample(brokenPackets(validPackets(one)), { numRuns: OF_EACH, seed: SEED * 1000 + index }),
      ),
      ...fc.sample(brokenPackets(mixedPackets(schemaOperations())), { numRuns: OF_ALL, seed: SEED }),
    ];

    const theirs = checkXsd('request', packets);

    const broken = theirs.filter((violation) => violation !== undefined).length;
    expect(broken).toBeGreaterThan(packets.length / 3);
    expect(broken).toBeLessThan((packets.length * 9) / 10);
    expect(await differencesOf(plesk, packets, theirs)).toEqual([]);
  },
);
