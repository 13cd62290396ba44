import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type { ReleaseName } from '../../server/protocol/versions/releases.ts';
import { RELEASE_NAMES } from '../../server/protocol/versions/releases.ts';
import { browse } from '../support/browse.ts';
import { DEMO, start, UP_TO_12_5 } from '../support/emulator.ts';
import { newJar } from '../support/jar.ts';
import type { Fields } from '../support/login-form.ts';
import { encoded, markIn } from '../support/login-form.ts';

const run = promisify(execFile);
const { login: LOGIN, password: PASSWORD } = DEMO.carl;
const FROM_17: readonly ReleaseName[] = RELEASE_NAMES.filter((name) => !UP_TO_12_5.includes(name));

/** Contract A, site.pro: a form with a cookie jar; it failed where the last page still has the form's fields. */
async function sitePro(
  panel: string,
  passwd: string,
): Promise<{ readonly failed: boolean; readonly user?: string }> {
  const form = encoded({ login_name: LOGIN, passwd, locale_id: 'default', send: '' });
  const page = await newJar().follow(`${panel}/login_up.php3`, { form });
  const failed = page.body.includes('name="login_name"') && page.body.includes('name="passwd"');
  const user = markIn(page, 'user');
  return user === undefined ? { failed } : { failed, user };
}

it.each(RELEASE_NAMES)('keeps the contract of site.pro on %s', async (name) => {
  const { plesk } = await start({ plesk: name });

  expect(await sitePro(plesk.url, PASSWORD)).toEqual({ failed: false, user: LOGIN });
  expect(await sitePro(plesk.url, 'wrong-pass-word')).toEqual({ failed: true });
});

it.each(RELEASE_NAMES)(
  'asks site.pro on %s, once its session is over, for the password again',
  async (name) => {
    const { plesk, clock } = await start({ plesk: name });
    const jar = newJar();
    await jar.follow(`${plesk.url}/login_up.php3`, {
      form: encoded({ login_name: LOGIN, passwd: PASSWORD }),
    });
    expect(markIn(await jar.follow(`${plesk.url}/smb/web/view`), 'path')).toBe('/smb/web/view');

    clock.pass(1800);

    expect((await jar.follow(`${plesk.url}/smb/web/view`)).body).toContain('name="login_name"');
  },
);

/** Contract B, PleskBackupScheduler: a token from the form, no following; it is in where the jar has PLESKSESSID. */
async function backupScheduler(
  panel: string,
  passwd: string,
  ca: string,
): Promise<{ readonly isIn: boolean; readonly error: string | undefined }> {
  const jar = newJar({ ca });
  const form = await jar.ask(`${panel}/login_up.php3`);
  const token = /forgery_protection_token[^>]*content="([^"]+)"/.exec(form.body)?.[1];
  if (token === undefined) throw new Error('no forgery_protection_token');
  expect(jar.cookies.has('PLESKSESSID')).toBe(false);
  const fields = { login_name: LOGIN, passwd, locale_id: 'en-US', forgery_protection_token: token };
  const page = await jar.ask(`${panel}/login_up.php3`, { form: encoded(fields) });
  const error = /"status":"error".*?"content":"(.*?)"/.exec(page.body)?.[1];
  return { isIn: jar.cookies.has('PLESKSESSID'), error };
}

it.each(FROM_17)('keeps the contract of PleskBackupScheduler over TLS on %s', async (name) => {
  const { plesk } = await start({ plesk: name, https: true });
  const ca = plesk.ca ?? '';

  expect(await backupScheduler(plesk.httpsUrl, PASSWORD, ca)).toEqual({ isIn: true, error: undefined });
  expect(await backupScheduler(plesk.httpsUrl, 'wrong-pass-word', ca)).toEqual({
    isIn: false,
    error: 'You have entered incorrect username or password.',
  });
});

it('lets PleskBackupScheduler post within its session, by the token of a page and none other', async () => {
  const { plesk } = await start({ https: true });
  const jar = newJar({ ca: plesk.ca ?? '' });
  await jar.ask(`${plesk.httpsUrl}/login_up.php3`, {
    form: encoded({ login_name: LOGIN, passwd: PASSWORD }),
  });
  const home = await jar.ask(`${plesk.httpsUrl}/smb/`);
  const token = /forgery_protection_token[^>]*content="([^"]+)"/.exec(home.body)?.[1] ?? '';

  const backup = `${plesk.httpsUrl}/smb/backup/create`;
  const genuine = await jar.ask(backup, { form: encoded({ forgery_protection_token: token }) });
  const forged = await jar.ask(backup, { form: '' });

  expect([genuine.status, forged.status]).toEqual([200, 403]);
});

/** Contract C, WHMCS and roundcube: login and password in a link. */
const LINKS: readonly (readonly [string, (panel: string) => Fields, string])[] = [
  ['alone', () => ({}), '/smb/'],
  [
    'with a page of the panel',
    (panel) => ({ success_redirect_url: `${panel}/smb/web/view` }),
    '/smb/web/view',
  ],
  [
    'with where to go on failure',
    (panel) => ({ success_redirect_url: `${panel}/smb/`, failure_redirect_url: `${panel}/failed` }),
    '/smb/',
  ],
];

it.each(
  RELEASE_NAMES.flatMap((name) => LINKS.map(([what, besides, path]) => ({ name, what, besides, path }))),
)('logs in on $name by a link with login and password $what', async ({ name, besides, path }) => {
  const { plesk } = await start({ plesk: name });
  const jar = newJar();
  const fields = { login_name: LOGIN, passwd: PASSWORD, ...besides(plesk.url) };

  const page = await jar.follow(`${plesk.url}/login_up.php3?${encoded(fields)}`);

  expect([page.status, markIn(page, 'user'), markIn(page, 'path')]).toEqual([200, LOGIN, path]);
  expect(jar.urls.slice(1)).toEqual([`${plesk.url}${path}`]);
});

it.each(RELEASE_NAMES)(
  'sets the cookie on %s as the first, which alone opens the next page',
  async (name) => {
    const { plesk } = await start({ plesk: name });
    const body = new FormData();
    body.set('login_name', LOGIN);
    body.set('passwd', PASSWORD);

    const response = await fetch(`${plesk.url}/login_up.php`, { method: 'POST', body, redirect: 'manual' });
    const [first = ''] = response.headers.getSetCookie();
    const page = await browse(response.headers.get('location') ?? '', { cookie: first.split(';')[0] ?? '' });

    expect([page.status, markIn(page, 'user')]).toEqual([200, LOGIN]);
  },
);

it.each(RELEASE_NAMES)('lets the script that waits for Plesk find %s, over HTTP and HTTPS', async (name) => {
  const { plesk } = await start({ plesk: name, https: true });

  for (const url of [plesk.url, plesk.httpsUrl]) {
    const { stdout } = await run('sh', ['-c', `curl -ksL ${url}/ | grep "<title>Plesk"`]);
    expect(stdout).toBe(`<title>${plesk.release.title}</title>\n`);
  }
});
