import { describe, expect, it } from 'vitest';
import { browse } from '../../support/browse.ts';
import type { Controlled } from '../../support/control.ts';
import { BOTH_WAYS } from '../../support/control.ts';
import { CARL, postForm } from '../../support/login-form.ts';
import { inServer, post, sessionPacket } from '../../support/wire.ts';

/** What others did before the test. */
async function use(plesk: Controlled['plesk']): Promise<void> {
  await post(plesk, sessionPacket('carl', { skin: 'x' }));
  await postForm(plesk, CARL);
  await post(plesk, sessionPacket('nobody'));
}

describe.each(BOTH_WAYS)('the journal after a mark, %s', (_way, start) => {
  it('answers what came since, whatever it is asked', async () => {
    const { plesk } = await start();
    await use(plesk);

    await plesk.mark();

    expect(await plesk.journal.find()).toEqual([]);
    expect(await plesk.journal.packets('server/create_session')).toEqual([]);
    expect(await plesk.journal.count({ outcome: 'logged in' })).toBe(0);
    expect(await plesk.journal.counts()).toMatchObject({ operations: {}, outcomes: {}, held: 0, last: 3 });
    expect(await plesk.unexpected()).toEqual([]);
    await expect(plesk.journal.waitFor('server/create_session', { timeout: 0 })).rejects.toThrow(
      'nothing came',
    );

    await post(plesk, sessionPacket('cora', { skin: 'x' }));
    expect(await plesk.journal.find()).toMatchObject([{ id: 4 }]);
    expect(await plesk.journal.count('server/create_session')).toBe(1);
    expect((await plesk.journal.counts()).held).toBe(1);
    expect(await plesk.unexpected()).toMatchObject([{ id: 4 }]);
    expect((await plesk.journal.waitFor('server/create_session')).id).toBe(4);
  });

  it('answers all to who asks after 0, and the rest to who asks after an earlier entry', async () => {
    const { plesk } = await start();
    await use(plesk);
    await plesk.mark();

    expect((await plesk.journal.find({ after: 0 })).map(({ id }) => id)).toEqual([1, 2, 3]);
    expect((await plesk.journal.find({ after: 2 })).map(({ id }) => id)).toEqual([3]);
    expect((await plesk.journal.counts({ after: 0 })).held).toBe(3);
    expect((await plesk.journal.waitFor('server/create_session', { after: 0 })).id).toBe(1);
  });

  it('goes by the latest mark, and by the one before after a rollback', async () => {
    const { plesk } = await start();
    await use(plesk);
    await plesk.mark();
    await post(plesk, inServer('<get_protos/>'));
    await plesk.mark();
    await post(plesk, inServer('<get_protos/>'));

    expect((await plesk.journal.find()).map(({ id }) => id)).toEqual([5]);
    await plesk.rollback();
    expect((await plesk.journal.find()).map(({ id }) => id)).toEqual([4]);
    await plesk.rollback();
    expect((await plesk.journal.find()).map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  it('says by verify what came since, and by the end what came at all', async () => {
    const { plesk } = await start({ unexpected: 'fail' });
    await post(plesk, sessionPacket('carl', { skin: 'x' }));
    await plesk.mark();

    await plesk.verify();
    await browse(`${plesk.url}/login_up.php?loginname=carl`);
    await expect(plesk.verify()).rejects.toThrow('loginname');
    await expect(plesk.verify()).rejects.not.toThrow('skin');

    await plesk.rollback();
    await expect(plesk.verify()).rejects.toThrow('skin');
    await plesk.journal.clear();
  });
});

it('rejects on close for what came before a mark that is still there', async () => {
  const { plesk } = await BOTH_WAYS[0][1]({ unexpected: 'fail' });
  await post(plesk, sessionPacket('carl', { skin: 'x' }));
  await plesk.mark();

  await expect(plesk.close()).rejects.toThrow('skin');
  await plesk.journal.clear();
});
