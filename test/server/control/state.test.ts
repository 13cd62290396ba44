import { describe, expect, it } from 'vitest';
import { BOTH_WAYS } from '../../support/control.ts';

describe.each(BOTH_WAYS)('accounts, %s', (_way, start) => {
  it('lists them as the seed has them, without passwords', async () => {
    const { plesk } = await start();

    const accounts = await plesk.accounts.list();

    expect(accounts.map(({ login }) => login)).toEqual(['admin', 'rita', 'carl', 'cora', 'sam']);
    expect(JSON.stringify(accounts)).not.toContain('1Q**');
    expect(await plesk.accounts.get('carl')).toMatchObject({
      role: 'customer',
      owner: 'admin',
      status: 'active',
    });
  });
});
