import { expect, it } from 'vitest';
import { RELEASE_NAMES } from '../../server/protocol/versions/releases.ts';
import { browse, sentBack } from '../support/browse.ts';
import { DEMO, idOf, start, UP_TO_12_0 } from '../support/emulator.ts';
import { alertIn, CARL, encoded, formUrl, markIn, postForm, valueIn, WRONG } from '../support/login-form.ts';

const INCORRECT = 'You have entered incorrect username or password.';
const PASSWORD = encoded({ passwd: CARL.passwd });

it.each([
  ['login_name', encoded(CARL)],
  ["the documentation's own login", encoded({ login: 'carl', passwd: CARL.passwd })],
  ['both, login_name counting', encoded({ login: 'nobody', ...CARL })],
  ['login_name twice, the last being right', `login_name=nobody&${encoded(CARL)}`],
  ['passwd twice, the last being right', `passwd=x&${encoded(CARL)}`],
  ['fields that nobody knows', `send=&x=1&__proto__=1&${encoded(CARL)}`],
])('logs in with %s, by GET and by POST, under both names of the page', async (_what, form) => {
  const { plesk } = await start();

  for (const path of ['/login_up.php', '/login_up.php3']) {
    const pages = [
      await browse(`${plesk.url}${path}?${form}`),
      await browse(`${plesk.url}${path}`, { form }),
    ];
    for (const page of pages) {
      expect(page).toMatchObject({ status: 303, location: `${plesk.url}/smb/`, body: '' });
      const home = await browse(page.location ?? '', { cookie: sentBack(page) });
      expect(markIn(home, 'user')).toBe('carl');
    }
  }
});

it.each([
  ['admin', '/admin/'],
  ['rita', '/admin/'],
  ['carl', '/smb/'],
  ['cora', '/smb/'],
] as const)('leads %s to %s', async (login, home) => {
  const { plesk } = await start();

  const page = await postForm(plesk, { login_name: login, passwd: DEMO[login].password });

  expect(page).toMatchObject({
    location: `${plesk.url}${home}`,
    reason: `session 000001..: logged in as ${login}, to ${plesk.url}${home}`,
  });
});

it.each([
  ['the form over the query', encoded(WRONG), encoded(CARL)],
  ['login from the query, password from the form', 'login_name=carl', PASSWORD],
  ['all from the query of a POST', encoded(CARL), ''],
])('takes %s', async (_what, query, form) => {
  const { plesk } = await start();

  const page = await browse(`${plesk.url}/login_up.php?${query}`, { form });

  expect(page.location).toBe(`${plesk.url}/smb/`);
});

it.each([
  ['the query over the form', encoded(CARL), encoded(WRONG), 'this is not its password'],
  ['a wrong password', '', encoded(WRONG), 'this is not its password'],
  ['an empty password', '', 'login_name=carl&passwd=', 'this is not its password'],
  ['no password', '', 'login_name=carl', 'this is not its password'],
  [
    'a password of another letter case',
    '',
    `login_name=carl&passwd=CUSTOMER1Q**`,
    'this is not its password',
  ],
  ['a blank behind the password', '', `login_name=carl&${PASSWORD}+`, 'this is not its password'],
  ['the last of two passwords', '', `login_name=carl&${PASSWORD}&passwd=x`, 'this is not its password'],
  ['an unknown login', '', `login_name=nobody&${PASSWORD}`, 'there is no account with this login'],
  [
    'a login of another letter case',
    '',
    `login_name=Carl&${PASSWORD}`,
    'there is no account with this login',
  ],
  ['an empty login', '', `login_name=&${PASSWORD}`, 'no login_name'],
  ['an empty login_name before login', '', `login=carl&login_name=&${PASSWORD}`, 'no login_name'],
  ['an empty form', '', '', 'no login_name'],
])('answers %s with 200, the form, and one message for all', async (_what, query, form, why) => {
  const { plesk } = await start();

  const page = await browse(`${plesk.url}/login_up.php?${query}`, { form });

  expect(page).toMatchObject({ status: 200, location: undefined });
  expect(page.headers['content-type']).toBe('text/html; charset=UTF-8');
  expect(page.reason).toMatch(
    new RegExp(`^Failed login attempt with login '.*' from IP 127\\.0\\.0\\.1: ${why}$`),
  );
  expect([markIn(page, 'page'), alertIn(page)]).toEqual(['login', INCORRECT]);
  expect(page.body).toContain('name="passwd" type="password" autocomplete="current-password"');
  expect(await plesk.sessions.list()).toEqual([]);
});

it('keeps the login that was typed, and not the password', async () => {
  const { plesk } = await start();

  const page = await postForm(plesk, WRONG);

  expect(valueIn(page, 'login_name')).toBe('carl');
  expect(page.body).not.toContain(WRONG.passwd);
});

it('tells a suspended user so who knows the password, and nobody else', async () => {
  const { plesk } = await start();

  const known = await postForm(plesk, { login_name: 'sam', passwd: DEMO.sam.password });
  const unknown = await postForm(plesk, { login_name: 'sam', passwd: 'x' });

  expect([known.status, alertIn(known)]).toEqual([200, 'Your account is suspended.']);
  expect(known.reason).toBe(
    "Failed login attempt with login 'sam' from IP 127.0.0.1: the account is suspended",
  );
  expect(alertIn(unknown)).toBe(INCORRECT);
  expect(await plesk.sessions.list()).toEqual([]);
});

it.each([
  ['nothing', ''],
  ['a login alone', 'login_name=carl'],
  ['a password alone', PASSWORD],
  ['an empty login', `login_name=&${PASSWORD}`],
  ['where to go', 'success_redirect_url=%2Fsmb%2F'],
])('shows the form to a GET with %s, and speaks of no failure', async (_what, query) => {
  const { plesk, lines } = await start();

  const page = await browse(`${plesk.url}/login_up.php?${query}`);

  expect(page).toMatchObject({ status: 200, reason: undefined });
  expect([markIn(page, 'page'), alertIn(page)]).toEqual(['login', undefined]);
  expect(lines).toEqual([]);
});

it('takes no password by GET with loginByGet off, and goes on taking it by POST', async () => {
  const { plesk } = await start({ loginByGet: false });

  const got = await browse(formUrl(plesk.url, { ...CARL, failure_redirect_url: 'https://billing.example/' }));
  const posted = await postForm(plesk, CARL);

  expect([got.status, alertIn(got), valueIn(got, 'login_name')]).toEqual([200, undefined, 'carl']);
  expect(got.reason).toBe('login and password by GET are switched off (loginByGet)');
  expect(got.body).not.toContain(CARL.passwd);
  expect(posted.status).toBe(303);
  expect((await plesk.sessions.list()).map(({ id }) => id)).toEqual([idOf(1)]);
});

it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('answers %s with 405, and logs nobody in', async (method) => {
  const { plesk } = await start();

  const page = await browse(formUrl(plesk.url, CARL), { method });

  expect([page.status, page.headers.allow, page.cookies]).toEqual([405, 'GET, HEAD, POST', []]);
  expect(await plesk.sessions.list()).toEqual([]);
});

it('answers HEAD as GET, without the page', async () => {
  const { plesk } = await start();
  const shown = await browse(formUrl(plesk.url, WRONG));

  const head = await browse(formUrl(plesk.url, WRONG), { method: 'HEAD' });
  const opened = await browse(formUrl(plesk.url, CARL), { method: 'HEAD' });

  expect(head).toMatchObject({ status: 200, body: '', reason: shown.reason });
  expect(head.headers['content-length']).toBe(shown.headers['content-length']);
  expect([opened.status, opened.location]).toEqual([303, `${plesk.url}/smb/`]);
});

it.each(RELEASE_NAMES)('has the form of %s, which posts to its own name of the page', async (name) => {
  const { plesk } = await start({ plesk: name });
  const action = UP_TO_12_0.includes(name) ? '/login_up.php3' : '/login_up.php';

  const page = await browse(`${plesk.url}${action}`);

  expect(page.body).toContain(`<form method="post" action="${action}">`);
  expect(page.body).toContain(`<title>${plesk.release.title}</title>`);
  expect(page.body).toContain('<body class="sid-login">');
  expect(markIn(page, 'release')).toBe(name);
  for (const label of ['Username', 'Password', 'Interface language', 'Log in']) {
    expect(page.body).toContain(label);
  }
});
