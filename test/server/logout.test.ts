import { expect, it } from 'vitest';
import { RELEASE_NAMES } from '../../server/protocol/versions/releases.ts';
import { browse, doorUrl, sentBack } from '../support/browse.ts';
import { DEMO, idOf, start, UP_TO_12_0, UP_TO_12_5 } from '../support/emulator.ts';
import { CARL, logInAs, postForm } from '../support/login-form.ts';
import { newToken } from '../support/wire.ts';

it.each(RELEASE_NAMES)(
  'ends on %s the session, removes its cookie and shows the login page',
  async (name) => {
    const { plesk } = await start({ plesk: name, https: true });
    const ca = plesk.ca ?? '';
    const plain = await logInAs(plesk, DEMO.carl);
    const secure = sentBack(await postForm({ url: plesk.httpsUrl }, CARL, { ca }));
    const [old, entry] = [
      UP_TO_12_5.includes(name),
      UP_TO_12_0.includes(name) ? '/login_up.php3' : '/login.php',
    ];

    const pages = [
      await browse(`${plesk.url}/logout.php`, { cookie: plain }),
      await browse(`${plesk.httpsUrl}/logout.php`, { cookie: secure, ca }),
    ];

    const gone = (cookie: string, flags: string): string =>
      `${cookie}=deleted; expires=Thu, 01-Jan-1970 00:00:01 GMT; path=/${flags}`;
    expect(pages).toMatchObject([
      {
        status: plesk.release.redirectStatus,
        location: `${plesk.url}${entry}`,
        cookies: [old ? gone('PHPSESSID', '; httponly') : gone('PLESKSESSID_INSECURE', '; HttpOnly')],
      },
      {
        location: `${plesk.httpsUrl}${entry}`,
        cookies: [old ? gone('PHPSESSID', '; secure; httponly') : gone('PLESKSESSID', '; secure; HttpOnly')],
      },
    ]);
    expect(await plesk.sessions.list()).toEqual([]);
    expect((await browse(`${plesk.url}/smb/`, { cookie: plain })).status).toBe(plesk.release.redirectStatus);
  },
);

it.each([
  ['no cookie', undefined, 'no cookie PLESKSESSID_INSECURE'],
  ['a cookie of no session', `PLESKSESSID_INSECURE=${'f'.repeat(32)}`, 'session ffffff..: unknown here'],
])('shows the login page to a browser with %s, and ends nothing', async (_what, cookie, reason) => {
  const { plesk } = await start();
  await logInAs(plesk, DEMO.carl);

  const page = await browse(`${plesk.url}/logout.php`, cookie === undefined ? {} : { cookie });

  expect(page).toMatchObject({ status: 303, location: `${plesk.url}/login.php`, cookies: [], reason });
  expect(await plesk.sessions.list()).toHaveLength(1);
});

it('ends no session by a token that was not opened', async () => {
  const { plesk } = await start();
  const cookie = `PLESKSESSID_INSECURE=${await newToken(plesk)}`;

  await browse(`${plesk.url}/logout.php`, { cookie });

  expect(await plesk.sessions.list()).toHaveLength(1);
});

it("leaves the user's other session and its cookie alone", async () => {
  const { plesk } = await start();
  const first = await logInAs(plesk, DEMO.carl);
  const second = await logInAs(plesk, DEMO.carl);

  await browse(`${plesk.url}/logout.php`, { cookie: first });

  expect((await browse(`${plesk.url}/smb/`, { cookie: first })).status).toBe(303);
  expect((await browse(`${plesk.url}/smb/`, { cookie: second })).status).toBe(200);
  expect((await plesk.sessions.list()).map(({ id }) => id)).toEqual([idOf(2)]);
});

it('tells who comes with its token afterwards that it was logged out', async () => {
  const { plesk, clock } = await start({ tokenReuse: true });
  const PLESKSESSID = await newToken(plesk);
  const cookie = sentBack(await browse(doorUrl(plesk.url, { PLESKSESSID })));
  clock.pass(60);
  await browse(`${plesk.url}/logout.php`, { cookie });

  const door = await browse(doorUrl(plesk.url, { PLESKSESSID }));
  const panel = await browse(`${plesk.url}/smb/`, { cookie });

  expect(door.reason).toBe(
    'session 000001..: logged out at 2026-01-01T10:01:00; make another by create_session',
  );
  expect(panel.reason).toBe('session 000001..: logged out at 2026-01-01T10:01:00');
});

it.each([
  ['GET', 303],
  ['HEAD', 303],
  ['POST', 303],
  ['PUT', 405],
  ['DELETE', 405],
])('answers %s with %i', async (method, status) => {
  const { plesk } = await start();
  const cookie = await logInAs(plesk, DEMO.carl);

  const page = await browse(`${plesk.url}/logout.php`, { cookie, method });

  expect(page.status).toBe(status);
  expect(await plesk.sessions.list()).toHaveLength(status === 405 ? 1 : 0);
});

it('has a button on every page that leads there, and a link to back_url', async () => {
  const { plesk } = await start();
  const PLESKSESSID = await newToken(plesk, 'carl', { back_url: 'https://billing.example/back?a="b"&c' });
  const cookie = sentBack(await browse(doorUrl(plesk.url, { PLESKSESSID })));

  const { body } = await browse(`${plesk.url}/smb/`, { cookie });

  expect(body).toContain('<form action="/logout.php"><button>Log out</button></form>');
  expect(body).toContain('<a href="https://billing.example/back?a=&quot;b&quot;&amp;c">Back</a>');
});
