import { expect, it } from 'vitest';
import { ask, dataset, newKey } from '../support/agent.ts';
import { browse, doorUrl, sentBack } from '../support/browse.ts';
import { DEMO, start } from '../support/emulator.ts';
import { credentials, inServer, newToken, post, resultsIn, sessionPacket } from '../support/wire.ts';

const set = (parts: string): string => inServer(`<set>${parts}</set>`);
const withTimeout = (minutes: number): string =>
  set(`<session_setup><login_timeout>${minutes}</login_timeout></session_setup>`);
const withMultiple = (isOn: boolean): string =>
  set(`<admin><admin_multiple_sessions>${isOn}</admin_multiple_sessions></admin>`);

const CONTACT = [
  ['admin_cname', 'Example &amp; Co'],
  ['admin_pname', 'Ada'],
  ['admin_phone', '030 1'],
  ['admin_fax', '030 2'],
  ['admin_email', 'ada@example.com'],
  ['admin_address', 'Street 1'],
  ['admin_city', 'Köln'],
  ['admin_state', ''],
  ['admin_pcode', '50667'],
  ['admin_country', 'DE'],
  ['send_announce', 'true'],
]
  .map(([name, value]) => `<${name}>${value}</${name}>`)
  .join('');

it('takes a new password from the next request on, for the API and for keys nothing', async () => {
  const { plesk } = await start();
  const KEY = await newKey(plesk);
  const protos = inServer('<get_protos/>');

  const { body } = await ask(
    plesk,
    inServer('<set><password>other1Q**</password></set><get><prefs/></get>'),
    credentials(DEMO.admin),
  );

  expect(resultsIn(body)).toEqual(['ok', 'ok']);
  expect((await ask(plesk, protos, credentials(DEMO.admin))).fault).toMatch(/^1001 /);
  expect(
    (await ask(plesk, protos, credentials({ login: 'admin', password: 'other1Q**' }))).fault,
  ).toBeUndefined();
  expect((await ask(plesk, protos, { KEY })).fault).toBeUndefined();
});

it('sets the password of the login admin, whichever administrator asks', async () => {
  const boss = { login: 'boss', password: 'other1Q**' };
  const { plesk } = await start({ seed: { accounts: [{ ...boss, role: 'admin' }] } });

  await ask(plesk, set('<password>other1Q**</password>'), credentials(boss));

  const protos = inServer('<get_protos/>');
  expect((await ask(plesk, protos, credentials(boss))).fault).toBeUndefined();
  expect(
    (await ask(plesk, protos, credentials({ login: 'admin', password: 'other1Q**' }))).fault,
  ).toBeUndefined();
});

it('gives sessions that are open the new idle time at once', async () => {
  const { plesk, clock } = await start();
  const open = async (): Promise<string> =>
    sentBack(await browse(doorUrl(plesk.url, { PLESKSESSID: await newToken(plesk) })));
  const isIn = async (cookie: string): Promise<boolean> =>
    (await browse(`${plesk.url}/smb/`, { cookie })).status === 200;
  const cookie = await open();

  await post(plesk, withTimeout(60));
  clock.pass(3599);
  expect(await isIn(cookie)).toBe(true);
  await post(plesk, withTimeout(1));
  clock.pass(60);
  expect(await isIn(cookie)).toBe(false);
});

it.each([1, 99_999])('takes %i minutes and tells them', async (minutes) => {
  const { plesk } = await start();

  expect(resultsIn(await post(plesk, withTimeout(minutes)))).toEqual(['ok']);

  expect(await dataset(plesk, 'session_setup')).toBe(`<login_timeout>${minutes}</login_timeout>`);
});

it.each([
  ['no minute', '<session_setup><login_timeout>0</login_timeout></session_setup>', 'minInclusive'],
  [
    'too many minutes',
    '<session_setup><login_timeout>100000</login_timeout></session_setup>',
    'maxInclusive',
  ],
  ['a short password', '<password>abcd</password>', 'minLength'],
  ['a long password', `<password>${'x'.repeat(256)}</password>`, 'maxLength'],
  ['an address of mail that is none', `<admin>${CONTACT.replace('ada@', 'ada ')}</admin>`, 'pattern'],
  ['a mode that is none', '<mode>fast</mode>', 'enumeration'],
  ['half the contact data', '<admin><admin_cname/></admin>', 'Missing child element'],
])('refuses %s and changes nothing', async (_what, part, facet) => {
  const { plesk } = await start();

  const answer = await ask(plesk, inServer(`<set><external-id>x</external-id></set><set>${part}</set>`));

  expect(answer.fault).toMatch(/^1014 Parser error: Request is invalid\. Error in line 1: /);
  expect(answer.fault).toContain(facet);
  expect(await dataset(plesk, 'gen_info')).not.toContain('external-id');
});

it.each([
  ['admin', `<admin>${CONTACT}</admin>`, CONTACT],
  [
    'admin',
    '<admin><uid>u</uid><global-login>g</global-login></admin>',
    '<uid>u</uid><global-login>g</global-login>',
  ],
  ['admin', '<admin><admin_locale>de-DE</admin_locale></admin>', '<admin_locale>de-DE</admin_locale>'],
  ['admin', `<admin>${CONTACT.replace('>true<', '> 0 <')}</admin>`, '<send_announce>false</send_announce>'],
  ['admin', `<admin>${CONTACT.replace('>true<', '><')}</admin>`, '<send_announce>false</send_announce>'],
  ['prefs', '<prefs><enable_sendmail>1</enable_sendmail></prefs>', '<enable_sendmail>true</enable_sendmail>'],
  ['prefs', '<prefs><smtp_port>25</smtp_port><stat_ttl>1</stat_ttl></prefs>', '<stat_ttl>1</stat_ttl>'],
  ['gen_info', '<external-id> a  b </external-id>', '<external-id>a b</external-id>'],
  ['gen_info', '<mode>poweruser</mode>', '<mode>poweruser</mode>'],
])('shows in %s what was set by %s, until a reset', async (name, part, shown) => {
  const { plesk } = await start();
  const before = await dataset(plesk, name);

  expect(resultsIn(await post(plesk, set(part)))).toEqual(['ok']);

  expect(await dataset(plesk, name)).toContain(shown);
  await plesk.reset();
  expect(await dataset(plesk, name)).toBe(before);
});

it('takes smtp_password and never shows it', async () => {
  const { plesk, lines } = await start();
  const part = '<prefs><smtp_password>hunter2</smtp_password></prefs><password>hunter2</password>';

  expect(resultsIn(await post(plesk, set(part)))).toEqual(['ok']);

  expect(await dataset(plesk, 'prefs')).not.toContain('hunter2');
  expect(lines[0]).toContain('server/set ok, set prefs, password');
  for (const line of lines) expect(line).not.toContain('hunter2');
});

it('takes an external-id away by an empty one', async () => {
  const { plesk } = await start({ seed: { server: { gen_info: { 'external-id': 'x' } } } });

  await post(plesk, set('<external-id/>'));

  expect(await dataset(plesk, 'gen_info')).not.toContain('external-id');
});

it('changes nothing where the locale is not installed', async () => {
  const { plesk } = await start();
  const part =
    '<admin><admin_locale>xx-XX</admin_locale></admin><mode>poweruser</mode><password>other1Q**</password>';

  const answer = await post(plesk, set(part));

  expect(resultsIn(answer)).toEqual(["1019 The locale 'xx-XX' is not installed"]);
  expect(await dataset(plesk, 'gen_info')).toContain('<mode>standard</mode>');
});

it.each([
  ['1.6.7.0', false],
  ['1.6.8.0', true],
])('lets packets of %s set admin_locale: %s', async (version, isIn) => {
  const { plesk } = await start();
  const packet = set('<admin><admin_locale>de-DE</admin_locale></admin>').replace(
    '<packet',
    `<packet version="${version}"`,
  );

  const { fault } = await ask(plesk, packet);

  if (isIn) expect(fault).toBeUndefined();
  else expect(fault).toContain("Element 'admin_locale': This element is not expected.");
});

it('lets one administrator in at a time where multiple sessions are off', async () => {
  const { plesk } = await start();
  const make = async (login: string): Promise<string> =>
    resultsIn(await post(plesk, sessionPacket(login))).join();
  await post(plesk, withMultiple(false));

  const token = await newToken(plesk, 'admin');
  expect(await make('admin')).toBe('ok');
  await browse(doorUrl(plesk.url, { PLESKSESSID: token }));
  expect(await make('admin')).toMatch(/^1008 /);
  expect(await make('carl')).toBe('ok');
  await post(
    plesk,
    `<packet><session><terminate><session-id>${token}</session-id></terminate></session></packet>`,
  );
  expect(await make('admin')).toBe('ok');
});

it('lets administrators in again once multiple sessions are on', async () => {
  const { plesk, clock } = await start({ seed: { server: { admin: { admin_multiple_sessions: false } } } });
  await browse(doorUrl(plesk.url, { PLESKSESSID: await newToken(plesk, 'admin') }));

  expect(resultsIn(await post(plesk, sessionPacket('admin')))).toEqual(['1008 Multiple access is denied.']);
  await post(plesk, withMultiple(true));
  expect(resultsIn(await post(plesk, sessionPacket('admin')))).toEqual(['ok']);
  await post(plesk, withMultiple(false));
  clock.pass(1800);
  expect(resultsIn(await post(plesk, sessionPacket('admin')))).toEqual(['ok']);
});

it('lets only the first of two tokens in while administrators have one session', async () => {
  const { plesk } = await start({ seed: { server: { admin: { admin_multiple_sessions: false } } } });
  const [one, two] = [await newToken(plesk, 'admin'), await newToken(plesk, 'admin')];

  const first = await browse(doorUrl(plesk.url, { PLESKSESSID: one }));
  const second = await browse(doorUrl(plesk.url, { PLESKSESSID: two }));

  expect(first.reason).toMatch(/: logged in as admin/);
  expect(second.reason).toMatch(/: the administrator is in already, and admin_multiple_sessions is off$/);
});
