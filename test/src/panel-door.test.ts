import { expect, it } from 'vitest';
import { RELEASE_NAMES } from '../../server/protocol/versions/releases.ts';
import { browse } from '../support/browse.ts';
import { makeHosts } from '../support/hosts.ts';
import { markIn } from '../support/login-form.ts';
import type { StartedService } from '../support/service.ts';
import { startBoth } from '../support/service.ts';

/** Opens a link, and answers where it leads: the panel's door with what it is asked. */
async function openDoor(
  { link }: Pick<StartedService, 'link'>,
  body: object = {},
): Promise<{ readonly url: string; readonly params: readonly (readonly [string, string])[] }> {
  const { location = '' } = await browse(await link(body));
  return { url: location, params: [...new URL(location).searchParams] };
}

it('sends the browser to the door of the panel with its session and nothing that nobody asked for', async () => {
  const started = await startBoth();
  const { plesk } = started;

  const { url, params } = await openDoor(started);

  const [session] = await plesk.sessions.list();
  expect(url).toBe(`${plesk.httpsUrl}/enterprise/rsession_init.php?PLESKSESSID=${String(session?.id)}`);
  expect(params).toEqual([['PLESKSESSID', session?.id]]);
  expect(session).toMatchObject({
    login: 'carl',
    address: '127.0.0.1',
    locale: 'en-US',
    context: { sourceServer: '127.0.0.1' },
  });
});

it('tells Plesk the host of its public URL, without scheme and port', async () => {
  const started = await startBoth({}, { publicUrl: 'https://sso.host.example:8443/' });
  const { body } = await started.call('Clients/CreateClientSsoToken', { user_id: 18 });
  const token = String(body.data?.['token']);
  expect(body.data?.['url']).toBe(`https://sso.host.example:8443/sign-in?sso_token=${token}`);

  await browse(`${started.url}/sign-in?sso_token=${token}`);

  expect(await started.plesk.sessions.list()).toMatchObject([
    { context: { sourceServer: 'sso.host.example' } },
  ]);
});

it.each(RELEASE_NAMES)('sends %s locale_id only where the caller asked for a language', async (release) => {
  const started = await startBoth({ plesk: release });
  const { plesk } = started;
  const ca = plesk.ca ?? '';

  for (const [body, locale_id, kept] of [
    [{}, null, 'en-US'],
    [{ locale: null }, null, 'en-US'],
    [{ locale: 'de-DE' }, 'de-DE', 'de-DE'],
    // It is the user's language from then on.
    [{}, null, 'de-DE'],
  ] as const) {
    const { url } = await openDoor(started, body);
    const { searchParams } = new URL(url);
    expect(searchParams.get('locale_id')).toBe(locale_id);
    await browse(url, { ca });
    const id = searchParams.get('PLESKSESSID');
    expect((await plesk.sessions.list()).find((session) => session.id === id)).toMatchObject({
      locale: kept,
    });
  }
});

it.each(RELEASE_NAMES)(
  "sends %s PHPSESSID besides PLESKSESSID only where the server's entry says so",
  async (release) => {
    const names: unknown[] = [];
    for (const entry of [{}, { phpSessionId: false }, { phpSessionId: true }]) {
      const started = await startBoth({ plesk: release }, {}, entry);
      const { url, params } = await openDoor(started);
      const visitor = makeHosts('none.example').visitor({ ca: [started.plesk.ca ?? ''] });
      const { page } = await visitor.open(url);
      expect(new Set(params.map(([, value]) => value)).size).toBe(1);
      names.push([params.map(([name]) => name), markIn(page, 'user')]);
    }

    expect(names).toEqual([
      [['PLESKSESSID'], 'carl'],
      [['PLESKSESSID'], 'carl'],
      [['PLESKSESSID', 'PHPSESSID'], 'carl'],
    ]);
  },
);

it('leads to a page of a panel of 12.0 that has our host at once, by its absolute URL', async () => {
  const started = await startBoth({ plesk: '12.0' });
  const { plesk } = started;

  const { params } = await openDoor(started, { destination: '/smb/web/view?x=1' });

  expect(params).toContainEqual(['success_redirect_url', `${plesk.httpsUrl}/smb/web/view?x=1`]);
});

it.each([
  ['what a URL needs escaped', '/smb/a%20b?q=%26%3D%23&x=a+b', '/smb/a%20b?q=%26%3D%23&x=a+b'],
  ['letters beyond ASCII', '/smb/gr\u00f6\u00dfe?q=\u00e4', '/smb/gr%C3%B6%C3%9Fe?q=%C3%A4'],
  ['dots that a browser drops', '/smb/a/../web/view', '/smb/web/view'],
  [
    'a URL in its query',
    '/smb/a?returnUrl=https://evil.example//x',
    '/smb/a?returnUrl=https://evil.example//x',
  ],
])('brings a browser to a page of the panel with %s', async (_what, destination, path) => {
  const started = await startBoth();
  const visitor = makeHosts('none.example').visitor({ ca: [started.plesk.ca ?? ''] });

  const { url, page } = await visitor.open(await started.link({ destination }));

  expect(url).toBe(`${started.plesk.httpsUrl}${path}`);
  expect(markIn(page, 'user')).toBe('carl');
});
