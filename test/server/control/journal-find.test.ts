import { describe, expect, it } from 'vitest';
import { browse, doorUrl } from '../../support/browse.ts';
import type { Controlled } from '../../support/control.ts';
import { BOTH_WAYS } from '../../support/control.ts';
import { DEMO, idOf } from '../../support/emulator.ts';
import { ask, inSecretKey } from '../../support/agent.ts';
import { credentials, inServer, post, sessionPacket } from '../../support/wire.ts';

/** What stands in the journal of these tests, from 1 on. */
async function fill(plesk: Controlled['plesk']): Promise<void> {
  await post(plesk, sessionPacket('carl', { user_ip: '10.0.0.1', skin: 'x' }));
  await post(plesk, inSecretKey('<create/><get_info><filter/></get_info>'));
  await post(plesk, sessionPacket('nobody'));
  await post(plesk, inServer('<get_protos/>'), { HTTP_AUTH_PASSWD: 'wrong' });
  await browse(doorUrl(plesk.url, { PLESKSESSID: idOf(1) }));
  await ask(plesk, inServer('<get_protos/>'), credentials(DEMO.rita), '127.0.0.2');
}

describe.each(BOTH_WAYS)('journal.find, %s', (_way, start) => {
  it.each([
    ['all, without a condition', {}, [1, 2, 3, 4, 5, 6]],
    ['an operation, as a text', 'server/create_session', [1, 3]],
    ['all operations of an operator', 'secret_key/*', [2]],
    ['an operation that stands second', { operation: 'secret_key/get_info' }, [2]],
    ['packets', { kind: 'packet' }, [1, 2, 3, 4, 6]],
    ['browsers', { kind: 'browser' }, [5]],
    ['a login', { login: 'rita' }, [6]],
    ["a browser's login", { login: 'carl' }, [5]],
    ['an address', { peer: '127.0.0.2' }, [6]],
    ['a path', { path: '/enterprise/rsession_init.php' }, [5]],
    ['the beginning of a path', { path: '/enterprise/control/*' }, [1, 2, 3, 4, 6]],
    ['an outcome', { outcome: 'login failed' }, [5]],
    ['packets that were refused', { outcome: 'refused' }, [4]],
    ['an errcode of a packet', { errcode: 1001 }, [4]],
    ['an errcode of an operation', { errcode: 1013 }, [3]],
    ['what went well', { operation: 'server/create_session', errcode: 0 }, [1]],
    ['a value', { values: { login: 'nobody' } }, [3]],
    ['a value far inside, others beside it', { values: { data: { user_ip: '10.0.0.1' } } }, [1]],
    ['a token, which the entry masks', { values: { PLESKSESSID: idOf(1) } }, [5]],
    ['values that nothing has', { values: { data: { user_ip: '10.0.0.2' } } }, []],
    ['what is not expected', { isUnexpected: true }, [1]],
    ['what failed', { isFailure: true }, [3, 4, 5]],
    ['what came after', { after: 4 }, [5, 6]],
    ['the last two', { last: 2 }, [5, 6]],
    ['the last of those that match', { kind: 'packet', errcode: 0, last: 1 }, [6]],
    [
      'several conditions, which all have to hold',
      { operation: 'server/*', login: 'admin', errcode: 0 },
      [1],
    ],
  ] as const)('finds %s', async (_what, wanted, ids) => {
    const { plesk } = await start();
    await fill(plesk);

    expect((await plesk.journal.find(wanted)).map(({ id }) => id)).toEqual(ids);
    expect(await plesk.journal.count(wanted)).toBe(ids.length);
  });

  it.each([
    [{ operation: 'server/create_sesion' }, /operation.*server\/create_session/s],
    ['create_session', /create_session/],
    [{ operaton: 'server/get' }, /operation/],
    [{ kind: 'page' }, /kind.*packet.*browser/s],
    [{ outcome: 'loged in' }, /outcome.*logged in/s],
    [{ errcode: 'many' }, /errcode/],
    [{ last: 0 }, /last/],
    [{ values: 'carl' }, /values/],
  ])('refuses %o, and says what would be right', async (wanted, says) => {
    const { plesk } = await start();

    await expect(plesk.journal.find(wanted as never)).rejects.toThrow(says);
    await expect(plesk.journal.count(wanted as never)).rejects.toThrow(says);
    await expect(plesk.journal.waitFor(wanted as never)).rejects.toThrow(says);
  });

  it('counts each operation by its errcodes, and every outcome', async () => {
    const { plesk } = await start();
    await fill(plesk);

    expect(await plesk.journal.counts()).toEqual({
      operations: {
        'server/create_session': { ok: 1, errcodes: { 1013: 1 } },
        'secret_key/create': { ok: 1, errcodes: {} },
        'secret_key/get_info': { ok: 1, errcodes: {} },
        'server/get_protos': { ok: 1, errcodes: { 1001: 1 } },
      },
      outcomes: { answered: 3, failed: 1, refused: 1, 'login failed': 1 },
      held: 6,
      last: 6,
    });
  });

  it('answers entries that do not change when more comes', async () => {
    const { plesk } = await start();
    await post(plesk, sessionPacket('carl'));
    const [before] = await plesk.journal.find();

    await post(plesk, sessionPacket('carl'));

    expect((await plesk.journal.find())[0]).toEqual(before);
  });
});
