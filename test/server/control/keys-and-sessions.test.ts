import { describe, expect, it } from 'vitest';
import { ask } from '../../support/agent.ts';
import { browse, doorUrl, sentBack } from '../../support/browse.ts';
import { BOTH_WAYS } from '../../support/control.ts';
import { newToken, sessionPacket } from '../../support/wire.ts';

describe.each(BOTH_WAYS)('secret keys, %s', (_way, start) => {
  it('are made, used, listed by their id and removed', async () => {
    const { plesk } = await start();

    const made = await plesk.secretKeys.add({ description: 'billing', ipAddresses: ['127.0.0.1'] });

    expect(made.key).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect((await ask(plesk, sessionPacket('carl'), { KEY: made.key })).body).toContain(
      '<status>ok</status>',
    );
    const { key, ...shown } = made;
    expect(await plesk.secretKeys.list()).toEqual([shown]);
    expect(shown).toEqual({
      id: expect.stringMatching(/^[\da-f]{8}$/) as string,
      login: 'admin',
      ipAddresses: ['127.0.0.1'],
      description: 'billing',
    });
    await plesk.secretKeys.remove(shown.id);
    expect((await ask(plesk, sessionPacket('carl'), { KEY: key })).fault).toMatch(/^11003 /);
  });

  it.each([
    ['twice', { key: 'my-own-key' }, 'there is such a key already'],
    ['for nobody', { login: 'carlo' }, "login: there is no account 'carlo'; do you mean carl?"],
    ['for no address', { ipAddresses: ['example.com'] }, "'example.com' is no IP address"],
  ])('are not made %s', async (_what, key, message) => {
    const { plesk } = await start();
    await plesk.secretKeys.add({ key: 'my-own-key' });

    await expect(plesk.secretKeys.add(key)).rejects.toThrow(message);

    expect(await plesk.secretKeys.list()).toHaveLength(1);
  });

  it('are not removed where they are not', async () => {
    const { plesk } = await start();

    await expect(plesk.secretKeys.remove('0badbad0')).rejects.toThrow(
      'there is no such secret key; there are none',
    );
  });
});

describe.each(BOTH_WAYS)('sessions, %s', (_way, start) => {
  it('are listed with their state and their end', async () => {
    const { plesk, clock } = await start();
    await newToken(plesk, 'carl');
    const opened = await newToken(plesk, 'cora');
    await browse(doorUrl(plesk.url, { PLESKSESSID: opened }));
    clock.pass(60);

    const sessions = await plesk.sessions.list();

    expect(sessions.map(({ login, state, endsAt }) => [login, state, endsAt - clock.now()])).toEqual([
      ['carl', 'token', 29 * 60_000],
      ['cora', 'open', 29 * 60_000],
    ]);
  });

  it.each([
    ['expire', 'expired by control'],
    ['end', 'ended by control'],
  ] as const)('%s one by one, in the middle of a visit too', async (how, reason) => {
    const { plesk } = await start();
    const [token, other] = [await newToken(plesk, 'carl'), await newToken(plesk, 'cora')];
    const cookie = sentBack(await browse(doorUrl(plesk.url, { PLESKSESSID: token })));

    await plesk.sessions[how](token);

    const page = await browse(`${plesk.url}/smb/`, { cookie });
    expect(page.reason).toContain(reason);
    expect((await plesk.sessions.list()).map(({ id }) => id)).toEqual([other]);
    await expect(plesk.sessions[how](token)).rejects.toThrow('it has ended already');
  });

  it('are named by their first digits where there is none', async () => {
    const { plesk } = await start();

    await expect(plesk.sessions.end('ab'.repeat(16))).rejects.toThrow(
      'session ababab..: there is no such session',
    );
  });
});
