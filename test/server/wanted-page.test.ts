import { expect, it } from 'vitest';
import { RELEASE_NAMES } from '../../server/protocol/versions/releases.ts';
import { browse, doorUrl } from '../support/browse.ts';
import { start, UP_TO_12_0 } from '../support/emulator.ts';
import { newJar } from '../support/jar.ts';
import { CARL, encoded, markIn, valueIn, WRONG } from '../support/login-form.ts';
import { newToken } from '../support/wire.ts';

const PAGES = ['/', '/smb/', '/smb/web/view', '/admin/customer/list?a=b&c=%26d#', '/smb/?x=%2F%2Fy&z="ö"'];

/** The redirects from a page to the form, as paths of the panel; up to 12.0 the page goes with its origin. */
function chainFor(name: string, panel: string, path: string): readonly string[] {
  const [wanted = ''] = path.split('#');
  if (UP_TO_12_0.includes(name)) {
    return [`/login_up.php3?success_redirect_url=${encodeURIComponent(`${panel}${wanted}`)}`];
  }
  const query = `?success_redirect_url=${encodeURIComponent(wanted)}`;
  return [`/login.php${query}`, `/login_up.php${query}`];
}

it.each(RELEASE_NAMES.flatMap((name) => PAGES.map((path) => ({ name, path }))))(
  'leads a browser on $name from $path to the form, and after it back',
  async ({ name, path }) => {
    const { plesk } = await start({ plesk: name });
    const jar = newJar();
    const wanted = new URL(path, plesk.url).href.replace(/#$/, '').slice(plesk.url.length);

    const form = await jar.follow(`${plesk.url}${wanted}`);
    expect(jar.urls.slice(1)).toEqual(chainFor(name, plesk.url, wanted).map((step) => `${plesk.url}${step}`));
    expect([form.status, markIn(form, 'page')]).toEqual([200, 'login']);

    const action = /<form method="post" action="([^"]+)">/.exec(form.body)?.[1] ?? '';
    const success_redirect_url = valueIn(form, 'success_redirect_url') ?? '';
    const page = await jar.follow(`${plesk.url}${action}`, {
      form: encoded({ ...CARL, success_redirect_url }),
    });

    expect([page.status, markIn(page, 'page'), markIn(page, 'user')]).toEqual([200, 'panel', 'carl']);
    expect(jar.urls.at(-1)).toBe(`${plesk.url}${wanted === '/' ? '/smb/' : wanted}`);
  },
);

it.each(['12.0', '18.0'] as const)(
  'keeps on %s the page that was wanted over wrong passwords',
  async (name) => {
    const { plesk } = await start({ plesk: name });
    const jar = newJar();
    let page = await jar.follow(`${plesk.url}/smb/web/view?id=1`);
    const post = async (fields: typeof CARL | typeof WRONG): Promise<void> => {
      const success_redirect_url = valueIn(page, 'success_redirect_url') ?? '';
      page = await jar.follow(`${plesk.url}/login_up.php`, {
        form: encoded({ ...fields, success_redirect_url }),
      });
    };

    await post(WRONG);
    await post(WRONG);
    await post(CARL);

    expect(jar.urls.at(-1)).toBe(`${plesk.url}/smb/web/view?id=1`);
  },
);

it('keeps the page that was wanted where a token is refused', async () => {
  const { plesk } = await start();
  const jar = newJar();

  const form = await jar.follow(
    doorUrl(plesk.url, { PLESKSESSID: 'x', success_redirect_url: '/smb/web/view' }),
  );

  expect(valueIn(form, 'success_redirect_url')).toBe('/smb/web/view');
});

it('leads back after a session that was idle for too long', async () => {
  const { plesk, clock } = await start();
  const jar = newJar();
  await jar.follow(doorUrl(plesk.url, { PLESKSESSID: await newToken(plesk) }));
  clock.pass(1800);

  const form = await jar.follow(`${plesk.url}/smb/email-address/list`);
  expect(form.body).toContain('name="login_name"');
  const success_redirect_url = valueIn(form, 'success_redirect_url') ?? '';
  await jar.follow(`${plesk.url}/login_up.php`, { form: encoded({ ...CARL, success_redirect_url }) });

  expect(jar.urls.at(-1)).toBe(`${plesk.url}/smb/email-address/list`);
});

it.each([
  ['without a page', '', '/smb/'],
  ['with a page', '?success_redirect_url=%2Fsmb%2Fweb%2Fview', '/smb/web/view'],
  ['with a page of the panel in full', '?success_redirect_url={panel}%2Fsmb%2Fx', '/smb/x'],
  ['with a page elsewhere that is refused', '?success_redirect_url=%2F%2Fevil.example', '/smb/'],
])('leads from /login.php %s on into the session that a browser is in', async (_what, query, path) => {
  const { plesk } = await start();
  const jar = newJar();
  await jar.ask(`${plesk.url}/login_up.php`, { form: encoded(CARL) });

  const page = await jar.ask(
    `${plesk.url}/login.php${query.replace('{panel}', encodeURIComponent(plesk.url))}`,
  );

  expect(page).toMatchObject({ status: 303, location: `${plesk.url}${path}` });
});

it.each([
  ['18.0', '/login.php', '/login_up.php'],
  ['12.5', '/login.php', '/login_up.php'],
  ['12.0', '/login.php', '/login_up.php3'],
] as const)('passes on at %s all that %s was asked with', async (name, path, form) => {
  const { plesk } = await start({ plesk: name });
  const query = 'locale_id=de-DE&failure_redirect_url=%2Fx%3Fa%3Db&no_frames=&a=%zz&&=';

  const page = await browse(`${plesk.url}${path}?${query}`);

  expect(page.location).toBe(`${plesk.url}${form}?${query}`);
});

it('names the panel as the browser sees it, up to 12.0 in the page that was wanted too', async () => {
  const { plesk } = await start({ plesk: '12.0' });

  const page = await browse(`${plesk.url}/smb/`, { headers: { Host: 'panel.example:8443' } });

  expect(page.location).toBe(
    'http://panel.example:8443/login_up.php3?success_redirect_url=http%3A%2F%2Fpanel.example%3A8443%2Fsmb%2F',
  );
});
