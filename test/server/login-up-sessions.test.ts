import { expect, it } from 'vitest';
import { browse, doorUrl, seenFrom, sentBack } from '../support/browse.ts';
import { DEMO, idOf, start } from '../support/emulator.ts';
import { alertIn, CARL, logInAs, markIn, postForm } from '../support/login-form.ts';
import { newToken, post } from '../support/wire.ts';

const GET = '<packet><session><get/></session></packet>';
const ADMIN = { login_name: 'admin', passwd: DEMO.admin.password } as const;
const SINGLE = {
  seed: {
    accounts: [{ ...DEMO.carl, role: 'customer' as const }],
    server: { admin: { admin_multiple_sessions: 'false' as const } },
  },
};

it('shows sessions of the form by session/get, with who, from where and since when', async () => {
  const { plesk, clock } = await start();
  const cookie = await logInAs(plesk, DEMO.carl);
  clock.pass(60);
  await logInAs(plesk, DEMO.rita);
  clock.pass(60);
  await browse(`${plesk.url}/smb/`, { cookie });

  expect(await post(plesk, GET)).toContain(
    `<session><id>${idOf(1)}</id><type>client</type><ip-address>127.0.0.1</ip-address><login>carl</login>` +
      '<login-time>2026-01-01T10:00:00</login-time><idle>2026-01-01T10:02:00</idle></session>' +
      `<session><id>${idOf(2)}</id><type>reseller</type><ip-address>127.0.0.1</ip-address><login>rita</login>` +
      '<login-time>2026-01-01T10:01:00</login-time><idle>2026-01-01T10:01:00</idle></session>',
  );
});

it('keeps several sessions of one user beside each other, of form and token', async () => {
  const { plesk } = await start();
  const first = await logInAs(plesk, DEMO.carl);
  const second = await logInAs(plesk, DEMO.carl);
  const opened = await browse(doorUrl(plesk.url, { PLESKSESSID: await newToken(plesk) }));
  const statuses = async (): Promise<number[]> =>
    Promise.all(
      [first, second, sentBack(opened)].map(
        async (cookie) => (await browse(`${plesk.url}/smb/`, { cookie })).status,
      ),
    );

  expect(await statuses()).toEqual([200, 200, 200]);
  await post(
    plesk,
    `<packet><session><terminate><session-id>${idOf(2)}</session-id></terminate></session></packet>`,
  );
  expect(await statuses()).toEqual([200, 303, 200]);
});

it('makes another session for a browser that logs in again, and ends none', async () => {
  const { plesk } = await start();
  const cookie = await logInAs(plesk, DEMO.carl);

  const page = await postForm(plesk, { login_name: 'rita', passwd: DEMO.rita.password }, { cookie });

  const home = await browse(page.location ?? '', { cookie: sentBack(page) });
  expect(markIn(home, 'user')).toBe('rita');
  expect((await plesk.sessions.list()).map(({ login }) => login)).toEqual(['carl', 'rita']);
});

it('binds a session of the form to the address of the browser', async () => {
  const { plesk } = await start();
  let address = '192.0.2.7';
  const panel = await seenFrom(plesk.app, () => address);
  const cookie = await logInAs({ url: panel }, DEMO.carl);

  expect((await browse(`${panel}/smb/`, { cookie })).status).toBe(200);
  address = '192.0.2.8';
  const page = await browse(`${panel}/smb/`, { cookie });

  expect(page.status).toBe(303);
  expect(page.reason).toBe('session 000001..: bound to 192.0.2.7, used from 192.0.2.8');
});

it('has nothing for rsession_init.php to do with a session of the form', async () => {
  const { plesk } = await start();
  await logInAs(plesk, DEMO.carl);

  const page = await browse(doorUrl(plesk.url, { PLESKSESSID: idOf(1) }));

  expect(page.reason).toMatch(/^session 000001\.\.: already used at 2026-01-01T10:00:00/);
});

it('ends a session of the form after its idle time', async () => {
  const { plesk, clock } = await start({ loginTimeout: 5 });
  const cookie = await logInAs(plesk, DEMO.carl);
  const visit = async (): Promise<number> => (await browse(`${plesk.url}/smb/`, { cookie })).status;

  clock.pass(299.999);
  expect(await visit()).toBe(200);
  clock.pass(300);
  expect(await visit()).toBe(303);
});

it('lets no second administrator in without admin_multiple_sessions, until the first is out', async () => {
  const { plesk } = await start(SINGLE);
  const cookie = await logInAs(plesk, DEMO.admin);

  const second = await postForm(plesk, ADMIN);
  expect([second.status, alertIn(second)]).toEqual([200, 'The administrator is logged in already.']);
  expect(second.reason).toMatch(/: the administrator is in already, and admin_multiple_sessions is off$/);

  await browse(`${plesk.url}/logout.php`, { cookie });
  expect((await postForm(plesk, ADMIN)).status).toBe(303);
});

it('lets a second administrator in once the first was idle for too long', async () => {
  const { plesk, clock } = await start(SINGLE);
  await logInAs(plesk, DEMO.admin);

  clock.pass(1800);

  expect((await postForm(plesk, ADMIN)).status).toBe(303);
});

it('lets everybody else in twice without admin_multiple_sessions', async () => {
  const { plesk } = await start(SINGLE);
  await logInAs(plesk, DEMO.carl);

  expect((await postForm(plesk, CARL)).status).toBe(303);
});
