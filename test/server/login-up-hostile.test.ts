import { expect, it } from 'vitest';
import { browse } from '../support/browse.ts';
import { DEMO, start } from '../support/emulator.ts';
import { alertIn, CARL, encoded, formUrl, markIn, postForm, valueIn } from '../support/login-form.ts';
import { sendRaw } from '../support/wire.ts';

const ATTACKS = [
  '"><script>alert(1)</script>',
  "' onfocus='alert(1)' autofocus='",
  '</script><script>alert(1)</script>',
  '<!--<script>',
  '&quot;&lt;b&gt;&#39;',
  ']]>\u2028\u2029',
] as const;

it.each(ATTACKS)('shows %s in each field as text', async (attack) => {
  const { plesk } = await start();
  const fields = {
    login_name: attack,
    passwd: attack,
    locale_id: attack,
    success_redirect_url: attack,
    failure_redirect_url: attack,
    no_frames: attack,
    [attack]: attack,
  };

  for (const page of [await postForm(plesk, fields), await browse(formUrl(plesk.url, fields))]) {
    expect([page.status, markIn(page, 'page')]).toEqual([200, 'login']);
    for (const name of ['login_name', 'success_redirect_url', 'failure_redirect_url', 'no_frames']) {
      expect(valueIn(page, name), name).toBe(attack);
    }
    const data = /<script type="application\/json" id="login-page-data">(.*?)<\/script>/s.exec(
      page.body,
    )?.[1];
    expect(JSON.parse(data ?? '')).toMatchObject({ values: { login_name: attack, passwd: '' } });
    expect(data).not.toContain('<');
    expect(page.body.match(/<script/g)).toHaveLength(1);
    expect(page.body).not.toContain('<b>');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  }
});

it.each([
  ['login_name as an array', `login_name[]=carl&${encoded({ passwd: CARL.passwd })}`, 'no login_name'],
  ['passwd as an array', 'login_name=carl&passwd[]=customer1Q**', 'this is not its password'],
  ['both with a key', 'login_name[a]=carl&passwd[b]=customer1Q**', 'no login_name'],
  ['__proto__ as login', 'login_name=__proto__&passwd=x', 'there is no account with this login'],
  ['constructor as login', 'login_name=constructor&passwd=x', 'there is no account with this login'],
  ['__proto__ as a field', '__proto__[login_name]=carl&__proto__[passwd]=x', 'no login_name'],
  ['a NUL behind the login', 'login_name=carl%00&passwd=customer1Q**', 'there is no account with this login'],
  ['a NUL behind the password', 'login_name=carl&passwd=customer1Q**%00', 'this is not its password'],
  ['what is no UTF-8', 'login_name=%ff%fe%c3&passwd=%80', 'there is no account with this login'],
  ['half a percent sign', 'login_name=%&passwd=%2', 'there is no account with this login'],
  ['line ends', 'login_name=carl%0d%0aSet-Cookie:%20a=b&passwd=x', 'there is no account with this login'],
  ['a long login', `login_name=${'x'.repeat(60_000)}&passwd=x`, undefined],
  ['a long password', `login_name=carl&passwd=${'x'.repeat(60_000)}`, 'this is not its password'],
  ['ten thousand fields', 'a=1&'.repeat(10_000), 'no login_name'],
  ['separators alone', '&&&===;;;&'.repeat(1000), 'no login_name'],
])('takes %s for a login that fails', async (_what, form, why) => {
  const { plesk, lines } = await start();

  const page = await browse(`${plesk.url}/login_up.php`, { form });

  expect([page.status, page.cookies.length]).toEqual([200, 1]);
  expect(page.cookies[0]).toMatch(/^locale=/);
  expect(alertIn(page)).toBe('You have entered incorrect username or password.');
  if (why !== undefined) expect(page.reason).toMatch(new RegExp(`: ${why}$`));
  expect(page.headers['emulator-reason']?.length).toBeLessThanOrEqual(1024);
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toMatch(/[\0\r\n]/);
  expect(lines[0]?.length).toBeLessThan(4000);
  expect(await plesk.sessions.list()).toEqual([]);
});

it.each([
  ['fifty logins, the last being right', Array.from({ length: 50 }, (_, index) => `login_name=user${index}`)],
  ['fifty other fields', Array.from({ length: 50 }, (_, index) => `field${index}=${index}`)],
])('logs in with %s', async (_what, fields) => {
  const { plesk } = await start();

  const page = await browse(`${plesk.url}/login_up.php`, { form: [...fields, encoded(CARL)].join('&') });

  expect(page.location).toBe(`${plesk.url}/smb/`);
});

it('takes for a login whatever the seed has for one', async () => {
  const logins = ['__proto__', 'ö 名', '"><b>', 'constructor', 'a\0b', ' '];
  const { plesk } = await start({
    credentialRules: 'any',
    seed: { accounts: logins.map((login) => ({ login, password: 'pä ss', role: 'customer' as const })) },
  });

  for (const login_name of logins) {
    const page = await postForm(plesk, { login_name, passwd: 'pä ss' });
    expect(page.location, login_name).toBe(`${plesk.url}/smb/`);
  }
  expect((await plesk.sessions.list()).map(({ login }) => login)).toEqual(logins);
});

it.each([
  ['no Host', 'GET /login_up.php?login_name=carl&passwd=customer1Q** HTTP/1.0\r\n\r\n'],
  [
    'a Host that is none',
    'GET /login_up.php?login_name=carl&passwd=customer1Q** HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n',
  ],
])('leads to a path where there is %s', async (_what, request) => {
  const { plesk } = await start();

  expect(await sendRaw(plesk, request)).toContain('\r\nLocation: /smb/\r\n');
});

it('forgets a form whose sender goes away, and goes on', async () => {
  const { plesk, lines } = await start();
  const head = `POST /login_up.php HTTP/1.1\r\nHost: p\r\nContent-Type: application/x-www-form-urlencoded\r\n`;

  await sendRaw(plesk, `${head}Content-Length: 5\r\nConnection: close\r\n\r\n${encoded(CARL)}`);
  const page = await postForm(plesk, { login_name: 'carl', passwd: DEMO.carl.password });

  expect(page.status).toBe(303);
  expect(lines.filter((line) => line.startsWith('error'))).toEqual([]);
});
