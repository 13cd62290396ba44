import { expect, it } from 'vitest';
import type { Page } from '../support/browse.ts';
import { browse, doorUrl, sentBack } from '../support/browse.ts';
import type { Started } from '../support/emulator.ts';
import { DEMO, idOf, start } from '../support/emulator.ts';
import { newJar } from '../support/jar.ts';
import { CARL, encoded, forgeryTokenIn, formUrl, postForm, valueIn, WRONG } from '../support/login-form.ts';

const PASSWORDS = [CARL.passwd, WRONG.passwd, encoded({ passwd: CARL.passwd }).slice('passwd='.length)];

it.each([
  [
    'a login',
    CARL,
    (panel: string) => `info login from 127.0.0.1: session 000001..: logged in as carl, to ${panel}/smb/`,
    'carl',
  ],
  [
    'a wrong password, in the words that fail2ban looks for',
    WRONG,
    () =>
      "warn login from 127.0.0.1: refused, Failed login attempt with login 'carl' from IP 127.0.0.1: this is not its password",
    'carl',
  ],
  [
    'an unknown login',
    { login_name: 'nobody', passwd: 'x' },
    () =>
      "warn login from 127.0.0.1: refused, Failed login attempt with login 'nobody' from IP 127.0.0.1: there is no account with this login",
    'nobody',
  ],
  [
    'a login on more than one line',
    { login_name: 'a\r\nb\u001b[2J', passwd: 'x' },
    () =>
      "warn login from 127.0.0.1: refused, Failed login attempt with login 'a\\u{d}\\u{a}b\\u{1b}[2J' from IP 127.0.0.1: there is no account with this login",
    'a\r\nb\u001b[2J',
  ],
])('says in one line what became of %s', async (_what, fields, said, login) => {
  const { plesk, lines } = await start();

  await postForm(plesk, fields);

  const isIn = login === 'carl' && fields.passwd === CARL.passwd;
  expect(lines).toEqual([`${said(plesk.url)} ${JSON.stringify({ peer: '127.0.0.1', login, isIn })}`]);
});

it('says in one line who has logged out, and that nobody was in', async () => {
  const { plesk, lines } = await start();
  const cookie = sentBack(await postForm(plesk, CARL));

  await browse(`${plesk.url}/logout.php`, { cookie });
  await browse(`${plesk.url}/logout.php`, { cookie });

  expect(lines.slice(1)).toEqual([
    `info logout from 127.0.0.1: session 000001..: logged out, to ${plesk.url}/login.php {"peer":"127.0.0.1","login":"carl"}`,
    `info logout from 127.0.0.1: session 000001..: logged out at 2026-01-01T10:00:00 {"peer":"127.0.0.1"}`,
  ]);
});

/** Every way that a password may take. */
const WAYS: readonly (readonly [
  string,
  (panel: string, fields: Readonly<Record<string, string>>) => Promise<Page>,
])[] = [
  ['a GET', (panel, fields) => browse(formUrl(panel, fields))],
  ['a HEAD', (panel, fields) => browse(formUrl(panel, fields), { method: 'HEAD' })],
  ['a form', (panel, fields) => browse(`${panel}/login_up.php`, { form: encoded(fields) })],
  ['a form of the old name', (panel, fields) => browse(`${panel}/login_up.php3`, { form: encoded(fields) })],
  ['the query of a POST', (panel, fields) => browse(formUrl(panel, fields), { form: '' })],
  ['a PUT', (panel, fields) => browse(formUrl(panel, fields), { method: 'PUT' })],
  [
    'a form that is not read',
    (panel, fields) =>
      browse(formUrl(panel, fields), {
        form: JSON.stringify(fields),
        headers: { 'Content-Type': 'application/json' },
      }),
  ],
  ['/login.php', (panel, fields) => browse(`${panel}/login.php?${encoded(fields)}`)],
  ['a page that is not there', (panel, fields) => browse(`${panel}/login_up.php4?${encoded(fields)}`)],
  ['a page of the panel', (panel, fields) => browse(`${panel}/smb/?${encoded(fields)}`)],
  ['/logout.php', (panel, fields) => browse(`${panel}/logout.php?${encoded(fields)}`)],
  ['rsession_init.php', (panel, fields) => browse(doorUrl(panel, fields))],
];

it.each(WAYS)('shows no password in a line or a reason that came by %s', async (_what, send) => {
  for (const options of [{}, { loginByGet: false }, { plesk: '12.0' as const }]) {
    const { plesk, lines } = await start(options);
    const reasons: (string | undefined)[] = [];
    for (const fields of [
      CARL,
      WRONG,
      { ...CARL, success_redirect_url: '//evil.example/', failure_redirect_url: '//evil.example/' },
      { ...WRONG, success_redirect_url: '/smb/', failure_redirect_url: 'https://billing.example/' },
      { login_name: 'nobody', passwd: WRONG.passwd },
      { login: 'sam', passwd: DEMO.sam.password },
      { passwd: WRONG.passwd },
    ]) {
      reasons.push((await send(plesk.url, fields)).reason);
    }

    const said = [...lines, ...reasons].join('\n');
    for (const secret of PASSWORDS) expect(said).not.toContain(secret);
  }
});

it('shows no password that was in the query of the page that was wanted', async () => {
  const { plesk, lines } = await start();
  const jar = newJar();
  const form = await jar.follow(`${plesk.url}/?${encoded(CARL)}`);
  const success_redirect_url = valueIn(form, 'success_redirect_url') ?? '';

  const page = await jar.ask(`${plesk.url}/login_up.php`, {
    form: encoded({ ...CARL, success_redirect_url }),
  });

  const said = [...lines, page.reason].join('\n');
  for (const secret of PASSWORDS) expect(said).not.toContain(secret);
});

it('shows no token of a session of the form, whatever happens to it', async () => {
  const started: Started = await start({ askForContact: true });
  const { plesk, lines, clock } = started;
  const reasons: (string | undefined)[] = [];
  const page = await postForm(plesk, { ...CARL, failure_redirect_url: `/smb/?t=${idOf(1)}` });
  const cookie = sentBack(page);
  const home = await browse(`${plesk.url}/smb/?t=${idOf(1)}`, { cookie });
  const token = forgeryTokenIn(home);
  for (const seen of [
    page,
    home,
    await browse(`${plesk.url}/smb/${idOf(1)}`, { cookie, form: 'forgery_protection_token=x' }),
    await browse(`${plesk.url}/smb/`, { cookie, form: `forgery_protection_token=${token}` }),
    await browse(doorUrl(plesk.url, { PLESKSESSID: idOf(1) })),
    await postForm(plesk, { login_name: idOf(1), passwd: 'x', success_redirect_url: `//${idOf(1)}` }),
    await postForm(plesk, { ...CARL, success_redirect_url: `/smb/?t=${idOf(1)}` }),
    await browse(`${plesk.url}/logout.php?t=${idOf(1)}`, { cookie }),
    await browse(`${plesk.url}/smb/`, { cookie }),
  ]) {
    reasons.push(seen.reason);
  }
  clock.pass(3600);
  reasons.push((await browse(`${plesk.url}/smb/`, { cookie })).reason);

  const said = [...lines, ...reasons].join('\n');
  expect(token).toMatch(/^[\da-f]{32}$/);
  expect(said).toContain('000001..');
  for (const secret of [idOf(1), idOf(2), token]) expect(said).not.toContain(secret);
});
