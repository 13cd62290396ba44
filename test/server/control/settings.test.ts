import { describe, expect, it } from 'vitest';
import { browse, doorUrl } from '../../support/browse.ts';
import { BOTH_WAYS } from '../../support/control.ts';
import { newToken, post, sessionPacket } from '../../support/wire.ts';

const PROTOS = '<packet><server><get_protos/></server></packet>';

describe.each(BOTH_WAYS)('settings, %s', (_way, start) => {
  it('are shown as they are, those of the panel too, and none of the start', async () => {
    const { plesk } = await start({ tokenTtl: 90 });

    const settings = await plesk.settings.get();

    expect(settings).toMatchObject({
      plesk: '18.0',
      tokenTtl: 90,
      loginTimeout: 30,
      addressCheck: true,
      adminMultipleSessions: true,
      mode: 'standard',
    });
    expect('trustedRedirectHosts' in settings).toBe(false);
    expect('httpPort' in settings).toBe(false);
  });

  it('make it another release from the next request on', async () => {
    const { plesk } = await start();
    const token = await newToken(plesk, 'carl');
    expect(await post(plesk, PROTOS)).toContain('<proto>1.6.9.1</proto>');

    expect(await plesk.settings.set({ plesk: '12.0' })).toMatchObject({ plesk: '12.0' });

    expect(plesk.release).toMatchObject({ plesk: '12.0', protocol: '1.6.6.0' });
    expect(await post(plesk, PROTOS)).not.toContain('1.6.9.1');
    const door = await browse(doorUrl(plesk.url, { PLESKSESSID: token }));
    expect([door.status, door.location]).toEqual([302, `${plesk.url}/smb/`]);
    expect((await browse(`${plesk.url}/login_up.php3`)).body).toContain('Plesk 12.0');
  });

  it('change whom the browser may be sent to', async () => {
    const { plesk } = await start();
    const open = async (): Promise<string | undefined> => {
      const params = {
        PLESKSESSID: await newToken(plesk, 'carl'),
        success_redirect_url: 'https://a.example/',
      };
      return (await browse(doorUrl(plesk.url, params))).location;
    };
    expect(await open()).toBe('https://a.example/');

    await plesk.settings.set({ trustedRedirectHosts: ['b.example'] });
    expect(await open()).toBe(`${plesk.url}/smb/`);

    await plesk.settings.set({ trustedRedirectHosts: null });
    expect(await open()).toBe('https://a.example/');
  });

  it('hold for sessions that are there: idle time, life of a token, several administrators', async () => {
    const { plesk } = await start();
    await newToken(plesk, 'carl');

    await plesk.settings.set({ tokenTtl: 10, loginTimeout: 5, adminMultipleSessions: false });

    expect((await plesk.clock.advance('11s')).ended).toMatchObject([{ login: 'carl' }]);
    const open = async (): Promise<number> =>
      (await browse(doorUrl(plesk.url, { PLESKSESSID: await newToken(plesk, 'admin') }))).headers[
        'set-cookie'
      ]?.length ?? 0;
    expect(await open()).toBeGreaterThan(0);
    expect(await post(plesk, sessionPacket('admin'))).toContain('<errcode>1008</errcode>');
    expect((await plesk.clock.advance('6m')).ended).toMatchObject([{ login: 'admin' }]);
  });

  it('count in the zone that they name', async () => {
    const { plesk } = await start();
    await plesk.settings.set({ timeZone: 'Asia/Tokyo' });
    await newToken(plesk, 'carl');

    expect(await post(plesk, '<packet><session><get/></session></packet>')).toContain('2026-01-01T19:00:00');
  });

  it.each([
    ['a name that is misspelt', { tokenTTl: 3 }, 'tokenTTl is not known; do you mean tokenTtl?'],
    ['a release that is none', { plesk: '19.0' }, "plesk: '19.0' is none of"],
    [
      'a host that is none',
      { trustedRedirectHosts: ['a b'] },
      "trustedRedirectHosts.0: 'a b' is no host name",
    ],
    ['one of the start', { httpPort: 1 }, 'httpPort: it is decided at the start'],
    [
      'the token of the control',
      { controlToken: 'x'.repeat(16) },
      'controlToken: it is decided at the start',
    ],
    ['a mode that is none', { mode: 'expert' }, 'mode: '],
    [
      'a wrong one beside a right one',
      { tokenTtl: 5, addressCheck: 'no' },
      "addressCheck: 'no' is no true or false",
    ],
  ])('are refused whole with %s', async (_what, settings, message) => {
    const { plesk } = await start();
    const before = await plesk.settings.get();

    await expect(plesk.settings.set(settings as never)).rejects.toThrow(message);

    expect(await plesk.settings.get()).toEqual(before);
  });
});
