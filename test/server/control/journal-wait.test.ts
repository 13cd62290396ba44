import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { BOTH_WAYS } from '../../support/control.ts';
import { start as startHere } from '../../support/emulator.ts';
import { inServer, post, sessionPacket } from '../../support/wire.ts';

describe.each(BOTH_WAYS)('journal.waitFor, %s', (_way, start) => {
  it('answers at once what is there already', async () => {
    const { plesk } = await start();
    await post(plesk, sessionPacket('carl'));
    await post(plesk, sessionPacket('cora'));

    expect(await plesk.journal.waitFor('server/create_session', { timeout: 0 })).toMatchObject({ id: 1 });
  });

  it('answers what comes later, and passes over what is something else', async () => {
    const { plesk } = await start();
    const waiting = plesk.journal.waitFor({ operation: 'server/create_session', values: { login: 'cora' } });

    await post(plesk, inServer('<get_protos/>'));
    await post(plesk, sessionPacket('carl'));
    await post(plesk, sessionPacket('cora'));

    expect(await waiting).toMatchObject({ id: 3, outcome: 'answered' });
  });

  it('answers only what came after an entry', async () => {
    const { plesk } = await start();
    await post(plesk, sessionPacket('carl'));
    const waiting = plesk.journal.waitFor('server/create_session', { after: 1 });

    await post(plesk, sessionPacket('cora'));

    expect(await waiting).toMatchObject({ id: 2 });
  });

  it('answers several that wait for the same', async () => {
    const { plesk } = await start();
    const waiting = [1, 2, 3].map(() => plesk.journal.waitFor('server/get_protos'));

    await post(plesk, inServer('<get_protos/>'));

    expect((await Promise.all(waiting)).map(({ id }) => id)).toEqual([1, 1, 1]);
  });

  it('gives up after its time, and says what came instead and why it does not match', async () => {
    const { plesk } = await start();
    await post(plesk, sessionPacket('carl'));
    await post(plesk, sessionPacket('nobody'));

    const waiting = plesk.journal.waitFor(
      { operation: 'server/create_session', login: 'rita' },
      { timeout: 1 },
    );

    await expect(waiting).rejects.toThrow(
      'waited 1 ms for {"operation":"server/create_session","login":"rita"}; what came instead:\n' +
        '  1 packet from 127.0.0.1 by admin: server/create_session ok (not the login)\n' +
        "  2 packet from 127.0.0.1 by admin: server/create_session 1013 User does not exist (there is no account with the login 'nobody') (not the login)",
    );
  });

  it('says that nothing came', async () => {
    const { plesk } = await start();

    await expect(plesk.journal.waitFor('server/get', { timeout: 1 })).rejects.toThrow(
      'waited 1 ms for {"operation":"server/get"}; nothing came',
    );
  });

  it('refuses a timeout that is none', async () => {
    const { plesk } = await start();

    await expect(plesk.journal.waitFor('server/get', { timeout: -1 })).rejects.toThrow('timeout');
  });
});

it('lets go of a client that goes away while it waits', async () => {
  const { plesk } = await startHere();
  const waits = request(`${plesk.url}/_emulator/journal/wait`, { method: 'POST' });
  const gone = new Promise((done) => waits.on('error', done));
  waits.end(JSON.stringify({ operation: 'server/get', timeout: 600_000 }));
  await post(plesk, inServer('<get_protos/>'));

  waits.destroy(new Error('enough'));

  await gone;
  await post(plesk, inServer('<get><session_setup/></get>'));
  expect(await plesk.journal.count('server/get')).toBe(1);
});
