import { expect, it, onTestFinished } from 'vitest';
import type { Emulator } from '../../server/emulator.ts';
import { startEmulator } from '../../server/emulator.ts';
import type { ReleaseName } from '../../server/protocol/versions/releases.ts';
import { RELEASE_NAMES } from '../../server/protocol/versions/releases.ts';
import { echoUrl, makeHosts } from '../support/hosts.ts';
import type { Ended, Hosts, Visitor } from '../support/hosts.ts';
import { markIn } from '../support/login-form.ts';
import type { StartedService } from '../support/service.ts';
import { directoryOf, entryOf, startService } from '../support/service.ts';

const OURS = 'https://sso.host.example';
/** Where our own page leads browsers on to. */
const NOT_ACCEPTED = `${OURS}/sign-in/not-accepted`;
const CLIENT_AREA = 'https://billing.shop.example';

/** What a server may have for failureRedirectUrl; `panel` is the panel's origin. */
const FAILURES = {
  none: () => undefined,
  'our own page': () => `${OURS}/?from=plesk`,
  'a page of the client area': () => `${CLIENT_AREA}/help`,
  'a path of the panel': () => '/smb/failed?x=1',
  'a URL of the panel': (panel: string) => `${panel}/smb/failed?x=1`,
} as const;
type Failure = keyof typeof FAILURES;

const TRUSTED = {
  absent: undefined,
  empty: [],
  ours: ['sso.host.example'],
  'of the client area': ['*.shop.example'],
} as const;
type Trusted = keyof typeof TRUSTED;

/**
 * plesk-protocol.md, 6.16: by trustedRedirectHosts one character for each of FAILURES, `=` where it is sent and a refused
 * login ends there, `<` where it is not and source_server leads back to us, `-` where the login page shows instead.
 */
const UP_TO_12_0 = { absent: '-=---', empty: '-=---', ours: '-=---', 'of the client area': '-=---' };
const OF_12_5 = { absent: '-====', empty: '-====', ours: '-====', 'of the client area': '-====' };
const FROM_17_0 = { absent: '<====', empty: '---==', ours: '<=<==', 'of the client area': '--===' };
const TABLE: Readonly<Record<ReleaseName, Readonly<Record<Trusted, string>>>> = {
  '10.4': UP_TO_12_0,
  '11.0': UP_TO_12_0,
  '11.5': UP_TO_12_0,
  '12.0': UP_TO_12_0,
  '12.5': OF_12_5,
  '17.0': FROM_17_0,
  '17.5': FROM_17_0,
  '17.8': FROM_17_0,
  '18.0': FROM_17_0,
};

it.each(RELEASE_NAMES)(
  'sends failure_redirect_url to %s only where its rules let it, and there refused logins and log-outs end',
  { timeout: 120_000 },
  async (release) => {
    for (const trusted of Object.keys(TRUSTED) as Trusted[]) {
      const world = await openWorld(release, TRUSTED[trusted]);
      const told: unknown[] = [];
      for (const failure of Object.keys(FAILURES) as Failure[]) told.push(await tell(failure, world));

      const wanted = (Object.keys(FAILURES) as Failure[]).map((failure, index) =>
        wantedBy(TABLE[release][trusted][index], FAILURES[failure](world.panel), release, world.panel),
      );
      expect([trusted, told]).toEqual([trusted, wanted]);
    }
  },
);

function wantedBy(
  character: string | undefined,
  failure: string | undefined,
  release: string,
  panel: string,
): unknown {
  const login = `${panel}${Number(release) > 12 ? '/login_up.php' : '/login_up.php3'}`;
  const sent = failure?.replace(panel, '');
  const ends = endOf(failure, panel);
  // A page of the panel that is shown to nobody leads to the login page.
  if (character === '=' && sent?.startsWith('/') === true)
    return { sent, refused: loginOf(login, sent), loggedOut: loginOf(login, sent) };
  if (character === '=') return { sent, refused: ends, loggedOut: ends };
  return {
    sent: undefined,
    refused: character === '<' ? NOT_ACCEPTED : login,
    loggedOut: login,
  };
}

function endOf(failure: string | undefined, panel: string): string | undefined {
  if (failure?.startsWith('/') === true) return `${panel}${failure}`;
  return failure?.startsWith(OURS) === true ? NOT_ACCEPTED : failure;
}

const loginOf = (login: string, wanted: string): string =>
  `${login}?success_redirect_url=${encodeURIComponent(wanted)}`;

interface World {
  readonly hosts: Hosts;
  readonly plesk: Emulator;
  readonly panel: string;
  readonly started: StartedService;
}

/** One panel that is in the directory once for each of FAILURES, each with a user of its own. */
async function openWorld(
  release: ReleaseName,
  trustedRedirectHosts: readonly string[] | undefined,
): Promise<World> {
  const hosts = makeHosts('sso.host.example', 'billing.shop.example');
  await hosts.serve(CLIENT_AREA, echoUrl);
  const plesk = await startEmulator({ seed: 'demo', https: true, plesk: release, trustedRedirectHosts });
  onTestFinished(() => plesk.close());
  const names = Object.keys(FAILURES) as Failure[];
  const servers = names.map((failure, index) => {
    const failureRedirectUrl = FAILURES[failure](plesk.httpsUrl);
    const entry = entryOf(plesk, { trustedRedirectHosts, failureRedirectUrl, phpSessionId: true });
    return [`plesk-${index}`, entry] as const;
  });
  const users = names.map((_, index) => {
    const account = { service_id: 1, server: `plesk-${index}`, login: 'carl', role: 'customer' };
    return [index + 1, { active: true, accounts: [account] }] as const;
  });
  const started = await startService(
    directoryOf(Object.fromEntries(servers), { users: Object.fromEntries(users) }),
    { publicUrl: OURS, clientAreaUrl: CLIENT_AREA, openLimit: 100_000 },
  );
  await hosts.serve(OURS, started.service.app);
  return { hosts, plesk, panel: plesk.httpsUrl, started };
}

/** Where a login that Plesk refuses ends, and a log-out after one that it does not. */
async function tell(failure: Failure, { hosts, plesk, panel, started }: World): Promise<unknown> {
  const user_id = Object.keys(FAILURES).indexOf(failure) + 1;
  const ca = [plesk.ca ?? ''];
  // Plesk sees another address of this browser than we do, which is why logins fail in the field.
  const stranger = hosts.visitor({ ca, from: { [panel]: '127.0.0.2' } });
  const refused = await openAs(stranger, await started.link({ user_id }));
  const friend = hosts.visitor({ ca });
  await openAs(friend, await started.link({ user_id }));
  expect(markIn(await friend.ask(`${panel}/smb/`), 'user')).toBe('carl');
  const loggedOut = await friend.open(`${panel}/logout.php`);
  expect(markIn(await friend.ask(`${panel}/smb/`), 'user')).toBeUndefined();
  expect(markIn(await stranger.ask(`${panel}/smb/`), 'user')).toBeUndefined();
  return { sent: sentBy(stranger), refused: refused.url, loggedOut: loggedOut.url };
}

async function openAs(visitor: Visitor, link: string): Promise<Ended> {
  const ended = await visitor.open(link);
  expect(ended.page.status).toBe(200);
  return ended;
}

const sentBy = ({ urls: [, door = ''] }: Visitor): string | undefined =>
  new URL(door).searchParams.get('failure_redirect_url') ?? undefined;

it('explains on the page that a refused login ends on why the panel did not accept it, and leads back', async () => {
  const world = await openWorld('18.0', ['sso.host.example']);
  const { hosts, panel, plesk, started } = world;
  const from = { [panel]: '127.0.0.2' };

  for (const user_id of [1, 2]) {
    const visitor = hosts.visitor({ ca: [plesk.ca ?? ''], from });
    // The page is for the browser that has opened the link, which its cookie says.
    const link = await started.link({ user_id });
    const asked = await visitor.ask(link, { refusesCookies: true });
    const { url, page } = await visitor.open(new URL(asked.location ?? '', link).href);

    expect(url).toBe(NOT_ACCEPTED);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.body).toContain('under another address');
    expect(page.body).toContain(`href="${CLIENT_AREA}"`);
  }
  expect(await plesk.sessions.list()).toMatchObject([
    { openedAt: undefined, refusals: [{ from: '127.0.0.2' }] },
    { openedAt: undefined, refusals: [{ from: '127.0.0.2' }] },
  ]);
});
