import { describe, expect, it } from 'vitest';
import { browse, doorUrl } from '../../support/browse.ts';
import { BOTH_WAYS } from '../../support/control.ts';
import { newToken, post } from '../../support/wire.ts';

const SEED = {
  accounts: [
    { login: 'admin', password: 'another1Q**', role: 'admin' },
    { login: 'zoe', password: 'customer1Q**', role: 'customer' },
  ],
  secretKeys: [{ key: 'my-own-key', login: 'zoe' }],
  server: { gen_info: { server_name: 'other.example.com' } },
  packets: [
    '<packet><server><set><session_setup><login_timeout>7</login_timeout></session_setup></set></server></packet>',
  ],
} as const;

describe.each(BOTH_WAYS)('another seed, %s', (_way, start) => {
  it('takes the place of the first, also for a reset', async () => {
    const { plesk } = await start();
    const token = await newToken(plesk, 'carl');
    await plesk.faults.add({ fault: 'hang', login: 'carl' });
    await plesk.settings.set({ plesk: '12.0', tokenTtl: 9 });

    await plesk.seed(SEED);

    const seeded = async (): Promise<unknown> => [
      (await plesk.accounts.list()).map(({ login }) => login),
      (await plesk.secretKeys.list()).map(({ login }) => login),
      (await plesk.settings.get()).loginTimeout,
      await plesk.sessions.list(),
      await plesk.faults.list(),
      plesk.admin.password,
      plesk.release.plesk,
    ];
    const expected = [['admin', 'zoe'], ['zoe'], 7, [], [], 'another1Q**', '18.0'];
    expect(await seeded()).toEqual(expected);
    expect((await browse(doorUrl(plesk.url, { PLESKSESSID: token }))).reason).toContain('unknown here');
    const get = '<packet><server><get><gen_info/></get></server></packet>';
    expect(await post(plesk, get)).toContain('<server_name>other.example.com</server_name>');
    await plesk.accounts.remove('zoe');
    await plesk.reset();
    expect(await seeded()).toEqual(expected);
  });

  it.each([
    [
      'an owner that is not there',
      { accounts: [{ login: 'a', password: '12345', role: 'customer', owner: 'b' }] },
      "accounts.0.owner: there is no account with the login 'b'",
    ],
    ['a field that is none', { account: [] }, 'account'],
    [
      'a packet that is refused',
      { packets: ['<packet><server><nope/></server></packet>'] },
      'packets.0: answered 1014',
    ],
  ])('is refused whole with %s', async (_what, seed, message) => {
    const { plesk } = await start();
    await plesk.settings.set({ plesk: '12.0' });
    const before = await plesk.accounts.list();
    await newToken(plesk, 'carl');

    await expect(plesk.seed(seed as never)).rejects.toThrow(message);

    expect(await plesk.accounts.list()).toEqual(before);
    expect(await plesk.sessions.list()).toHaveLength(1);
    expect((await plesk.settings.get()).plesk).toBe('12.0');
  });
});
