import { expect, it } from 'vitest';
import { browse, doorUrl, sentBack } from '../support/browse.ts';
import { DEMO, start } from '../support/emulator.ts';
import { newJar } from '../support/jar.ts';
import { encoded, forgeryTokenIn, logInAs, markIn, postForm, valueIn } from '../support/login-form.ts';
import { newToken } from '../support/wire.ts';

const ASK = { askForContact: true } as const;

/** Starts an emulator that asks, with carl as his seed has him. */
const startWith = (contact: Readonly<Record<string, string>>): ReturnType<typeof start> =>
  start({ ...ASK, seed: { accounts: [{ ...DEMO.carl, role: 'customer', ...contact }] } });

it.each([
  ['neither e-mail nor phone', {}, true],
  ['no e-mail', { phone: '030 1' }, true],
  ['no phone', { email: 'carl@example.com' }, true],
  ['both', { email: 'carl@example.com', phone: '030 1' }, false],
])('asks a user with %s first: %s', async (_what, contact, isAsked) => {
  const { plesk } = await startWith(contact);
  const cookie = await logInAs(plesk, DEMO.carl);

  const page = await browse(`${plesk.url}/smb/web/view`, { cookie });

  expect([page.status, markIn(page, 'page')]).toEqual([200, isAsked ? 'contact' : 'panel']);
  expect([markIn(page, 'user'), markIn(page, 'path')]).toEqual(['carl', '/smb/web/view']);
});

it('asks nobody unless asked to', async () => {
  const { plesk } = await start();
  const cookie = await logInAs(plesk, DEMO.carl);

  expect(markIn(await browse(`${plesk.url}/smb/`, { cookie }), 'page')).toBe('panel');
});

it('shows a form with what is missing alone, and the token of the session', async () => {
  const { plesk } = await startWith({ email: 'carl@example.com' });
  const cookie = await logInAs(plesk, DEMO.carl);

  const page = await browse(`${plesk.url}/smb/?a="b"&c`, { cookie });

  expect(page.body).toContain('<h1>Contact information</h1>');
  expect(page.body).toContain('<form method="post" action="/smb/?a=%22b%22&amp;c">');
  expect(page.body).toContain(
    `<input type="hidden" name="forgery_protection_token" value="${forgeryTokenIn(page)}">`,
  );
  expect([valueIn(page, 'email'), valueIn(page, 'phone')]).toEqual([undefined, '']);
});

it('leads on to the page that was wanted once both are entered, and never asks again', async () => {
  const { plesk } = await startWith({});
  const jar = newJar();
  await jar.ask(`${plesk.url}/login_up.php`, {
    form: encoded({ login_name: 'carl', passwd: DEMO.carl.password }),
  });
  const wanted = `${plesk.url}/smb/web/view?id=1`;
  const forgery_protection_token = forgeryTokenIn(await jar.ask(wanted));

  const saved = await jar.ask(wanted, {
    form: encoded({ forgery_protection_token, email: ' carl@example.com ', phone: '030 1' }),
  });
  expect([saved.status, saved.location]).toEqual([303, wanted]);

  expect(markIn(await jar.ask(wanted), 'page')).toBe('panel');
  await jar.ask(`${plesk.url}/logout.php`);
  const cookie = await logInAs(plesk, DEMO.carl);
  expect(markIn(await browse(wanted, { cookie }), 'page')).toBe('panel');
});

it.each([
  ['nothing', {}, ['', '']],
  ['blanks', { email: ' ', phone: '\t' }, ['', '']],
  ['e-mail alone', { email: 'carl@example.com' }, [undefined, '']],
  ['phone alone', { phone: '030 1' }, ['', undefined]],
])('goes on asking, for what is missing, after %s', async (_what, entered, shown) => {
  const { plesk } = await startWith({});
  const cookie = await logInAs(plesk, DEMO.carl);
  const forgery_protection_token = forgeryTokenIn(await browse(`${plesk.url}/smb/`, { cookie }));

  await browse(`${plesk.url}/smb/`, { cookie, form: encoded({ forgery_protection_token, ...entered }) });
  const page = await browse(`${plesk.url}/smb/`, { cookie });

  expect(markIn(page, 'page')).toBe('contact');
  expect([valueIn(page, 'email'), valueIn(page, 'phone')]).toEqual(shown);
});

it('takes nothing from a form without the token', async () => {
  const { plesk } = await startWith({});
  const cookie = await logInAs(plesk, DEMO.carl);

  const forged = await browse(`${plesk.url}/smb/`, { cookie, form: 'email=a%40b.example&phone=1' });

  expect([forged.status, markIn(forged, 'page')]).toEqual([403, 'forged']);
  expect(valueIn(await browse(`${plesk.url}/smb/`, { cookie }), 'email')).toBe('');
});

it('does not ask whom create_session has given c_email and c_phone (known problem P20)', async () => {
  const { plesk } = await startWith({});
  const open = async (data: Readonly<Record<string, string>>): Promise<string | undefined> => {
    const PLESKSESSID = await newToken(plesk, 'carl', data);
    const page = await browse(doorUrl(plesk.url, { PLESKSESSID }));
    return markIn(await browse(page.location ?? '', { cookie: sentBack(page) }), 'page');
  };

  expect(await open({})).toBe('contact');
  expect(await open({ c_email: 'carl@example.com' })).toBe('contact');
  expect(await open({ c_phone: '+49 30 1' })).toBe('panel');
});

it('asks in the language of the session', async () => {
  const { plesk } = await startWith({ locale: 'de-DE' });
  const page = await postForm(plesk, { login_name: 'carl', passwd: DEMO.carl.password });

  const { body } = await browse(page.location ?? '', { cookie: sentBack(page) });

  expect(body).toContain('<h1>Kontaktdaten</h1>');
});

it('forgets by a reset what was entered', async () => {
  const { plesk } = await startWith({});
  const cookie = await logInAs(plesk, DEMO.carl);
  const forgery_protection_token = forgeryTokenIn(await browse(`${plesk.url}/smb/`, { cookie }));
  await browse(`${plesk.url}/smb/`, {
    cookie,
    form: encoded({ forgery_protection_token, email: 'a@b.example', phone: '1' }),
  });

  await plesk.reset();

  const again = await logInAs(plesk, DEMO.carl);
  expect(markIn(await browse(`${plesk.url}/smb/`, { cookie: again }), 'page')).toBe('contact');
});
