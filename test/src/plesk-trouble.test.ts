import { expect, it } from 'vitest';
import { MISBEHAVIOUR_NAMES, MISBEHAVIOURS, PLAIN_MISBEHAVIOUR_NAMES } from '../support/misbehaving.ts';
import type { Misbehaviour } from '../support/misbehaviours.ts';
import { PLESK_FAULT_NAMES, PLESK_FAULTS } from '../support/plesk-faults.ts';
import { directoryOf, writeDirectory } from '../support/service.ts';
import {
  expectAudited,
  expectNoSecrets,
  expectOpens,
  pressInVain,
  startFaults,
  startTrouble,
  troubleEntry,
} from '../support/trouble.ts';

/** What takes all the time there is has less of it, and is tried less often. */
const LITTLE_TIME = { pleskTotalMs: 1200, pleskConnectMs: 1200 };
/** Where no connection is made, a second one has to fit in. */
const TIME_FOR_TWO = { pleskTotalMs: 2500, pleskConnectMs: 1200 };

/** How often a link is opened in vain: as often as it may be, where that counts. */
const timesOf = ({ attempt }: Pick<Misbehaviour, 'attempt'>, isSlow: boolean): number =>
  isSlow ? 2 : attempt === 'counted' ? 4 : 20;

const FAULTS = PLESK_FAULT_NAMES.map((name) => {
  const fault = PLESK_FAULTS[name];
  const isSlow = fault.code === 'plesk_timeout';
  return { name, ...fault, isSlow, times: timesOf(fault, isSlow) };
});

it.each(FAULTS)(
  'a Plesk that $name is $code, $times times, and then the same link works',
  { timeout: 60_000 },
  async ({ code, fault, isSlow, times }) => {
    const trouble = await startFaults(isSlow ? LITTLE_TIME : {});
    const { plesk, link, audit } = trouble;
    const here = await link();
    await plesk.faults.add(fault);

    await pressInVain(here, code, times);

    expect(await plesk.faults.list()).toMatchObject([{ seen: times, fired: times }]);
    await plesk.faults.clear();
    await expectOpens(here);
    expectAudited(audit, code, times);
    await expectNoSecrets(trouble, here);
  },
);

const PLAIN: ReadonlySet<string> = new Set(PLAIN_MISBEHAVIOUR_NAMES);

const MISBEHAVING = MISBEHAVIOUR_NAMES.map((name) => {
  const { code, attempt } = MISBEHAVIOURS[name];
  const isSlow = code === 'plesk_timeout' || name === 'never ends the handshake';
  const limits = !isSlow ? {} : code === 'plesk_timeout' ? LITTLE_TIME : TIME_FOR_TWO;
  const scheme = PLAIN.has(name) ? ('http' as const) : ('https' as const);
  return { name, code, limits, scheme, times: timesOf({ attempt }, isSlow) };
});

it.each(MISBEHAVING)(
  'a server that $name is $code, $times times, and then the same link works',
  { timeout: 60_000 },
  async ({ name, code, limits, times, scheme }) => {
    const trouble = await startTrouble(limits, scheme);
    const { server, link, audit } = trouble;
    const here = await link();
    await server.behave(name);

    await pressInVain(here, code, times);

    await server.behave('ok');
    await expectOpens(here);
    expectAudited(audit, code, times);
    await expectNoSecrets(trouble, here);
  },
);

it.each([
  // No name server is asked for a label of 64 letters.
  { what: 'a name that nobody knows', url: `https://${'a'.repeat(64)}.example.com:8443` },
  { what: 'an address to which no way leads', url: 'https://255.255.255.255:8443' },
])(
  'a Plesk at $what is plesk_unreachable, 20 times, and then the same link works',
  { timeout: 60_000 },
  async ({ url }) => {
    const trouble = await startTrouble({ pleskConnectMs: 5000 });
    const { server, service, directory, link, audit } = trouble;
    const here = await link();
    const entry = (more: object): object => troubleEntry(server, more);
    writeDirectory(directoryOf({ 'plesk-1': entry({ url }) }), directory);
    expect(await service.reload()).toBe(true);

    await pressInVain(here, 'plesk_unreachable', 20);

    writeDirectory(directoryOf({ 'plesk-1': entry({}) }), directory);
    expect(await service.reload()).toBe(true);
    await expectOpens(here);
    expectAudited(audit, 'plesk_unreachable', 20);
    await expectNoSecrets(trouble, here);
  },
);
