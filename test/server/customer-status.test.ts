import { expect, it } from 'vitest';
import type { Caller } from '../support/customers.ts';
import { adding, filterBy, getting, ID, setting, shown, startFamily, tell } from '../support/customers.ts';
import { postForm } from '../support/login-form.ts';
import { post, resultsIn, sessionPacket } from '../support/wire.ts';

const suspend = (login: string, status: number | string): string =>
  setting(filterBy('login', login), { status: String(status) });

it.each([
  [0, true],
  [1, false],
  [2, false],
  [4, true],
  [8, true],
  [16, false],
  [32, false],
  [64, false],
  [128, true],
  [256, false],
  [272, false],
  [20, false],
  [12, true],
])('shows a status of %i as it was set, and lets one in with it: %s', async (status, mayIn) => {
  const { plesk } = await startFamily();

  expect(await tell(plesk, suspend('carl', status))).toEqual(['carl = 4']);
  expect(await tell(plesk, adding({ status: String(status) }))).toEqual(['= 8']);

  for (const login of ['carl', 'nora']) {
    expect(await shown(plesk, login, 'status')).toBe(String(status));
    expect((await plesk.accounts.get(login)).status).toBe(mayIn ? 'active' : 'suspended');
    expect(resultsIn(await post(plesk, sessionPacket(login)))).toEqual([
      mayIn ? 'ok' : '1011 The account is disabled.',
    ]);
  }
});

it.each([
  ['documented', ['0', '16', '32', '64'], ['1', '2', '4', '8', '17', '48', '256']],
  ['any', ['0', '1', '2', '256', '48'], ['-1', '2147483648', '99999999999999999999']],
] as const)('takes with accountStatus %s %j and not %j', async (accountStatus, taken, refused) => {
  const { plesk } = await startFamily({ accountStatus });

  for (const status of taken) expect(await tell(plesk, suspend('carl', status))).toEqual(['carl = 4']);
  await tell(plesk, suspend('carl', 0));
  for (const status of refused) {
    expect(await tell(plesk, suspend('carl', status)), status).toEqual(['carl: 1025']);
    expect(await tell(plesk, adding({ status })), status).toEqual(['1025']);
  }
  expect(await shown(plesk, 'carl', 'status')).toBe('0');
});

it('takes a status back as it was read, also while the reseller is suspended', async () => {
  const { plesk } = await startFamily({ accountStatus: 'documented' });
  await plesk.accounts.suspend('rita');
  const status = await shown(plesk, 'cora', 'status');

  expect(status).toBe('2');
  expect(await tell(plesk, suspend('cora', Number(status)))).toEqual(['cora = 5']);
  await plesk.accounts.activate('rita');
  expect(await shown(plesk, 'cora', 'status')).toBe('0');
});

it.each([
  [0, '16', 32],
  [0, '1', 32],
  [0, '0', 0],
  [16, '0', 16],
  [16, '16', 48],
  [48, '0', 16],
  [32, '0', 0],
  [1, '64', 33],
] as const)('makes of %i by a reseller who sends %s the status %i', async (before, sent, after) => {
  const { plesk } = await startFamily();
  await tell(plesk, suspend('cora', before));

  expect(await tell(plesk, suspend('cora', sent), 'rita')).toEqual(['cora = 5']);

  expect(await shown(plesk, 'cora', 'status')).toBe(String(after));
});

it('gives what a reseller adds as suspended the bit of resellers', async () => {
  const { plesk } = await startFamily();

  await tell(plesk, adding({ status: '16' }), 'rita');

  expect(await shown(plesk, 'nora', 'status')).toBe('32');
});

it('lets nobody change the own status, and takes the own one that is sent back', async () => {
  const { plesk } = await startFamily();

  expect(await tell(plesk, suspend('carl', 64), 'carl')).toEqual(['carl: 1006']);
  expect(await tell(plesk, suspend('carl', 0), 'carl')).toEqual(['carl = 4']);
  expect(await shown(plesk, 'carl', 'status')).toBe('0');
});

it('adds 2 for the customers of a suspended reseller alone, and keeps their own bits', async () => {
  const { plesk } = await startFamily();
  await tell(plesk, suspend('cora', 16));
  await plesk.accounts.suspend('rita');
  const statuses = async (): Promise<(string | undefined)[]> =>
    Promise.all((['carl', 'cora', 'cleo', 'rolf'] as const).map((login) => shown(plesk, login, 'status')));
  expect(await statuses()).toEqual(['0', '18', '2', '0']);
  expect(await tell(plesk, getting('<filter/>'), 'cleo')).toEqual([]);
  expect(await postForm(plesk, { login_name: 'cleo', passwd: 'customer1Q**' })).toMatchObject({
    reason: expect.stringContaining('suspended with its reseller rita') as string,
  });

  // What a client has read and sends back does not stay when the reseller is active again.
  await tell(plesk, suspend('cora', 18) + suspend('cleo', 2));
  expect(await statuses()).toEqual(['0', '18', '2', '0']);
  await plesk.accounts.activate('rita');
  expect(await statuses()).toEqual(['0', '16', '0', '0']);
});

it.each(['rita', 'carl', 'cora'] as const)('lets a suspended %s call nothing', async (caller: Caller) => {
  const { plesk } = await startFamily();
  await plesk.accounts.suspend(caller);

  expect(await tell(plesk, getting(filterBy('id', ID.cora)), caller)).toEqual([]);
});
