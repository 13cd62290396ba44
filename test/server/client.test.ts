import { expect, it } from 'vitest';
import { ask, textsOf } from '../support/agent.ts';
import type { Started } from '../support/emulator.ts';
import { DEMO, start } from '../support/emulator.ts';
import { credentials, inServer, post, resultsIn } from '../support/wire.ts';

const OLD = ['1.0.0.0', '1.3.5.0', '1.4.2.0', '1.5.2.1', '1.6.0.0', '1.6.2.0'];
const LATER = ['1.6.3.0', '1.6.3.5', '1.6.6.0', '1.6.9.1'];

const inOld = (operators: string, version = '1.0.0.0'): string =>
  `<packet version="${version}">${operators}</packet>`;
const inClient = (operations: string, version?: string): string =>
  inOld(`<client>${operations}</client>`, version);
const ADD =
  '<add><gen_info><pname>Wanda</pname><login>wanda</login><passwd>aB3!xY7$kL</passwd></gen_info></add>';
const GET = '<get><filter><login>wanda</login></filter><dataset><gen_info/></dataset></get>';
const WITHOUT_LOGIN = '<add><gen_info><pname>W</pname><passwd>x</passwd></gen_info></add>';
const UNSUPPORTED = /^1017 This feature is not supported for protocol version 1\.[\d.]+\.$/;

const exists = async (plesk: Started['plesk']): Promise<boolean> =>
  (await plesk.accounts.list()).some(({ login }) => login === 'wanda');

it('takes a client of WHMCS through its life, as one sees it who never heard of customers', async () => {
  const { plesk } = await start();
  const send = async (operations: string): Promise<string> => post(plesk, inClient(operations));
  const canCall = async (password: string): Promise<boolean> => {
    const { fault } = await ask(plesk, inServer('<get_protos/>'), credentials({ login: 'wanda', password }));
    return fault === undefined;
  };

  expect(resultsIn(await send(GET))).toEqual(['1013 Client does not exist']);
  const [id = ''] = textsOf(await send(ADD), 'id');
  expect(textsOf(await send(GET), 'pname')).toEqual(['Wanda']);
  const pool = `<ippool_add_ip><client_id>${id}</client_id><ip_address>192.0.2.10</ip_address></ippool_add_ip>`;
  expect(resultsIn(await send(pool))).toEqual(['ok']);
  expect(await canCall('aB3!xY7$kL')).toBe(true);
  await send(
    '<set><filter><login>wanda</login></filter><values><gen_info><passwd>nEw!Pass99$</passwd></gen_info></values></set>',
  );
  expect([await canCall('aB3!xY7$kL'), await canCall('nEw!Pass99$')]).toEqual([false, true]);
  expect(resultsIn(await send(`<del><filter><id>${id}</id></filter></del>`))).toEqual(['ok']);
  expect(resultsIn(await send(GET))).toEqual(['1013 Client does not exist']);
});

it.each(OLD)('adds and gets in packets of %s, and answers 1017 for what it has besides', async (version) => {
  const { plesk } = await start();

  const answer = await post(plesk, inClient(`${ADD}<cform_buttons_list/><constructor/>${GET}`, version));

  expect(resultsIn(answer)).toEqual([
    'ok',
    expect.stringMatching(UNSUPPORTED),
    expect.stringMatching(UNSUPPORTED),
    'ok',
  ]);
});

it.each(LATER)('is no operator in packets of %s', async (version) => {
  const { plesk } = await start();

  expect((await ask(plesk, inClient(ADD, version))).fault).toMatch(
    /^1014 .*Element 'client': This element is not expected\./,
  );
  expect(await exists(plesk)).toBe(false);
});

it('adds nothing where the packet breaks the schema further on', async () => {
  const { plesk } = await start();

  const { fault } = await ask(plesk, inClient(ADD + WITHOUT_LOGIN));

  expect(fault).toMatch(
    /^1014 .*Element 'passwd': This element is not expected\. Expected is \( login \)\.$/,
  );
  expect(await exists(plesk)).toBe(false);
});

it.each([
  ['before', `<client>${WITHOUT_LOGIN}</client><server/>`, 'passwd'],
  ['behind', `<server/><client>${WITHOUT_LOGIN}</client>`, 'server'],
])('names the first violation of a packet, its own standing %s another', async (_where, operators, name) => {
  const { plesk } = await start();

  expect((await ask(plesk, inOld(operators))).fault).toContain(`Element '${name}':`);
});

it('gives the line of its violation', async () => {
  const { plesk } = await start();

  const { fault } = await ask(
    plesk,
    inClient(`\n<nonsense/>\n${WITHOUT_LOGIN.replace('<passwd>', '\n<passwd>')}`),
  );

  expect(fault).toContain("Error in line 4: Element 'passwd'");
});

it('leaves other operators of old packets as they were: anything passes, and is not emulated', async () => {
  const { plesk } = await start();

  const answer = await post(
    plesk,
    inOld('<domain><get><whatever/></get></domain><domain_alias><x/></domain_alias>'),
  );

  expect(resultsIn(answer)).toEqual([
    expect.stringMatching(/^1023 domain\/get is not emulated/),
    expect.stringMatching(/^1023 domain_alias\/x is not emulated/),
  ]);
});

it("keeps to a reseller's own clients", async () => {
  const { plesk } = await start();
  const get = (login: string): string =>
    `<get><filter><login>${login}</login></filter><dataset><gen_info/></dataset></get>`;

  const answer = await post(plesk, inClient(get('cora') + get('carl') + ADD), credentials(DEMO.rita));

  expect(resultsIn(answer)).toEqual(['ok', '1006 Permission denied.', 'ok']);
  expect((await plesk.accounts.get('wanda')).owner).toBe('rita');
});

it('puts an address into the pool of a reseller, and says in the log that a customer has none', async () => {
  const { plesk, lines } = await start();
  const pool = (id: number): string =>
    `<ippool_add_ip><client_id>${id}</client_id><ip_address>192.0.2.10</ip_address></ippool_add_ip>`;
  const isInPool = async (): Promise<boolean> =>
    (await post(plesk, '<packet><ip><get/></ip></packet>', credentials(DEMO.rita))).includes('192.0.2.10');

  await post(plesk, inClient(pool(3)));
  expect(await isInPool()).toBe(false);
  expect(lines.join('\n')).toContain('a customer has no pool: 192.0.2.10 is not kept');

  await post(plesk, inClient(pool(2)));
  expect(await isInPool()).toBe(true);
});

it('says in the log and the journal which old datasets it left out', async () => {
  const { plesk } = await start();
  await post(
    plesk,
    inClient('<get><filter><id>3</id></filter><dataset><ip_pool/><gen_info/><limits/></dataset></get>'),
  );

  const [entry] = await plesk.journal.find({ operation: 'client/get' });

  expect(JSON.stringify(entry)).toContain('dataset/ip_pool');
  expect(JSON.stringify(entry)).toContain('dataset/limits');
});

it('is an operation that a fault can be put upon', async () => {
  const { plesk } = await start();
  await plesk.faults.add({ fault: 'errcode', errcode: 1023, operation: 'client/add', times: 1 });

  expect(resultsIn(await post(plesk, inClient(ADD)))).toEqual(['1023 Operation failed.']);
  expect(resultsIn(await post(plesk, inClient(ADD)))).toEqual(['ok']);
});
