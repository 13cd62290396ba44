import { expect, it } from 'vitest';
import type { Page } from '../support/browse.ts';
import { browse } from '../support/browse.ts';
import type { Started } from '../support/emulator.ts';
import { DEMO, start } from '../support/emulator.ts';
import { alertIn, CARL, formUrl, postForm, WRONG } from '../support/login-form.ts';
import { credentials, post } from '../support/wire.ts';

const LOCKED = 'Your account is locked after too many failed attempts. Try again later.';
const INCORRECT = 'You have entered incorrect username or password.';
const CORA = { login_name: 'cora', passwd: DEMO.cora.password } as const;

async function fail({ plesk }: Pick<Started, 'plesk'>, times: number): Promise<Page | undefined> {
  let page;
  for (let time = 0; time < times; time += 1) page = await postForm(plesk, WRONG);
  return page;
}

it.each([1, 3, 5])(
  'locks a login after %i wrong passwords, even with the right one',
  async (lockoutAttempts) => {
    const started = await start({ lockoutAttempts });
    const { plesk } = started;

    await fail(started, lockoutAttempts - 1);
    expect((await postForm(plesk, CARL)).status).toBe(303);
    const last = await fail(started, lockoutAttempts);
    const right = await postForm(plesk, CARL);

    expect(last && alertIn(last)).toBe(INCORRECT);
    expect([right.status, alertIn(right)]).toEqual([200, LOCKED]);
    expect(right.reason).toBe(
      "Failed login attempt with login 'carl' from IP 127.0.0.1: locked until 2026-01-01T10:30:00 after wrong passwords",
    );
    expect(await plesk.sessions.list()).toHaveLength(1);
  },
);

it.each([
  ['30 minutes', {}, 1800],
  ['lockoutMinutes', { lockoutMinutes: 2 }, 120],
])('ends the lock after %s', async (_what, options, seconds) => {
  const started = await start({ lockoutAttempts: 2, ...options });
  const { plesk, clock } = started;
  await fail(started, 2);

  clock.pass(seconds - 0.001);
  expect(alertIn(await postForm(plesk, CARL))).toBe(LOCKED);
  clock.pass(0.001);

  expect((await postForm(plesk, CARL)).status).toBe(303);
});

it('does not make a lock longer by what is tried meanwhile', async () => {
  const started = await start({ lockoutAttempts: 2, lockoutMinutes: 10 });
  const { plesk, clock } = started;
  await fail(started, 2);

  clock.pass(599);
  expect(alertIn((await fail(started, 5)) ?? (await postForm(plesk, WRONG)))).toBe(LOCKED);
  clock.pass(1);

  expect((await postForm(plesk, CARL)).status).toBe(303);
});

it('counts anew after a lock, and after a login that succeeds', async () => {
  const started = await start({ lockoutAttempts: 2, lockoutMinutes: 1 });
  const { plesk, clock } = started;
  await fail(started, 2);
  clock.pass(60);

  for (let time = 0; time < 3; time += 1) {
    await fail(started, 1);
    expect((await postForm(plesk, CARL)).status).toBe(303);
  }
});

it('does not add up failures that lie longer apart than a lock lasts', async () => {
  const started = await start({ lockoutAttempts: 2, lockoutMinutes: 1 });
  const { plesk, clock } = started;

  for (let time = 0; time < 3; time += 1) {
    await fail(started, 1);
    clock.pass(60);
  }

  expect((await postForm(plesk, CARL)).status).toBe(303);
});

it('locks nobody else, and nobody who is in already', async () => {
  const started = await start({ lockoutAttempts: 1 });
  const { plesk } = started;
  const page = await postForm(plesk, CARL);
  const cookie = page.cookies[0]?.split(';')[0] ?? '';

  await fail(started, 1);
  await postForm(plesk, { login_name: 'nobody', passwd: 'x' });

  expect((await postForm(plesk, CORA)).status).toBe(303);
  expect((await browse(`${plesk.url}/smb/`, { cookie })).status).toBe(200);
});

it('counts wrong passwords by GET as those by POST, and none of a form that was only shown', async () => {
  const { plesk } = await start({ lockoutAttempts: 2 });
  for (let time = 0; time < 3; time += 1) await browse(formUrl(plesk.url, { login_name: 'carl' }));

  await browse(formUrl(plesk.url, WRONG));
  expect((await browse(formUrl(plesk.url, CARL))).status).toBe(303);
  await browse(formUrl(plesk.url, WRONG));
  await postForm(plesk, WRONG);

  expect(alertIn(await browse(formUrl(plesk.url, CARL)))).toBe(LOCKED);
});

it('leads to failure_redirect_url while a login is locked', async () => {
  const started = await start({ lockoutAttempts: 1 });
  await fail(started, 1);
  const url = 'https://billing.example/';

  const page = await postForm(started.plesk, { ...CARL, failure_redirect_url: url });

  expect([page.status, page.location]).toEqual([303, url]);
});

it.each([
  ['the form', (panel: Started) => fail(panel, 2)],
  ['the API', async ({ plesk }: Started) => [await callApi(plesk, 'x'), await callApi(plesk, 'x')]],
])('locks form and API together, whichever was tried: %s', async (_what, failBy) => {
  const started = await start({ lockoutAttempts: 2 });
  const { plesk } = started;

  await failBy(started);

  expect(alertIn(await postForm(plesk, CARL))).toBe(LOCKED);
  expect(await callApi(plesk, CARL.passwd)).toContain('<errcode>1012</errcode>');
});

const callApi = (plesk: Started['plesk'], password: string): Promise<string> =>
  post(plesk, '<packet><server><get_protos/></server></packet>', credentials({ login: 'carl', password }));

it('says in German that a login is locked', async () => {
  const started = await start({ lockoutAttempts: 1 });
  await fail(started, 1);

  const page = await postForm(started.plesk, { ...CARL, locale_id: 'de-DE' });

  expect(alertIn(page)).toBe('Ihr Konto ist nach zu vielen Fehlversuchen vorübergehend gesperrt.');
});

it('forgets locks and failures by a reset', async () => {
  const started = await start({ lockoutAttempts: 2 });
  const { plesk } = started;

  await fail(started, 2);
  await plesk.reset();
  expect((await postForm(plesk, CARL)).status).toBe(303);
  await fail(started, 1);
  await plesk.reset();
  await fail(started, 1);

  expect((await postForm(plesk, CARL)).status).toBe(303);
});

it('locks nobody unless asked to', async () => {
  const started = await start();

  const page = await fail(started, 20);

  expect(page && alertIn(page)).toBe(INCORRECT);
  expect((await postForm(started.plesk, CARL)).status).toBe(303);
});
