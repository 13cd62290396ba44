import { expect, it } from 'vitest';
import { silentLog } from '../../base/log.ts';
import { createApp } from '../../server/app.ts';
import { createControl } from '../../server/control/control.ts';
import { checkSettings } from '../../server/config.ts';
import type { Account } from '../../server/state/account.ts';
import { createPanel } from '../../server/state/panel.ts';
import { seedState } from '../../server/state/seed/seed.ts';
import { browse, doorUrl, sentBack, serve } from '../support/browse.ts';
import { testClock } from '../support/clock.ts';
import { countingIds, DEMO, start } from '../support/emulator.ts';
import { newToken, post, sessionPacket } from '../support/wire.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

it('keeps the other children of data with the session, plain or base64, without blanks around them', async () => {
  const { plesk } = await start();

  await post(
    plesk,
    sessionPacket('carl', {
      starting_url: ` ${base64('/smb/web/view')}\n`,
      navigation: ' a\n b ',
      pathbar: 'p',
      logo_img_url: base64('https://billing.example/logo.png'),
      logo_img_ref: 'r',
      skin: 's',
      domain_name: 'd.example',
      disable_lock_screen: 'true',
      max_button_length: '12',
      back_url: 'https://billing.example/back',
    }),
  );

  expect((await plesk.sessions.list()).map(({ context }) => context)).toEqual([
    {
      sourceServer: '',
      startingUrl: '/smb/web/view',
      backUrl: 'https://billing.example/back',
      others: {
        navigation: 'a b',
        pathbar: 'p',
        logo_img_url: base64('https://billing.example/logo.png'),
        logo_img_ref: 'r',
        skin: 's',
        domain_name: 'd.example',
        disable_lock_screen: 'true',
        max_button_length: '12',
      },
    },
  ]);
});

it.each([
  ['plain', 'de-DE', 'de-DE'],
  ['in base64', base64('de-DE'), 'de-DE'],
  ['not installed', 'xx-XX', 'en-US'],
  ['empty', '', 'en-US'],
])(
  'keeps for the user, from one session to the next, a locale_id that is %s',
  async (_what, localeId, locale) => {
    const { plesk } = await start();
    await newToken(plesk, 'carl', { locale_id: localeId });
    const page = await browse(doorUrl(plesk.url, { PLESKSESSID: await newToken(plesk, 'carl') }));

    const home = await browse(`${plesk.url}/smb/`, { cookie: sentBack(page) });

    expect((await plesk.sessions.list()).map((session) => session.locale)).toEqual([locale, locale]);
    expect(home.body).toContain(`data-plesk-locale="${locale}"`);
  },
);

it('says in the log that a locale_id is not installed', async () => {
  const { plesk, lines } = await start();

  await newToken(plesk, 'carl', { locale_id: 'xx-XX' });

  expect(lines).toMatchObject([expect.stringContaining("locale_id 'xx-XX' is not installed")]);
});

it('forgets by a reset what it kept', async () => {
  const { plesk } = await start();
  await newToken(plesk, 'carl', { locale_id: 'de-DE' });

  await plesk.reset();
  await newToken(plesk, 'carl');

  expect((await plesk.sessions.list()).map((session) => session.locale)).toEqual(['en-US']);
});

// No packet, page or record that is emulated shows e-mail and phone, so the panel is put together here.
it.each([
  ['plain', 'new@example.com', '+49 (0)30 123-45'],
  ['in base64', base64('new@example.com'), base64('+49 (0)30 123-45')],
])('keeps c_email and c_phone, %s, for a user who has none, once', async (_what, email, phone) => {
  const { account, send } = await panelOf({ ...DEMO.carl, role: 'customer' });

  await send({ c_email: email, c_phone: phone });
  await send({ c_email: 'later@example.com', c_phone: '030 999' });

  expect(account()).toMatchObject({ email: 'new@example.com', phone: '+49 (0)30 123-45' });
});

it('keeps what a user has against c_email and c_phone, and nothing of empty ones', async () => {
  const own = { email: 'own@example.com', phone: '030 1' };
  const { account, send } = await panelOf({ ...DEMO.carl, role: 'customer', ...own });
  await send({ c_email: 'new@example.com', c_phone: '030 2' });
  expect(account()).toMatchObject(own);

  const other = await panelOf({ ...DEMO.carl, role: 'customer' });
  await other.send({ c_email: ' ', c_phone: '' });
  expect(other.account()).toMatchObject({ email: '', phone: '' });
});

it.each([
  ['the user_ip is none', 'carl', { user_ip: 'x' }],
  ['the caller may not', 'admin', {}],
])('keeps nothing for a user where %s', async (_what, login, data) => {
  const { account, send } = await panelOf({ ...DEMO.carl, role: 'customer' });
  const before = account(login);

  await send({ ...data, c_email: 'new@example.com', c_phone: '030 2', locale_id: 'de-DE' }, login, DEMO.carl);

  expect(account(login)).toEqual(before);
});

async function panelOf(carl: Parameters<typeof seedState>[0]): Promise<{
  account: (login?: string) => Account | undefined;
  send: (
    data: Readonly<Record<string, string>>,
    login?: string,
    caller?: { readonly login: string; readonly password: string },
  ) => Promise<string>;
}> {
  const settings = checkSettings({});
  const panel = createPanel({
    settings,
    seed: seedState({ accounts: [carl] }, settings),
    clock: testClock(),
    ids: countingIds(),
    log: silentLog,
  });
  const url = await serve(createApp(createControl(panel), { ca: undefined, isReady: () => true }));
  return {
    account: (login = 'carl') => panel.accounts.byLogin(login),
    send: (data, login = 'carl', caller = DEMO.admin) =>
      post({ url, admin: caller }, sessionPacket(login, data)),
  };
}
