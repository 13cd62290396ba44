import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { SeedInput } from '../../server/emulator.ts';
import { SeedError, startEmulator } from '../../server/emulator.ts';
import { start } from '../support/emulator.ts';
import { folder } from '../support/tools.ts';
import { inServer, newToken, post, sessionPacket } from '../support/wire.ts';

const set = (inner: string): string => inServer(`<set>${inner}</set>`);
const timeout = (minutes: number): string =>
  set(`<session_setup><login_timeout>${minutes}</login_timeout></session_setup>`);
const newKey = '<packet><secret_key><create><description>ours</description></create></secret_key></packet>';

async function timeoutOf(plesk: Parameters<typeof post>[0]): Promise<string | undefined> {
  const answer = await post(plesk, inServer('<get><session_setup/></get>'));
  return /<login_timeout>(\d+)/.exec(answer)?.[1];
}

async function mistakesOf(packets: readonly string[], seed: SeedInput = {}): Promise<readonly string[]> {
  const failure = await start({ seed: { ...seed, packets } }).catch((error: unknown) => error);
  if (!(failure instanceof SeedError)) throw new Error('the seed was accepted');
  return failure.mistakes;
}

it('is what the packets made of it, one after the other', async () => {
  const { plesk } = await start({ seed: { packets: [timeout(7), newKey, timeout(9)] } });

  expect(await timeoutOf(plesk)).toBe('9');
  expect(await plesk.secretKeys.list()).toMatchObject([{ description: 'ours', ipAddresses: ['127.0.0.1'] }]);
});

it('has what the seed says besides before the first packet', async () => {
  const { plesk } = await start({
    seed: {
      accounts: [
        { login: 'admin', password: 'mine12', role: 'admin' },
        { login: 'carl', password: '12345', role: 'customer' },
      ],
      server: { session_setup: { login_timeout: 5 } },
      packets: [sessionPacket('carl'), set('<password>other1</password>'), timeout(7)],
    },
  });

  expect(plesk.admin.password).toBe('other1');
  expect(await timeoutOf(plesk)).toBe('7');
});

it('comes back by reset, from what packets and control calls changed', async () => {
  const { plesk } = await start({ seed: { packets: [timeout(7), newKey] } });
  const keys = await plesk.secretKeys.list();
  await plesk.accounts.add({ login: 'carl', password: '12345', role: 'customer' });
  await plesk.secretKeys.remove(keys[0]?.id ?? '');
  await post(plesk, timeout(9));

  await plesk.reset();

  expect(await timeoutOf(plesk)).toBe('7');
  expect(await plesk.secretKeys.list()).toEqual(keys);
  expect((await plesk.accounts.list()).map(({ login }) => login)).toEqual(['admin']);
});

it('begins without a session, an entry in the journal or a line in the log', async () => {
  const { plesk, lines } = await start({ seed: { packets: [sessionPacket('admin'), timeout(7)] } });

  expect(await plesk.sessions.list()).toEqual([]);
  expect(await plesk.journal.find()).toEqual([]);
  expect(lines).toEqual([]);
});

it('makes the same ids from a seed of ids after a reset as after the start', async () => {
  const plesk = await startEmulator({ idSeed: 'x', seed: { packets: [newKey] } });
  onTestFinished(() => plesk.close());
  const first = await newToken(plesk, 'admin');

  await plesk.reset();

  expect(await newToken(plesk, 'admin')).toBe(first);
});

it.each([[{ api: false }], [{ apiAllowedIps: ['192.0.2.1'] }], [{ lockoutAttempts: 1 }]])(
  'is made although clients meet %j',
  async (options) => {
    const { plesk } = await start({ ...options, seed: { packets: [newKey, newKey] } });

    expect(await plesk.secretKeys.list()).toHaveLength(2);
  },
);

it('is not what counts where the state file has another', async () => {
  const state = join(folder('state'), 'state.json');
  const options = { state, seed: { packets: [timeout(7)] } };
  const { plesk } = await start(options);
  expect(await timeoutOf(plesk)).toBe('7');
  await post(plesk, timeout(9));
  await plesk.close();

  const { plesk: again } = await start(options);
  expect(await timeoutOf(again)).toBe('9');
  await again.reset();
  expect(await timeoutOf(again)).toBe('7');
});

it('keeps what the packets made in the state file from the start', async () => {
  const state = join(folder('state'), 'state.json');
  await start({ state, seed: { packets: [timeout(7)] } });

  expect(JSON.parse(readFileSync(state, 'utf8'))).toMatchObject({ settings: { loginTimeout: 7 } });
});

it('may be one packet in a file', async () => {
  const file = join(folder('seed'), 'seed.xml');
  writeFileSync(file, `\ufeff<?xml version="1.0" encoding="UTF-8"?>\n${timeout(7)}`);

  expect(await timeoutOf((await start({ seed: file })).plesk)).toBe('7');
});

it('has its packets as blocks in YAML', async () => {
  const file = join(folder('seed'), 'seed.yaml');
  const rows = timeout(7)
    .replaceAll('><', '>\n<')
    .split('\n')
    .map((row) => `    ${row}\n`);
  writeFileSync(file, `packets:\n  - |\n${rows.join('')}`);

  expect(await timeoutOf((await start({ seed: file })).plesk)).toBe('7');
});

it.each([
  [
    'one that is not well-formed',
    '<packet>\n<server>',
    /^packets\.1: answered 1014 Parser error: Cannot parse the XML .*\(.*line 2\)\)$/,
  ],
  [
    'one that is against the schema',
    '<packet>\n<server>\n<set><nope/></set></server></packet>',
    /^packets\.1: answered 1014 Parser error: Request is invalid\. Error in line 3: Element 'nope'/,
  ],
  [
    'one whose second operation is refused',
    `<packet>\n<server>\n<get_protos/>\n<create_session>\n<login>nobody</login><data><user_ip>127.0.0.1</user_ip><source_server/></data></create_session></server></packet>`,
    /^packets\.1: server\/create_session in line 4 answered 1013 \S.*$/,
  ],
  [
    'one that asks for what is not emulated',
    '<packet>\n<mail>\n<get_prefs><filter/></get_prefs></mail></packet>',
    /^packets\.1: mail\/get_prefs in line 3 answered 1023 .*mail\/get_prefs/,
  ],
  ['an empty one', '', /^packets\.1: answered 1014 /],
])('refuses %s, with the packet, the line and the answer', async (_what, packet, words) => {
  expect(await mistakesOf([timeout(7), packet, timeout(9)])).toEqual([expect.stringMatching(words)]);
});

it('names the account that is at fault where the administrator is suspended', async () => {
  const seed = {
    accounts: [{ login: 'admin', password: '12345', role: 'admin', status: 'suspended' }],
  } as const;

  expect(await mistakesOf([newKey], seed)).toEqual([
    expect.stringMatching(/^packets\.0: answered 1011 .*admin/),
  ]);
});

it('shows no password of a packet that is refused', async () => {
  const mistakes = await mistakesOf([set(`<password>${'topsecret'.repeat(40)}</password>`), '']);

  expect(mistakes).toEqual([expect.stringMatching(/^packets\.0: answered 1014 /)]);
  expect(mistakes.join()).not.toContain('topsecret');
});

it.each([
  ['a text in place of the list', '<packet/>', 'packets'],
  ['a packet that is no text', [1], 'packets.0'],
])('refuses %s by its path', async (_what, packets, path) => {
  const failure = await start({ seed: { packets } as never }).catch((error: unknown) => error);

  expect(failure).toBeInstanceOf(SeedError);
  expect((failure as SeedError).mistakes).toEqual([expect.stringMatching(new RegExp(`^${path}: `))]);
});
