import { expect, it } from 'vitest';
import type { MisbehaviourName } from '../support/misbehaving.ts';
import { MISBEHAVIOUR_NAMES, MISBEHAVIOURS, PLAIN_MISBEHAVIOUR_NAMES } from '../support/misbehaving.ts';
import { directoryOf, writeDirectory } from '../support/service.ts';
import {
  expectAudited,
  expectNoSecrets,
  expectOpens,
  pressInVain,
  startTrouble,
  troubleEntry,
} from '../support/trouble.ts';

/** What takes all the time there is, so there is less of it, and it is tried less often. */
const SLOW: ReadonlySet<MisbehaviourName> = new Set([
  'never answers',
  'sends slow headers',
  'sends a slow body',
  'never ends the handshake',
]);
const LITTLE_TIME = { pleskTotalMs: 2500, pleskConnectMs: 1200 };

/** How often a link is opened in vain: as often as it may be, where that counts. */
function timesOf(name: MisbehaviourName): number {
  if (SLOW.has(name)) return 2;
  return MISBEHAVIOURS[name].attempt === 'counted' ? 4 : 20;
}

const PLAIN: ReadonlySet<string> = new Set(PLAIN_MISBEHAVIOUR_NAMES);

const CASES = MISBEHAVIOUR_NAMES.map((name) => ({
  name,
  code: MISBEHAVIOURS[name].code,
  times: timesOf(name),
  scheme: PLAIN.has(name) ? ('http' as const) : ('https' as const),
}));

it.each(CASES)(
  'a Plesk that $name is $code, $times times, and then the same link works',
  { timeout: 60_000 },
  async ({ name, code, times, scheme }) => {
    const trouble = await startTrouble(SLOW.has(name) ? LITTLE_TIME : {}, scheme);
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
