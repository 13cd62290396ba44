import { expect, it } from 'vitest';
import type { EmulatorOptions } from '../../server/emulator.ts';
import { RELEASE_NAMES } from '../../server/protocol/versions/releases.ts';
import { browse, doorUrl, sentBack } from '../support/browse.ts';
import { start, UP_TO_12_0 } from '../support/emulator.ts';
import { CARL, postForm } from '../support/login-form.ts';
import { newToken } from '../support/wire.ts';

const BILLING = 'https://billing.example/out?x=1#y';

type Eras = 'all' | 'from 12.5' | 'only 12.5' | 'none';

/** Which releases follow a failure_redirect_url on log-out: the failure column of the protocol's section 6.16. */
const TARGETS: readonly (readonly [what: string, url: string, options: EmulatorOptions, followedBy: Eras])[] =
  [
    ['a URL of the panel', '{panel}/smb/bye', { trustedRedirectHosts: [] }, 'all'],
    ['a path', '/smb/bye', {}, 'from 12.5'],
    ['another host', BILLING, {}, 'from 12.5'],
    ['another host that is trusted', BILLING, { trustedRedirectHosts: ['billing.example'] }, 'from 12.5'],
    ['another host that is not trusted', BILLING, { trustedRedirectHosts: ['example.com'] }, 'only 12.5'],
    ['a script', 'javascript:alert(1)', {}, 'none'],
    ['two slashes', '//billing.example/', {}, 'none'],
  ];

const follows = (name: string, eras: Eras): boolean =>
  eras === 'all' ||
  (eras === 'from 12.5' && !UP_TO_12_0.includes(name)) ||
  (eras === 'only 12.5' && name === '12.5');

it.each(
  RELEASE_NAMES.flatMap((name) =>
    TARGETS.map(([what, url, options, eras]) => ({
      name,
      what,
      url,
      options,
      isFollowed: follows(name, eras),
    })),
  ),
)('leads from the log-out on $name to failure_redirect_url, $what: $isFollowed', async (row) => {
  const { plesk } = await start({ plesk: row.name, ...row.options });
  const url = row.url.replace('{panel}', plesk.url);
  const PLESKSESSID = await newToken(plesk);
  const logins = [
    await postForm(plesk, { ...CARL, failure_redirect_url: url }),
    await browse(doorUrl(plesk.url, { PLESKSESSID, failure_redirect_url: url })),
  ];

  for (const login of logins) {
    const page = await browse(`${plesk.url}/logout.php`, { cookie: sentBack(login) });

    const target = url.startsWith('/') ? `${plesk.url}${url}` : url;
    expect(login.location).toBe(`${plesk.url}/smb/`);
    expect(page.location).toBe(row.isFollowed ? target : `${plesk.url}${plesk.release.login.entry}`);
    expect(page.reason?.includes('failure_redirect_url')).toBe(!row.isFollowed);
    expect(page.cookies).toHaveLength(1);
  }
  expect(await plesk.sessions.list()).toEqual([]);
});

it.each([
  ['back_url', { back_url: BILLING }, {}, BILLING],
  [
    'failure_redirect_url before back_url',
    { back_url: 'https://other.example/' },
    { failure_redirect_url: BILLING },
    BILLING,
  ],
  [
    'back_url, failure_redirect_url being empty',
    { back_url: BILLING },
    { failure_redirect_url: '' },
    BILLING,
  ],
  ['the login page, back_url being a script', { back_url: 'javascript:alert(1)' }, {}, undefined],
  [
    'the login page, failure_redirect_url being refused',
    { back_url: BILLING },
    { failure_redirect_url: '//x' },
    undefined,
  ],
  ['the login page, source_server being no target then', { source_server: BILLING }, {}, undefined],
])('leads a browser that came by a token to %s', async (_what, data, params, target) => {
  const { plesk } = await start();
  const PLESKSESSID = await newToken(plesk, 'carl', data);
  const cookie = sentBack(await browse(doorUrl(plesk.url, { PLESKSESSID, ...params })));

  const page = await browse(`${plesk.url}/logout.php`, { cookie });

  expect(page.location).toBe(target ?? `${plesk.url}/login.php`);
});

it('leads on 12.0 to the host that initiated the session, and to no other', async () => {
  const { plesk } = await start({ plesk: '12.0' });
  const logOut = async (failure_redirect_url: string): Promise<string | undefined> => {
    const PLESKSESSID = await newToken(plesk, 'carl', { source_server: 'billing.example' });
    const login = await browse(doorUrl(plesk.url, { PLESKSESSID, failure_redirect_url }));
    return (await browse(`${plesk.url}/logout.php`, { cookie: sentBack(login) })).location;
  };

  expect(await logOut(BILLING)).toBe(BILLING);
  expect(await logOut('https://other.example/')).toBe(`${plesk.url}/login_up.php3`);
  expect(await logOut(`${plesk.url}/smb/`)).toBe(`${plesk.url}/login_up.php3`);
});
