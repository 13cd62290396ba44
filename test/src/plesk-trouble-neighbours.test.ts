import { describe, expect, it } from 'vitest';
import type { Emulator } from '../../server/emulator.ts';
import type { PleskFailureCode } from '../../src/plesk/failure.ts';
import type { ServiceOptions } from '../../src/service.ts';
import { browse } from '../support/browse.ts';
import type { TestClock } from '../support/clock.ts';
import { testClock } from '../support/clock.ts';
import { start } from '../support/emulator.ts';
import type { HeldPlesk } from '../support/held-plesk.ts';
import { heldEntry, startHeldPlesk } from '../support/held-plesk.ts';
import { outcomeOf } from '../support/openings.ts';
import type { StartedService } from '../support/service.ts';
import { directoryOf, entryOf, startService } from '../support/service.ts';
import { expectOpens, pressInVain } from '../support/trouble.ts';

/** Two servers: the first has the faults that a test wants, the second is well and can be held. */
interface Neighbours extends StartedService {
  readonly clock: TestClock;
  readonly bad: Emulator;
  readonly good: HeldPlesk;
  /** A link to the first server, and one to the second. */
  readonly toBad: () => Promise<string>;
  readonly toGood: () => Promise<string>;
  /** What `/readyz` says of both, where it is ready. */
  readonly states: () => Promise<unknown>;
}

const account = (service_id: number, server: string): object => ({
  ...{ service_id, server, login: 'carl', role: 'customer' },
});

async function startNeighbours(options: Partial<ServiceOptions> = {}): Promise<Neighbours> {
  const [{ plesk: bad }, { plesk }] = await Promise.all([start({ https: true }), start()]);
  const good = await startHeldPlesk(plesk);
  const clock = testClock();
  const started = await startService(
    directoryOf(
      { 'plesk-1': entryOf(bad), 'plesk-2': heldEntry(good, plesk) },
      { users: { '18': { active: true, accounts: [account(101, 'plesk-1'), account(102, 'plesk-2')] } } },
    ),
    { clock, breakerFailures: 3, breakerPauseMs: 5000, openLimit: 1000, ...options },
  );
  return {
    ...{ ...started, clock, bad, good },
    toBad: () => started.link({ service_id: 101 }),
    toGood: () => started.link({ service_id: 102 }),
    states: async () => {
      const { status, body } = await browse(`${started.service.metricsUrl}/readyz`);
      const { plesk: shown, ...rest } = JSON.parse(body) as Readonly<Record<string, unknown>>;
      expect({ status, rest }).toMatchObject({ status: 200, rest: { status: 'ready' } });
      return shown;
    },
  };
}

const UP = { 'plesk-1': 'up', 'plesk-2': 'up' };

interface Death {
  readonly name: string;
  readonly code: PleskFailureCode;
  readonly die: (bad: Emulator) => Promise<unknown>;
  readonly options?: Partial<ServiceOptions>;
}

const DEATHS: readonly Death[] = [
  { name: 'refuses connections', code: 'plesk_unreachable', die: (bad) => bad.close() },
  {
    name: 'never answers',
    code: 'plesk_timeout',
    die: (bad) => bad.faults.add({ fault: 'hang' }),
    options: { pleskTotalMs: 1000 },
  },
  { name: 'answers HTML', code: 'plesk_bad_response', die: (bad) => bad.faults.add({ fault: 'html' }) },
];

describe('one dead server', () => {
  it.each(DEATHS)(
    'that $name is given a pause, while links to the other open',
    async ({ code, die, options }) => {
      const { bad, toBad, toGood, states, audit } = await startNeighbours(options);
      expect(await states()).toEqual(UP);
      const here = await toBad();
      await die(bad);
      await pressInVain(here, code, 3);
      const asked = await bad.journal.count();

      await pressInVain(here, 'plesk_circuit_open', 20);

      expect(await bad.journal.count()).toBe(asked);
      expect(await states()).toEqual({ ...UP, 'plesk-1': 'down' });
      for (let time = 0; time < 3; time++) await expectOpens(await toGood());
      expect(audit.filter(({ outcome }) => outcome === 'plesk_circuit_open')).toHaveLength(20);
    },
  );

  it('is let back by the first answer after its pause, and the same link opens', async () => {
    const { bad, clock, toBad, states, lines } = await startNeighbours();
    const here = await toBad();
    await bad.faults.add({ fault: 'certificate', certificate: 'other-host' });
    await pressInVain(here, 'plesk_tls_error', 3);
    await bad.faults.clear();
    clock.pass(4.999);
    await pressInVain(here, 'plesk_circuit_open', 1);

    clock.pass(0.001);

    expect(await states()).toEqual({ ...UP, 'plesk-1': 'down' });
    await expectOpens(here);
    expect(await states()).toEqual(UP);
    const told = lines.filter((line) => /given a pause|answers again/.test(line));
    expect(told).toMatchObject([/plesk-1 is given a pause/, /plesk-1 answers again/].map(containing));
  });

  it('that is still dead after its pause is given another at the first failure', async () => {
    const { bad, clock, toBad, states } = await startNeighbours();
    const here = await toBad();
    await bad.faults.add({ fault: 'certificate', certificate: 'other-host' });
    await pressInVain(here, 'plesk_tls_error', 3);
    clock.pass(5);

    await pressInVain(here, 'plesk_tls_error', 1);

    await pressInVain(here, 'plesk_circuit_open', 1);
    expect(await states()).toEqual({ ...UP, 'plesk-1': 'down' });
    clock.pass(5);
    await bad.faults.clear();
    await expectOpens(here);
  });

  it('is not one that refuses: its errcodes are answers', async () => {
    const { bad, toBad, states } = await startNeighbours();
    const here = await toBad();
    await bad.faults.add({ fault: 'errcode', errcode: 1013 });

    await pressInVain(here, 'plesk_user_not_found', 10);

    expect(await states()).toEqual(UP);
  });
});

const containing = (pattern: RegExp): unknown => expect.stringMatching(pattern);

describe('the limit of requests in flight', () => {
  it('is plesk_busy for the next, counts for nothing, and harms no other server', async () => {
    const { good, toBad, toGood, states } = await startNeighbours({ pleskInFlight: 2 });
    good.hold();
    const openings = [browse(await toGood()), browse(await toGood())];
    await good.waiting(2);
    const here = await toGood();

    await pressInVain(here, 'plesk_busy', 20);

    await expectOpens(await toBad());
    expect(await states()).toEqual(UP);
    expect(good.made).toHaveLength(2);
    good.pass();
    good.letGo();
    expect((await Promise.all(openings)).map(outcomeOf)).toEqual(['303', '303']);
    await expectOpens(here);
  });

  it('is reached by a server that hangs, and not by the other', async () => {
    const { bad, toBad, toGood } = await startNeighbours({ pleskInFlight: 2, pleskTotalMs: 4000 });
    await bad.faults.add({ fault: 'hang' });
    const hanging = [browse(await toBad()), browse(await toBad())];
    await expect.poll(() => bad.journal.count()).toBe(2);

    await pressInVain(await toBad(), 'plesk_busy', 2);
    for (let time = 0; time < 3; time++) await expectOpens(await toGood());

    expect((await Promise.all(hanging)).map(outcomeOf)).toEqual(['504 plesk_timeout', '504 plesk_timeout']);
  });
});
