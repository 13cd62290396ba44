import { networkInterfaces } from 'node:os';
import supertest from 'supertest';
import { expect, it, onTestFinished } from 'vitest';
import type { Emulator, EmulatorOptions } from '../../server/emulator.ts';
import { SettingsError, startEmulator } from '../../server/emulator.ts';
import { start } from '../support/emulator.ts';
import { post, tokenIn } from '../support/wire.ts';

const sessionFor = (login: string, data = ''): string =>
  `<packet><server><create_session><login>${login}</login>${data}</create_session></server></packet>`;
const hasIpv6 = Object.values(networkInterfaces())
  .flat()
  .some((found) => found?.address === '::1');

/** An emulator with the options given and no others. */
async function bare(...options: [EmulatorOptions?]): Promise<Emulator> {
  const plesk = await startEmulator(...options);
  onTestFinished(() => plesk.close());
  return plesk;
}

it('starts a fresh Plesk without options: the newest release, and the administrator alone', async () => {
  const plesk = await bare();

  expect(plesk.admin).toEqual({ login: 'admin', password: 'changeme1Q**' });
  expect(plesk.release).toMatchObject({ plesk: '18.0', protocol: '1.6.9.1' });
  expect(plesk.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(await plesk.sessions.list()).toEqual([]);
  expect(tokenIn(await post(plesk, sessionFor('admin')))).toMatch(/^[\da-f]{32}$/);
  expect(await post(plesk, sessionFor('carl'))).toContain('<errcode>1013</errcode>');
});

it('tells of each session who it is for, and by what clock', async () => {
  const { plesk, clock } = await start();
  const data = '<data><user_ip>192.0.2.7</user_ip><source_server>a.example</source_server></data>';
  const id = tokenIn(await post(plesk, sessionFor('cora', data)));

  expect(await plesk.sessions.list()).toEqual([
    {
      id,
      serial: 0,
      state: 'token',
      endsAt: clock.now() + 30 * 60_000,
      accountId: expect.any(Number) as number,
      login: 'cora',
      role: 'customer',
      address: '192.0.2.7',
      createdAt: clock.now(),
      openedAt: undefined,
      activeAt: clock.now(),
      context: { sourceServer: 'a.example' },
      locale: 'de-DE',
      logoutUrl: undefined,
      refusals: [],
    },
  ]);
});

it('answers supertest without a port', async () => {
  const plesk = await bare({ listen: false });

  const answer = await supertest(plesk.app)
    .post('/enterprise/control/agent.php')
    .set('HTTP_AUTH_LOGIN', plesk.admin.login)
    .set('HTTP_AUTH_PASSWD', plesk.admin.password)
    .send(sessionFor('admin'));

  expect(answer.text).toContain('<status>ok</status>');
  expect(await plesk.sessions.list()).toHaveLength(1);
  expect(() => plesk.url).toThrow(/listen: false/);
  await expect(plesk.close()).resolves.toBeUndefined();
});

it('forgets sessions, and what they changed in accounts, on reset', async () => {
  const { plesk } = await start();
  const data = '<data><user_ip/><source_server/><locale_id>de-DE</locale_id></data>';
  const id = tokenIn(await post(plesk, sessionFor('carl', data)));

  await plesk.reset();

  expect(await plesk.sessions.list()).toEqual([]);
  const door = await fetch(`${plesk.url}/enterprise/rsession_init.php?PLESKSESSID=${id}`, {
    redirect: 'manual',
  });
  expect(door.headers.get('emulator-reason')).toContain('unknown here');
  await post(plesk, sessionFor('carl'));
  expect(await plesk.sessions.list()).toMatchObject([{ login: 'carl', locale: 'en-US' }]);
});

it('keeps what a session changed in its account until then', async () => {
  const { plesk } = await start();
  await post(
    plesk,
    sessionFor('carl', '<data><user_ip/><source_server/><locale_id>de-DE</locale_id></data>'),
  );
  await post(plesk, sessionFor('carl'));

  expect((await plesk.sessions.list()).map(({ locale }) => locale)).toEqual(['de-DE', 'de-DE']);
});

it('closes its port, and can be closed twice', async () => {
  const plesk = await bare();
  const { url } = plesk;
  await post(plesk, sessionFor('admin'));

  await plesk.close();
  await plesk.close();

  await expect(fetch(url)).rejects.toThrow('fetch failed');
  await bare({ httpPort: Number(new URL(url).port) });
});

it('closes when its scope ends', async () => {
  const urls: string[] = [];
  {
    await using plesk = await startEmulator();
    urls.push(plesk.url);
    expect(plesk[Symbol.asyncDispose]).toBeTypeOf('function');
    expect((await fetch(plesk.url, { redirect: 'manual' })).status).toBe(303);
  }
  await expect(fetch(urls[0] ?? '')).rejects.toThrow('fetch failed');
});

it('knows nothing of another emulator beside it', async () => {
  const [one, other] = await Promise.all([bare(), bare({ plesk: '12.0', loginTimeout: 5 })]);
  const id = tokenIn(await post(one, sessionFor('admin')));

  expect(one.url).not.toBe(other.url);
  expect([one.release.plesk, other.release.plesk]).toEqual(['18.0', '12.0']);
  expect(await one.sessions.list()).toMatchObject([{ id }]);
  expect(await other.sessions.list()).toEqual([]);
  await one.close();
  expect(await post(other, sessionFor('admin'))).toContain('<packet version="1.6.6.0">');
});

it('names all options that are wrong at once', async () => {
  const wrong = {
    plesk: '19.0',
    host: 'no host',
    httpPort: 65_536,
    loginTimeout: 0,
    tokenTtl: -1,
    tokenReuse: 'yes',
    emptyUserIp: 'guess',
    apiAllowedIps: ['127.0.0.1', 'everybody'],
    trustedRedirectHosts: ['https://a.example'],
    maxPacketBytes: 12,
    timeZone: 'Mars/Phobos',
    nonsense: 1,
  };

  const failure = await bare(wrong as never).catch((error: unknown) => error);

  expect(failure).toBeInstanceOf(SettingsError);
  const { mistakes, message } = failure as SettingsError;
  const named = mistakes.map((mistake) => /^[\w.]+/.exec(mistake)?.[0]).sort();
  expect(named).toEqual([
    'apiAllowedIps.1',
    'emptyUserIp',
    'host',
    'httpPort',
    'loginTimeout',
    'maxPacketBytes',
    'nonsense',
    'plesk',
    'timeZone',
    'tokenReuse',
    'tokenTtl',
    'trustedRedirectHosts.0',
  ]);
  expect(mistakes.join('\n')).toContain('nonsense');
  for (const mistake of mistakes) expect(message).toContain(mistake);
});

it('says which port is in use', async () => {
  const plesk = await bare();
  const { port } = new URL(plesk.url);

  await expect(bare({ httpPort: Number(port) })).rejects.toThrow(
    `httpPort ${port} is in use by another program; use httpPort: N, or 0`,
  );
});

it('says which address is none of this machine', async () => {
  await expect(bare({ host: '192.0.2.1' })).rejects.toThrow(
    'host 192.0.2.1 is not an address of this machine',
  );
});

it.skipIf(!hasIpv6)(`listens on ::1${hasIpv6 ? '' : ' (skipped: this machine has no IPv6)'}`, async () => {
  const plesk = await bare({ host: '::1' });

  const id = tokenIn(await post(plesk, sessionFor('admin')));

  expect(plesk.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
  expect(await plesk.sessions.list()).toMatchObject([{ id, address: '::1' }]);
  const door = await fetch(`${plesk.url}/enterprise/rsession_init.php?PLESKSESSID=${id}`, {
    redirect: 'manual',
  });
  expect(door.headers.get('location')).toBe(`${plesk.url}/admin/`);
});
