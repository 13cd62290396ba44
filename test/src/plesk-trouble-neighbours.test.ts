import { describe, expect, it, onTestFinished } from 'vitest';
import type { Emulator } from '../../server/emulator.ts';
import { startEmulator } from '../../server/emulator.ts';
import type { ServiceOptions } from '../../src/service.ts';
import { browse } from '../support/browse.ts';
import type { TestClock } from '../support/clock.ts';
import { testClock } from '../support/clock.ts';
import type { HeldPlesk } from '../support/held-plesk.ts';
import { heldEntry, startHeldPlesk } from '../support/held-plesk.ts';
import type { MisbehavingServer } from '../support/misbehaving.ts';
import { startMisbehaving } from '../support/misbehaving.ts';
import { outcomeOf } from '../support/openings.ts';
import type { StartedService } from '../support/service.ts';
import { directoryOf, startService } from '../support/service.ts';
import { expectOpens, pressInVain, troubleEntry } from '../support/trouble.ts';

/** Two servers: the first goes wrong as a test wants it, the second is well and can be held. */
interface Neighbours extends StartedService {
  readonly clock: TestClock;
  readonly bad: MisbehavingServer;
  readonly good: HeldPlesk;
  readonly plesk: Emulator;
  /** A link to the first server, and one to the second. */
  readonly toBad: () => Promise<string>;
  readonly toGood: () => Promise<string>;
  /** What `/readyz` says of both, where it is ready. */
  readonly circuits: () => Promise<unknown>;
}

const account = (service_id: number, server: string): object => ({
  ...{ service_id, server, login: 'carl', role: 'customer' },
});

async function startNeighbours(options: Partial<ServiceOptions> = {}): Promise<Neighbours> {
  const plesk = await startEmulator({ seed: 'demo' });
  onTestFinished(() => plesk.close());
  const [bad, good] = await Promise.all([startMisbehaving({ plesk: plesk.url }), startHeldPlesk(plesk)]);
  const clock = testClock();
  const started = await startService(
    directoryOf(
      { 'plesk-1': troubleEntry(bad), 'plesk-2': heldEntry(good, plesk) },
      { users: { '18': { active: true, accounts: [account(101, 'plesk-1'), account(102, 'plesk-2')] } } },
    ),
    { clock, breakerFailures: 3, breakerPauseMs: 5000, openLimit: 1000, ...options },
  );
  return {
    ...{ ...started, clock, bad, good, plesk },
    toBad: () => started.link({ service_id: 101 }),
    toGood: () => started.link({ service_id: 102 }),
    circuits: async () => {
      const { status, body } = await browse(`${started.url}/readyz`);
      const { plesk: shown, ...rest } = JSON.parse(body) as Readonly<Record<string, unknown>>;
      expect({ status, rest }).toMatchObject({ status: 200, rest: { status: 'ready' } });
      return shown;
    },
  };
}

const CLOSED = { 'plesk-1': 'closed', 'plesk-2': 'closed' };

describe('one dead server', () => {
  it.each([
    { name: 'refuses connections', code: 'plesk_unreachable', options: {} },
    { name: 'never answers', code: 'plesk_timeout', options: { pleskTotalMs: 2000 } },
    { name: 'answers HTML', code: 'plesk_bad_response', options: {} },
  ] as const)('that $name is given a pause, while links to the other open', async (row) => {
    const { name, code, options } = row;
    const { bad, toBad, toGood, circuits, audit } = await startNeighbours(options);
    expect(await circuits()).toEqual(CLOSED);
    const here = await toBad();
    await bad.behave(name);
    await pressInVain(here, code, 3);
    const asked = bad.connections;

    await pressInVain(here, 'plesk_circuit_open', 20);

    expect(bad.connections).toBe(asked);
    expect(await circuits()).toEqual({ ...CLOSED, 'plesk-1': 'open' });
    for (let time = 0; time < 3; time++) await expectOpens(await toGood());
    expect(audit.filter(({ outcome }) => outcome === 'plesk_circuit_open')).toHaveLength(20);
  });

  it('is let back by the first answer after its pause, and the same link opens', async () => {
    const { bad, clock, toBad, circuits, lines } = await startNeighbours();
    const here = await toBad();
    await bad.behave('refuses connections');
    await pressInVain(here, 'plesk_unreachable', 3);
    await bad.behave('ok');
    clock.pass(4.999);
    await pressInVain(here, 'plesk_circuit_open', 1);

    clock.pass(0.001);

    expect(await circuits()).toEqual({ ...CLOSED, 'plesk-1': 'half-open' });
    await expectOpens(here);
    expect(await circuits()).toEqual(CLOSED);
    const told = lines.filter((line) => /given a pause|answers again/.test(line));
    expect(told).toMatchObject([/plesk-1 is given a pause/, /plesk-1 answers again/].map(containing));
  });

  it('that is still dead after its pause is given another at the first failure', async () => {
    const { bad, clock, toBad, circuits } = await startNeighbours();
    const here = await toBad();
    await bad.behave('refuses connections');
    await pressInVain(here, 'plesk_unreachable', 3);
    clock.pass(5);

    await pressInVain(here, 'plesk_unreachable', 1);

    await pressInVain(here, 'plesk_circuit_open', 1);
    expect(await circuits()).toEqual({ ...CLOSED, 'plesk-1': 'open' });
    clock.pass(5);
    await bad.behave('ok');
    await expectOpens(here);
  });

  it('is not one that refuses: its errcodes are answers', async () => {
    const { bad, toBad, circuits } = await startNeighbours();
    const here = await toBad();
    const error = '<status>error</status><errcode>1013</errcode><errtext>no</errtext>';
    bad.answerWith(
      `<packet><server><create_session><result>${error}</result></create_session></server></packet>`,
    );

    await pressInVain(here, 'plesk_user_not_found', 10);

    expect(await circuits()).toEqual(CLOSED);
  });
});

const containing = (pattern: RegExp): unknown => expect.stringMatching(pattern);

describe('the limit of requests in flight', () => {
  it('is plesk_busy for the next, counts for nothing, and harms no other server', async () => {
    const { good, toBad, toGood, circuits } = await startNeighbours({ pleskInFlight: 2 });
    good.hold();
    const openings = [browse(await toGood()), browse(await toGood())];
    await good.waiting(2);
    const here = await toGood();

    await pressInVain(here, 'plesk_busy', 20);

    await expectOpens(await toBad());
    expect(await circuits()).toEqual(CLOSED);
    expect(good.made).toHaveLength(2);
    good.pass();
    good.letGo();
    expect((await Promise.all(openings)).map(outcomeOf)).toEqual(['303', '303']);
    await expectOpens(here);
  });

  it('is reached by a server that hangs, and not by the other', async () => {
    const { bad, toBad, toGood } = await startNeighbours({ pleskInFlight: 2, pleskTotalMs: 6000 });
    await bad.behave('never answers');
    const hanging = [browse(await toBad()), browse(await toBad())];
    await expect.poll(() => bad.requests).toHaveLength(2);

    await pressInVain(await toBad(), 'plesk_busy', 2);
    for (let time = 0; time < 3; time++) await expectOpens(await toGood());

    expect((await Promise.all(hanging)).map(outcomeOf)).toEqual(['504 plesk_timeout', '504 plesk_timeout']);
  });
});
