import { expect, it } from 'vitest';
import { RELEASE_NAMES } from '../../server/protocol/versions/releases.ts';
import { browse } from '../support/browse.ts';
import type { Started } from '../support/emulator.ts';
import { DEMO, start } from '../support/emulator.ts';
import { CARL, forgeryTokenIn, logInAs, markIn, postForm } from '../support/login-form.ts';

const HEX = /^[\da-f]{32}$/;

/** Logs carl in, and answers his cookie and the token on his page. */
async function enter({
  plesk,
}: Pick<Started, 'plesk'>): Promise<{ readonly cookie: string; readonly token: string }> {
  const cookie = await logInAs(plesk, DEMO.carl);
  return { cookie, token: forgeryTokenIn(await browse(`${plesk.url}/smb/`, { cookie })) };
}

it.each(RELEASE_NAMES)('has on every page of %s a meta element with 32 hex digits', async (name) => {
  const started = await start({ plesk: name });
  const { cookie } = await enter(started);
  const { url } = started.plesk;

  for (const path of ['/smb/', '/admin/customer/list', '/login_up.php', '/nowhere']) {
    const page = await browse(`${url}${path}`, { cookie });
    expect(forgeryTokenIn(page), path).toMatch(HEX);
    expect(page.body).toContain(
      `<meta name="forgery_protection_token" id="forgery_protection_token" content="${forgeryTokenIn(page)}">`,
    );
  }
});

it('has one token for a session, another for each other one, and none that is the session', async () => {
  const started = await start();
  const [first, second] = [await enter(started), await enter(started)];
  const again = await browse(`${started.plesk.url}/smb/web/view`, { cookie: first.cookie });
  const form = await browse(`${started.plesk.url}/login_up.php`);

  expect(forgeryTokenIn(again)).toBe(first.token);
  expect(new Set([first.token, second.token, forgeryTokenIn(form)]).size).toBe(3);
  for (const { id } of await started.plesk.sessions.list()) expect(again.body).not.toContain(id);
});

it.each(['/admin/', '/smb/', '/smb', '/smb/web/view?x=1'])(
  'takes a form at %s with the token in a field, in the query, or in a header',
  async (path) => {
    const started = await start();
    const { cookie, token } = await enter(started);
    const url = `${started.plesk.url}${path}`;
    const joint = path.includes('?') ? '&' : '?';

    const pages = [
      await browse(url, { cookie, form: `forgery_protection_token=${token}` }),
      await browse(url, { cookie, form: `a=b&forgery_protection_token=x&forgery_protection_token=${token}` }),
      await browse(`${url}${joint}forgery_protection_token=${token}`, { cookie, form: 'a=b' }),
      await browse(url, { cookie, form: 'a=b', headers: { 'X-Forgery-Protection-Token': token } }),
      await browse(url, {
        cookie,
        form: '{}',
        headers: { 'Content-Type': 'application/json', 'x-forgery-protection-token': token },
      }),
    ];

    for (const page of pages) expect([page.status, markIn(page, 'page')]).toEqual([200, 'panel']);
  },
);

it.each([
  ['none', () => ({ form: 'a=b' })],
  ['an empty one', () => ({ form: 'forgery_protection_token=' })],
  ['one with a blank behind it', (token: string) => ({ form: `forgery_protection_token=${token}+` })],
  ['one in capitals', (token: string) => ({ form: `forgery_protection_token=${token.toUpperCase()}` })],
  ['an array of it', (token: string) => ({ form: `forgery_protection_token[]=${token}` })],
  [
    'that of the login page',
    (_token: string, form: string) => ({ form: `forgery_protection_token=${form}` }),
  ],
  [
    "that of another session of the user's",
    (_token: string, _form: string, other: string) => ({ form: `forgery_protection_token=${other}` }),
  ],
  [
    'a wrong one before a right header',
    (token: string) => ({
      form: 'forgery_protection_token=x',
      headers: { 'X-Forgery-Protection-Token': token },
    }),
  ],
  [
    'it in a form that is not read',
    (token: string) => ({
      form: JSON.stringify({ forgery_protection_token: token }),
      headers: { 'Content-Type': 'application/json' },
    }),
  ],
])('answers a form within a session with 403 that has %s', async (_what, visitFor) => {
  const started = await start();
  const { plesk, lines } = started;
  const [{ cookie, token }, other] = [await enter(started), await enter(started)];
  const form = forgeryTokenIn(await browse(`${plesk.url}/login_up.php`));
  const count = lines.length;

  const page = await browse(`${plesk.url}/smb/`, { cookie, ...visitFor(token, form, other.token) });

  expect([page.status, markIn(page, 'page')]).toEqual([403, 'forged']);
  expect(page.headers['content-type']).toBe('text/html; charset=UTF-8');
  expect(lines.slice(count)).toEqual([
    'warn page /smb/ for 127.0.0.1: the form has no forgery_protection_token of this session {"peer":"127.0.0.1","path":"/smb/"}',
  ]);
});

it('reads the token of a multipart form', async () => {
  const started = await start();
  const { cookie, token } = await enter(started);
  const body = new FormData();
  body.set('forgery_protection_token', token);

  const response = await fetch(`${started.plesk.url}/smb/`, { method: 'POST', body, headers: { cookie } });

  expect(response.status).toBe(200);
});

it('asks for none where there is no session: the login page comes first', async () => {
  const { plesk } = await start();

  const page = await browse(`${plesk.url}/smb/`, { form: 'a=b' });

  expect([page.status, page.location]).toEqual([
    303,
    `${plesk.url}/login.php?success_redirect_url=%2Fsmb%2F`,
  ]);
});

it('asks for none to log in, within a session or without, and none to log out', async () => {
  const started = await start();
  const { cookie } = await enter(started);

  for (const visit of [{}, { cookie }]) {
    expect((await postForm(started.plesk, CARL, visit)).status).toBe(303);
    expect((await postForm(started.plesk, { ...CARL, forgery_protection_token: 'x' }, visit)).status).toBe(
      303,
    );
  }
  expect((await browse(`${started.plesk.url}/logout.php`, { cookie, form: '' })).status).toBe(303);
});

it.each(['GET', 'HEAD'])('asks for none with %s', async (method) => {
  const started = await start();
  const { cookie } = await enter(started);

  expect((await browse(`${started.plesk.url}/smb/`, { cookie, method })).status).toBe(200);
});
