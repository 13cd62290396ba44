import { expect, it } from 'vitest';
import { SettingsError, startEmulator } from '../../server/emulator.ts';
import type { ReleaseName } from '../../server/protocol/versions/releases.ts';
import { RELEASE_NAMES } from '../../server/protocol/versions/releases.ts';
import { browse, doorUrl, sentBack } from '../support/browse.ts';
import { credentials, inServer, newToken, post, resultsIn, sessionPacket } from '../support/wire.ts';
import { DEMO, idOf, start } from '../support/emulator.ts';

interface Row {
  /** The newest packet version, which is the last of get_protos, and how many these are. */
  readonly protocol: string;
  readonly protos: number;
  readonly title: string;
  /** Whether packets know the operators session and secret_key. */
  readonly hasSessions: boolean;
  /** Whether a customer may make a session for itself. */
  readonly isForOwners: boolean;
  readonly status: 302 | 303;
  readonly cookie: string;
  readonly login: string;
  /** Where a login leads that wants a path, and one that wants another host. */
  readonly path: string;
  readonly otherHost: string;
  /** Where a failure leads with a failure_redirect_url on another host, and with source_server alone. */
  readonly failure: string;
  readonly source: string;
  readonly startingUrl: string;
  readonly unknownKey: string;
}

const OTHER = 'https://other.example/';
const USAGE = 'PleskAPIInvalidSecretKeyException : Invalid secret key usage. Please check logs for details.';

const OF_12_0 = {
  hasSessions: false,
  isForOwners: false,
  status: 302,
  cookie: 'PHPSESSID',
  login: '/login_up.php3',
  path: '/login_up.php3?success_redirect_url=%2Fsmb%2Fweb%2Fview',
  otherHost: '/login_up.php3?success_redirect_url=https%3A%2F%2Fother.example%2F',
  failure: '/login_up.php3',
  source: '/login_up.php3',
  startingUrl: '/smb/start',
  unknownKey: USAGE,
} as const;

const OF_12_5 = {
  ...OF_12_0,
  hasSessions: true,
  login: '/login.php',
  path: '/smb/web/view',
  otherHost: OTHER,
  failure: OTHER,
  source: '/login.php',
} as const;

const OF_17 = {
  ...OF_12_5,
  isForOwners: true,
  status: 303,
  cookie: 'PLESKSESSID_INSECURE',
  failure: '/login.php',
  source: 'https://billing.example/',
  startingUrl: '/smb/',
} as const;

/** With trustedRedirectHosts billing.example. */
const ROWS: Readonly<Record<ReleaseName, Row>> = {
  '10.4': { ...OF_12_0, protocol: '1.6.3.4', protos: 27, title: 'Plesk 10.4.4' },
  '11.0': { ...OF_12_0, protocol: '1.6.3.5', protos: 28, title: 'Plesk 11.0.9' },
  '11.5': { ...OF_12_0, protocol: '1.6.5.0', protos: 30, title: 'Plesk 11.5.30' },
  '12.0': { ...OF_12_0, hasSessions: true, protocol: '1.6.6.0', protos: 31, title: 'Plesk 12.0.18' },
  '12.5': { ...OF_12_5, protocol: '1.6.7.0', protos: 32, title: 'Plesk 12.5.30' },
  '17.0': { ...OF_17, protocol: '1.6.8.0', protos: 33, title: 'Plesk Onyx 17.0.17' },
  '17.5': { ...OF_17, protocol: '1.6.9.0', protos: 34, title: 'Plesk Onyx 17.5.3' },
  '17.8': { ...OF_17, protocol: '1.6.9.1', protos: 35, title: 'Plesk Onyx 17.8.11' },
  '18.0': {
    ...OF_17,
    otherHost: '/smb/',
    unknownKey: 'PleskAPIInvalidSecretKeyException : key is not found',
    protocol: '1.6.9.1',
    protos: 35,
    title: 'Plesk Obsidian 18.0.33',
  },
};

const rows = RELEASE_NAMES.map((name) => ({ name, row: ROWS[name] }));

const startTrusting = (plesk: ReleaseName): ReturnType<typeof start> =>
  start({ plesk, trustedRedirectHosts: ['billing.example'] });

it('has the nine releases, and emulates the newest unless told otherwise', async () => {
  const { plesk } = await start();

  expect(RELEASE_NAMES).toEqual(['10.4', '11.0', '11.5', '12.0', '12.5', '17.0', '17.5', '17.8', '18.0']);
  expect(plesk.release.plesk).toBe('18.0');
});

it.each(['19', '9.5', '', 'obsidian'])('does not start as the release %j', async (name) => {
  const started = startEmulator({ plesk: name as ReleaseName });

  await expect(started).rejects.toThrow(SettingsError);
  await expect(started).rejects.toThrow(/plesk/);
});

it.each(rows)('answers packets as $name', async ({ name, row }) => {
  const { plesk } = await startTrusting(name);

  const protos = await post(plesk, inServer('<get_protos/>'));
  const made = await post(plesk, sessionPacket('carl'));
  const own = await post(plesk, sessionPacket('carl'), credentials(DEMO.carl));
  const key = await post(plesk, inServer('<get_protos/>'), { KEY: 'unknown' });

  const versions = [...protos.matchAll(/<proto>([\d.]+)<\/proto>/g)].map(([, version]) => version);
  expect(versions.length).toBe(row.protos);
  expect(versions.at(-1)).toBe(row.protocol);
  expect(made).toBe(
    `<?xml version="1.0" encoding="UTF-8"?>\n<packet version="${row.protocol}"><server><create_session><result><status>ok</status><id>${idOf(1)}</id></result></create_session></server></packet>\n`,
  );
  expect(resultsIn(own)).toEqual([row.isForOwners ? 'ok' : '1006 Permission denied.']);
  expect(key).toContain(`<errcode>11003</errcode><errtext>${row.unknownKey}</errtext>`);
});

it.each(rows)('knows or does not know the operator session as $name', async ({ name, row }) => {
  const { plesk } = await startTrusting(name);
  const token = await newToken(plesk);

  const get = await post(plesk, '<packet><session><get/></session></packet>');
  const end = await post(
    plesk,
    `<packet><session><terminate><session-id>${token}</session-id></terminate></session></packet>`,
  );

  if (row.hasSessions) {
    expect(get).toContain(`<session><get><result><status>ok</status><session><id>${token}</id>`);
    expect(resultsIn(end)).toEqual(['ok']);
  } else {
    for (const answer of [get, end]) {
      expect(answer).toMatch(
        /<system>.*<errcode>1014<\/errcode>.*Element 'session': This element is not expected/,
      );
    }
  }
  expect(await plesk.sessions.list()).toHaveLength(row.hasSessions ? 0 : 1);
});

it.each(rows)('lets browsers in as $name', async ({ name, row }) => {
  const { plesk } = await startTrusting(name);
  const open = async (
    params: Readonly<Record<string, string>>,
    data?: Readonly<Record<string, string>>,
  ): Promise<string | undefined> => {
    const PLESKSESSID = await newToken(plesk, 'carl', data);
    const page = await browse(doorUrl(plesk.url, { PLESKSESSID, ...params }));
    expect(page.status).toBe(row.status);
    return page.location?.replace(plesk.url, '');
  };
  const elsewhere = { user_ip: '192.0.2.7' };

  expect(await open({ success_redirect_url: '/smb/web/view' })).toBe(row.path);
  expect(await open({ success_redirect_url: `${plesk.url}/smb/web/view` })).toBe('/smb/web/view');
  expect(await open({ success_redirect_url: OTHER })).toBe(row.otherHost);
  expect(await open({}, { starting_url: '/smb/start' })).toBe(row.startingUrl);
  expect(await open({}, elsewhere)).toBe(row.login);
  expect(await open({ failure_redirect_url: OTHER }, elsewhere)).toBe(row.failure);
  expect(await open({}, { ...elsewhere, source_server: 'billing.example' })).toBe(row.source);
  expect(await open({}, { ...elsewhere, source_server: 'other.example' })).toBe(row.login);
});

it.each(rows)('shows the panel as $name', async ({ name, row }) => {
  const { plesk } = await startTrusting(name);
  const page = await browse(doorUrl(plesk.url, { PLESKSESSID: await newToken(plesk) }));

  const home = await browse(page.location ?? '', { cookie: sentBack(page) });

  expect(sentBack(page)).toBe(`${row.cookie}=${idOf(1)}`);
  expect(home.status).toBe(200);
  expect(home.body).toContain(`<title>${row.title}</title>`);
  expect(home.body).toContain('data-plesk-user="carl"');
});
