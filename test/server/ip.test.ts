import { expect, it } from 'vitest';
import { textsOf } from '../support/agent.ts';
import type { Started } from '../support/emulator.ts';
import { DEMO, start } from '../support/emulator.ts';
import { credentials, post, resultsIn } from '../support/wire.ts';

const RALF = { login: 'ralf', password: 'reseller1Q**' } as const;

const inIp = (operations: string, version?: string): string =>
  `<packet${version === undefined ? '' : ` version="${version}"`}><ip>${operations}</ip></packet>`;
const filter = (...addresses: readonly string[]): string =>
  `<filter>${addresses.map((one) => `<ip_address>${one}</ip_address>`).join('')}</filter>`;
const adding = (address: string, { netmask = '255.255.255.0', on = 'eth0', type = 'shared' } = {}): string =>
  `<add><ip_address>${address}</ip_address><netmask>${netmask}</netmask><type>${type}</type><interface>${on}</interface></add>`;
const setting = (address: string, value: string): string => `<set>${filter(address)}${value}</set>`;
const EXCLUSIVE = '<type>exclusive</type>';
const GET = inIp('<get/>');

type Caller = Parameters<typeof credentials>[0];

/** What `get` lists for a caller, `address type` each. */
async function listed(plesk: Started['plesk'], caller: Caller = DEMO.admin): Promise<readonly string[]> {
  const body = await post(plesk, GET, credentials(caller));
  const types = textsOf(body, 'type');
  return textsOf(body, 'ip_address').map((address, at) => `${address} ${String(types[at])}`);
}

/** Two resellers who share addresses: the default, which both have, and one that each has in its own way. */
const startShared = (): Promise<Started> =>
  start({
    seed: {
      ipAddresses: ['192.0.2.10', '192.0.2.11', '192.0.2.12'].map((address) => ({ address })),
      accounts: [
        {
          ...DEMO.rita,
          role: 'reseller',
          ipPool: [
            { address: '192.0.2.10', type: 'shared' },
            { address: '192.0.2.11', type: 'exclusive' },
          ],
        },
        {
          ...RALF,
          role: 'reseller',
          ipPool: [
            { address: '192.0.2.11', type: 'shared' },
            { address: '192.0.2.10', type: 'shared' },
            { address: '192.0.2.12', type: 'shared' },
          ],
        },
      ],
    },
  });

it('shows a reseller its own pool, in the order of the server, each of the type that it has there', async () => {
  const { plesk } = await startShared();

  expect(await listed(plesk, DEMO.rita)).toEqual(['192.0.2.10 shared', '192.0.2.11 exclusive']);
  expect(await listed(plesk, RALF)).toEqual(['192.0.2.10 shared', '192.0.2.11 shared', '192.0.2.12 shared']);
  expect(await listed(plesk)).toEqual(['192.0.2.10 shared', '192.0.2.11 shared', '192.0.2.12 shared']);
});

it('takes an address that is removed out of every pool, and no other', async () => {
  const { plesk } = await startShared();

  await post(plesk, inIp(`<del>${filter('192.0.2.11')}</del>${adding('192.0.2.11')}`));

  expect(await listed(plesk, DEMO.rita)).toEqual(['192.0.2.10 shared']);
  expect(await listed(plesk, RALF)).toEqual(['192.0.2.10 shared', '192.0.2.12 shared']);
});

it('makes an address exclusive that one reseller has, and none that two have', async () => {
  const { plesk } = await startShared();
  const answer = await post(
    plesk,
    inIp(
      setting('192.0.2.11', EXCLUSIVE) + setting('192.0.2.12', EXCLUSIVE) + setting('192.0.2.12', EXCLUSIVE),
    ),
  );

  expect(resultsIn(answer)).toEqual([expect.stringMatching(/^1027 /), 'ok', 'ok']);
  expect(await listed(plesk)).toEqual(['192.0.2.10 shared', '192.0.2.11 shared', '192.0.2.12 exclusive']);
});

it('finds an IPv6 address by every way of writing it', async () => {
  const { plesk } = await start();
  const netmask = 'ffff:ffff:ffff:ffff:0:0:0:0';
  await post(plesk, inIp(adding('2001:DB8:0:0:0:0:0:A', { netmask })));

  const answer = await post(
    plesk,
    inIp(
      adding('2001:db8::0:a', { netmask }) +
        setting('2001:0db8::000a', EXCLUSIVE) +
        `<del>${filter('2001:db8:0::a', '2001:db8::b')}</del>`,
    ),
  );

  expect(resultsIn(answer)).toEqual([
    '1013 IP address was already added on the server',
    'ok',
    'ok',
    '1013 ip does not exist.',
  ]);
  expect(textsOf(answer, 'ip_address')).toEqual(['2001:0db8::000a', '2001:db8:0::a', '2001:db8::b']);
});

it.each(['', 'localhost', '192.0.2', '192.0.2.0/24', '192.0.2.11:80', '[2001:db8::1]', '192.0.2.011', '1'])(
  'refuses %j as an address, a netmask and a public address by 1019, and keeps nothing',
  async (text) => {
    const { plesk } = await start();
    const publicly = adding('192.0.2.11').replace(
      '</add>',
      `<public_ip_address>${text}</public_ip_address></add>`,
    );

    const answer = await post(plesk, inIp(adding(text) + adding('192.0.2.11', { netmask: text })));
    const answered = resultsIn(await post(plesk, inIp(publicly)));

    expect(resultsIn(answer)).toEqual([expect.stringMatching(/^1019 /), expect.stringMatching(/^1019 /)]);
    // An empty public address is none.
    expect(answered).toEqual([text === '' ? 'ok' : expect.stringMatching(/^1019 /)]);
    expect(await listed(plesk)).toHaveLength(text === '' ? 2 : 1);
  },
);

it.each(['0.0.0.0', '255.255.255.255', '255.255.255.252', '128.0.0.0'])(
  'takes the netmask %s',
  async (netmask) => {
    const { plesk } = await start();

    expect(resultsIn(await post(plesk, inIp(adding('192.0.2.11', { netmask }))))).toEqual(['ok']);
  },
);

it.each(['255.255.255.1', '0.255.0.0', '1.2.3.4', 'ffff::'])(
  'refuses the netmask %s by 1019',
  async (netmask) => {
    const { plesk } = await start();

    expect(resultsIn(await post(plesk, inIp(adding('192.0.2.11', { netmask }))))).toEqual([
      expect.stringMatching(/^1019 /),
    ]);
  },
);

it('knows the interfaces of its figures, and names them in the log for another', async () => {
  const { plesk, lines } = await start({
    seed: { server: { interfaces: { interface: ['venet0', 'eth1'] } } },
  });

  const answer = await post(
    plesk,
    inIp(adding('192.0.2.11', { on: 'eth1' }) + adding('192.0.2.12', { on: 'eth0' })),
  );

  expect(resultsIn(answer)).toEqual(['ok', "1032 Network interface 'eth0' does not exist."]);
  expect(lines.join('\n')).toContain('there are venet0, eth1');
});

it('never marks an address as default that was added later', async () => {
  const { plesk } = await start({ plesk: '17.0' });

  const body = await post(plesk, inIp(`${adding('192.0.2.9')}<get/>`));

  expect(body.match(/<default><\/default>/g)).toHaveLength(1);
  expect(body).toContain(
    '<interface>eth0</interface><default></default></ip_info><ip_info><ip_address>192.0.2.9<',
  );
});

it.each([
  ['1.0.0.0', 'ip', true],
  ['1.3.4.0', 'ip', true],
  ['1.3.5.0', 'ip_info', true],
  ['1.6.2.0', 'ip_info', true],
  ['1.6.9.0', 'ip_info', true],
  ['1.6.9.1', 'ip_info', false],
])('lists in a packet of %s each address as %s (default marked: %s)', async (version, name, isMarked) => {
  const { plesk } = await start();

  const body = await post(plesk, inIp('<get/>', version));

  expect(body).toContain(`<addresses><${name}><ip_address>`);
  expect(body.includes('<default>')).toBe(isMarked);
});

const CHANGES = [
  adding('192.0.2.11'),
  setting('192.0.2.10', EXCLUSIVE),
  `<del>${filter('192.0.2.12')}</del>`,
];

it('is changed by the administrator alone', async () => {
  const { plesk } = await startShared();
  const before = await listed(plesk);

  for (const change of CHANGES) {
    const answer = await post(plesk, inIp(change), credentials(DEMO.rita));
    expect(resultsIn(answer)).toEqual(['1006 Permission denied.']);
  }
  expect(await listed(plesk)).toEqual(before);
});

it('goes back to its addresses by a rollback and a reset', async () => {
  const { plesk } = await start();
  await plesk.mark();
  await post(plesk, inIp(adding('192.0.2.11') + setting('192.0.2.10', EXCLUSIVE)));

  await plesk.rollback();
  expect(await listed(plesk)).toEqual(['192.0.2.10 shared']);

  await post(plesk, inIp(adding('192.0.2.11')));
  await plesk.reset();
  expect(await listed(plesk)).toEqual(['192.0.2.10 shared']);
});

it('changes nothing of a packet that breaks the schema further on', async () => {
  const { plesk } = await start();

  await post(plesk, inIp(`${adding('192.0.2.11')}<del><filter/></del>`));

  expect(await listed(plesk)).toEqual(['192.0.2.10 shared']);
});
