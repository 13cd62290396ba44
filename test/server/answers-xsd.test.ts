import * as fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { startEmulator } from '../../server/emulator.ts';
import { mixedPackets, validPackets } from '../support/broken-packets.ts';
import { checkXsd, xsdIsMissing } from '../support/check-xsd.ts';
import { CALLERS, CROWDED, WORDS_OF_CROWD } from '../support/crowded-seed.ts';
import { RELEASE, emulatedOperations } from '../support/shaped-operations.ts';
import { credentials, post } from '../support/wire.ts';
import { render } from '../support/xml-tree.ts';

const OF_EACH = 60;
const OF_ALL = 200;
/** So many packets change the same accounts before these are as they were. */
const TOGETHER = 5;
/** Answers that the schema has no place for: the list of names has none for an error. */
const HOMELESS = '<domain-restriction-list><result>';
const missing = xsdIsMissing();
const SEED = Number(process.env['BROKEN_PACKETS_SEED'] ?? 1);

it.skipIf(missing !== undefined)(
  `answers ${OF_EACH} generated packets of each operation as Plesk's own schema has it${missing === undefined ? '' : ` (skipped: ${missing})`}`,
  { timeout: 120_000 },
  async () => {
    const plesk = await startEmulator({ plesk: RELEASE, journal: 0, seed: CROWDED });
    onTestFinished(() => plesk.close());
    const all = emulatedOperations();
    const packets = [
      ...all.flatMap((one, index) =>
        fc.sample(validPackets(one, WORDS_OF_CROWD), { numRuns: OF_EACH, seed: SEED * 1000 + index }),
      ),
      ...fc.sample(mixedPackets(all, WORDS_OF_CROWD), { numRuns: OF_ALL, seed: SEED }),
    ].map(render);

    const answers: string[] = [];
    for (const [index, packet] of packets.entries()) {
      if (index % TOGETHER === 0) await plesk.reset();
      // Most are the administrator's, for whom most is allowed.
      const caller = CALLERS[Math.max(0, (index % 7) - 4)] ?? plesk.admin;
      answers.push(await post(plesk, packet, credentials(caller.login === 'admin' ? plesk.admin : caller)));
    }
    const refused = checkXsd('response', answers);

    const wrong = refused.flatMap((violation, index) =>
      violation === undefined || answers[index]?.includes(HOMELESS) === true
        ? []
        : [{ violation, packet: packets[index], answer: answers[index] }],
    );
    expect(wrong).toEqual([]);
    // They are not all of them errors.
    const good = answers.filter((answer) => answer.includes('<status>ok</status>'));
    expect(good.length).toBeGreaterThan(packets.length / 4);
  },
);
