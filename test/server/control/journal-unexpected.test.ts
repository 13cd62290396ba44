import { describe, expect, it } from 'vitest';
import { startEmulator } from '../../../server/emulator.ts';
import { browse } from '../../support/browse.ts';
import { BOTH_WAYS } from '../../support/control.ts';
import { inServer, post, sessionPacket } from '../../support/wire.ts';

const NOT_EMULATED =
  '<packet><mail><create><filter><site-id>1</site-id><mailname><name>x</name></mailname></filter></create></mail></packet>';

describe.each(BOTH_WAYS)('what is not expected, %s', (_way, start) => {
  it('is an operation that is not emulated, a field that is not read, a parameter that is not read', async () => {
    const { plesk } = await start();
    await post(plesk, sessionPacket('carl'));
    await post(plesk, NOT_EMULATED);
    await post(plesk, sessionPacket('carl', { skin: 'dark' }));
    await browse(`${plesk.url}/login_up.php?colour=blue`);
    await browse(`${plesk.url}/admin/?colour=blue`);

    expect((await plesk.unexpected()).map(({ id }) => id)).toEqual([2, 3, 4]);
  });

  it('is only recorded unless it is to fail', async () => {
    const { plesk } = await start();
    await post(plesk, NOT_EMULATED);

    await expect(plesk.verify()).resolves.toBeUndefined();
  });

  it('makes verify fail where it is to, and says what and where', async () => {
    const { plesk } = await start({ unexpected: 'fail' });
    await expect(plesk.verify()).resolves.toBeUndefined();
    await post(plesk, NOT_EMULATED);
    await post(plesk, sessionPacket('carl', { skin: 'dark', pathbar: 'x' }));
    await browse(`${plesk.url}/login_up.php?colour=blue`);

    const failed = await plesk.verify().catch((error: unknown) => error);

    expect(failed).toMatchObject({
      status: 409,
      mistakes: [
        'entry 1, /enterprise/control/agent.php: mail/create is not emulated',
        'entry 2, /enterprise/control/agent.php: server/create_session has no use for data/pathbar, data/skin',
        'entry 3, /login_up.php: not read: colour',
      ],
    });
    // Or close would reject too.
    await plesk.journal.clear();
  });

  it('is forgotten with the journal', async () => {
    const { plesk } = await start({ unexpected: 'fail' });
    await post(plesk, NOT_EMULATED);

    await plesk.journal.clear();

    await expect(plesk.verify()).resolves.toBeUndefined();
  });

  it('is no fault of a packet that is refused or fails for another reason', async () => {
    const { plesk } = await start();
    await post(plesk, inServer('<nope/>'));
    await post(plesk, sessionPacket('nobody'));

    expect(await plesk.unexpected()).toEqual([]);
  });
});

it('makes close reject where it is to fail, after the ports are closed', async () => {
  const plesk = await startEmulator({ unexpected: 'fail' });
  await post(plesk, NOT_EMULATED);

  await expect(plesk.close()).rejects.toThrow('mail/create is not emulated');
  await expect(fetch(plesk.url)).rejects.toThrow('fetch failed');
});

it('lets close resolve where nothing of it came', async () => {
  const plesk = await startEmulator({ unexpected: 'fail' });
  await post(plesk, inServer('<get_protos/>'));

  await expect(plesk.close()).resolves.toBeUndefined();
});
