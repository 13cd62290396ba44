import { expect, it } from 'vitest';
import type { EmulatorOptions } from '../../server/emulator.ts';
import type { ReleaseName } from '../../server/protocol/versions/releases.ts';
import { browse, doorUrl } from '../support/browse.ts';
import type { Started } from '../support/emulator.ts';
import { start } from '../support/emulator.ts';
import { newToken, post } from '../support/wire.ts';

const OTHER = `beefed${'0'.repeat(26)}`;

interface Failure {
  readonly what: string;
  readonly plesk?: ReleaseName;
  readonly options?: EmulatorOptions;
  /** create_session's data; the browser is at 127.0.0.1. */
  readonly data?: Readonly<Record<string, string>>;
  /** What happens between create_session and the browser. */
  readonly before?: (started: Started, token: string) => unknown;
  readonly params: (token: string) => Readonly<Record<string, string>>;
  /** Without it the token leads to no session. */
  readonly session?: false;
  readonly reason: string;
}

const byToken = (PLESKSESSID: string): Readonly<Record<string, string>> => ({ PLESKSESSID });

const FAILURES: readonly Failure[] = [
  {
    what: 'brings no token',
    params: () => ({}),
    session: false,
    reason: 'no token: send the id of create_session as PLESKSESSID',
  },
  {
    what: 'brings an unknown token',
    params: () => byToken(OTHER),
    session: false,
    reason:
      'session beefed..: unknown here; was it made by this emulator, and since its start or last reset?',
  },
  {
    what: 'brings two tokens',
    params: (token) => ({ PLESKSESSID: token, PHPSESSID: OTHER }),
    session: false,
    reason:
      'PLESKSESSID (session 000001..) and PHPSESSID (session beefed..) differ: send one, or the same in both',
  },
  {
    what: 'comes from another address',
    data: { user_ip: '10.50.1.71' },
    params: byToken,
    reason:
      "session 000001..: bound to 10.50.1.71, opened from 127.0.0.1; give create_session the browser's address as user_ip",
  },
  {
    what: 'brings a token that was used',
    before: async ({ plesk, clock }, token) => {
      await browse(doorUrl(plesk.url, byToken(token)));
      clock.pass(60);
    },
    params: byToken,
    reason:
      'session 000001..: already used at 2026-01-01T10:00:00; a token logs in once, make another by create_session',
  },
  {
    what: 'comes too late',
    options: { tokenTtl: 60 },
    before: ({ clock }) => {
      clock.pass(61);
    },
    params: byToken,
    reason: 'session 000001..: expired at 2026-01-01T10:01:00; open a token sooner, or raise tokenTtl',
  },
  {
    what: 'comes after the idle time of a session that was open',
    before: async ({ plesk, clock }, token) => {
      await browse(doorUrl(plesk.url, byToken(token)));
      clock.pass(1800);
    },
    params: byToken,
    reason: 'session 000001..: expired at 2026-01-01T10:30:00; make another by create_session',
  },
  {
    what: 'comes after session/terminate',
    before: ({ plesk }, token) =>
      post(
        plesk,
        `<packet><session><terminate><session-id>${token}</session-id></terminate></session></packet>`,
      ),
    params: byToken,
    reason: 'session 000001..: terminated at 2026-01-01T10:00:00; make another by create_session',
  },
  {
    what: 'wants a path on 12.0',
    plesk: '12.0',
    params: (token) => ({ ...byToken(token), success_redirect_url: '/admin/customer/list' }),
    reason:
      "session 000001..: success_redirect_url '/admin/customer/list' refused by redirect/absolute: it is a path, and this release wants an absolute URL",
  },
  {
    what: 'wants another host on 12.0',
    plesk: '12.0',
    data: { source_server: 'billing.example' },
    params: (token) => ({ ...byToken(token), success_redirect_url: 'https://evil.example/' }),
    reason:
      "session 000001..: success_redirect_url 'https://evil.example/' refused by redirect/initiating-host: its host is evil.example, and billing.example initiated the session (source_server, else the panel)",
  },
  {
    what: 'has a failure_redirect_url that is refused as well',
    options: { trustedRedirectHosts: ['portal.example.com', '*.example.net'] },
    data: { user_ip: '10.50.1.71' },
    params: (token) => ({ ...byToken(token), failure_redirect_url: 'https://evil.example/' }),
    reason:
      "session 000001..: bound to 10.50.1.71, opened from 127.0.0.1; give create_session the browser's address as user_ip; failure_redirect_url 'https://evil.example/' refused by redirect/trusted-hosts: its host evil.example is not among trustedRedirectHosts (portal.example.com, *.example.net)",
  },
];

it.each(FAILURES)(
  'tells a developer alone why a browser is turned away that $what',
  async ({ plesk: release = '18.0', options, data, before, params, session, reason }) => {
    const started = await start({ ...options, plesk: release });
    const { plesk, clock, lines } = started;
    const token = await newToken(plesk, 'carl', data);
    await before?.(started, token);
    const count = lines.length;

    const page = await browse(doorUrl(plesk.url, params(token)));

    expect(page).toMatchObject({ reason, body: '', cookies: [] });
    const login = session === false ? {} : { login: 'carl' };
    expect(lines.slice(count)).toEqual([
      `warn login from 127.0.0.1: refused, ${reason} ${JSON.stringify({ peer: '127.0.0.1', ...login, isIn: false })}`,
    ]);
    const kept = (await plesk.sessions.list()).filter(({ id }) => id === token);
    const refusals = session === false ? [] : [{ at: clock.now(), from: '127.0.0.1', reason }];
    expect(kept.map((one) => one.refusals)).toEqual(kept.map(() => refusals));
    for (const said of [reason, ...lines]) expect(said).not.toContain(token);
  },
);
