import * as fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { startEmulator } from '../../server/emulator.ts';
import { brokenPackets } from '../support/broken-packets.ts';
import { checkXsd, xsdIsMissing } from '../support/check-xsd.ts';
import { post } from '../support/wire.ts';

const RUNS = 600;
const missing = xsdIsMissing();
/** Another seed, another corpus: `BROKEN_PACKETS_SEED=7 npm test`. */
const SEED = Number(process.env['BROKEN_PACKETS_SEED'] ?? 1);

it.skipIf(missing !== undefined)(
  `says of ${RUNS} generated packets what libxml2 says of them by Plesk's own schema${missing === undefined ? '' : ` (skipped: ${missing})`}`,
  { timeout: 120_000 },
  async () => {
    const plesk = await startEmulator({ plesk: '12.0' });
    onTestFinished(() => plesk.close());
    const packets = fc.sample(brokenPackets, { numRuns: RUNS, seed: SEED });
    const expected = checkXsd('request', packets);

    expect(expected.filter((violation) => violation !== undefined).length).toBeGreaterThan(RUNS / 3);
    const wrong: unknown[] = [];
    for (const [index, packet] of packets.entries()) {
      const answer = await post(plesk, packet);
      const said = /Error in (line \d+: [^]*)<\/errtext>/.exec(answer)?.[1];
      const ours = said
        ?.replaceAll('&quot;', '"')
        .replaceAll('&amp;', '&')
        .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
      const theirs = expected[index];
      if (ours !== theirs) wrong.push({ packet, ours: ours ?? answer, theirs });
    }
    expect(wrong).toEqual([]);
  },
);
