import { describe } from 'vitest';
import type { Emulator } from '../../server/emulator.ts';
import { connectEmulator } from '../../server/emulator.ts';
import { expect, pleskTest } from '../../server/vitest.ts';
import { browse, doorUrl } from '../support/browse.ts';
import { inServer, newToken, post } from '../support/wire.ts';

const test = pleskTest({ seed: 'demo', idSeed: 'matchers' });

/** What a matcher says when it is not met. */
const failure = async (met: Promise<void>): Promise<string> =>
  met.then(
    () => 'it was met',
    (error: unknown) => (error as Error).message,
  );

const GET = inServer('<get_protos/>');

describe('toHaveReceived', () => {
  test('is met by an operation that came, and `not` by one that did not', async ({ plesk }) => {
    await newToken(plesk, 'carl');

    await expect(plesk).toHaveReceived('server/create_session');
    await expect(plesk).toHaveReceived('server/*', { times: 1 });
    await expect(plesk).not.toHaveReceived('server/get');
    await expect(plesk).not.toHaveReceived('server/create_session', { times: 2 });
  });

  test('is met by conditions that all hold', async ({ plesk }) => {
    await newToken(plesk, 'carl');

    const values = { login: 'carl' };
    await expect(plesk).toHaveReceived({ operation: 'server/create_session', values, errcode: 0 });
    await expect(plesk).not.toHaveReceived({ operation: 'server/create_session', errcode: 1013 });
  });

  test('says what came instead, and what about each is not as wanted', async ({ plesk }) => {
    await newToken(plesk, 'carl');
    await browse(`${plesk.url}/login_up.php`);
    await post(plesk, GET);

    const said = await failure(
      expect(plesk).toHaveReceived({ operation: 'server/create_session', values: { login: 'cora' } }),
    );

    expect(said).toContain(
      'to have received {"operation":"server/create_session","values":{"login":"cora"}}, but it has received it not once; what came instead:',
    );
    expect(said).toMatch(
      / {2}1 packet from 127\.0\.0\.1 by admin: server\/create_session ok\n(?: {6}.*\n)*? {6}not this: values is \[\{"login":"carl"/,
    );
    expect(said).toMatch(
      / {2}2 browser GET \/login_up\.php .*\n(?: {6}.*\n)*? {6}not this: operation is none/,
    );
    expect(said).toMatch(/ {2}3 packet .*\n(?: {6}.*\n)*? {6}not this: operation is server\/get_protos/);
  });

  test('says that nothing came, where nothing did', async ({ plesk }) => {
    expect(await failure(expect(plesk).toHaveReceived('server/get'))).toBe(
      'expected the emulator to have received server/get, but it has received it not once; nothing came at all',
    );
  });

  test('says how often it came, where that was wrong', async ({ plesk }) => {
    await post(plesk, GET);
    await post(plesk, GET);

    expect(await failure(expect(plesk).toHaveReceived('server/get_protos', { times: 1 }))).toBe(
      `expected the emulator to have received server/get_protos once, but it has received it 2 times; these came:
  1 packet from 127.0.0.1 by admin: server/get_protos ok
  2 packet from 127.0.0.1 by admin: server/get_protos ok`,
    );
    expect(await failure(expect(plesk).not.toHaveReceived('server/get_protos'))).toContain(
      'not to have received server/get_protos, but it has; these came:\n  1 packet',
    );
  });

  test('refuses what can never come, with `not` too', async ({ plesk }) => {
    const near = "Plesk has no operation 'server/create_sesion'; do you mean server/create_session?";

    expect(await failure(expect(plesk).toHaveReceived('server/create_sesion'))).toContain(near);
    expect(await failure(expect(plesk).not.toHaveReceived('server/create_sesion'))).toContain(near);
    expect(await failure(expect(plesk).toHaveReceived('server/get', { times: -1 }))).toBe(
      'times is -1, but it is how often: 0, 1, 2 and so on',
    );
  });

  test('refuses options that it does not have', async ({ plesk }) => {
    const given = { time: 5 } as object;
    const said = "toHaveReceived has no option 'time'; do you mean times? it takes { times }";

    expect(await failure(expect(plesk).toHaveReceived('server/create_session', given))).toBe(said);
    expect(await failure(expect(plesk).not.toHaveReceived('server/create_session', given))).toBe(said);
    expect(await failure(expect(plesk).toHaveReceived('server/create_session', 5 as unknown as object))).toBe(
      'the options of toHaveReceived are no object: it takes { times }',
    );
  });

  test('refuses what is no plain value, and says what to do instead', async ({ plesk }) => {
    await newToken(plesk, 'carl');
    const instead =
      'is no plain value, and toHaveReceived compares plain values: without it, const [entry] = await plesk.journal.find(...), and expect of the entry what you want';

    for (const login of [expect.stringContaining('car') as unknown, /carl/, new Date(0), () => 'carl']) {
      const wanted = { operation: 'server/create_session', values: { login } };
      expect(await failure(expect(plesk).toHaveReceived(wanted))).toBe(`values.login ${instead}`);
      expect(await failure(expect(plesk).not.toHaveReceived(wanted))).toBe(`values.login ${instead}`);
    }
    const whole = expect.objectContaining({ kind: 'packet' }) as object;
    expect(await failure(expect(plesk).toHaveReceived(whole))).toBe(`what is wanted ${instead}`);
  });

  test('repeats no secret that it was asked for', async ({ plesk }) => {
    const wanted = { values: { password: 'first-secret' } };

    expect(await failure(expect(plesk).toHaveReceived(wanted))).toContain('{"values":{"password":".."}}');
  });

  test('looks into an emulator that is reached over HTTP', async ({ plesk }) => {
    const remote = await connectEmulator(plesk.url);
    await post(plesk, GET);

    await expect(remote).toHaveReceived('server/get_protos', { times: 1 });
  });

  test('is for emulators', async () => {
    const url = 'http://127.0.0.1:8880' as unknown as Emulator;
    expect(await failure(expect(url).toHaveReceived('server/get'))).toBe(
      'toHaveReceived is for an emulator: await expect(plesk).toHaveReceived(...)',
    );
  });
});

describe('toHaveLoggedIn', () => {
  test('is met by a browser that was let in, by its account, address and destination', async ({ plesk }) => {
    const token = await newToken(plesk, 'carl');
    await browse(doorUrl(plesk.url, { PLESKSESSID: token, success_redirect_url: '/smb/mail-settings' }));

    await expect(plesk).toHaveLoggedIn();
    await expect(plesk).toHaveLoggedIn('carl');
    await expect(plesk).toHaveLoggedIn('carl', { from: '127.0.0.1', to: '/smb/mail-settings' });
    await expect(plesk).not.toHaveLoggedIn('cora');
    await expect(plesk).not.toHaveLoggedIn('carl', { from: '192.0.2.1' });
    await expect(plesk).not.toHaveLoggedIn('carl', { to: '/smb/web/view' });
  });

  test('is not met by a session that nobody opened', async ({ plesk }) => {
    await newToken(plesk, 'carl');

    await expect(plesk).not.toHaveLoggedIn('carl');
  });

  test('says why a browser was turned away', async ({ plesk }) => {
    await browse(doorUrl(plesk.url, { PLESKSESSID: '0'.repeat(32) }));

    const said = await failure(expect(plesk).toHaveLoggedIn('carl'));

    expect(said).toContain('to have logged in a browser as carl, but it has not; what came instead:');
    expect(said).toContain('login failed, session 000000..: unknown here');
    expect(said).toContain('not this: outcome is login failed');
  });

  test('says who was let in instead, and to where', async ({ plesk }) => {
    const token = await newToken(plesk, 'carl');
    await browse(doorUrl(plesk.url, { PLESKSESSID: token, success_redirect_url: '/smb/' }));

    expect(await failure(expect(plesk).toHaveLoggedIn('cora'))).toContain('not this: login is carl');
    expect(await failure(expect(plesk).toHaveLoggedIn('carl', { to: '/admin/' }))).toMatch(
      /not this: location is \S*\/smb\//,
    );
    expect(await failure(expect(plesk).not.toHaveLoggedIn('carl'))).toContain(
      'not to have logged in a browser as carl, but it has:\n  2 browser GET /enterprise/rsession_init.php',
    );
  });

  test('refuses a login that there is not and nobody tried, with `not` too', async ({ plesk }) => {
    await newToken(plesk, 'cora');
    const near = 'has not: there is no account Carl, do you mean carl?; what came instead:\n  1 packet';

    expect(await failure(expect(plesk).toHaveLoggedIn('Carl'))).toContain(near);
    expect(await failure(expect(plesk).not.toHaveLoggedIn('Carl'))).toContain(near);
  });

  test('takes a login that there is no more, or that was tried in vain', async ({ plesk }) => {
    const token = await newToken(plesk, 'carl');
    await plesk.accounts.remove('carl');
    await browse(doorUrl(plesk.url, { PLESKSESSID: token }));
    await browse(`${plesk.url}/login_up.php`, { form: 'login_name=mallory&passwd=whatever' });

    await expect(plesk).not.toHaveLoggedIn('carl');
    await expect(plesk).not.toHaveLoggedIn('mallory');
    expect(await failure(expect(plesk).toHaveLoggedIn('mallory'))).toContain(
      'has not: there is no account mallory; what came instead:',
    );
  });

  test('refuses options that it does not have, and what is no text', async ({ plesk }) => {
    expect(await failure(expect(plesk).toHaveLoggedIn('carl', { form: '10.0.0.1' } as object))).toBe(
      "toHaveLoggedIn has no option 'form'; do you mean from? it takes { from, to }",
    );
    expect(await failure(expect(plesk).not.toHaveLoggedIn('carl', { too: '/smb/' } as object))).toBe(
      "toHaveLoggedIn has no option 'too'; do you mean to? it takes { from, to }",
    );
    expect(await failure(expect(plesk).not.toHaveLoggedIn('carl', { to: /smb/ } as object))).toBe(
      'to of toHaveLoggedIn is a text, and no object',
    );
  });
});
