import { expect, it } from 'vitest';
import type { Emulator } from '../../server/emulator.ts';
import type { Page } from '../support/browse.ts';
import { browse, doorUrl } from '../support/browse.ts';
import { ask, newKey } from '../support/agent.ts';
import {
  adding,
  filterBy,
  getting,
  inCustomer,
  saidIn,
  setting,
  shown,
  startFamily,
  tell,
} from '../support/customers.ts';
import { alertIn, logInAs, postForm } from '../support/login-form.ts';
import { credentials, newToken, post, resultsIn, sessionPacket } from '../support/wire.ts';

const PASSWORD = 'customer1Q**';
const OTHER = 'another1Q**';

const open = ({ url }: Emulator, token: string): Promise<Page> =>
  browse(doorUrl(url, { PLESKSESSID: token }));
const home = ({ url }: Emulator, cookie: string): Promise<Page> => browse(`${url}/smb/`, { cookie });
const change = (login: string, genInfo: Readonly<Record<string, string>>): string =>
  setting(filterBy('login', login), genInfo);
const form = (plesk: Emulator, login_name: string, passwd = PASSWORD): Promise<Page> =>
  postForm(plesk, { login_name, passwd });
const session = async (plesk: Emulator, login: string): Promise<string[]> =>
  resultsIn(await post(plesk, sessionPacket(login)));

it('ends by del sessions, pending tokens and keys of the account, and says why at the door', async () => {
  const { plesk } = await startFamily();
  const key = await newKey(plesk, '<login>carl</login>');
  const [cookie, pending] = [
    await logInAs(plesk, { login: 'carl', password: PASSWORD }),
    await newToken(plesk),
  ];
  const others = [await newToken(plesk, 'cora'), await logInAs(plesk, { login: 'cleo', password: PASSWORD })];
  expect((await ask(plesk, inCustomer(getting('<filter/>')), { KEY: key })).fault).toBeUndefined();

  expect(await tell(plesk, `<del>${filterBy('login', 'carl')}</del>`)).toEqual(['carl = 4']);

  expect(await open(plesk, pending)).toMatchObject({
    reason: expect.stringMatching(/^session \w{6}\.\.: .*end/) as string,
  });
  expect((await home(plesk, cookie)).status).toBe(303);
  expect((await ask(plesk, inCustomer(getting('<filter/>')), { KEY: key })).fault).toMatch(/^11003 /);
  expect(await plesk.secretKeys.list()).toEqual([]);
  expect(await session(plesk, 'carl')).toEqual(['1013 User does not exist']);
  expect(await form(plesk, 'carl')).toMatchObject({ reason: expect.stringContaining('carl') as string });
  expect((await plesk.sessions.list()).map(({ login }) => login)).toEqual(['cora', 'cleo']);
  expect((await home(plesk, others[1] ?? '')).status).toBe(200);
});

it('gives who gets the login of one that is gone nothing of what that one had', async () => {
  const { plesk } = await startFamily();
  const key = await newKey(plesk, '<login>carl</login>');
  const [cookie, pending] = [
    await logInAs(plesk, { login: 'carl', password: PASSWORD }),
    await newToken(plesk),
  ];

  expect(
    await tell(plesk, `<del>${filterBy('login', 'carl')}</del>${adding({ login: 'carl', passwd: OTHER })}`),
  ).toEqual(['carl = 4', '= 8']);

  expect((await home(plesk, cookie)).status).toBe(303);
  expect(await open(plesk, pending)).toMatchObject({ location: `${plesk.url}/login.php` });
  expect((await ask(plesk, inCustomer(getting('<filter/>')), { KEY: key })).fault).toMatch(/^11003 /);
  expect((await form(plesk, 'carl')).location).not.toBe(`${plesk.url}/smb/`);
  expect((await form(plesk, 'carl', OTHER)).location).toBe(`${plesk.url}/smb/`);
});

it.each([16, 1, 64, 256])(
  'keeps out by the status %i who is in, who waits at the door and who comes, until 0 lets in again',
  async (status) => {
    const { plesk } = await startFamily();
    const cookie = await logInAs(plesk, { login: 'carl', password: PASSWORD });
    const pending = await newToken(plesk);

    await tell(plesk, change('carl', { status: String(status) }));

    expect((await home(plesk, cookie)).status).toBe(303);
    expect((await open(plesk, pending)).location).toBe(`${plesk.url}/login.php`);
    expect(await session(plesk, 'carl')).toEqual(['1011 The account is disabled.']);
    const page = await form(plesk, 'carl');
    expect(page).toMatchObject({
      status: 200,
      reason: expect.stringContaining('the account is suspended') as string,
    });
    expect(alertIn(page)).toBeDefined();
    const { fault } = await ask(
      plesk,
      inCustomer(getting('<filter/>')),
      credentials({ login: 'carl', password: PASSWORD }),
    );
    expect(fault).toBe('1011 The account is disabled.');

    await tell(plesk, change('carl', { status: '0' }));

    expect((await form(plesk, 'carl')).location).toBe(`${plesk.url}/smb/`);
    expect(await session(plesk, 'carl')).toEqual(['ok']);
    expect((await home(plesk, cookie)).status).toBe(303);
  },
);

it('ends nothing by a status that locks nobody out, nor by a change of anything else', async () => {
  const { plesk } = await startFamily();
  const cookie = await logInAs(plesk, { login: 'carl', password: PASSWORD });

  for (const genInfo of [
    { status: '4' },
    { status: '0' },
    { passwd: OTHER },
    { login: 'carlo' },
    { locale: 'de-DE' },
  ]) {
    expect(await tell(plesk, setting(filterBy('id', 4), genInfo))).toEqual(['4 = 4']);
  }

  expect((await home(plesk, cookie)).status).toBe(200);
});

it('holds a changed password from the next request on, for the API and the form', async () => {
  const { plesk } = await startFamily();
  const pending = await newToken(plesk);
  const asCarl = async (password: string): Promise<string | undefined> =>
    (await ask(plesk, inCustomer(getting('<filter/>')), credentials({ login: 'carl', password }))).fault;

  await tell(plesk, change('carl', { passwd: OTHER }));

  expect(await asCarl(PASSWORD)).toMatch(/^1001 /);
  expect(await asCarl(OTHER)).toBeUndefined();
  expect((await form(plesk, 'carl')).location).not.toBe(`${plesk.url}/smb/`);
  expect((await form(plesk, 'carl', OTHER)).location).toBe(`${plesk.url}/smb/`);
  expect((await open(plesk, pending)).location).toBe(`${plesk.url}/smb/`);
});

it('holds a changed login from the next request on, for the API, the form and create_session; sessions survive', async () => {
  const { plesk } = await startFamily();
  const pending = await newToken(plesk);
  const asNamed = async (login: string): Promise<string | undefined> =>
    (await ask(plesk, inCustomer(getting('<filter/>')), credentials({ login, password: PASSWORD }))).fault;

  await tell(plesk, change('carl', { login: 'carlo' }));

  expect([await asNamed('carl'), await asNamed('carlo')]).toEqual([
    expect.stringMatching(/^1001 /),
    undefined,
  ]);
  expect((await form(plesk, 'carl')).location).not.toBe(`${plesk.url}/smb/`);
  expect((await form(plesk, 'carlo')).location).toBe(`${plesk.url}/smb/`);
  expect([await session(plesk, 'carl'), await session(plesk, 'carlo')]).toEqual([
    ['1013 User does not exist'],
    ['ok'],
  ]);
  expect((await open(plesk, pending)).location).toBe(`${plesk.url}/smb/`);
});

it('shows a session that lives on under the new login, and what its account has become', async () => {
  const { plesk } = await startFamily();
  const cookie = await logInAs(plesk, { login: 'carl', password: PASSWORD });

  await tell(plesk, change('carl', { login: 'carlo' }));

  expect((await home(plesk, cookie)).body).toContain('data-plesk-user="carlo"');
  expect(await post(plesk, '<packet><session><get/></session></packet>')).toContain('<login>carlo</login>');
  await tell(plesk, `<convert-to-reseller>${filterBy('login', 'carlo')}</convert-to-reseller>`);
  expect(await post(plesk, '<packet><session><get/></session></packet>')).toContain('<type>reseller</type>');
  expect((await plesk.sessions.list()).map(({ login, role }) => [login, role])).toEqual([
    ['carlo', 'reseller'],
  ]);
});

it('shows by get what create_session gave: e-mail and phone of who had none, and the locale', async () => {
  const { plesk } = await startFamily();
  await tell(plesk, change('carl', { email: 'own@example.com' }));
  const of = (login: string): Promise<(string | undefined)[]> =>
    Promise.all(['email', 'phone', 'locale'].map((name) => shown(plesk, login, name)));

  const data = { c_email: 'new@example.com', c_phone: '030 1', locale_id: 'de-DE' };
  await newToken(plesk, 'carl', data);
  await newToken(plesk, 'cora', data);

  expect(await of('carl')).toEqual(['own@example.com', '030 1', 'de-DE']);
  expect(await of('cora')).toEqual(['new@example.com', '030 1', 'de-DE']);
});

it('forgets wrong passwords of a login with the account that had it', async () => {
  const { plesk } = await startFamily({ lockoutAttempts: 1 });
  await form(plesk, 'carl', 'wrong');
  expect(await session(plesk, 'carl')).toEqual(['1012 The login is locked.']);

  await tell(plesk, `<del>${filterBy('login', 'carl')}</del>${adding({ login: 'carl' })}`);

  expect((await form(plesk, 'carl')).location).toBe(`${plesk.url}/smb/`);
});

it('keeps a key of an account whose login changes, and refuses it while the account is suspended', async () => {
  const { plesk } = await startFamily();
  const key = await newKey(plesk, '<login>cora</login>');
  const byKey = (): ReturnType<typeof ask> => ask(plesk, inCustomer(getting('<filter/>')), { KEY: key });

  await tell(plesk, change('cora', { login: 'corinna' }));
  expect(saidIn((await byKey()).body)).toEqual(['5 = 5']);

  await tell(plesk, change('corinna', { status: '16' }));
  expect((await byKey()).fault).toMatch(/^1011 /);
});
